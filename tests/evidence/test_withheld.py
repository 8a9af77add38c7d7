"""A page that names a protected source is evidence all the same: in the files of its copy, in no row and on no page (CS-7)."""

import pytest
from django.test import Client

from factcheck.claims.models import Claim
from factcheck.evidence import exhibits, withheld, withholding
from factcheck.evidence.models import Capture, CustodyEvent, File, Item, Watch
from factcheck.evidence.verifying import verify
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed
from factcheck.sources.guarding import guard_term
from factcheck.sources.models import Source
from tests.fetching.web import to

from .conftest import report
from .withholding import NAMED, captured, discard_all, looked_at, protected_meanwhile, withhold_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_browser")]


def everywhere():
    tables = (Capture, CustodyEvent, File, JournalEntry, Watch)
    return str([row for table in tables for row in table.objects.values()])


def page_of(item, person):
    client = Client()
    client.force_login(person)
    return client.get(f"/desk/evidence/item/{item.pk}/change/").content.decode()


def test_page_that_names_a_source_is_kept_whole_and_said_nowhere(source, web, cited, journalist, journalist_2):
    web.pages["/report"] = report(more=NAMED)
    capture = captured(cited, journalist)
    assert (capture.state, capture.withheld, capture.title, capture.text, capture.words) == ("done", True, "", "", "")
    with exhibits.open_original(cited, capture.text_file, by=journalist) as file:
        assert "Mihrigül Abdurehim" in file.read().decode()
    assert "ihrig" not in everywhere()
    shown = page_of(cited, journalist_2)
    assert "only a custodian of that source opens its files" in shown
    assert "ihrig" not in shown


def test_files_of_a_page_that_names_a_source_are_for_its_custodians(source, web, cited, journalist, journalist_2):
    web.pages["/report"] = report(more=NAMED)
    capture = captured(cited, journalist)
    for file in (capture.warc, capture.text_file):
        exhibits.open_original(cited, file, by=journalist).close()
        with pytest.raises(NotAllowed, match="custodian"):
            exhibits.open_original(cited, file, by=journalist_2)


def test_page_that_names_a_source_in_its_address_alone_is_withheld(source, web, cited, journalist):
    web.pages["/report"] = to("/people/mihrigul-abdurehim")
    web.pages["/people/mihrigul-abdurehim"] = report()
    capture = captured(cited, journalist)
    assert (capture.withheld, capture.final_url) == (True, "")


def test_page_that_names_nobody_protected_is_in_the_record(source, cited, journalist, journalist_2):
    capture = captured(cited, journalist)
    assert (capture.withheld, capture.title) == (False, "Assessment of human rights concerns")
    exhibits.open_original(cited, capture.warc, by=journalist_2).close()


def test_withheld_page_that_stays_as_it_is_is_no_change(source, web, cited, journalist):
    web.pages["/report"] = report(more=NAMED)
    captured(cited, journalist)
    web.pages["/report"] = report(more=NAMED, advertisement="Buy hats.")
    assert looked_at(cited, journalist).state == "ok"


def test_change_that_would_name_a_source_is_found_and_not_shown(source, web, cited, journalist):
    captured(cited, journalist)
    web.pages["/report"] = report(more=NAMED)
    watched = looked_at(cited, journalist)
    assert (watched.state, len(watched.differences)) == ("changed", 1)
    assert "withheld" in watched.differences[0][0]
    assert "ihrig" not in everywhere()


def test_new_address_that_would_name_a_source_is_not_shown(source, web, cited, journalist):
    captured(cited, journalist)
    web.pages["/report"] = to("/people/mihrigul-abdurehim", 301)
    web.pages["/people/mihrigul-abdurehim"] = report()
    watched = looked_at(cited, journalist)
    assert (watched.state, watched.moved_to) == ("moved", "")


