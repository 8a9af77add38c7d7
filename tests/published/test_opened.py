"""Pages that are read ahead, many at once, are the pages that are read one by one."""

from dataclasses import replace

import pytest

from factcheck.published import handing, press, reading
from factcheck.published.document import LinkLine

from . import vandal
from .documents import FILE, HOGG, at, notice, numbered_document, publish, visa_document

pytestmark = pytest.mark.django_db
VISA = visa_document().slug
EVERY = (VISA, "claim-1", "claim-2", "claim-3")


@pytest.fixture
def printed():
    """A claim that was corrected and whose file was taken back, one tied to it, one retracted, and one of a party to the first."""
    publish(at=at(1))
    publish(visa_document(why_chosen="It accuses three.", links=(LinkLine("split_from", "ref-1"),)), notice(), at=at(2))
    handing.take_back(visa_document().claim_ref, FILE.sha256)
    publish(numbered_document(1, links=(LinkLine("made_in_reply_to", "ref-2"),)), at=at(3))
    publish(numbered_document(2, links=(LinkLine("split_from", visa_document().claim_ref),)), at=at(4))
    publish(numbered_document(3, speaker=replace(HOGG, slug="immigration-new-zealand", name="INZ")), at=at(5))
    press.print_retraction("ref-2", notice=notice("retraction"), printed_by="senior-editor", at=at(6))
    handing.note_links(visa_document().claim_ref, {"https://a.example/": "gone"})


def everything(slug):
    """All that the pages of a claim are made of, for each of its editions, and for one that there is not."""
    return [(reading.changed(slug, number), _all_of(reading.read(slug, number))) for number in (None, 1, 2, 3)]


def _all_of(found):
    if found is None:
        return None
    own = (found.document, found.text, found.changes, found.edition.entry, found.edition.rule, found.public_digest)
    return *own, found.check, found.check.retracted, reading.linked(found.document), reading.since(found.check)


def test_pages_that_are_read_ahead_are_those_that_are_read_one_by_one(printed, django_assert_num_queries):
    alone = {slug: everything(slug) for slug in EVERY}
    with django_assert_num_queries(4), reading.ahead(EVERY):
        together = {slug: everything(slug) for slug in EVERY}
    assert together == alone
    ties, parties = alone[VISA][0][1][-2]
    assert ([tie.slug for tie in ties], parties) == (["claim-1"], {"immigration-new-zealand"})
    assert alone[VISA][1][1][-2][0] == []  # the first edition was tied to nothing
    assert [bool(told) for told in alone[VISA][0][1][-1]] == [True, True]
    assert [told is None for _changed, told in alone["claim-1"]] == [False, False, True, True]


def test_what_was_not_read_ahead_is_read_when_it_is_asked_for(printed, django_assert_num_queries):
    alone = everything("claim-1")
    with reading.ahead([VISA]), django_assert_num_queries(4 + 4 + 2 + 2):
        assert everything("claim-1") == alone
    with reading.ahead([]), django_assert_num_queries(1):
        assert reading.read("no-such-claim") is None
    with django_assert_num_queries(2), reading.ahead(["no-such-claim"]):
        assert reading.read("no-such-claim") is None


def test_what_is_printed_meanwhile_is_read_afterwards_and_so_is_when_it_was(printed):
    before = reading.changed("claim-1")
    with reading.ahead(EVERY):
        publish(numbered_document(1, why_chosen="Another reason."), notice(), at=at(8))
        assert (reading.read("claim-1").edition.number, reading.changed("claim-1")) == (1, before)
    assert (reading.read("claim-1").edition.number, reading.changed("claim-1") > before) == (2, True)


def test_one_document_that_is_none_any_more_leaves_the_others_readable(printed):
    whole = everything(VISA)
    vandal.take_triggers_off()
    vandal.alter(reading.read("claim-1").edition.pk, document="{}")
    vandal.sql("UPDATE published_check SET edition = 7 WHERE slug = 'claim-3'")
    with reading.ahead(EVERY):
        assert everything(VISA) == whole
        assert reading.read("claim-3") is None
        with pytest.raises(KeyError):
            everything("claim-1")
