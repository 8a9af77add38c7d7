"""What a page says: its readable text, what it says of itself, what it needs to be shown, and whether it is a wall.

Runs as a process of its own (`apart.py` starts it), because a page may be made to break whoever parses it. Knows nothing
of Django, so that there is nothing in it to be taken.
"""

import io
import json
import logging
import re
import sys
from dataclasses import asdict, dataclass

import lxml.html
from trafilatura import bare_extraction

from .charsets import to_text
from .confined import confine
from .declared import published_on
from .requisites import needed_by
from .walls import wall_of

HTML = frozenset({"text/html", "application/xhtml+xml"})
PDF = "application/pdf"
LONGEST_TEXT = 2_000_000  # characters
PAGES_OF_A_PDF = 500


@dataclass(frozen=True)
class Page:
    """What was read. `wall` is one of walls.WALLS or ""; `needs` are the addresses of what the page is shown with."""

    text: str = ""  # what there is to be read, without menus, notices and advertisements
    words: str = ""  # everything that can be seen
    title: str = ""
    author: str = ""
    publisher: str = ""
    published_on: str = ""  # YYYY-MM-DD, or "" where the page does not say
    wall: str = ""
    needs: tuple = ()


def read(body, content_type, url):
    """The Page that `body` (bytes, unpacked) is. A type that has no readable text gives an empty one."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in HTML or (not kind and body.lstrip()[:1] == b"<"):
        return _read_html(to_text(body, content_type), url)
    if kind == PDF or body.startswith(b"%PDF-"):
        return _read_pdf(body)
    if kind.startswith("text/") or kind in ("application/json", "application/xml"):
        text = tidy(to_text(body, content_type))
        return Page(text=text, words=text)
    return Page()


def _read_html(html, url):
    tree = _tree(html)
    if tree is None:
        return Page()
    found = bare_extraction(html, url=url, with_metadata=True, include_comments=False, favor_recall=True)
    words = every_word(tree)
    text = tidy((found and found.text) or "") or words
    return Page(
        text=text,
        words=words,
        title=_line((found and found.title) or tree.findtext(".//title"), 500),
        author=_line(found and found.author, 300),
        publisher=_line(_publisher(tree, found), 300),
        published_on=published_on(tree),  # not as found in the text, where any day may stand
        wall=wall_of(tree, text, url),
        needs=tuple(needed_by(tree, url)),
    )


def _tree(html):
    try:  # bytes, because a text with an XML declaration in it is refused
        tree = lxml.html.document_fromstring(
            html.encode(errors="replace"), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (lxml.etree.LxmlError, ValueError):
        return None
    return tree


def _publisher(tree, found):
    """The site's name as it states it; an address is no name."""
    named = (found and found.sitename) or ""
    return "" if re.fullmatch(r"\S+\.\w{2,}", named) else named


def every_word(tree):
    """All the text of a page that could be seen, with its menus and notices."""
    seen = tree.xpath(
        "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"
    )
    return tidy("\n".join(part.strip() for part in seen if part.strip()))


def _read_pdf(body):
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(body))
    if reader.is_encrypted:
        return Page()
    told = reader.metadata
    pages = [page.extract_text() for page, _number in zip(reader.pages, range(PAGES_OF_A_PDF), strict=False)]
    written = told.creation_date if told else None
    text = tidy("\n\n".join(pages))
    return Page(
        text=text,
        words=text,
        title=_line(told and told.title, 500),
        author=_line(told and told.author, 300),
        published_on=written.date().isoformat() if written else "",
    )


def tidy(text):
    """Text without signs that are not to be seen, one space between words, at most one empty line between paragraphs."""
    text = "".join(c if c.isprintable() or c == "\n" else " " for c in text[:LONGEST_TEXT].replace("\xad", ""))
    lines = (re.sub(r" +", " ", line.replace("\xa0", " ")).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _line(value, longest):
    return " ".join(tidy(str(value or "")).split())[:longest]


def main():
    """Read one page from standard input (a line of JSON about it, then its bytes), write the Page as JSON."""
    confine()
    about = json.loads(sys.stdin.buffer.readline())
    page = read(sys.stdin.buffer.read(), about["content_type"], about["url"])
    sys.stdout.write(json.dumps(asdict(page)))


if __name__ == "__main__":
    main()
