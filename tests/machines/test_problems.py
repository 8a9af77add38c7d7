"""What is asked wrongly is refused in a sentence, as RFC 9457 has it."""

import pytest
from django.test import Client

from tests.website.addresses import VISA, publish_the_example

from .addresses import LISTS, path

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def example():
    publish_the_example()


def problem(answer, status):
    """The sentence of a problem, which is whole in every other way."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (answer["Cache-Control"], answer["Access-Control-Allow-Origin"]) == ("no-store", "*")
    told = answer.json()
    assert told["status"] == status and told["title"] and told["type"] == "about:blank"
    assert told["detail"].endswith(".") and len(told["detail"]) > 15
    return told["detail"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("order_by=-id", "There is no parameter “order_by” here"),
        ("speakr=jo", "There are: cursor, page_size"),
        ("%00=x", "There is no parameter “�” here"),
        ("%ff=x", "There is no parameter “�” here"),
        ("rating=mixed&rating=false", "“rating” was given more than once"),
        ("q=a&q=", "“q” was given more than once"),
        ("q=%ff%fe", "“q” is not in UTF-8"),
        ("speaker=\xe9", "“speaker” is not in UTF-8"),
        ("speaker=%00", "“speaker” holds a null character"),
        ("q=" + "x" * 501, "at most 500 characters"),
        ("topic=" + "x" * 81, "at most 80 characters"),
        ("q=%2A%2A", "only punctuation"),
        ("published_from=yesterday", "Give a day"),
        ("said_to=9999-12-31", "Give a day"),
        ("page_size=0", "from 1 to 100"),
        ("page_size=101", "from 1 to 100"),
        ("page_size=-1", "from 1 to 100"),
        ("page_size=1e2", "from 1 to 100"),
        ("page_size=" + "9" * 5000, "from 1 to 100"),
        ("page_size=%D9%A1", "from 1 to 100"),
        ("updated_since=yesterday", "a moment with its zone"),
        ("updated_since=2022-09-05", "a moment with its zone"),
        ("updated_since=2022-09-05T00:00:00", "a moment with its zone"),
        ("updated_since=2022-13-45T00:00:00Z", "a moment with its zone"),
        ("updated_since=0001-01-01T00:00:00%2B23:00", "a moment with its zone"),
        ("updated_since=9999-12-31T23:59:59-12:00", "a moment with its zone"),
        ("cursor=x", "This cursor is not one of this list"),
        ("cursor=1.1.00000000", "This cursor is not one of this list"),
        ("&".join(f"a{n}=" for n in range(5000)), "too many parameters"),
    ],
)
def test_a_parameter_that_cannot_be_meant_is_refused_in_a_sentence(query, sentence):
    answer = Client(QUERY_STRING=query).get(path("api_claims"), QUERY_STRING=query)
    assert sentence in problem(answer, 400)


@pytest.mark.parametrize("name", LISTS)
def test_a_cursor_that_was_tampered_with_is_refused(client, name):
    following = client.get(f"{path(name)}?page_size=1").json()["next"]
    if following is None:
        assert name in ("api_corrections", "api_stories", "api_topics")
        return
    cursor = following.split("cursor=")[1].split("&")[0]
    assert client.get(path(name), {"cursor": cursor}).status_code == 200
    for wrong in (cursor[:-1], f"{cursor}0", "9" + cursor, cursor.replace(".", ".1", 1), cursor.upper() + " "):
        assert "This cursor" in problem(client.get(path(name), {"cursor": wrong}), 400)
    other = client.get(path(name), {"cursor": cursor, "updated_since": "2000-01-01T00:00:00Z"})
    assert "This cursor" in problem(other, 400)


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/claims/no-such-claim/",
        f"/api/v1/claims/{VISA}/editions/3/",
        f"/api/v1/claims/{VISA}/editions/0/",
        f"/api/v1/claims/{VISA}/editions/99999999999999999999999/",
        f"/api/v1/claims/{'x' * 3000}/",
        "/api/v1/claims/%00/",
        "/api/v1/claims/%ff/",
        "/api/v1/stories/nothing/",
        "/api/v1/speakers/nobody/",
        "/api/v1/topics/nothing/",
        "/api/v1/",
        "/api/v1/users/",
        "/api/v2/claims/",
    ],
)
def test_what_is_not_published_is_404_in_a_sentence(client, address):
    if address.startswith("/api/v2"):
        assert client.get(address).status_code == 404
        return
    problem(client.get(address), 404)


def test_a_failure_of_ours_is_a_500_that_tells_nothing(client, django_db_blocker):
    client.raise_request_exception = False
    with django_db_blocker.block():
        answer = client.get(path("api_claims"))
    assert "Something went wrong on our side" in problem(answer, 500)


def test_a_page_for_readers_stays_a_page(client):
    assert "text/html" in client.get("/claims/no-such-claim/")["Content-Type"]
