"""The two forms that a feed comes in, through Django's own interface of feeds: Atom (RFC 4287, 5005) and JSON Feed 1.1 (FD-2)."""

import json
from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed, SyndicationFeed, rfc3339_date
from django.utils.translation import gettext as _

# What XML 1.0 has no way to write, not even as a reference.
UNWRITABLE = dict.fromkeys([*(set(range(0x20)) - {0x09, 0x0A, 0x0D}), 0xFFFE, 0xFFFF])
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Dated:
    """A feed that says when it last changed also while it is empty, and never the moment at which it is asked."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else self.feed["changed_at"] or NEVER


class Atom(Dated, Atom1Feed):
    """Atom. `next_url` of the feed is its next page, `ledger` a Head that it tells, or None; `language` of an entry is that of
    the claim in it."""

    suffix = ""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})
        if head := self.feed["ledger"]:
            words = _("The ledger: %(entries)d entries, head %(hash)s") % {"entries": head.entries, "hash": head.hash}
            told = {"rel": "related", "type": "application/json", "href": self.feed["ledger_url"], "title": words}
            handler.addQuickElement("link", "", told)

    def item_attributes(self, item):
        return {"xml:lang": item["language"]} if item["language"] else {}

    def writeString(self, encoding):
        self.feed, self.items = _writable(self.feed), _writable(self.items)
        return super().writeString(encoding)


def _writable(value):
    """The value without characters that XML cannot write, at any depth."""
    if isinstance(value, str):
        return value.translate(UNWRITABLE)
    if isinstance(value, list):
        return [_writable(each) for each in value]
    return {name: _writable(each) for name, each in value.items()} if isinstance(value, dict) else value


class JSON(Dated, SyndicationFeed):
    """JSON Feed 1.1. What only this form has is in `summary` and `facts` of an item: text, and plain values for `_factcheck`."""

    content_type = "application/feed+json"
    suffix = "_json"

    def write(self, outfile, encoding):
        feed = self.feed
        whole = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "description": feed["description"],
            "next_url": feed["next_url"],
            "authors": [{"name": feed["author_name"], "url": feed["author_link"]}],
            "language": feed["language"],
            "items": [_item(item) for item in self.items],
            "_ledger": _ledger(feed["ledger"], feed["ledger_url"]),
        }
        outfile.write(json.dumps({name: value for name, value in whole.items() if value != ""}, ensure_ascii=False))


def _ledger(head, about):
    """An extension of ours: where the public ledger ended when this was told; "" where it is not told."""
    return {"about": about, "entries": head.entries, "head": head.hash} if head else ""


def _item(item):
    whole = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_html": item["description"],
        "summary": item["summary"],
        "date_published": rfc3339_date(item["pubdate"]),
        "date_modified": rfc3339_date(item["updateddate"]),
        "tags": list(item["categories"]),
        "language": item["language"],
        "_factcheck": item["facts"],
    }
    return {name: value for name, value in whole.items() if value not in ("", [])}
