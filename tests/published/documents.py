"""Documents as the desk would hand them to the press: the worked example's visa claim, and variations of it."""

import hashlib
import io
from dataclasses import replace
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from factcheck.published import document as printed
from factcheck.published import press

AUCKLAND = ZoneInfo("Pacific/Auckland")
_numbers = count(1)

UNPROVEN = printed.RatingLine(
    code="unproven",
    label="Unproven",
    meaning="The evidence in hand neither shows it nor rules it out.",
    ordinal=None,
    worst=None,
    best=None,
    token="unproven",
    shape="unproven",
    is_rating=True,
)
MIXED = replace(
    UNPROVEN,
    code="mixed",
    label="Mixed",
    meaning="Part true, part not.",
    ordinal=3,
    worst=1,
    best=5,
    token="mixed",
    shape="mixed",
)
FALSE = replace(MIXED, code="false", label="False", meaning="It is not so.", ordinal=1, token="false", shape="false")
TRUE = replace(MIXED, code="true", label="True", meaning="It is so.", ordinal=5, token="true", shape="true")
ON_RECORD = replace(
    UNPROVEN,
    code="on_record",
    label="On the record",
    meaning="Both sides are on the record; we give no rating.",
    token="on-record",
    shape="on-record",
    is_rating=False,
)

STORY = printed.StoryLine(
    slug="uyghurs-in-new-zealand-on-the-un-report",
    headline="Uyghurs in New Zealand on the UN report",
    outlet="RNZ",
    url="",
    published_on="2022-09",
    byline="",
    note="A worked example of the tracker, not a newsroom's finding.",
)
JO = printed.SpeakerLine(
    slug="jo",
    name="Jo",
    kind="person",
    role="",
    affiliation="",
    is_pseudonym=True,
    note="Name has been changed",
    note_reason="to protect the speaker from reprisal",
    description="a Uyghur national in New Zealand",
)
HOGG = printed.SpeakerLine(
    slug="nicola-hogg",
    name="Nicola Hogg",
    kind="person",
    role="border and visa operations manager",
    affiliation="Immigration New Zealand",
    is_pseudonym=False,
    note="",
    note_reason="",
    description="",
)
ALLEGATION = "In the past, the Chinese Communist Party influenced immigration so that Uyghur people did not get visas."
INZ_REPLY = printed.ReplyLine(
    party="Immigration New Zealand",
    party_slug="immigration-new-zealand",
    party_kind="government",
    state="responded",
    state_label="Responded",
    line="Immigration New Zealand said:",
    allegations=(ALLEGATION,),
    quote="Absolutely under no circumstances would INZ ever profile people based on single factors such as race or "
    "ethnicity alone.",
    quote_language="en",
    quote_translation="",
    by_name="Nicola Hogg",
    by_role="border and visa operations manager",
    received_on="2022-09",
    late=False,
    reason="",
    note="",
)
PARTY_WAIVED = printed.ReplyLine(
    party="Chinese Communist Party",
    party_slug="chinese-communist-party",
    party_kind="party",
    state="waived",
    state_label="Reply waived",
    line="We did not seek comment from the Chinese Communist Party before publication.",
    allegations=(ALLEGATION,),
    quote="",
    quote_language="",
    quote_translation="",
    by_name="",
    by_role="",
    received_on="",
    late=False,
    reason="Already on record",
    note="The report that this example is drawn from holds no answer of the party to this.",
)
OHCHR = printed.EvidenceLine(
    title="OHCHR Assessment of human rights concerns in the Xinjiang Uyghur Autonomous Region",
    kind="document",
    kind_label="Document",
    publisher="Office of the UN High Commissioner for Human Rights",
    published_on="2022-08-31",
    url="https://www.ohchr.org/en/documents/country-reports/"
    "ohchr-assessment-human-rights-concerns-xinjiang-uyghur-autonomous-region",
    archived_url="",
    locator="",
    passage="",
    passage_language="",
    shows="What the UN found in the region; it says nothing of visas in New Zealand.",
    stance="context",
    primary=True,
    secondary_reason="",
)
FILE_BYTES = b"The statement, word for word.\n"
FILE = printed.FileLine(
    name="statement.txt", type="text/plain", size=len(FILE_BYTES), sha256=hashlib.sha256(FILE_BYTES).hexdigest()
)
REPORT = printed.EvidenceLine(
    title="Immigration New Zealand's statement, as RNZ reported it",
    kind="statement",
    kind_label="Statement",
    publisher="RNZ",
    published_on="2022-09",
    url="",
    archived_url="",
    locator="",
    passage="INZ did not hold any data on Uyghur people “as they are an ethnic group of China and would be applying as "
    "Chinese nationals”.",
    passage_language="en",
    shows="The agency's own figures cannot settle the matter either way.",
    stance="undermines",
    primary=False,
    secondary_reason="The statement itself was not published.",
    files=(FILE,),
)


