"""What every address for programs owes: nothing but published rows, no cookie, read alone, 304, open to pages of every site."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from factcheck.machines import urls
from tests.headers import missing_headers
from tests.published.documents import at, notice, publish, visa_document
from tests.website.addresses import publish_the_example

from .addresses import ADDRESSES, PAGE, WITHOUT_ROWS, path

pytestmark = pytest.mark.django_db
every_address = pytest.mark.parametrize("name", ADDRESSES)


@pytest.fixture(autouse=True)
def example():
    publish_the_example()


def test_every_address_has_its_line_here():
    assert {pattern.name for pattern in urls.urlpatterns} == {*ADDRESSES, PAGE}
    there = {p for group in get_resolver().url_patterns for p in getattr(group, "url_patterns", [])}
    assert set(urls.urlpatterns) <= there


@every_address
def test_an_address_reads_published_tables_alone(client, name):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path(name))
    assert response.status_code == 200
    sql = [query["sql"] for query in queries]
    assert bool(sql) == (name not in WITHOUT_ROWS)
    tables = {table for each in sql for table in re.findall(r'(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)"?', each)}
    assert all(table.startswith("published_") for table in tables), tables


@every_address
def test_an_address_knows_nobody_and_keeps_every_header_of_the_site(client, name):
    client.cookies["sessionid"] = "somebody"
    response = client.get(path(name))
    assert not response.cookies
    assert not hasattr(response.wsgi_request, "session") and getattr(response.wsgi_request, "user", None) is None
    assert "Cookie" not in response.get("Vary", "")
    assert missing_headers(response) == []


@every_address
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_an_address_cannot_be_written_to(client, name, method):
    response = getattr(client, method)(path(name))
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "can be read and not written to" in response.text


@every_address
def test_a_page_of_any_site_may_read_it(client, name):
    origin = {"Origin": "https://elsewhere.example"}
    asked = {**origin, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    before, got = client.options(path(name), headers=asked), client.get(path(name), headers=origin)
    unchanged = client.get(path(name), headers={**origin, "If-None-Match": got["ETag"]})
    missing = client.get(f"{path(name)}{'&' if '?' in path(name) else '?'}no_such=parameter", headers=origin)
    assert [r.status_code for r in (before, got, unchanged, missing)] == [204, 200, 304, 400]
    assert all(r["Access-Control-Allow-Origin"] == "*" for r in (before, got, unchanged, missing))
    assert not any("Access-Control-Allow-Credentials" in r for r in (before, got, unchanged, missing))
    assert "If-None-Match" in before["Access-Control-Allow-Headers"]


@every_address
def test_head_answers_as_get_does(client, name):
    head, got = client.head(path(name)), client.get(path(name))
    assert (head.status_code, head.content, bool(got.content)) == (200, b"", True)
    assert (head["ETag"], head["Content-Type"]) == (got["ETag"], got["Content-Type"])


@every_address
def test_an_unchanged_answer_is_304_and_costs_one_query(client, name):
    first = client.get(path(name))
    assert "max-age" in first["Cache-Control"] and "public" in first["Cache-Control"]
    with CaptureQueriesContext(connection) as queries:
        again = client.get(path(name), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, len(queries)) == (304, b"", 1 - (name in WITHOUT_ROWS))


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name not in WITHOUT_ROWS])
def test_a_correction_is_what_the_next_request_gets(client, name):
    before = client.get(path(name))
    assert client.get(path(name)).content == before.content
    publish(visa_document(short_form="In other words"), notice=notice(why="Somebody wrote."), at=at(13))
    after = client.get(path(name), headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    told = "In other words" in after.text or "Somebody wrote." in after.text or '"current_edition":3' in after.text
    assert told == (
        name in ("claims_search", "api_claims", "api_claim", "api_edition", "api_editions", "api_corrections")
    )


def test_what_was_kept_is_made_anew_where_the_licence_changes(client, settings):
    assert client.get(path("api_claims")).json()["licence"] is None
    settings.LICENCE_NAME, settings.LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
    for name in set(ADDRESSES) - {"claims_search", "openapi"}:
        told = client.get(path(name)).json()["licence"]
        assert told == {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}


@every_address
def test_addresses_come_from_the_setting(client, settings, name):
    settings.SITE_URL = "https://record.example"
    settings.ALLOWED_HOSTS = ["*"]
    text = client.get(path(name), headers={"Host": "evil.example"}).text
    assert "evil.example" not in text
    assert ("https://record.example" in text) == (name != "api_ratings")


def test_an_address_without_its_slash_leads_to_the_one_with_it(client):
    answer = client.get("/api/v1/claims?rating=mixed")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/claims/?rating=mixed")
