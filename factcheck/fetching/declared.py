"""What a page states about itself for machines: schema.org's JSON-LD, Open Graph and plain meta."""

import json
import re
from datetime import date

# In this order: whoever writes more than one of them takes most care with the first.
DAY_NAMES = (
    "article:published_time",
    "og:published_time",
    "dcterms.created",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "citation_publication_date",
    "citation_date",
    "datepublished",
    "date",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
)
DAY = re.compile(r"\s*(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)")
DEEPEST = 8


def published_on(tree):
    """The day of publication that the page states, as YYYY-MM-DD by its own clock; "" where it states none."""
    stated = [part.get("datePublished") for part in linked_data(tree)]
    metas = {}
    for meta in tree.xpath("//meta[@content]"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.lower(), meta.get("content"))
    stated += [metas[name] for name in DAY_NAMES if name in metas]
    return next(filter(None, map(_day, stated)), "")


def _day(value):
    found = DAY.match(value) if isinstance(value, str) else None
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def linked_data(tree):
    """Every object in the JSON-LD of an HTML tree."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()")[:20]:
        try:
            yield from _objects(json.loads(script))
        except (ValueError, RecursionError):
            continue


def _objects(data, depth=0):
    if depth > DEEPEST:
        return
    if isinstance(data, dict):
        yield data
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for each in inside:
        yield from _objects(each, depth + 1)
