"""claims:search as programs written for Google's ask it and read it: only the host is another (API-8).

Each reads as such programs do, with nothing to soften what would break them: no default where they have none.
"""

import json
import urllib.parse
import urllib.request

import pytest
import requests

from tests.published.documents import VISA, at, hogg_document, numbered_document, publish, visa_document

from .google_fixture import RECORDED

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def host(live_server):
    """Where a client is pointed instead of https://factchecktools.googleapis.com."""
    publish(visa_document(), at=at(9))
    publish(hogg_document(), at=at(10))
    for number in range(1, 13):
        publish(numbered_document(number), at=at(1))
    return live_server.url


def test_generated_requests_of_googles_own_library(host):
    """google-api-python-client: names sorted, `alt=json` always, pages by `list_next`."""
    body = {"query": "visas", "languageCode": "en-US", "pageSize": 5, "key": "AIza", "alt": "json"}
    claims, token = [], None
    while True:
        asked = {**body, "pageToken": token} if token else body
        address = f"{host}/v1alpha1/claims:search?{urllib.parse.urlencode(sorted(asked.items()))}"
        headers = {"accept": "application/json", "accept-encoding": "gzip, deflate", "user-agent": "(gzip)"}
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
            assert answer.headers["Content-Type"].startswith("application/json")
            page = json.loads(answer.read())
        claims += page.get("claims", [])
        token = page.get("nextPageToken")
        if not token:
            break
    assert len(claims) == 13


def test_requests_with_params(host):
    """Python's usual way: `data.get("claims", [])`, and no care behind it."""
    params = {"query": "uyghur people getting visas", "key": "AIza", "languageCode": "en"}
    response = requests.get(f"{host}/v1alpha1/claims:search", params=params, timeout=10)
    response.raise_for_status()
    rows = [
        {
            "text": claim["text"],
            "claimant": claim.get("claimant", "Unknown"),
            "said": claim.get("claimDate", "").split("T")[0],
            "publisher": claim["claimReview"][0]["publisher"]["name"],
            "site": claim["claimReview"][0]["publisher"]["site"],
            "reviewed": claim["claimReview"][0]["reviewDate"].split("T")[0],
            "rating": claim["claimReview"][0]["textualRating"],
            "title": claim["claimReview"][0]["title"],
            "url": claim["claimReview"][0]["url"],
        }
        for claim in response.json().get("claims", [])
    ]
    assert {"text": VISA.short_form, "claimant": "Jo", "rating": "Unproven"}.items() <= rows[0].items()
    assert all(all(value for name, value in row.items() if name != "said") for row in rows)


def test_a_client_that_trusts_the_key_to_be_there_only_when_something_was_found(host):
    """`if "claims" in response: response["claims"][0]`, which an empty list would break."""
    told = requests.get(f"{host}/v1alpha1/claims:search?query=no+such+thing&key=AIza", timeout=10).json()
    first = told["claims"][0] if "claims" in told else None
    assert (first, told) == (None, {})


def test_pages_while_there_is_a_token_as_in_r(host):
    """R's way: a path pasted together, `NULL` left out, `maxAgeDays` and the site, until `nextPageToken` is NULL."""
    token, claims = "init", []
    while token is not None:
        asked = {"reviewPublisherSiteFilter": "127.0.0.1", "maxAgeDays": 10_000, "pageSize": 5, "key": "AIza"}
        if token != "init":
            asked["pageToken"] = token
        content = requests.get(f"{host}/v1alpha1/claims%3Asearch", params=asked, timeout=10).json()
        token = content.get("nextPageToken")
        claims += content["claims"]
    table = [{name: claim.get(name) for name in RECORDED["claims"][0]} for claim in claims]
    assert len(table) == 13 and all(row["claimReview"] for row in table)


def test_an_error_is_read_as_googles(host):
    response = requests.get(f"{host}/v1alpha1/claims:search", params={"key": "AIza"}, timeout=10)
    assert (response.status_code, response.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert "query" in response.json()["error"]["message"]


def test_one_answer_compressed_and_kept_is_the_same(host):
    """A client that keeps what it has asks with its tag, and is told that nothing changed."""
    first = requests.get(f"{host}/v1alpha1/claims:search", params={"query": "visas"}, timeout=10)
    again = requests.get(first.url, headers={"If-None-Match": first.headers["ETag"]}, timeout=10)
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
