"""What every public address owes: nothing but published rows, no cookie, no session, GET and HEAD alone, 304, no stranger."""

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from factcheck.published.document import LinkLine
from factcheck.published.models import Check
from factcheck.website import urls
from tests.published.documents import at, notice, numbered_document, publish, visa_document

from ..headers import missing_headers, strangers_told
from .addresses import ADDRESSES, FOR_EVER, FRAMABLE, HTML, VISA, WITHOUT_ROWS, Page, path, publish_the_example

pytestmark = pytest.mark.django_db
every_address = pytest.mark.parametrize("name", ADDRESSES)


@pytest.fixture(autouse=True)
def example(settings):
    settings.SECURITY_CONTACT = "mailto:security@record.example"
    publish_the_example()


def test_every_address_has_its_line_here():
    assert {pattern.name for pattern in urls.urlpatterns} == set(ADDRESSES)
    assert set(urls.urlpatterns) <= {
        p for group in get_resolver().url_patterns for p in getattr(group, "url_patterns", [])
    }


@every_address
def test_a_public_address_reads_published_tables_alone(client, name):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path(name))
        assert b"".join(response)
    assert response.status_code == 200
    sql = [query["sql"] for query in queries]
    assert bool(sql) == (name not in WITHOUT_ROWS)
    tables = {table for each in sql for table in re.findall(r'(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)"?', each)}
    assert all(table.startswith("published_") for table in tables), tables


@every_address
def test_a_public_address_sets_no_cookie_and_reads_no_session(client, name):
    client.cookies["sessionid"] = "somebody"
    response = client.get(path(name))
    assert not response.cookies
    assert not hasattr(response.wsgi_request, "session") and not hasattr(response.wsgi_request, "user")
    assert "Cookie" not in response.get("Vary", "")


@every_address
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_public_address_cannot_be_written_to(client, name, method):
    response = getattr(client, method)(path(name))
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert "can be read and not written to" in response.text


@every_address
def test_head_answers_as_get_does(client, name):
    got, head = client.get(path(name)), client.head(path(name))
    assert (head.status_code, b"".join(head)) == (200, b"")
    assert head["ETag"] == got["ETag"]


@every_address
def test_an_unchanged_page_is_304(client, name):
    first = client.get(path(name))
    assert "max-age" in first["Cache-Control"] and "public" in first["Cache-Control"]
    again = client.get(path(name), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    if name not in WITHOUT_ROWS:
        assert client.get(path(name), headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name not in WITHOUT_ROWS + FOR_EVER])
def test_a_correction_ends_the_304(client, name):
    tag = client.get(path(name))["ETag"]
    publish(visa_document(why_chosen="It accuses three."), notice=notice(), at=at(13))
    assert client.get(path(name), headers={"If-None-Match": tag}).status_code == 200


def test_a_claim_tied_to_this_one_ends_the_304(client):
    publish(numbered_document(1), at=at(1))
    address = "/claims/claim-1/"
    tag = client.get(address)["ETag"]
    publish(numbered_document(2, links=(LinkLine(relation="split_from", claim_ref="ref-1"),)), at=at(2))
    answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Claim number 2" in Page(answer).text


@pytest.mark.parametrize("name", HTML)
def test_a_page_loads_nothing_inline_and_nothing_from_another_host(client, name):
    response = client.get(path(name))
    page = Page(response)
    assert not [a for _, a in page.elements if "style" in a or any(key.startswith("on") for key in a)]
    assert not page.all("style")
    assert {a.get("type") for a in page.all("script")} <= {"application/ld+json"}
    loaded = [a["href"] for a in page.all("link") if a["rel"] in ("stylesheet", "icon")]
    loaded += [a["href"] for tag, a in page.elements if tag == "use"] + [a.get("src", "/") for a in page.all("img")]
    assert loaded
    assert all(url.startswith("/") and not url.startswith("//") for url in loaded)
    framed_by = "*" if name in FRAMABLE else ""
    assert missing_headers(response, framed_by=framed_by) == strangers_told(response) == []


@pytest.mark.parametrize("name", HTML)
def test_absolute_addresses_come_from_the_setting(client, settings, name):
    settings.SITE_URL = "https://record.example"
    settings.ALLOWED_HOSTS = ["*"]
    text = client.get(path(name), headers={"Host": "evil.example"}).content.decode()
    assert "evil.example" not in text
    assert "https://record.example" in text


@pytest.mark.parametrize(
    "address",
    [
        "/claims/no-such-claim/",
        f"/claims/{VISA}/editions/3/",
        f"/claims/{VISA}/editions/0/",
        f"/claims/{VISA}/editions/99999999999999999999999/",
        "/stories/no-such-story/",
        "/speakers/nobody/",
        "/topics/nothing/",
        *(f"/ledger/blocks/{number}/" for number in ("0", "2", "-1", "x", "٣", "1.5", "9" * 40)),
        "/ledger/blocks/0.json",
        "/ledger/blocks/2.json",
        "/ledger/blocks/2.jsonl",
        f"/ledger/blocks/{'9' * 40}.jsonl",
        "/ledger/entries/0.json",
        "/ledger/entries/99.json",
        f"/ledger/entries/{'9' * 40}.json",
        "/sitemap.xml?part=7",
        "/sitemap.xml?part=x",
        "/no/such/page",
    ],
)
def test_what_is_not_published_is_our_own_404(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "There is no page at this address" in Page(response).text
    assert not response.cookies


def test_security_txt_says_whom_to_tell_and_until_when(client, settings):
    settings.SECURITY_POLICY = "https://record.example/security"
    settings.SITE_URL = "https://record.example"
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    said = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    until = datetime.fromisoformat(said.pop("Expires"))
    assert timedelta(days=100) < until - timezone.now() < timedelta(days=365)
    assert said == {
        "Contact": "mailto:security@record.example",
        "Preferred-Languages": "en",
        "Canonical": "https://record.example/.well-known/security.txt",
        "Policy": "https://record.example/security",
    }


def test_there_is_no_security_txt_where_nobody_is_named(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_a_failure_is_our_own_500_without_a_database(client, django_db_blocker):
    client.raise_request_exception = False
    with django_db_blocker.block():
        response = client.get("/claims/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in Page(response).text
    assert VISA not in response.content.decode()


def test_a_failure_of_the_templates_still_answers(client, settings, django_db_blocker):
    client.raise_request_exception = False
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}]
    with django_db_blocker.block():
        response = client.get("/claims/")
    assert (response.status_code, b"Something went wrong" in response.content) == (500, True)


def test_last_modified_is_when_the_page_changed(client):
    check = Check.objects.get(slug=VISA)
    stated = parsedate_to_datetime(client.get(path("claim"))["Last-Modified"])
    assert abs(stated - check.changed_at) < timedelta(seconds=1)
