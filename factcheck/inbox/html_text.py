"""An HTML message as plain text: what it says and where it links to, and nothing of what it would do."""

import re
from html.parser import HTMLParser

LONGEST = 2_000_000  # characters of HTML that are read
BLOCKS = {"address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form"}
BLOCKS |= {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
}
SPACED = {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"}
UNSEEN = {"head", "script", "style", "title", "template", "noscript", "object", "svg"}
OUTLOOK_LINE = re.compile(r"border:\s*none;\s*border-top:\s*solid|divRplyFwdMsg|appendonsend", re.I)


class _Text(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.line, self.quoted, self.unseen, self.links = [], [], 0, 0, []

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag in UNSEEN:
            self.unseen += 1
        if tag in BLOCKS or tag == "br":
            self._end_line(tag == "br")
        if tag in SPACED:
            self._space()
        if tag == "hr" or OUTLOOK_LINE.search(f"{facts.get('style') or ''} {facts.get('id') or ''}"):
            self.lines.append("_" * 32)
        if tag == "li":
            self.line.append("- ")
        self.quoted += tag == "blockquote"
        if tag == "a":
            self.links.append(((facts.get("href") or "").strip(), len(self.line)))

    def handle_endtag(self, tag):
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        if tag == "a" and self.links:
            self._tell_link(*self.links.pop())
        if tag in ("td", "th"):
            self.line.append("\t")
        if tag in BLOCKS:
            self._end_line(False)
        if tag in SPACED:
            self._space()
        self.quoted = max(0, self.quoted - (tag == "blockquote"))

    def handle_data(self, data):
        if not self.unseen:
            self.line.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _tell_link(self, url, since):
        said = "".join(self.line[since:]).strip()
        if re.match(r"https?://", url, re.I) and url.rstrip("/") not in said and len(url) <= 2000:
            self.line.append(f" <{url}>")

    def _end_line(self, always):
        text = "".join(self.line).replace("\xa0", " ").strip(" ")
        self.line = []
        self.links = [(url, 0) for url, _since in self.links]
        if text or always:
            self.lines.append("> " * self.quoted + text)

    def _space(self):
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(("> " * self.quoted).rstrip())


def text_of(html):
    """The text of an HTML message. Quotations get a > before each line, as in plain text."""
    reader = _Text()
    reader.feed(html[:LONGEST])
    reader.close()
    reader._end_line(False)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in reader.lines)).strip()
