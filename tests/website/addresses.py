"""Every address of the readers' door, by its name in the URLconf. A new one without a line here fails `test_door`."""

from html.parser import HTMLParser

from django.urls import reverse
from django.utils.http import urlencode

from tests.published.documents import FILE, at, hogg_document, notice, publish, visa_document

VISA = visa_document().slug
FEEDS = {
    "claims": [],
    "topic": ["immigration"],
    "speaker": ["jo"],
    "story": ["uyghurs-in-new-zealand-on-the-un-report"],
    "corrections": [],
}
ADDRESSES = {
    "front": [],
    "claims": [],
    "claim": [VISA],
    "edition": [VISA, 1],
    "claim_file": [VISA, FILE.sha256, FILE.name],
    "claim_evidence": [VISA],
    "claim_sums": [VISA],
    "share_picture": [VISA, 2],
    "embed": [VISA],
    "oembed": [],
    "stories": [],
    "story": ["uyghurs-in-new-zealand-on-the-un-report"],
    "speaker": ["jo"],
    "topic": ["immigration"],
    "corrections": [],
    "ratings": [],
    "ledger": [],
    "ledger_page": [1],
    "ledger_head": [],
    "ledger_block": [1],
    "ledger_texts": [1],
    "ledger_text": [1],
    "about": [],
    "copies": [],
    **{f"{of}_feed{form}": given for of, given in FEEDS.items() for form in ("", "_json")},
    "claimreview_feed": [],
    "data": [],
    "claims_csv": [],
    "claims_jsonl": [],
    "corrections_csv": [],
    "sitemap": [],
    "news_sitemap": [],
    "robots": [],
    "security_txt": [],
}
ASKED = {"oembed": {"url": f"http://127.0.0.1:8000/claims/{VISA}/"}}  # what goes with an address that asks for it
FOR_MACHINES = ("sitemap", "news_sitemap", "robots", "security_txt", "claim_file", "claim_evidence", "claim_sums")
FOR_MACHINES += ("share_picture", "oembed", "ledger_head", "ledger_block", "ledger_texts", "ledger_text")
STREAMED = ("claim_file", "claims_csv", "claims_jsonl", "corrections_csv", "claimreview_feed")  # made anew each time
FOR_MACHINES += STREAMED
FOR_EVER = ("ledger_text",)  # what no later edition changes
FRAMABLE = ("embed",)
HTML = [name for name in ADDRESSES if "_feed" not in name and name not in FOR_MACHINES]
WITHOUT_ROWS = ("about", "copies", "data", "robots", "security_txt")  # the same whatever is published


def path(name):
    asked = urlencode(ASKED.get(name, {}))
    return reverse(name, args=ADDRESSES[name]) + (f"?{asked}" if asked else "")


def publish_the_example():
    """The visa claim, the statement made in reply to it, and one correction: something on every page."""
    publish(visa_document(), at=at(9))
    publish(hogg_document(), at=at(10))
    publish(visa_document(why_chosen="It accuses two bodies."), notice=notice(), at=at(12))


class Page(HTMLParser):
    """A page as its reader meets it: words, attributes that are read out, and elements by name."""

    SILENT = ("script", "style")
    READ_OUT = ("aria-label", "alt", "title", "placeholder", "content")

    def __init__(self, response):
        super().__init__(convert_charrefs=True)
        self.elements, self.words, self.read_out, self._open = [], [], [], []
        self.feed(response.content.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.elements.append((tag, attrs))
        self._open = [tag] if tag in self.SILENT else []
        machine_read = tag == "meta" and attrs.get("name") != "description"
        self.read_out += [attrs[name] for name in self.READ_OUT if attrs.get(name) and not machine_read]

    def handle_endtag(self, tag):
        self._open = []

    def handle_data(self, data):
        if not self._open:
            self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())

    def all(self, tag, **attrs):
        return [a for name, a in self.elements if name == tag and attrs.items() <= a.items()]
