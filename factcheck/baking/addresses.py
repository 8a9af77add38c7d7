"""Which public addresses are baked: one table, by their names in the URLconf. What stands in none of its parts fails a test.

An address that is new to the website gets its line here, and nothing else: where it is asked for, how often, and when it is
made anew follow from the part it stands in.
"""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.published.naming import in_address

# There is one of each, and its own ETag says whether it has changed.
ONCE = ("front", "claims", "stories", "corrections", "ratings", "about", "copies", "ledger", "ledger_head")
ONCE += ("claims_feed", "claims_feed_json", "corrections_feed", "corrections_feed_json")
ONCE += ("data", "claims_csv", "claims_jsonl", "corrections_csv", "claimreview_feed")
ONCE += ("sitemap", "news_sitemap", "robots", "security_txt")
EVERY_TIME = ("security_txt", "news_sitemap")  # their day and hour move on by themselves
# One for each claim, each edition of it, and each file that comes with it.
OF_A_CLAIM = ("claim", "embed", "claim_evidence", "claim_sums")
OF_AN_EDITION = ("edition",)
PICTURES = ("share_picture",)  # of an edition; drawn anew only when the claim is retracted
OF_A_FILE = ("claim_file",)
# One for each block of the ledger: for programs, and for people, who are told what each page is called now. And one for each
# of its entries, which never changes.
OF_A_BLOCK = ("ledger_block", "ledger_texts")
PAGE_OF_A_BLOCK = ("ledger_page",)
OF_AN_ENTRY = ("ledger_text",)
# One for each story, speaker and topic.
OF_A_HEADING = {kind: (kind, f"{kind}_feed", f"{kind}_feed_json") for kind in ("story", "speaker", "topic")}

# What of an address is baked for each question that may stand behind it. Every other question is answered by a sentence.
ASKED = dict.fromkeys(("claims", "stories", "story", "speaker", "topic"), {"page"})
ASKED |= {"corrections": {"page", "kind"}, "sitemap": {"part"}}
LISTS = ("claims", "stories", "corrections")

# The others, and why: what is asked in a query can be asked in more ways than there can be files.
ANSWERS_QUESTIONS = _("It answers what it is asked behind its address, which no file can.")
NOT_BAKED = dict.fromkeys(("oembed", "claims_search"), ANSWERS_QUESTIONS)
NOT_BAKED |= dict.fromkeys(
    (
        *(
            "api",
            "openapi",
            "api_claims",
            "api_claim",
            "api_editions",
            "api_edition",
            "api_corrections",
            "api_stories",
            "api_story",
        ),
        *("api_speakers", "api_speaker", "api_topics", "api_topic", "api_ratings"),
    ),
    _("The API filters, pages and negotiates; whoever wants files takes the feeds and each claim's evidence.json."),
)


def of_a_claim(slug, edition, files):
    """(address, its part of this table) of everything that is baked for one claim with its editions and files."""
    for name in OF_A_CLAIM:
        yield reverse(name, args=[slug]), OF_A_CLAIM
    for number in range(1, edition + 1):
        for part in (OF_AN_EDITION, PICTURES):
            for name in part:
                yield reverse(name, args=[slug, number]), part
    for sha256, filename in files:
        for name in OF_A_FILE:
            yield reverse(name, args=[slug, sha256, in_address(filename)]), OF_A_FILE


def of_a_block(number, entries):
    """(address, its part of this table) of everything that is baked for one block of the ledger."""
    for part in (OF_A_BLOCK, PAGE_OF_A_BLOCK):
        for name in part:
            yield reverse(name, args=[number]), part
    for entry in entries:
        for name in OF_AN_ENTRY:
            yield reverse(name, args=[entry]), OF_AN_ENTRY


def named():
    """The names of all addresses that this table knows."""
    headings = [name for names in OF_A_HEADING.values() for name in names]
    of_claims = {*OF_A_CLAIM, *OF_AN_EDITION, *PICTURES, *OF_A_FILE}
    return {*ONCE, *of_claims, *OF_A_BLOCK, *PAGE_OF_A_BLOCK, *OF_AN_ENTRY, *headings, *NOT_BAKED}