def test_copy_kept_before_a_term_was_guarded_is_withheld(kept_before, cited, journalist, journalist_2):
    withhold_all()
    capture = cited.captures.get()
    assert (capture.withheld, capture.text, capture.words, capture.title) == (True, "", "", "")
    assert "ihrig" not in everywhere()
    assert "ihrig" not in page_of(cited, journalist_2)
    for file in (capture.warc, capture.text_file):
        with pytest.raises(NotAllowed, match="custodian"):
            exhibits.open_original(cited, file, by=journalist_2)
    with exhibits.open_original(cited, capture.text_file, by=journalist) as file:
        assert "Mihrigül Abdurehim" in file.read().decode()
    assert withheld.final_url_of(capture) == kept_before.final_url
    assert JournalEntry.objects.filter(verb="withheld a stored copy").count() == 1
    discard_all()
    assert verify().problems == ()


def test_files_of_a_copy_that_was_withheld_later_are_out_of_everybodys_reach(kept_before, cited, journalist):
    old = kept_before.text_file
    withhold_all()
    assert old not in exhibits.originals(cited)
    assert CustodyEvent.objects.filter(what="set_aside", sha256=old.sha256).count() == 1


def test_stored_page_that_stays_as_it_is_after_it_was_withheld_is_no_change(kept_before, cited, journalist):
    withhold_all()
    assert looked_at(cited, journalist).state == "ok"


def test_change_found_before_a_term_was_guarded_is_withheld(settings, web, cited, journalist, editor):
    captured(cited, journalist)
    web.pages["/report"] = report(more=NAMED)
    assert "Mihrigül" in str(looked_at(cited, journalist).differences)
    protected_meanwhile(settings, journalist, editor)
    withhold_all()
    watched = Watch.objects.get()
    assert (watched.state, "withheld" in watched.differences[0][0]) == ("changed", True)
    assert "ihrig" not in everywhere()


def test_copy_that_names_nobody_is_compared_once_for_each_state_of_the_guard(settings, cited, journalist, editor):
    capture = captured(cited, journalist)
    assert withholding.withhold_one() is False  # nobody is protected
    protected_meanwhile(settings, journalist, editor)
    assert [withholding.withhold_one(), withholding.withhold_one()] == [True, False]
    capture.refresh_from_db()
    assert (capture.withheld, capture.title) == (False, "Assessment of human rights concerns")
    guard_term(Source.objects.get(), by=journalist, kind="name", term="Adil Tursun")
    assert [withholding.withhold_one(), withholding.withhold_one()] == [True, False]


def test_nothing_is_compared_while_the_vault_has_no_key(settings, kept_before):
    settings.VAULT_KEYS = []
    assert withholding.withhold_one() is False


def test_reason_that_would_name_a_source_is_not_given(source, web, cited, journalist):
    web.pages["/report"] = to("http://mihrigul-abdurehim.invalid/")
    capture = captured(cited, journalist)
    assert (capture.state, capture.told) == ("failed", "It is withheld: it could tell who a protected source is.")
    assert "ihrig" not in everywhere()


def test_look_whose_reason_would_name_a_source_does_not_give_it(source, web, cited, journalist):
    captured(cited, journalist)
    web.pages["/report"] = to("http://mihrigul-abdurehim.invalid/")
    looked_at(cited, journalist)
    assert "ihrig" not in everywhere()


def test_change_under_a_claim_that_names_somebody_protected_later_is_noted(settings, web, cited, journalist, editor):
    captured(cited, journalist)
    Claim.objects.update(status="published", wording="Mihrigül Abdurehim saw it")
    Item.objects.update(title="What Mihrigül Abdurehim saw")
    protected_meanwhile(settings, journalist, editor)
    web.pages["/report"] = report(more="<p>It published an annex to this report in October.</p>")
    assert looked_at(cited, journalist).state == "changed"
    assert Claim.objects.get().update_needed_because == ""
    assert JournalEntry.objects.filter(verb="found the link otherwise").exists()
    assert "ihrig" not in everywhere()
