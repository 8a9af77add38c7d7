"""A page is captured when somebody asks, once, whoever is killed meanwhile; and a wall is never kept for the page."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from fastwarc.warc import ArchiveIterator, WarcRecordType

from factcheck.evidence import actions, capturing, keeping
from factcheck.evidence.models import Capture, CustodyEvent, File, Item
from factcheck.evidence.verifying import verify
from factcheck.fetching import pictures
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed, Refused
from tests.fetching.web import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_browser(monkeypatch):
    """Pictures have tests of their own and take seconds."""
    monkeypatch.setattr(pictures, "BROWSERS", ())


def done(item):
    assert capturing.capture_one()
    return item.captures.get()


def test_nothing_is_fetched_until_somebody_asks(web, cited):
    assert not capturing.capture_one()
    assert web.called_on == []


def test_asking_fetches_nothing_yet(web, cited, journalist):
    capture = capturing.ask(cited, by=journalist)
    assert (capture.state, web.called_on) == ("asked", [])


def test_capture_keeps_the_page_and_what_it_says_of_itself(web, cited, journalist, no_browser):
    capturing.ask(cited, by=journalist)
    capture = done(cited)
    assert (capture.state, capture.http_status, capture.final_url) == ("done", 200, web.url("/report"))
    said = (capture.title, capture.author, capture.publisher, capture.published_on)
    assert said == ("Assessment of human rights concerns", "Jane Roe", "Human Rights Office", date(2022, 8, 31))
    assert "serious human rights violations had been committed" in capture.text
    assert "Buy shoes" not in capture.text
    with keeping.open_file(capture.warc) as file:
        answers = list(ArchiveIterator(io.BytesIO(file.read()), record_types=WarcRecordType.response))
    assert [a.headers["WARC-Target-URI"] for a in answers] == [web.url("/report")]
    with keeping.open_file(capture.text_file) as file:
        assert file.read().decode() == capture.text


def test_every_file_is_in_custody_with_its_hash_and_its_tool(cited, journalist, no_browser):
    capturing.ask(cited, by=journalist)
    capture = done(cited)
    events = CustodyEvent.objects.filter(item_number=cited.pk).order_by("number")
    assert [event.what for event in events] == ["captured", "hashed"] * 2
    assert {event.sha256 for event in events} == {capture.warc.sha256, capture.text_file.sha256}
    assert JournalEntry.objects.filter(verb="captured a page", actor_id=journalist.pk).count() == 1


def test_capture_without_a_picture_says_why(web, cited, journalist, no_browser, client):
    capturing.ask(cited, by=journalist)
    assert "cannot be pictured on this server" in done(cited).unpictured
    client.force_login(journalist)
    page = client.get(f"/desk/evidence/item/{cited.pk}/change/").content.decode()
    assert "No picture was made" in page


def test_capture_says_that_a_page_broke_the_browser(web, cited, journalist, monkeypatch):
    monkeypatch.setattr(pictures, "BROWSERS", ("false",))  # a program that ends at once, with an error
    capturing.ask(cited, by=journalist)
    capture = done(cited)
    assert (capture.state, capture.picture) == ("done", None)
    assert "the browser could not show the stored page" in capture.unpictured


@pytest.mark.browser
@pytest.mark.skipif(not pictures.browser(), reason="no Chromium is installed: apt install chromium")
def test_capture_has_a_picture_and_a_pdf(cited, journalist):
    capturing.ask(cited, by=journalist)
    capture = done(cited)
    assert (capture.picture.type, capture.pdf.type) == ("image/png", "application/pdf")


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (Answer("<form><input type=password></form>"), "The page wants a log-in"),
        (Answer("<h1>We value your privacy</h1><button>Accept all</button>"), "consent notice"),
        (Answer("", 404), "There is no page at this address any more"),
        (Answer("", 302, Location="http://10.0.0.1/"), "which is not on the public internet"),
    ],
)
def test_what_is_not_the_page_is_told_and_not_kept(web, cited, journalist, page, told):
    web.pages["/report"] = page
    capturing.ask(cited, by=journalist)
    capture = done(cited)
    assert (capture.state, capture.warc) == ("failed", None)
    assert told in capture.told
    assert not File.objects.exists()
    assert capturing.ask(cited, by=journalist).state == "asked"


def test_robots_refusal_is_told_and_not_kept(web, cited, journalist):
    web.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /report", type="text/plain")
    capturing.ask(cited, by=journalist)
    assert "robots.txt" in done(cited).told
    assert web.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    "changes",
    [{"visibility": "restricted"}, {"confidential": True}, {"url": ""}],
    ids=lambda changes: next(iter(changes)),
)
def test_item_whose_link_must_not_leave_the_house_is_not_captured(web, cited, journalist, changes):
    item = actions.edit(cited, by=journalist, **changes)
    with pytest.raises(Refused):
        capturing.ask(item, by=journalist)
    assert not Capture.objects.exists()


def test_item_that_was_restricted_after_asking_is_not_fetched(web, cited, journalist):
    capturing.ask(cited, by=journalist)
    actions.edit(cited, by=journalist, visibility="restricted")
    assert "restricted" in done(cited).told
    assert web.called_on == []


def test_withdrawn_item_is_not_captured(cited, journalist):
    with pytest.raises(Refused):
        capturing.ask(actions.withdraw(cited, by=journalist, because="It was forged."), by=journalist)


def test_second_request_waits_for_the_first(cited, journalist, editor):
    capturing.ask(cited, by=journalist)
    with pytest.raises(Refused, match="already"):
        capturing.ask(cited, by=editor)


def test_legal_asks_for_nothing(cited, legal):
    with pytest.raises(NotAllowed):
        capturing.ask(cited, by=legal)


def test_capture_of_a_published_claim_can_be_asked_for(web, cited, journalist):
    """What readers have may change tomorrow: keeping a copy touches nothing of the claim."""
    type(cited.claim).objects.filter(pk=cited.claim.pk).update(status="published")
    assert capturing.ask(Item.objects.get(pk=cited.pk), by=journalist).state == "asked"


def test_capture_of_somebody_killed_is_taken_up_after_its_lease(cited, journalist, no_browser):
    capturing.ask(cited, by=journalist)
    killed = capturing._take_up()
    assert not capturing.capture_one()
    Capture.objects.filter(pk=killed.pk).update(begun_at=timezone.now() - capturing.LEASE - timedelta(seconds=1))
    assert done(cited).state == "done"


def test_whoever_comes_back_late_keeps_nothing(cited, journalist, no_browser, monkeypatch):
    capturing.ask(cited, by=journalist)
    late = capturing._take_up()
    Capture.objects.filter(pk=late.pk).update(begun_at=timezone.now() - capturing.LEASE - timedelta(seconds=1))
    capture = done(cited)
    monkeypatch.setattr(capturing, "_take_up", lambda: late)
    files = File.objects.count()
    assert capturing.capture_one()
    assert File.objects.count() == files
    capture.refresh_from_db()
    assert (capture.tries, capture.state) == (2, "done")


def test_page_that_kills_whoever_fetches_it_is_given_up(web, cited, journalist):
    capture = capturing.ask(cited, by=journalist)
    Capture.objects.filter(pk=capture.pk).update(tries=capturing.MOST_TRIES)
    assert "again and again" in done(cited).told
    assert web.called_on == []


def test_oldest_request_comes_first(web, cited, journalist, no_browser):
    second = actions.add(cited.claim, by=journalist, title="Another", url=web.url("/"))
    first_asked, then = capturing.ask(second, by=journalist), capturing.ask(cited, by=journalist)
    capturing.capture_one()
    states = [Capture.objects.get(pk=each.pk).state for each in (first_asked, then)]
    assert states == ["done", "asked"]


@pytest.mark.parametrize(
    "altered",
    [
        {"captured_at": datetime(2022, 8, 31, 12, tzinfo=UTC)},
        {"final_url": "https://elsewhere.example/report"},
        {"http_status": 203},
    ],
    ids=lambda altered: next(iter(altered)),
)
def test_capture_that_says_something_else_than_its_archive_is_found(cited, journalist, no_browser, altered):
    capturing.ask(cited, by=journalist)
    capturing.capture_one()
    assert verify().problems == ()
    Capture.objects.update(**altered)
    [problem] = verify().problems
    assert "says another address, status or time than its archive file" in problem
