"""The description says what the addresses do: every one of them, every parameter, and what every answer holds."""

import re

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from factcheck.machines import google, urls
from factcheck.machines.parameter_words import WORDS
from tests.published.documents import at, notice, publish, visa_document
from tests.website.addresses import Page, publish_the_example

from .addresses import ADDRESSES, path
from .test_keys import everything  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
SPARSE = {"openapi", "api"}


@pytest.fixture
def document(client):
    return client.get("/api/openapi.json").json()


def described(document, name):
    """The operation of an address, by its name in the URLconf."""
    [pattern] = [p for p in urls.urlpatterns if p.name == name]
    return document["paths"]["/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern))]["get"]


def holds(document, schema, value):
    """What is wrong with a value by a schema of the document."""
    root = {"$ref": "#/found", "found": schema, "components": document["components"]}
    return [f"{list(e.absolute_path)}: {e.message}" for e in Draft202012Validator(root).iter_errors(value)]


def test_the_document_is_openapi_3_1(document):
    assert document["openapi"] == "3.1.0"
    validate_schema(document)
    assert not GENERATOR_STATS._warn_cache and not GENERATOR_STATS._error_cache


def test_every_address_is_described_and_nothing_else(document):
    names = {pattern.name for pattern in urls.urlpatterns} - SPARSE
    assert len(document["paths"]) == len([described(document, name) for name in names])
    assert all(set(operations) == {"get"} for operations in document["paths"].values())


def test_every_parameter_that_is_read_is_described(document):
    for name in set(ADDRESSES) - SPARSE:
        [view] = [p.callback.cls for p in urls.urlpatterns if p.name == name]
        told = {p["name"] for p in described(document, name).get("parameters", ()) if p["in"] == "query"}
        assert told == set(view.parameters) - set(google.ACCEPTED)
    assert {name for p in urls.urlpatterns if hasattr(p.callback, "cls") for name in p.callback.cls.parameters} == {
        *WORDS,
        *google.ACCEPTED,
    }


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - SPARSE))
def test_an_answer_holds_what_the_document_says(client, document, everything, name):  # noqa: F811
    operation = described(document, name)
    [answer] = operation["responses"]["200"]["content"].values()
    told = client.get(path(name)).json()
    assert holds(document, answer["schema"], told) == []
    assert holds(document, answer["schema"], {**told, "licence": 7, "claims": 7}) != []


def test_a_retracted_claim_holds_what_the_document_says(client, document):
    from factcheck.published import press

    publish()
    why = notice("retraction", was_wrong="", says_now="", why="We were mistaken.")
    press.print_retraction(visa_document().claim_ref, notice=why, printed_by="senior-editor", at=at(20))
    for name in ("api_claim", "api_edition", "api_claims", "api_corrections", "api_editions"):
        [answer] = described(document, name)["responses"]["200"]["content"].values()
        assert holds(document, answer["schema"], client.get(path(name)).json()) == []


def test_a_refusal_holds_what_the_document_says(client, document):
    for address, name in (("/api/v1/claims/?x=1", "api_claims"), ("/v1alpha1/claims:search", "claims_search")):
        answer = client.get(address)
        told = described(document, name)["responses"]["400"]["content"][answer["Content-Type"].split(";")[0]]
        assert holds(document, told["schema"], answer.json()) == []


def test_the_document_speaks_for_the_newsroom_as_it_is_set(client, settings):
    settings.SITE_URL, settings.NEWSROOM_NAME = "https://record.example", "The Other Record"
    settings.LICENCE_NAME, settings.LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
    document = client.get("/api/openapi.json").json()
    assert document["servers"] == [{"url": "https://record.example"}]
    assert document["info"]["title"] == "The Other Record"
    assert document["info"]["license"] == {"name": "CC BY 4.0", "url": settings.LICENCE_URL}


def test_the_page_shows_everything_in_the_document(client, document):
    publish_the_example()
    page = Page(client.get("/api/"))
    for place in document["paths"]:
        assert place in page.text
    ids = {attrs["id"] for _tag, attrs in page.elements if "id" in attrs}
    assert set(document["components"]["schemas"]) <= ids
    links = {attrs["href"][1:] for attrs in page.all("a") if attrs["href"].startswith("#")}
    assert links <= ids
    for words in (words for _kind, words in WORDS.values()):
        assert words in page.text


def test_the_page_says_under_what_terms(client, settings):
    assert "We have not said under what terms" in Page(client.get("/api/")).text
    settings.LICENCE_NAME = "CC BY 4.0"
    assert "under these terms: CC BY 4.0" in Page(client.get("/api/")).text


def test_the_page_is_one_of_ours(client):
    from tests.headers import missing_headers, strangers_told

    answer = client.get("/api/")
    page = Page(answer)
    assert not page.all("script") and not page.all("style")
    assert not [a for _tag, a in page.elements if "style" in a or any(key.startswith("on") for key in a)]
    assert all(a["href"].startswith("/") for a in page.all("link") if a["rel"] in ("stylesheet", "icon"))
    assert missing_headers(answer) == strangers_told(answer) == []
    assert not answer.cookies and client.post("/api/").status_code == 405
    assert client.get("/api/", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_what_is_tried_from_the_page_opens(client):
    publish_the_example()
    for link in {a["href"] for a in Page(client.get("/api/")).all("a") if a["href"].startswith("/api")}:
        assert client.get(link).status_code == 200
