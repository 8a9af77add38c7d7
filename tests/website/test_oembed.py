"""/oembed, as other sites' editors ask it (FD-5), and the links by which they find it."""

import json
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest

from factcheck.published import press
from tests.published.documents import FALSE, at, hogg_document, notice, publish, visa_document

from .addresses import VISA, Page

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
CLAIM = f"{SITE}/claims/{VISA}/"


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def ask(client, url=CLAIM, **more):
    return client.get("/oembed", {"url": url, **more})


def frame_of(answer):
    [(tag, attrs)] = Elements(answer.json()["html"]).found
    assert tag == "iframe"
    return attrs


def test_the_answer_is_oembed_1_0(client):
    publish()
    answer = ask(client)
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    html = told.pop("html")
    assert told == {
        "version": "1.0",
        "type": "rich",
        "title": "Unproven: The Chinese Communist Party kept Uyghurs from getting NZ visas",
        "provider_name": "The Record",
        "provider_url": f"{SITE}/",
        "cache_age": 60,
        "width": 640,
        "height": 480,
    }
    assert f'src="{SITE}/embed/{VISA}/"' in html


def test_the_frame_may_open_links_and_nothing_else(client):
    publish()
    frame = frame_of(ask(client))
    assert urlsplit(frame["src"]).path == f"/embed/{VISA}/"
    assert client.get(urlsplit(frame["src"]).path).status_code == 200
    assert set(frame["sandbox"].split()) == {"allow-popups", "allow-popups-to-escape-sandbox", "allow-same-origin"}
    assert frame["title"].startswith("Unproven: ")


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ({"maxwidth": "300"}, (300, 480)),
        ({"maxheight": "200"}, (640, 200)),
        ({"maxwidth": "5000", "maxheight": "999999"}, (640, 480)),
        ({"maxwidth": "1", "maxheight": "1"}, (1, 1)),
        ({"maxwidth": ""}, (640, 480)),
    ],
)
def test_sizes_are_honoured(client, asked, size):
    publish()
    answer = ask(client, **asked)
    assert (answer.json()["width"], answer.json()["height"]) == size
    assert (frame_of(answer)["width"], frame_of(answer)["height"]) == tuple(map(str, size))


def test_an_answer_that_is_kept_is_nobody_elses(client):
    publish()
    publish(hogg_document())
    for _ in range(2):
        assert ask(client).json()["width"] == 640
        assert ask(client, maxwidth="300").json()["width"] == 300
        assert ask(client, format="xml")["Content-Type"].startswith("text/xml")
        other = ask(client, f"{SITE}/claims/{hogg_document().slug}/").json()
        assert hogg_document().slug in other["html"]


@pytest.mark.parametrize("wrong", ["0", "-1", "x", "1.5", "٣", "9" * 5000, "1e3", " 3", "\0"])
@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
def test_a_size_that_is_none_is_refused_in_a_sentence(client, name, wrong):
    publish()
    answer = ask(client, **{name: wrong})
    assert answer.status_code == 400
    assert f"“{name}” is a whole number of pixels" in answer.content.decode()


def test_xml_says_the_same(client):
    hostile = "A <b>&\x0b claim"
    publish(visa_document(short_form=hostile))
    answer = ask(client, format="xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "oembed"
    told = {child.tag: child.text for child in root}
    expected = {name: str(value).replace("\x0b", "") for name, value in ask(client).json().items()}
    assert told == expected


@pytest.mark.parametrize("form", ["yaml", "JSON", "json ", "", "\0"])
def test_another_format_is_501(client, form):
    publish()
    answer = ask(client, format=form)
    assert answer.status_code == 501
    assert "json" in answer.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        f"{SITE}/claims/never-published/",
        f"{SITE}/claims/",
        f"{SITE}/",
        f"{SITE}/desk/",
        f"{SITE}/claims/{VISA}/editions/7/",
        f"{SITE}/claims/{VISA}/editions/{'9' * 400}/",
        f"{SITE}/claims/{VISA}/evidence.json",
        f"https://127.0.0.1:8000/claims/{VISA}/",
        f"{SITE}.evil.example/claims/{VISA}/",
        f"https://evil.example/claims/{VISA}/",
        f"http://127.0.0.1:8000@evil.example/claims/{VISA}/",
        f"{SITE}//evil.example/claims/{VISA}/",
        f"{SITE}/[::1/claims/",
        f"{SITE}/\0",
        "http://[",
        "x" * 5000,
    ],
)
def test_what_is_not_a_claim_of_ours_is_404(client, url):
    publish()
    answer = ask(client, url)
    assert answer.status_code == 404
    assert answer.content.decode().startswith("No claim of ours is published")
    assert client.get("/oembed").status_code == 404


@pytest.mark.parametrize(
    "url", [f"{CLAIM}?utm_source=x#reply", f"{SITE}/claims/{VISA}/editions/1/", f"{SITE}/embed/{VISA}/"]
)
def test_every_address_of_the_claim_leads_to_the_same_frame(client, url):
    publish()
    publish(visa_document(FALSE), notice=notice("correction_verdict"), at=at(12))
    assert ask(client, url).json() == ask(client).json()
    assert ask(client, url).json()["title"].startswith("False: ")


def test_a_retraction_says_so(client):
    publish()
    press.print_retraction(visa_document().claim_ref, notice=notice("retraction"), printed_by="editor", at=at(14))
    assert ask(client).json()["title"].startswith("Retracted: ")


def test_the_claims_page_leads_to_it_in_both_formats(client):
    publish()
    page = Page(client.get(f"/claims/{VISA}/"))
    for form, kind in (("json", "application/json+oembed"), ("xml", "text/xml+oembed")):
        [link] = page.all("link", type=kind)
        assert link["rel"] == "alternate"
        assert link["href"] == f"{SITE}/oembed?url={quote(CLAIM, safe='')}&format={form}"
        answer = client.get(link["href"].removeprefix(SITE))
        assert answer.status_code == 200
        assert (json.loads(answer.content)["type"] if form == "json" else "rich") == "rich"
