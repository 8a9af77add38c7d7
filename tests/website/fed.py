"""Feeds as other people's programs take them: Atom by its schema and by feedparser, JSON Feed by the rules of version 1.1."""

import json
from datetime import datetime
from pathlib import Path

import feedparser
from django.urls import reverse
from lxml import etree

from .addresses import FEEDS

SCHEMA = etree.RelaxNG(file=Path(__file__).with_name("atom.rng"))
TEXT = (
    "title",
    "home_page_url",
    "feed_url",
    "description",
    "next_url",
    "language",
    "id",
    "url",
    "content_html",
    "summary",
)
FEED = {"version", "title", "home_page_url", "feed_url", "description", "next_url", "authors", "language", "items"}
ITEM = {"id", "url", "title", "content_html", "summary", "date_published", "date_modified", "tags", "language"}


def feed(client, of="claims", form="", query="", given=None):
    """What a feed says, taken apart: as feedparser understands Atom, or the JSON, either held to its rules first."""
    response = client.get(reverse(f"{of}_feed{form}", args=given or FEEDS[of]) + query)
    assert response.status_code == 200
    return json_feed(response) if form else atom(response)


def entries(client, of="claims", form="", query=""):
    told = feed(client, of, form, query)
    return told["items"] if form else told.entries


def atom(response):
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    SCHEMA.assertValid(etree.fromstring(response.content))
    told = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not told.bozo
    assert len({entry.id for entry in told.entries}) == len(told.entries)
    return told


def json_feed(response):
    assert response["Content-Type"] == "application/feed+json"
    told = json.loads(response.content)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["title"]
    _hold(told, FEED | {"_ledger"})
    for item in told["items"]:
        _hold(item, ITEM | {"_factcheck"})
        assert item["id"] and item["content_html"]
        assert all(datetime.fromisoformat(item[name]).tzinfo for name in ("date_published", "date_modified"))
        assert all(isinstance(tag, str) for tag in item.get("tags", ()))
    assert all(isinstance(author, dict) and author["name"] for author in told["authors"])
    assert len({item["id"] for item in told["items"]}) == len(told["items"])
    return told


def _hold(told, allowed):
    """Nothing but the names of the version, text where it wants text, addresses in full, and our own names begin with _."""
    assert set(told) <= allowed, set(told) - allowed
    assert all(isinstance(told[name], str) and told[name] for name in TEXT if name in told)
    assert all(told[name].startswith("http") for name in told if name.endswith("url"))
