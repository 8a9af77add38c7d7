"""The public ledger: what is entered, what of it an outsider can take again, and what a vandal does not get away with."""

import hashlib
import json
from dataclasses import replace

import pytest
from django.db import Error, transaction
from django.db.transaction import TransactionManagementError

from factcheck.database import chain
from factcheck.database.rows import RowStands
from factcheck.published import ledger, outward, press, provable, proving
from factcheck.published.document import LinkLine, as_json, from_data
from factcheck.published.models import Edition, LedgerEntry, Notice

from . import vandal
from .documents import at, notice, numbered_document, publish, visa_document

pytestmark = pytest.mark.django_db


def retract(ref):
    return press.print_retraction(ref, notice=notice("retraction"), printed_by="senior-editor", at=at(20))


def entries():
    return list(LedgerEntry.objects.select_related("edition__page", "edition__notice").order_by("number"))


@pytest.fixture
def four():
    """Two editions of one page with a notice between them, and one of another: entries 1 and 3, 2, and 4."""
    publish(at=at(9))
    publish(numbered_document(1), at=at(10))
    publish(visa_document(why_chosen="It accuses two bodies."), notice=notice(), at=at(12))


def test_each_edition_is_entered_and_its_notice_after_it(four):
    told = [(entry.number, entry.kind, entry.edition.page.slug, entry.edition.number) for entry in entries()]
    visa = visa_document().slug
    assert told == [
        (1, "edition", visa, 1),
        (2, "edition", "claim-1", 1),
        (3, "edition", visa, 2),
        (4, "notice", visa, 2),
    ]
    assert [entry.previous_hash for entry in entries()] == [chain.GENESIS, *(entry.hash for entry in entries()[:-1])]


def test_the_digest_of_an_edition_is_that_of_its_public_text(four):
    for entry in entries()[:3]:
        assert entry.sha256 == outward.public_digest(entry.edition)


def test_an_outsider_takes_the_hash_of_an_entry_with_the_standard_library(four):
    entry = entries()[2]
    told = {
        "entry": 3,
        "rule": 1,
        "kind": "edition",
        "address": visa_document().slug,
        "edition": 2,
        "printed_at": "2022-09-11T21:00:00.000000+00:00",
        "entered_at": entry.at.isoformat(timespec="microseconds"),
        "sha256": entry.sha256,
        "previous": entries()[1].hash,
    }
    line = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert entry.hash == hashlib.sha256(line.encode()).hexdigest()


def test_the_notice_is_entered_as_readers_are_told_of_it(four):
    told = json.loads(ledger.text_of(ledger.entry(4)))
    assert told == {
        "kind": "correction",
        "slug": visa_document().slug,
        "number": 2,
        "title": Notice.objects.get().title,
        "language": "en",
        "was_wrong": notice().was_wrong,
        "says_now": notice().says_now,
        "why": notice().why,
        "rating_before": "",
        "rating_after": "",
        "printed_at": "2022-09-11T21:00:00.000000+00:00",
    }


def test_of_a_minor_edit_no_word_is_entered_that_readers_do_not_get():
    publish()
    publish(visa_document(why_chosen="x"), notice=replace(notice("minor_edit"), why="Wrote teh for the."), at=at(12))
    assert [entry.kind for entry in entries()] == ["edition", "edition", "notice"]
    assert sorted(json.loads(ledger.text_of(ledger.entry(3)))) == [
        "kind",
        "language",
        "number",
        "printed_at",
        "slug",
        "title",
    ]


def test_a_retraction_is_entered_without_a_finding_and_the_editions_before_it_stay_provable():
    first = publish()
    retract(visa_document().claim_ref)
    before, withdrawn, why = (json.loads(ledger.text_of(entry)) for entry in entries())
    assert before["verdict"]["rating"]["label"] == "Unproven"
    assert entries()[0].sha256 == outward.public_digest(first)
    assert set(withdrawn) == outward.STANDS
    assert why["kind"] == "retraction"


def test_the_rule_in_force_is_what_leaves_the_house():
    """Whoever changes what leaves writes the next rule here, and leaves those that stand as they are."""
    assert provable.KEPT_BACK[provable.RULE] == outward.KEPT_BACK
    assert provable.STANDS[provable.RULE] == outward.STANDS


def test_rule_1_stands():
    document = '{"links":[],"claim_ref":"ref","wording":"Ünproven","verdict":{"b":1,"a":null}}'
    assert provable.edition_text(document, 1, None) == '{"verdict":{"a":null,"b":1},"wording":"Ünproven"}'
    assert provable.edition_text(document, 1, Notice(kind="retraction")) == '{"wording":"Ünproven"}'


def test_nothing_of_the_newsrooms_own_is_entered():
    publish(visa_document(links=(LinkLine("split_from", "ref-of-another"),)))
    told = json.dumps([provable.line(ledger.entry(1)), ledger.text_of(ledger.entry(1))])
    edition = Edition.objects.get()
    inside = ("printed_by", edition.fingerprint, edition.digest, "ref-of-another", visa_document().claim_ref)
    assert all(inside)
    assert not [secret for secret in inside if f'"{secret}"' in told.replace("\\", "")]


def test_a_press_that_fails_enters_nothing():
    publish()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(visa_document(why_chosen="x"), notice=notice(), at=at(12))
        raise ZeroDivisionError
    assert ledger.head().entries == 1


def test_nothing_is_entered_outside_of_a_transaction(transactional_db):
    with pytest.raises(TransactionManagementError):
        press.queue()


