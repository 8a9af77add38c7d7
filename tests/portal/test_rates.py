"""How often somebody may knock at a private page, and what is kept of them for counting."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from factcheck.inbox.models import Incoming
from factcheck.newsroom.models import CacheEntry
from factcheck.portal import rates

from .steps import fields_of, text_of

pytestmark = pytest.mark.django_db


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
