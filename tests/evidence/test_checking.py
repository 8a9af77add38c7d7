"""A watched link is looked at when it is due, compared by what can be read, and its news reaches the editors."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.claims.models import Claim
from factcheck.evidence import actions, capturing, checking
from factcheck.evidence.models import Host, Watch
from factcheck.fetching import pictures
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed, Refused
from tests.fetching.web import Answer, to

from .conftest import report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_browser(monkeypatch):
    monkeypatch.setattr(pictures, "BROWSERS", ())


@pytest.fixture
def watched(cited, journalist):
    """The report is cited, captured, and watched."""
    capturing.ask(cited, by=journalist)
    assert capturing.capture_one()
    return checking.watch(cited, by=journalist)


def look(watched):
    """The next round, when it is due."""
    Watch.objects.filter(pk=watched.pk).update(due_at=timezone.now())
    Host.objects.update(busy_until=checking.LONG_AGO)
    assert checking.check_one()
    watched.refresh_from_db()
    return watched


def days_until(watched):
    return (watched.due_at - timezone.now()) / timedelta(days=1)


def test_link_that_nobody_watches_is_never_looked_at(web, cited, journalist):
    capturing.ask(cited, by=journalist)
    capturing.capture_one()
    web.called_on.clear()
    assert not checking.check_one()
    assert web.called_on == []


def test_page_that_says_the_same_is_ok(watched):
    assert (look(watched).state, watched.passage_stands, watched.differences) == ("ok", True, [])


def test_another_advertisement_is_no_alarm(web, watched):
    web.pages["/report"] = report(advertisement="Buy hats! Now 30 % off, this week only.")
    assert look(watched).state == "ok"


def test_change_is_found_and_shown(web, watched):
    changed = report()
    changed.body = changed.body.replace(b"had been committed", b"may have been committed")
    web.pages["/report"] = changed
    look(watched)
    assert (watched.state, watched.passage_stands) == ("changed", False)
    [[before, after]] = watched.differences
    assert "violations had been committed" in before
    assert "violations may have been committed" in after
    assert JournalEntry.objects.filter(verb="found the link otherwise", actor="system").count() == 1


def test_change_that_leaves_the_passage_says_so(web, watched):
    web.pages["/report"] = report(more="<p>It published an annex to this report in October.</p>")
    assert (look(watched).state, watched.passage_stands) == ("changed", True)


def test_page_that_is_put_back_is_ok_again(web, watched):
    web.pages["/report"] = report(more="<p>It published an annex to this report in October.</p>")
    look(watched)
    web.pages["/report"] = report()
    assert (look(watched).state, watched.differences) == ("ok", [])


def test_page_that_moved_for_good_says_where_to(web, watched):
    web.pages |= {"/report": to("/new-place", 301), "/new-place": report()}
    assert (look(watched).state, watched.moved_to) == ("moved", web.url("/new-place"))


def test_page_that_is_elsewhere_for_now_is_ok(web, watched):
    web.pages |= {"/report": to("/mirror", 302), "/mirror": report()}
    assert look(watched).state == "ok"


@pytest.mark.parametrize(
    ("page", "rounds"),
    [
        (Answer("", 404), 2),
        (Answer("", 410), 2),
        (Answer("", 500), 4),
        (Answer("<form><input type=password></form>"), 4),
        (Answer("", 302, Location="http://10.0.0.1/"), 4),
    ],
)
def test_page_is_gone_only_after_it_was_missed_again(web, watched, page, rounds):
    look(watched)
    web.pages["/report"] = page
    states = [look(watched).state for _round in range(rounds)]
    assert states == ["ok"] * (rounds - 1) + ["gone"]
    assert watched.told.endswith(".")
    web.pages["/report"] = report()
    assert (look(watched).state, watched.failures) == ("ok", 0)


def test_page_that_cannot_be_had_is_tried_sooner_than_one_that_is_well(web, watched):
    look(watched)
    assert days_until(watched) > 0.8
    web.pages["/report"] = Answer("", 404)
    assert days_until(look(watched)) < 0.05


def test_rounds_grow_further_apart_while_nothing_happens_and_begin_anew_with_news(web, watched):
    waits = [days_until(look(watched)) for _round in range(8)]
    expected = [1, 2, 4, 8, 16, 30, 30, 30]
    assert all(0.89 * days < wait < 1.11 * days for wait, days in zip(waits, expected, strict=True)), waits
    web.pages["/report"] = report(more="<p>It published an annex to this report in October.</p>")
    assert days_until(look(watched)) < 1.2


def test_page_is_asked_for_only_if_it_changed(web, watched):
    web.pages["/report"] = report(ETag='"v1"', Last_Modified="Wed, 31 Aug 2022 10:00:00 GMT")
    look(watched)
    asked = []

    def unchanged(handler):
        asked.append(handler.headers.get("If-None-Match"))
        return Answer("", 304)

    web.pages["/report"] = unchanged
    assert (look(watched).state, watched.http_status) == ("ok", 304)
    assert asked == ['"v1"']


def test_one_site_is_called_on_by_one_process_at_a_time_and_after_a_pause(web, cited, watched, journalist):
    other = actions.add(cited.claim, by=journalist, title="Another page", url=web.url("/"))
    checking.watch(other, by=journalist)
    assert checking._take_up() is not None
    assert checking._take_up() is None, "the site is taken"
    Host.objects.update(busy_until=checking.LONG_AGO)
    assert checking.check_one()
    assert not checking.check_one(), "the site is left alone for a while"
    assert Host.objects.get().busy_until > timezone.now()


def test_whoever_comes_back_after_the_lease_writes_nothing(watched):
    late = checking._take_up()
    Host.objects.update(busy_until=checking.LONG_AGO)
    checking.check_one()
    Watch.objects.update(state="", since_at=None)
    checking._note(late, state="gone", told="It is gone.")
    watched.refresh_from_db()
    assert watched.state == ""


def test_change_under_a_published_claim_puts_it_on_the_editors_list(web, watched):
    Claim.objects.update(status="published")
    web.pages["/report"] = report(more="<p>It published an annex to this report in October.</p>")
    look(watched)
    claim = Claim.objects.get()
    assert claim.update_needed_because == "The page cited as “The report” has changed since it was cited."
    web.pages["/report"] = Answer("", 410)
    look(watched), look(watched)
    assert "“The report” is gone." in Claim.objects.get().update_needed_because


@pytest.mark.parametrize("changes", [{"visibility": "internal"}, None])
def test_what_readers_do_not_have_puts_nothing_on_the_list(web, watched, cited, journalist, changes):
    if changes:
        actions.edit(cited, by=journalist, **changes)
        Claim.objects.update(status="published")
    web.pages["/report"] = report(more="<p>It published an annex to this report in October.</p>")
    assert look(watched).state == "changed"
    assert Claim.objects.get().update_needed_at is None


@pytest.mark.parametrize("changes", [{"visibility": "restricted"}, {"confidential": True}])
def test_item_that_must_not_be_known_any_more_is_watched_no_more(web, watched, cited, journalist, changes):
    actions.edit(cited, by=journalist, **changes)
    web.called_on.clear()
    assert look(watched).due_at is None
    assert web.called_on == []
    with pytest.raises(Refused):
        checking.watch(cited, by=journalist)


def test_watching_can_be_stopped(watched, cited, journalist, legal):
    with pytest.raises(NotAllowed):
        checking.stop(cited, by=legal)
    checking.stop(cited, by=journalist)
    assert not checking.check_one()
    with pytest.raises(Refused):
        checking.stop(cited, by=journalist)


def test_address_that_was_changed_is_looked_at_as_a_new_one(web, watched, cited, journalist):
    web.pages["/report"] = Answer("", 410)
    look(watched), look(watched)
    web.pages["/second"] = report()
    actions.edit(cited, by=journalist, url=web.url("/second"))
    assert (look(watched).state, watched.url, watched.failures) == ("ok", web.url("/second"), 0)


def test_file_without_text_is_compared_by_its_bytes(web, cited, journalist):
    web.pages["/picture"] = Answer(b"\x89PNG one", type="image/png")
    item = actions.add(cited.claim, by=journalist, title="A picture", url=web.url("/picture"))
    capturing.ask(item, by=journalist)
    capturing.capture_one()
    watched = checking.watch(item, by=journalist)
    assert look(watched).state == "ok"
    web.pages["/picture"] = Answer(b"\x89PNG two", type="image/png")
    assert look(watched).state == "changed"


def test_link_without_a_copy_is_only_asked_whether_it_is_there(web, cited, journalist):
    watched = checking.watch(cited, by=journalist)
    assert (look(watched).state, watched.compared_with) == ("ok", None)