def test_the_head_is_the_last_entry(four):
    head = ledger.head()
    assert (head.entries, head.hash, head.at) == (4, entries()[3].hash, entries()[3].at)


def test_an_empty_ledger_has_a_head_as_well():
    assert (ledger.head().entries, ledger.head().hash, ledger.head().at) == (0, "0" * 64, None)
    assert proving.prove() == ([], 0, "0" * 64)


@pytest.mark.parametrize(
    "verb", ["UPDATE published_ledgerentry SET kind = 'notice'", "DELETE FROM published_ledgerentry"]
)
def test_the_database_refuses_to_change_an_entry(four, verb):
    with pytest.raises(Error, match="append-only"):
        vandal.sql(verb)
    with pytest.raises(RowStands):
        entries()[0].delete()
    assert len(entries()) == 4


def test_a_whole_ledger_is_proved(four):
    assert proving.prove() == ([], 4, ledger.head().hash)
    assert proving.prove(entries()[1].hash).faults == []


BREAKS = "Entry %d of the ledger does not hold"
VISA = f"/claims/{visa_document().slug}/"


def forge(document):
    """Make a document say something else, as whoever could write in the database would."""
    changed = replace(from_data(json.loads(document)), wording="Something else")
    return as_json(changed)


def alter_the_first():
    text = forge(Edition.objects.order_by("pk")[0].document)
    vandal.alter(entries()[0].edition_id, document=text, digest=provable.digest(text))


def remove_the_second():
    doomed = entries()[1]
    vandal.sql("DELETE FROM published_ledgerentry WHERE number = 2")
    vandal.sql("DELETE FROM published_handout WHERE page_id = %s", doomed.edition.page_id)
    vandal.sql("DELETE FROM published_checktopic WHERE page_id = %s", doomed.edition.page_id)
    vandal.sql("DELETE FROM published_edition WHERE id = %s", doomed.edition_id)
    vandal.sql("DELETE FROM published_check WHERE id = %s", doomed.edition.page_id)


def swap():
    for before, after in ((1, 99), (2, 1), (99, 2)):
        vandal.alter_entry(before, number=after)


def back_to_the_first():
    vandal.sql("UPDATE published_check SET edition = 1 WHERE edition = 2")


def slip_one_in():
    """A third edition, past the press and the ledger."""
    last = Edition.objects.get(page__slug=visa_document().slug, number=2)
    last.pk, last.number, last.document, last._state.adding = None, 3, forge(last.document), True
    last.save()
    vandal.sql("UPDATE published_check SET edition = 3 WHERE edition = 2")


DEEDS = {
    "an edition altered": (alter_the_first, [f"{BREAKS % 1}: its text is not the one that was printed."]),
    "a moment altered": (
        lambda: vandal.alter(entries()[0].edition_id, printed_at=at(11)),
        [f"{BREAKS % 1}: it does not say what was written."],
    ),
    "no document any more": (
        lambda: vandal.alter(entries()[0].edition_id, document="[" * 5000),
        [f"{BREAKS % 1}: its text is not the one that was printed."],
    ),
    "an address altered": (
        lambda: vandal.sql("UPDATE published_check SET slug = 'elsewhere' WHERE slug = 'claim-1'"),
        [f"{BREAKS % 2}: it does not say what was written."],
    ),
    "a notice altered": (
        lambda: vandal.sql("UPDATE published_notice SET why = 'No reason.'"),
        [f"{BREAKS % 4}: its text is not the one that was printed."],
    ),
    "a correction made a minor edit": (
        lambda: vandal.sql("UPDATE published_notice SET kind = 'minor_edit', public = %s", False),
        [f"{BREAKS % 4}: its text is not the one that was printed."],
    ),
    "an unknown rule": (
        lambda: vandal.alter_entry(1, rule=7),
        [f"{BREAKS % 1}: it does not say what was written."],
    ),
    "an edition removed": (remove_the_second, [f"{BREAKS % 2}: it is missing."]),
    "an entry removed": (
        lambda: vandal.sql("DELETE FROM published_ledgerentry WHERE number = 2"),
        [f"{BREAKS % 2}: it is missing.", "Edition 1 of /claims/claim-1/ is not in the ledger."],
    ),
    "two swapped": (
        swap,
        [f"{BREAKS % n}: it does not follow the entry before it." for n in (1, 2, 3)],
    ),
    "a page put back": (back_to_the_first, [f"{VISA} shows edition 1, and the last one printed is 2."]),
    "an edition slipped in": (slip_one_in, [f"Edition 3 of {VISA} is not in the ledger."]),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_what_a_vandal_did_is_named(four, deed):
    does, sentences = DEEDS[deed]
    vandal.take_triggers_off()
    does()
    assert proving.prove().faults == sentences


def test_an_end_that_was_cut_off_is_named_to_whoever_kept_the_head(four):
    kept = ledger.head().hash
    vandal.take_triggers_off()
    vandal.sql("DELETE FROM published_ledgerentry WHERE number > 2")
    vandal.sql("DELETE FROM published_notice")
    vandal.sql("DELETE FROM published_edition WHERE number = 2")
    back_to_the_first()
    assert proving.prove().faults == []
    assert proving.prove(kept).faults == [f"The ledger does not hold: {chain.HEAD_GONE}."]


def test_a_ledger_that_was_written_anew_is_named_to_whoever_kept_the_head(four):
    kept = ledger.head().hash
    vandal.take_triggers_off()
    alter_the_first()
    vandal.chain_anew()
    assert proving.prove().faults == []
    assert proving.prove(kept).faults == [f"The ledger does not hold: {chain.HEAD_GONE}."]
