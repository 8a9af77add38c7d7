"""How cited links fare, at the desk: watched when asked, shown with what changed, listed, and on the first page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from factcheck.evidence import capturing, checking
from factcheck.evidence.models import Host, Item, Watch
from factcheck.fetching import pictures
from tests.evidence.conftest import report
from tests.fetching.web import Answer

from .steps import address, send, text_of

VERB = "verb-form"
REPORT = "/desk/evidence/watch/"


@pytest.fixture(autouse=True)
def no_browser(monkeypatch):
    monkeypatch.setattr(pictures, "BROWSERS", ())


@pytest.fixture
def watched(cited, journalist):
    capturing.ask(cited, by=journalist)
    capturing.capture_one()
    return checking.watch(cited, by=journalist)


def look(watched):
    Watch.objects.filter(pk=watched.pk).update(due_at=timezone.now())
    Host.objects.update(busy_until=checking.LONG_AGO)
    assert checking.check_one()


@pytest.fixture
def changed(web, watched):
    page = report()
    page.body = page.body.replace(b"had been committed", b"may have been committed")
    web.pages["/report"] = page
    look(watched)
    return watched


def test_capture_watches_the_link_unless_the_tick_is_taken_off(cited, journalist, at_desk):
    client, url = at_desk(journalist), address("evidence_item", cited, "capture")
    assert client.post(url, {}).status_code == 302
    assert not Watch.objects.exists()
    capturing.capture_one()
    assert send(client, url, VERB).status_code == 302
    assert Watch.objects.get().asked_by == journalist


def test_watching_begins_and_ends_with_a_button(cited, journalist, at_desk):
    client = at_desk(journalist)
    assert send(client, address("evidence_item", cited, "watch"), VERB).status_code == 302
    assert client.get(address("evidence_item", cited, "watch")).status_code == 409
    assert send(client, address("evidence_item", cited, "stop-watching"), VERB).status_code == 302
    assert "It is watched no more." in text_of(client.get(address("evidence_item", cited)))
    assert client.get(address("evidence_item", cited, "stop-watching")).status_code == 409


def test_page_of_the_item_shows_what_changed(changed, cited, journalist, at_desk):
    told = text_of(at_desk(journalist).get(address("evidence_item", cited)))
    assert "Changed since it was cited" in told
    assert "The passage relied on is not there any more." in told
    assert "violations only before: had been committed" in told
    assert "violations only now: may have been committed" in told


def test_hostile_page_is_shown_as_words(web, watched, cited, journalist, at_desk):
    web.pages["/report"] = report(
        more="<p>&lt;script&gt;alert(1)&lt;/script&gt; is in it, and more words beside it.</p>"
    )
    look(watched)
    page = at_desk(journalist).get(address("evidence_item", cited)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_report_lists_what_became_of_every_link(changed, cited, legal, at_desk):
    client = at_desk(legal)
    told = text_of(client.get(REPORT))
    assert "The report" in told
    assert "1 place differs, the passage relied on is not there any more" in told
    assert "The report" in text_of(client.get(f"{REPORT}?state__exact=changed"))
    assert "The report" not in text_of(client.get(f"{REPORT}?state__exact=ok")).partition("What was found")[2]


def test_first_page_has_the_numbers_and_the_news(web, changed, cited, journalist, editor, at_desk):
    Item.objects.create(claim=cited.claim, title="Nobody watches this", url="https://office.example/2")
    told = text_of(at_desk(editor).get(reverse("admin:index")))
    assert "Links we cite 1 Changed since it was cited The report" in told
    assert "cited links that nobody watches: 1." in told


def test_first_page_without_links_says_so(editor, at_desk):
    assert "Links we cite None is watched yet." in text_of(at_desk(editor).get(reverse("admin:index")))


def test_gone_page_says_what_was_found(web, watched, cited, journalist, at_desk):
    web.pages["/report"] = Answer("", 410)
    look(watched), look(watched)
    client = at_desk(journalist)
    for page in (address("evidence_item", cited), REPORT):
        told = text_of(client.get(page))
        assert "Gone" in told
        assert "The page was removed for good (status 410)." in told


@pytest.mark.parametrize("count", [1, 3])
def test_report_takes_the_same_number_of_queries_for_one_link_and_three(
    watched, cited, journalist, at_desk, django_assert_num_queries, count
):
    for number in range(count - 1):
        item = Item.objects.create(claim=cited.claim, title=f"Page {number}", url=f"https://office.example/{number}")
        checking.watch(item, by=journalist)
    client = at_desk(journalist)
    client.get(REPORT)
    with django_assert_num_queries(4):
        client.get(REPORT)
