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
from factcheck.newsroom.models import CacheEntry
from factcheck.portal import rates, urls

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
READ_TO_SEND = READ | WRITTEN | {"claims_claim"}  # the claim's ref, which the journal names


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


# How often


def test_too_many_pages_of_one_token_wait_with_a_sentence_and_a_time(party, monkeypatch):
    monkeypatch.setattr(rates, "OPENED", rates.Limit(2, 600))
    assert [party.client.get(party.url).status_code for _ in range(3)] == [200, 200, 429]
    answer = party.client.get(party.url)
    assert 590 <= int(answer["Retry-After"]) <= 600
    assert "Try again in 10 minutes." in text_of(answer)


def test_whoever_writes_too_often_loses_nothing(party, monkeypatch):
    monkeypatch.setattr(rates, "OPENED", rates.Limit(1, 600))
    typed = {**fields_of(party.client.get(party.url)), "statement": "Typed for an hour.", "step": "check"}
    answer = party.post(typed)
    assert answer.status_code == 429 and answer["Retry-After"]
    assert fields_of(answer)["statement"] == "Typed for an hour."
    cache.clear()
    assert party.press(answer, "check").status_code == 200


def test_too_many_answers_wait_and_are_not_lost(party, monkeypatch):
    monkeypatch.setattr(rates, "FILED", rates.Limit(1, 3600))
    party.send(statement="The first.")
    answer = party.press(party.check(statement="The second."), "send")
    assert answer.status_code == 429
    assert fields_of(answer)["statement"] == "The second."
    assert Incoming.objects.count() == 1


def test_guessing_is_stopped_by_address_and_does_not_stop_somebody_else(party, monkeypatch):
    monkeypatch.setattr(rates, "GUESSED", rates.Limit(3, 600))
    guesses = [Client(REMOTE_ADDR="203.0.113.9").get(f"/reply/guess-{number}/").status_code for number in range(5)]
    assert guesses == [404, 404, 404, 429, 429]
    assert Client(REMOTE_ADDR="203.0.113.10").get("/reply/guess/").status_code == 404
    assert party.client.get(party.url).status_code == 200


def test_slots_are_free_again_when_the_window_is_over(clock):
    limit = rates.Limit(1, 600)
    assert rates.wait(limit, "test", "x") == 0
    clock.shift(timedelta(seconds=300))
    assert rates.wait(limit, "test", "x") == 300
    clock.shift(timedelta(seconds=301))
    assert rates.wait(limit, "test", "x") == 0


def asked_from(rf, **meta):
    return rates.of_address(rf.get("/", **meta))


def test_address_counts_as_it_comes_without_a_proxy_and_as_the_proxy_says_with_one(rf, settings):
    spoofed = {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "1.1.1.1, 198.51.100.7"}
    settings.OVER_TLS = False
    assert asked_from(rf, **spoofed) == asked_from(rf, REMOTE_ADDR="203.0.113.9")
    settings.OVER_TLS = True
    plain = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.7"}
    assert asked_from(rf, **spoofed) == asked_from(rf, **plain) != asked_from(rf, REMOTE_ADDR="127.0.0.1")


def test_neighbours_in_one_ipv6_network_count_together(rf):
    first, second, other = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    assert asked_from(rf, REMOTE_ADDR=first) == asked_from(rf, REMOTE_ADDR=second) != asked_from(rf, REMOTE_ADDR=other)
    assert asked_from(rf, REMOTE_ADDR="::ffff:203.0.113.9") == asked_from(rf, REMOTE_ADDR="203.0.113.9")
    assert asked_from(rf, REMOTE_ADDR="") == asked_from(rf, REMOTE_ADDR="unix:")


def test_address_is_kept_as_a_digest_of_today(rf, clock):
    today = asked_from(rf, REMOTE_ADDR="203.0.113.9")
    clock.shift(timedelta(days=1))
    assert asked_from(rf, REMOTE_ADDR="203.0.113.9") != today
    Client(REMOTE_ADDR="203.0.113.9").get("/reply/x/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM newsroom_cache")
        kept = str(cursor.fetchall())
    assert "reply:" in kept
    assert "203.0.113.9" not in kept


def test_digest_of_an_address_is_gone_soon_after_it_counts_no_more(clock):
    def kept():
        return set(CacheEntry.objects.filter(cache_key__contains="reply:").values_list("cache_key", flat=True))

    Client(REMOTE_ADDR="203.0.113.9").get("/reply/x/")
    first = kept()
    clock.shift(timedelta(seconds=rates.GUESSED.seconds + 61))
    Client(REMOTE_ADDR="203.0.113.10").get("/reply/x/")
    assert first and not first & (kept() - {":1:reply:swept"})
