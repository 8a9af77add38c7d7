"""What is wrong with the structured data of a claim page, by the standards' own numbers (SD-1 to SD-10).

It judges the page as a reader's machine gets it: the HTML, and the ClaimReview that is in it.
"""

import json
import re
from datetime import date, datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

REQUIRED = ("@context", "@type", "url", "claimReviewed", "reviewRating", "itemReviewed", "author")
LONGEST_CLAIM = 75
NOTHING = (None, "", [], {}, "Unknown", "None")
DATES = re.compile(r"date(Published|Modified)|sdDatePublished", re.IGNORECASE)


class ClaimPage(HTMLParser):
    """A page taken apart: its text, its canonical address, and its blocks of structured data as they stand."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.canonical, self.blocks, self._words, self._in = "", [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "link" and attrs.get("rel") == "canonical":
            self.canonical = attrs.get("href", "")
        if tag in ("script", "style"):
            self._in = "data" if attrs.get("type") == "application/ld+json" else "code"

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._in = ""

    def handle_data(self, data):
        if self._in == "data":
            self.blocks.append(data)
        elif not self._in:
            self._words.append(data)

    @property
    def text(self):
        return _squeezed("".join(self._words))


def _squeezed(text):
    return " ".join(text.split())


def faults(html, document, wanted):
    """Every fault of a claim page, in sentences. `wanted`: whether this page has to carry a ClaimReview at all."""
    page = ClaimPage(html)
    if len(page.blocks) != int(wanted):
        return [
            _("SD-1: the page carries %(found)d ClaimReviews and should carry %(wanted)d.") % _counted(page, wanted)
        ]
    if not wanted:
        return []
    try:
        node = json.loads(page.blocks[0])
    except ValueError:
        return [_("SD-8: the structured data cannot be read as JSON.")]
    return [
        *_missing(node),
        *_not_on_the_page(node, page),
        *_address_faults(node, page),
        *_rating_faults(node.get("reviewRating", {})),
        *_pseudonym_faults(node, document),
        *_empty(node),
        *_unsafe(page.blocks[0]),
        *_date_faults(node),
    ]


def warnings(document):
    """What an editor should know though it breaks nothing (SD-10)."""
    if len(document.title) > LONGEST_CLAIM:
        return [_("SD-10: the claim is given in more than %d characters; write a short form.") % LONGEST_CLAIM]
    return []


def _counted(page, wanted):
    return {"found": len(page.blocks), "wanted": int(wanted)}


def _missing(node):
    lacking = [name for name in REQUIRED if name not in node]
    if "alternateName" not in node.get("reviewRating", {}):
        lacking.append("reviewRating.alternateName")
    return [_("SD-1: %s is missing.") % name for name in lacking]


def _not_on_the_page(node, page):
    author = node.get("itemReviewed", {}).get("author", {})
    said = {
        "claimReviewed": node.get("claimReviewed", ""),
        "alternateName": node.get("reviewRating", {}).get("alternateName", ""),
        "ratingExplanation": node.get("reviewRating", {}).get("ratingExplanation", ""),
        "itemReviewed.author.name": author.get("name", ""),
        "author.name": node.get("author", {}).get("name", ""),
    }
    return [
        _("SD-3: %s is not what the page says.") % name
        for name, text in said.items()
        if _squeezed(text) not in page.text
    ]


def _address_faults(node, page):
    url = node.get("url", "")
    if url != page.canonical or not urlsplit(url).netloc:
        return [_("SD-4: the address in the structured data is not the page’s canonical address.")]
    return []


def _rating_faults(rating):
    numbers = [rating.get(name) for name in ("worstRating", "ratingValue", "bestRating")]
    if numbers == [None] * 3:
        return []
    if any(type(number) is not int for number in numbers) or numbers != sorted(numbers):
        return [_("SD-5: the rating’s three numbers are not whole numbers in order.")]
    return []


def _pseudonym_faults(node, document):
    author = node.get("itemReviewed", {}).get("author", {})
    hidden = document.speaker is not None and document.speaker.is_pseudonym
    if hidden and (set(author) != {"@type", "name"} or "*" in author.get("name", "")):
        return [_("SD-6: more is told of somebody behind a pseudonym than that name.")]
    return []


def _empty(node, path=""):
    """SD-7, at any depth."""
    if node in NOTHING:
        return [_("SD-7: %s is empty.") % path]
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [fault for name, value in pairs for fault in _empty(value, f"{path}.{name}".lstrip("."))]


def _unsafe(block):
    if any(sign in block for sign in ("</", "<!--", "\u2028", "\u2029")):
        return [_("SD-8: the structured data holds signs that end or change a script element.")]
    return []


def _date_faults(node, path=""):
    """SD-9, at any depth."""
    if isinstance(node, list):
        return [fault for value in node for fault in _date_faults(value, path)]
    if not isinstance(node, dict):
        return []
    found = []
    for name, value in node.items():
        if DATES.fullmatch(name) and not _is_date(value):
            found.append(_("SD-9: %s is no ISO 8601 date.") % f"{path}.{name}".lstrip("."))
        found += _date_faults(value, f"{path}.{name}")
    return found


def _is_date(text):
    """A moment, a day, or a day cut to its month or year."""
    try:
        if "T" in text:
            return datetime.fromisoformat(text).tzinfo is not None
        parts = [int(part) for part in text.split("-")]
        return bool(date(*(parts + [1, 1])[:3]))
    except (ValueError, TypeError):
        return False
