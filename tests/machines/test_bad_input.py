"""Whatever stands behind an address, the answer is one of ours: never a failure, and where it is refused, a sentence says why.

Which addresses and parameters there are, is read from the description for programs, and from the readers' own list.
"""

import re
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.machines import description
from factcheck.website.filters import ClaimFilter
from tests.website import addresses as readers

from .addresses import ADDRESSES, path

pytestmark = pytest.mark.django_db
WHAT_LISTS_HEED = [
    "page",
    "after",
    "order",
    "kind",
    "part",
    "before",
    "url",
    "format",
    "maxwidth",
    *ClaimFilter.base_filters,
]
EXAMPLES = settings(
    max_examples=250,
    deadline=None,
    derandomize=True,  # the same on every run; longer by hand, with another number here
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def as_often_as_one_likes(settings):
    settings.API_REQUESTS_A_MINUTE = 0


HOSTILE = [
    *(
        "",
        "0",
        "-1",
        "1",
        "9" * 40,
        "1e309",
        "NaN",
        "١",
        "null",
        "true",
        "[]",
        "{}",
        "../../etc/passwd",
        "%00",
        "'\"--",
        "*",
    ),
    *(
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "visas AND (",
        "2022-13-45",
        "0001-01-01",
        "9999-12-31T23:59:59-14:00",
    ),
    *("1662681600000000.1", "1662681600000000.1.00000000", "x" * 5000, "\ud7ff", "\u202e", "e\u0301" * 300),
]
BYTES = st.one_of(
    st.sampled_from(HOSTILE).map(str.encode),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")),
    st.binary(max_size=40),
    st.sampled_from([b"\x00", b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"visas\x00", b"caf\xe9"]),
)


def operations():
    """Every address for programs with its parameters; what stands in braces is filled in below."""
    for place, told in description.document()["paths"].items():
        yield place, [p["name"] for p in told["get"].get("parameters", ()) if p["in"] == "query"]
    yield "/api/openapi.json", []
    yield "/api/", []


OPERATIONS = list(operations())


@st.composite
def asked(draw, places):
    """An address and what stands behind it, as bytes: known names and strange ones, some of them twice."""
    place, names = draw(st.sampled_from(places))
    place = re.sub(r"{number}", lambda _: draw(st.sampled_from(["0", "1", "7", "9" * 30, "x", "-1"])), place)
    place = re.sub(r"{slug}", lambda _: quote_from_bytes(draw(BYTES), safe="") or "-", place)
    name = st.sampled_from(names) if names else st.just("x")
    pairs = draw(st.lists(st.tuples(st.one_of(name, name, st.text(max_size=8)), BYTES), max_size=4))
    spelled = [
        f"{quote_from_bytes(n.encode('utf-8', 'replace'))}={draw(st.sampled_from([quote_from_bytes, _as_it_is]))(value)}"
        for n, value in pairs
    ]
    return place, "&".join(spelled)


def _as_it_is(value):
    """The bytes as a careless client sends them; a server hands them on as Latin-1."""
    return value.decode("latin-1").replace("&", "%26").replace("#", "%23")


def open_it(client, place, query):
    # As a server hands it over; the test client's own way would spell it anew.
    return client.generic("GET", place, QUERY_STRING=query)


@pytest.fixture
def example():
    readers.publish_the_example()


@EXAMPLES
@given(asked(OPERATIONS))
def test_whatever_programs_ask_is_answered_or_refused_in_a_sentence(client, example, ask):
    answer = open_it(client, *ask)
    assert answer.status_code in (200, 301, 400, 404), ask
    if answer.status_code >= 400 and "html" not in answer["Content-Type"]:
        told = answer.json()
        sentence = told["error"]["message"] if "error" in told else told["detail"]
        assert re.fullmatch(r".{15,}\.", sentence, re.S), (ask, sentence)


@EXAMPLES
@given(asked([(readers.path(name), WHAT_LISTS_HEED) for name in readers.ADDRESSES]))
def test_whatever_readers_ask_is_a_page_of_ours(client, example, ask):
    answer = open_it(client, *ask)
    assert answer.status_code in (200, 301, 400, 404, 413, 501), ask
    if answer.status_code >= 400 and "html" in answer["Content-Type"]:
        assert re.search(r'class="(standfirst|empty|notes?)', answer.text), ask


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_address_refuses_a_name_that_it_does_not_know(client, example, name):
    answer = open_it(client, path(name).partition("?")[0], "%ff%00=1&nonsense=2")
    assert answer.status_code == 400


@pytest.mark.parametrize(("place", "names"), OPERATIONS)
def test_every_parameter_refuses_what_is_no_text_and_what_comes_twice(client, example, place, names):
    place = place.replace("{slug}", readers.VISA).replace("{number}", "1")
    for name in names:
        for query in (f"{name}=%00", f"{name}=%ff", f"{name}=1&{name}=1", f"{name}={'x' * 9000}"):
            answer = open_it(client, place, query)
            assert answer.status_code == 400, (place, query[:60])
            assert name in answer.text or "query" in answer.text


@pytest.mark.parametrize("name", ClaimFilter.base_filters)
def test_every_filter_of_the_readers_list_refuses_in_a_sentence(client, example, name):
    for query in (f"{name}=%00", f"{name}=%ff", f"{name}=a&{name}=a", f"{name}={'x' * 9000}"):
        answer = open_it(client, "/claims/", query)
        assert (answer.status_code, "text/html" in answer["Content-Type"]) == (400, True), query[:60]
