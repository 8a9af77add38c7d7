"""Every key that programs are given, named once more: one that comes by accident fails here."""

from dataclasses import replace

import pytest

from factcheck.published import outward, press
from factcheck.published.document import AppearanceLine, EarlierAnswer, LinkLine, QuotationLine
from tests.published.documents import FILE, INZ_REPLY, REPORT, VISA, at, hogg_document, notice, publish, visa_document

from .addresses import ADDRESSES, LISTS, path

pytestmark = pytest.mark.django_db

SPEAKER = "affiliation description is_pseudonym kind name note note_reason role slug"
DOCUMENT = {
    "": "appearances claim_type claim_type_label evidence language quotation replies said short_form signed_off_by slug "
    "speaker story topics verdict why_chosen wording written_by",
    "appearances": "archived_url by on precision url where",
    "evidence": "archived_url captured_at captured_sha256 files kind kind_label locator passage passage_language primary "
    "published_on publisher secondary_reason shows stance title url",
    "evidence.files": "name sha256 size type",
    "quotation": "language text translation",
    "replies": "allegations by_name by_role earlier late line note party party_kind party_slug quote quote_language "
    "quote_translation reason received_on state state_label",
    "replies.earlier": "by_name by_role late line quote quote_language received_on",
    "said": "on precision url where",
    "speaker": SPEAKER,
    "story": "byline headline note outlet published_on slug url",
    "topics": "name slug",
    "verdict": "evidence_as_of explanation_html finding not_established rating",
    "verdict.rating": "best code is_rating label meaning ordinal shape token worst",
}
NOTICE = (
    "claim_slug claim_url edition edition_url kind language published_at rating_after rating_before retracted says_now title "
    "was_wrong why"
)
CLAIM = {
    "": "changed_at current_edition document edition edition_url first_published_at licence notices published_at related "
    "retracted sha256 slug title url",
    "licence": "name url",
    **{f"document.{key}".rstrip("."): names for key, names in DOCUMENT.items()},
    "notices": NOTICE,
    "notices.kind": "code label",
    "related": "backwards rating_label relation slug title url",
}
LIST = {"": "licence next results", "licence": "name url"}
STORY = "api_url byline changed_at headline link listed_at note outlet published_on slug url"
WHO = "api_url changed_at description is_pseudonym kind listed_at name note role slug url"
TOPIC = "api_url changed_at listed_at name slug url"
KEYS = {
    "api_claims": {
        **LIST,
        "results": "api_url changed_at edition finding first_published_at language listed_at published_at rating "
        "replies_in_short retracted slug speaker story_slug title topic_slugs type url verdict_changed",
        "results.rating": "code label",
        "results.speaker": "is_pseudonym name note role slug",
        "results.type": "code label",
    },
    "api_claim": CLAIM,
    "api_edition": CLAIM,
    "api_editions": {**LIST, "results": "api_url claim_slug is_current number published_at retracted title url"},
    "api_corrections": {**LIST, "results": NOTICE, "results.kind": "code label"},
    "api_stories": {**LIST, "results": STORY},
    "api_story": {"": f"{STORY} licence", "licence": "name url"},
    "api_speakers": {**LIST, "results": WHO},
    "api_speaker": {"": f"{WHO} licence", "licence": "name url"},
    "api_topics": {**LIST, "results": TOPIC},
    "api_topic": {"": f"{TOPIC} licence", "licence": "name url"},
    "claims_search": {
        "": "claims",
        "claims": "claimReview claimant text",
        "claims.claimReview": "languageCode publisher reviewDate textualRating title url",
        "claims.claimReview.publisher": "name site",
    },
    "api_ratings": {
        "": "licence results",
        "licence": "name url",
        "results": "best code is_rating label meaning ordinal worst",
    },
}