def visa_document(rating=UNPROVEN, **changes):
    """Claim 15 of the worked example, as it would be signed off; `changes` name the document's own fields."""
    verdict = printed.VerdictLine(
        rating=rating,
        finding="No record or decision in hand shows it, and none in hand rules it out.",
        explanation_html="<p>The allegation rests on <em>one</em> account. The agency rejects it.</p>",
        not_established="Whether any application was declined for the reason alleged.",
        evidence_as_of="2022-09-09",
    )
    return replace(VISA, verdict=verdict, **changes)


VISA = printed.Document(
    claim_ref="0f0a7f52-0d52-4b6a-9d2e-6f6b6d5a2c15",
    slug="party-kept-uyghurs-from-getting-visas",
    wording="The Chinese Communist Party in the past influenced New Zealand immigration and prevented Uyghur people "
    "from getting visas",
    short_form="The Chinese Communist Party kept Uyghurs from getting NZ visas",
    language="en",
    claim_type="allegation",
    claim_type_label="Allegation of wrongdoing",
    quotation=None,
    speaker=JO,
    said=printed.SaidLine(on="2022-09", precision="month", where="to RNZ", url=""),
    appearances=(),
    story=STORY,
    topics=(printed.TopicLine(slug="immigration", name="Immigration"),),
    why_chosen="It accuses a public agency and a foreign party of something grave.",
    verdict=None,
    replies=(INZ_REPLY, PARTY_WAIVED),
    evidence=(REPORT, OHCHR),
    links=(),
    written_by=("journalist",),
    signed_off_by=("editor",),
)


def hogg_document(**changes):
    """Claim 16: what INZ's manager said in reply to claim 15."""
    changes = {
        "claim_ref": "2b8a3c06-8a4d-4a54-9a39-5e0c6f1f2d16",
        "slug": "inz-holds-no-data-on-uyghur-people",
        "wording": "Immigration New Zealand holds no data on Uyghur people, who apply as Chinese nationals",
        "short_form": "INZ holds no data on Uyghur people",
        "claim_type": "institutional",
        "claim_type_label": "Institutional position",
        "speaker": HOGG,
        "replies": (),
        "evidence": (REPORT,),
        "links": (printed.LinkLine(relation="made_in_reply_to", claim_ref=VISA.claim_ref),),
        **changes,
    }
    return visa_document(**{"rating": ON_RECORD, **changes})


def numbered_document(number=None, **changes):
    """One of many: the visa claim under a number of its own."""
    number = number or next(_numbers)
    changes = {
        "claim_ref": f"ref-{number}",
        "slug": f"claim-{number}",
        "short_form": f"Claim number {number}",
        **changes,
    }
    return visa_document(**changes)


def at(day=9, hour=9, month=9, year=2022):
    return datetime(year, month, day, hour, tzinfo=AUCKLAND)


NINTH = at()


def notice(
    kind="correction", was_wrong="It gave the wrong role.", says_now="It gives the right role.", why="A reader wrote."
):
    return printed.NoticeLine(kind=kind, was_wrong=was_wrong, says_now=says_now, why=why)


def publish(document=None, notice=None, at=NINTH, by="editor"):
    """Print a document, the visa claim unless told, at nine o'clock on 9 September 2022 unless told."""
    return press.print_edition(
        document or visa_document(),
        printed_by=by,
        fingerprint="f" * 64,
        notice=notice,
        at=at,
        opened=lambda sha256: io.BytesIO(FILE_BYTES),
    )
