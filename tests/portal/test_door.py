"""What the private page owes whoever knocks: one answer to a wrong address, nothing kept, nothing told, nothing read beyond it."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factcheck.inbox.models import Incoming
from factcheck.letters import keys
from factcheck.letters.models import PageKey
from factcheck.portal import urls

from .steps import fields_of, text_of, written

pytestmark = pytest.mark.django_db

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
# What a page reads: the letter, what is put in it, deadlines, when answers came. No story, speaker, evidence, person, session.
READ = {
    "letters_pagekey",
    "letters_letter",
    "letters_letterfile",
    "letters_letterfile_allegations",
    "reply_replyfile",
    "reply_allegation",
    "inbox_incoming",
    "inbox_filing",
    "newsroom_cache",
}
# What sending reads and writes besides: the incoming answer with its journal entries, and receipts in the outgoing mail.
WRITTEN = {
    "inbox_incoming",
    "inbox_incominganswer",
    "inbox_filing",
    "inbox_historicalfiling",
    "newsroom_journalentry",
    "letters_outgoing",
    "newsroom_cache",
}
# the claim's ref, which the journal names, and whether the leak guard has anything to do
READ_TO_SEND = READ | WRITTEN | {"claims_claim", "sources_guardstate"}


def tables(queries, verbs):
    found = {}
    for query in queries:
        for verb, table in re.findall(rf'\b({verbs})\s+"?(\w+)"?', query["sql"]):
            found.setdefault(table, set()).add(verb)
    return set(found)


def test_every_address_of_the_door_is_walked_here():
    assert [str(pattern.pattern) for pattern in urls.urlpatterns] == ["", "<token>", "<token>/", "<token>/received/"]


# Wrong addresses


@pytest.fixture
def expired(key):
    PageKey.objects.filter(pk=key.pk).update(expires_at=key.issued_at - timedelta(seconds=1))


@pytest.fixture
def revoked(key, journalist):
    keys.revoke(key, by=journalist, because="It was passed on.")


def closed_page():
    return Client().get(f"/reply/{'x' * 43}/")


@pytest.mark.parametrize("state", ["expired", "revoked"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_key_that_is_over_answers_as_one_that_never_was(request, party, state, method):
    request.getfixturevalue(state)
    before = written()
    for address in (party.url, party.url.rstrip("/"), f"{party.url}received/?of=x"):
        answer = getattr(party.client, method)(address, {"statement": "Hello", "step": "send"})
        assert (answer.status_code, answer.content) == (404, closed_page().content)
    assert written() == before


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "é" * 43, "%00" * 43, "..", "x" * 5000, "%2e%2e%2fdesk", "'--"])
def test_token_that_nobody_gave_gets_the_same_clear_answer(client, token):
    answer = client.get(f"/reply/{token}/".replace("//", "/"))
    assert answer.status_code == 404
    if "%2f" not in token and token != "..":
        assert answer.content == closed_page().content
        assert "Copy it once more from our letter, whole." in text_of(answer)
        assert "corrections@newsroom.example" in text_of(answer)


def test_wrong_address_is_asked_for_in_one_query_whatever_is_wrong_with_it(
    request, client, token, django_assert_num_queries
):
    def asked(address):
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 404
        return [re.sub(r"'[^']*'", "?", query["sql"]) for query in queries if "letters_" in query["sql"]]

    unknown = asked(f"/reply/{'x' * 43}/")
    request.getfixturevalue("revoked")
    assert len(unknown) == 1
    assert asked(f"/reply/{token}/") == unknown


def test_address_with_what_stood_behind_it_in_a_sentence_still_opens(party):
    for behind in ("", ".", ",", ")", ">", ").", "/"):
        assert party.client.get(f"{party.url.rstrip('/')}{behind}").status_code == 200


def test_one_letters_page_opens_nothing_of_another(party, agency, journalist):
    from factcheck.letters import actions as letters

    from .steps import to_put

    other = to_put(agency, journalist, "Another claim altogether", ["That too."])
    letters.queue_letter(letters.draft_letter([other], by=journalist, call="the desk"), by=journalist)
    assert "Another claim altogether" not in text_of(party.client.get(party.url))
    party.send(statement="For the first letter alone.")
    assert not other.filings.exists()


def test_sealed_words_of_another_letter_do_not_show(party, agency, journalist):
    from factcheck.letters import actions as letters

    from .steps import to_put

    shown = party.press(party.check(statement="Ours."), "send")["Location"]
    other = to_put(agency, journalist, "Another claim altogether", ["That too."])
    second = letters.queue_letter(letters.draft_letter([other], by=journalist, call="the desk"), by=journalist)
    theirs = f"/reply/{keys.token_of(second.keys.get())}/"
    assert party.client.get(shown.replace(party.url, theirs)).status_code == 302


# What is told and kept


def walk(party):
    """Every page of the door, by name."""
    yield "page", party.client.get(party.url)
    yield "no slash", party.client.get(party.url.rstrip("/"))
    yield "wrong", party.check(declined="on", statement="And yet.")
    checked = party.check(statement="We reject it.")
    yield "checked", checked
    yield "changed", party.press(checked, "change")
    sent = party.press(checked, "send")
    yield "sent", sent
    yield "received", party.client.get(sent["Location"])
    yield "not ours", party.client.post(party.url, {"file": "multipart"})
    yield "method", party.client.put(party.url)
    yield "below", party.client.get(f"{party.url}no/such/page")
    yield "closed", closed_page()
    yield "unslashed", party.client.get("/reply")


def test_nothing_under_the_address_is_kept_listed_or_told(party):
    for name, answer in walk(party):
        assert {header: answer.get(header) for header in HEADERS} == HEADERS, name
        assert not answer.cookies, name
        assert "Cookie" not in answer.get("Vary", ""), name
        if answer.content and answer.status_code not in (405,):
            assert 'content="noindex' in answer.content.decode(), name


def test_no_page_of_the_door_says_its_own_address(party, token):
    for name, answer in walk(party):
        assert token not in answer.content.decode(), name
        assert token not in str({k: v for k, v in answer.headers.items() if k != "Location"}), name
        assert answer.get("Location", "/reply/").startswith("/reply/"), name


def test_failure_on_the_page_says_nothing_of_its_address(party, token, monkeypatch):
    from factcheck.portal import answers

    monkeypatch.setattr(answers, "masked", None)
    party.client.raise_request_exception = False
    answer = party.client.get(party.url)
    assert answer.status_code == 500
    assert token not in answer.content.decode()
    assert {header: answer.get(header) for header in HEADERS} == HEADERS


def test_page_reads_the_letter_and_no_more_of_the_record(party):
    with CaptureQueriesContext(connection) as queries:
        party.client.cookies["sessionid"] = "somebody"
        response = party.client.get(party.url)
        party.check(statement="We reject it.")
    assert not response.wsgi_request.session.accessed
    assert tables(queries, "FROM|JOIN") <= READ
    assert tables(queries, "INTO|UPDATE") <= {"newsroom_cache"}


def test_sending_writes_an_incoming_answer_and_its_receipts_alone(party):
    checked = party.check(point_1="It did not.", statement="We reject it.", until="2031-01-02T09:30")
    with CaptureQueriesContext(connection) as queries:
        party.client.get(party.press(checked, "send")["Location"])
    assert tables(queries, "FROM|JOIN") <= READ_TO_SEND
    assert tables(queries, "INTO|UPDATE") <= WRITTEN
    assert "inbox_incoming" in tables(queries, "INTO")


def test_page_asks_the_database_the_same_however_much_is_put(party, files, journalist, django_assert_num_queries):
    party.client.get(party.url)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        party.client.get(party.url)
    of_the_record = [query for query in queries if "newsroom_cache" not in query["sql"]]
    assert len([query for query in of_the_record if query["sql"].startswith("SELECT")]) == 4


# The seal


def test_form_without_our_seal_sends_nothing_and_loses_nothing(party):
    before = written()
    for seal in ("", "x", "1:2:3", fields_of(party.client.get(party.url))["seal"][:-2]):
        answer = party.post({"seal": seal, "statement": "Typed for an hour.", "step": "send"})
        assert answer.status_code == 400
        assert fields_of(answer)["statement"] == "Typed for an hour."
        assert "Nothing has been sent" in text_of(answer)
    assert written() == before


def test_seal_of_another_letters_page_is_not_taken(party, files, letter, journalist):
    second = keys.reissue(letter, by=journalist, because="It was passed on.")
    stale = fields_of(closed_page()) | {"seal": "x"}
    from factcheck.portal import sealed

    old = PageKey.objects.exclude(pk=second.pk).get()
    party.url = f"/reply/{keys.token_of(second)}/"
    assert party.post({**stale, "seal": sealed.form_of(old), "statement": "Hello", "step": "send"}).status_code == 400
    assert not Incoming.objects.exists()


def test_form_left_open_overnight_is_shown_again_with_everything_in_it(party, clock):
    checked = party.check(statement="Typed for an hour.")
    clock.shift(timedelta(hours=25))
    stale = party.press(checked, "send")
    assert stale.status_code == 400
    assert "This page was open for a long time." in text_of(stale)
    assert party.press(party.press(stale, "check"), "send").status_code == 303