def keys_of(value, place=""):
    """Every place in an answer where there are keys, and which: {"document.speaker": {"name", ...}}."""
    if isinstance(value, list):
        value, found = {}, [keys_of(each, place) for each in value]
    elif isinstance(value, dict):
        found = [keys_of(each, f"{place}.{key}".lstrip(".")) for key, each in value.items()]
    else:
        return {}
    merged = {place: set(value)} if value else {}
    for each in found:
        for where, names in each.items():
            merged[where] = merged.get(where, set()) | names
    return merged


@pytest.fixture
def everything(settings):
    """A page on which every field says something."""
    settings.LICENCE_NAME = "CC BY 4.0"
    earlier = EarlierAnswer("Earlier:", "No.", "en", "Nicola Hogg", "manager", "2022-09-01", True)
    whole = {
        "quotation": QuotationLine("…", "ug", "…"),
        "appearances": (AppearanceLine("RNZ", "https://rnz.example/", "", "2022-09", "month", "Jo"),),
        "replies": (replace(INZ_REPLY, earlier=(earlier,)),),
        "evidence": (
            replace(REPORT, captured_at="2022-09-09T00:00:00+00:00", captured_sha256="a" * 64, files=(FILE,)),
        ),
        "links": (LinkLine("split_from", "ref-of-a-claim-nobody-knows-of"),),
    }
    publish(visa_document(**whole))
    publish(hogg_document())
    publish(visa_document(**whole, why_chosen="x"), notice=notice(), at=at(12))
    return replace(VISA, **whole)


def test_every_address_has_its_keys_here():
    assert set(KEYS) == set(ADDRESSES) - {"openapi"}  # whose answer names no value of anything published


@pytest.mark.parametrize("name", KEYS)
def test_every_key_that_is_handed_out_is_named_here(client, everything, name):
    address = path(name).replace("editions/1/", "editions/2/")
    named = {place: set(names.split()) for place, names in KEYS[name].items()}
    assert keys_of(client.get(address).json()) == named


@pytest.mark.parametrize("name", KEYS)
def test_nothing_of_the_newsrooms_own_is_handed_out(client, everything, name):
    text = client.get(path(name)).text
    kept_in = [VISA.claim_ref, "ref-of-a-claim-nobody-knows-of", "f" * 64, "printed_by", "fingerprint", "search_text"]
    assert [word for word in kept_in if word in text] == []


def test_of_a_retracted_claim_no_finding_and_no_rating_is_handed_out(client, everything):
    rated = replace(visa_document().verdict.rating, label="Thoroughly unproven", code="thoroughly")
    verdict = replace(visa_document().verdict, rating=rated, finding="We found nothing.")
    publish(replace(visa_document(), verdict=verdict), notice=notice("correction_verdict"), at=at(13))
    why = notice("retraction", was_wrong="", says_now="", why="The record was mistaken.")
    press.print_retraction(VISA.claim_ref, notice=why, printed_by="senior-editor", at=at(20))
    found = [*LISTS, "api_claim", "api_edition"]
    texts = {name: client.get(path(name)).text for name in found}
    texts |= {n: client.get(path("api_edition").replace("/1/", f"/{n}/")).text for n in (2, 3, 4)}
    for words in ("Thoroughly unproven", "We found nothing.", INZ_REPLY.quote, "explanation_html"):
        assert [name for name, text in texts.items() if words in text] == [], words
    one = client.get(path("api_claim")).json()
    assert (one["retracted"], one["sha256"], one["notices"][0]["why"]) == (True, None, "The record was mistaken.")
    for told in (one["notices"], client.get(path("api_corrections"), {"claim": VISA.slug}).json()["results"]):
        older = [row for row in told if row["kind"]["code"] != "retraction"]
        assert [row["kind"]["code"] for row in older] == ["correction_verdict", "correction"]
        assert {row[name] for row in older for name in outward.WORDS} == {""}
        assert {row["retracted"] for row in told} == {True}
    assert one["document"]["wording"] == VISA.wording
    line = client.get(path("api_claims"), {"topic": "immigration", "q": "influenced"}).json()["results"][0]
    assert (line["slug"], line["retracted"], line["rating"], line["finding"]) == (VISA.slug, True, None, "")
