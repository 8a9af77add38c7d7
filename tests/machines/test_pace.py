"""How often a program may ask: told with every answer, and held to (API-1)."""

import re

import pytest
import time_machine
from django.test import Client

from factcheck.machines import pace
from tests.website.addresses import VISA, publish_the_example

from .addresses import ADDRESSES, path
from .test_problems import problem

pytestmark = pytest.mark.django_db
NEXT_MINUTE = 40  # seconds from the moment that the tests begin at
LISTS = "/api/v1/claims/"
SEARCH = "/v1alpha1/claims:search?query=visas"


@pytest.fixture(autouse=True)
def minute(settings):
    settings.API_REQUESTS_A_MINUTE = 3
    publish_the_example()
    pace.minute.forget()
    with time_machine.travel("2026-09-14T10:00:20Z", tick=False) as now:
        yield now


def left(answer):
    return int(re.fullmatch(rf'"minute";r=(\d+);t={NEXT_MINUTE}', answer["RateLimit"])[1])


def test_every_answer_says_how_often_is_left(client):
    kept, missing = client.get(LISTS), client.get("/api/v1/claims/never-published/")
    again = client.get(LISTS, headers={"If-None-Match": kept["ETag"]})
    assert [answer.status_code for answer in (kept, missing, again)] == [200, 404, 304]
    assert [left(answer) for answer in (kept, missing, again)] == [2, 1, 0]
    assert kept["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert "RateLimit, RateLimit-Policy, Retry-After" in kept["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - {"api", "openapi"}))
def test_no_address_of_the_api_is_left_out(client, name):
    assert left(client.get(path(name))) == 2


def test_one_too_many_is_refused_in_a_sentence_until_the_minute_is_over(client, minute):
    for _ in range(3):
        assert client.get(LISTS).status_code == 200
    refused = client.get(LISTS)
    assert problem(refused, 429).startswith("You asked as often as anybody may in a minute.")
    assert (left(refused), refused["Retry-After"]) == (0, str(NEXT_MINUTE))
    minute.shift(NEXT_MINUTE - 1)
    assert client.get(LISTS).status_code == 429
    minute.shift(1)
    assert client.get(LISTS).status_code == 200


def test_googles_clients_are_told_in_their_shape(client):
    for _ in range(3):
        client.get(SEARCH)
    refused = client.get(SEARCH)
    assert (refused.status_code, refused.json()["error"]["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert refused["Retry-After"] == str(NEXT_MINUTE)


def test_another_address_and_a_page_for_readers_are_not_held_up(client):
    for _ in range(4):
        client.get(LISTS)
    assert Client(REMOTE_ADDR="192.0.2.7").get(LISTS).status_code == 200
    assert client.get(f"/claims/{VISA}/").status_code == 200
    assert client.options(LISTS).status_code == 204


def test_addresses_of_one_ipv6_network_count_together():
    for last in range(3):
        assert Client(REMOTE_ADDR=f"2001:db8::{last + 1}").get(LISTS).status_code == 200
    assert Client(REMOTE_ADDR="2001:db8::9").get(LISTS).status_code == 429
    assert Client(REMOTE_ADDR="2001:db8:0:1::9").get(LISTS).status_code == 200


def test_what_a_client_says_of_itself_changes_nothing_but_behind_the_proxy(settings):
    for number in range(4):
        answer = Client().get(LISTS, headers={"X-Forwarded-For": f"192.0.2.{number}"})
    assert answer.status_code == 429
    settings.OVER_TLS = True
    assert Client().get(LISTS, headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200


def test_no_limit_is_told_where_there_is_none(client, settings):
    settings.API_REQUESTS_A_MINUTE = 0
    answers = [client.get(LISTS) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert not any("RateLimit" in answer or "RateLimit-Policy" in answer for answer in answers)


def test_a_flood_from_everywhere_takes_no_more_memory_than_is_set_aside(monkeypatch):
    monkeypatch.setattr(pace, "MOST_NETWORKS", 10)
    for number in range(50):
        Client(REMOTE_ADDR=f"192.0.2.{number}").get(LISTS)
    assert len(pace.minute.asked) <= 11


def test_in_a_flood_known_networks_go_on_being_counted_and_new_ones_count_together(monkeypatch, minute):
    def ask(number):
        return Client(REMOTE_ADDR=f"192.0.2.{number}").get(LISTS)

    monkeypatch.setattr(pace, "MOST_NETWORKS", 10)
    assert [left(ask(1)) for _ in range(2)] == [2, 1]
    for number in range(2, 11):
        ask(number)
    assert [left(ask(number)) for number in (11, 12, 13)] == [2, 1, 0]
    assert (ask(14).status_code, ask(11).status_code) == (429, 429)
    assert [ask(1).status_code for _ in range(2)] == [200, 429]
    assert left(ask(2)) == 1
    minute.shift(NEXT_MINUTE)
    assert [ask(number).status_code for number in (1, 14)] == [200, 200]
