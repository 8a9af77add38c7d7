"""The worked example, as readers and the desk meet it after `manage.py seed`: it is the test of the whole model."""

import html
import json
import re
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from factcheck.claims.models import Appearance, Claim, Status, Story
from factcheck.desk.gates import blockers, ready_to_sign
from factcheck.desk.gathering import gather
from factcheck.evidence.models import Item
from factcheck.newsroom import journal
from factcheck.published import press
from factcheck.published.models import Check, Edition
from factcheck.reply.models import Attempt, ReplyFile, Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example")]

STATUSES = {
    "UN found serious": "published",
    "More than a million": "researching",
    "possible crimes against humanity": "published",
    "is genocide": "published",
    "gave in to China": "published",
    "Western powers arranged": "researching",
    "not to release": "researching",
    "camps in Xinjiang fight": "researching",
    "should have gone further": "cleared",
    "stop doing business": "closed",
    "long had influence": "published",
    "spare its exports": "in_review",
    "modern slavery": "logged",
    "consistently": "in_review",
    "kept Uyghurs from getting visas": "published",
    "has no data": "published",
}
HIDDEN = [part for part, status in STATUSES.items() if status != "published" and part != "camps in Xinjiang fight"]
OHCHR = "https://www.ohchr.org/en/documents/country-reports/ohchr-assessment-human-rights-concerns-xinjiang-uyghur-autonomous-region"
HOGG = "Absolutely under no circumstances would INZ ever profile people based on single factors such as race or ethnicity alone."


def claim(part):
    return Claim.objects.get(short_form__contains=part)


def get(path):
    return Client().get(path)


def page_of(part):
    return html.unescape(get(reverse("claim", args=[claim(part).check_slug])).content.decode())


def words(page):
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def section(page, heading):
    """The words of the section of a page whose heading has this id."""
    return words(re.search(rf'<section[^>]*aria-labelledby="{heading}".*?</section>', page, re.S)[0])


def standing(part):
    return [str(blocker.sentence) for blocker in blockers(gather(claim(part)))]


def test_each_of_the_sixteen_claims_is_where_it_honestly_can_be():
    assert {part: claim(part).status for part in STATUSES} == STATUSES
    assert Claim.objects.count() == len(STATUSES) == 16
    assert set(STATUSES.values()) == set(Status.values)


def test_visa_claim_is_unproven_with_both_sides_on_one_page():
    page = page_of("visas")
    assert "Unproven" in section(page, "finding")
    sides = section(page, "reply")
    assert claim("visas").wording in sides
    assert f"“{HOGG}”" in sides or HOGG in sides
    assert "Nicola Hogg , border and visa operations manager, Immigration New Zealand" in sides
    assert page.index(HOGG) < page.index('id="evidence"')


def test_visa_claim_says_that_the_party_was_not_asked_and_why_it_is_published():
    sides = section(page_of("visas"), "reply")
    assert "Chinese Communist Party · Waived" in sides
    assert "We did not ask the Chinese Communist Party before publication." in sides
    assert "Neutral report of a public statement" in sides
    assert "No answer of the Chinese Communist Party is on the record here" in sides


def test_visa_claim_shows_the_pseudonym_with_its_note():
    page = page_of("visas")
    assert re.search(r'Jo</bdi></a><a class="star" href="#name"', page)
    assert "* Name has been changed ." in words(page)


def test_visa_claim_carries_one_claimreview_that_tells_no_more_than_the_pseudonym():
    raw = get(reverse("claim", args=[claim("visas").check_slug])).content.decode()
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', raw)
    review = json.loads(script)
    assert (review["@type"], review["reviewRating"]["alternateName"]) == ("ClaimReview", "Unproven")
    assert "ratingValue" not in review["reviewRating"]
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "Jo"}


def test_visa_claim_was_signed_off_by_legal_and_an_editor_who_wrote_none_of_it():
    dossier = gather(claim("visas"))
    assert {s.by for s in dossier.standing("legal")} == {"legal"}
    assert {s.by for s in dossier.standing("editor")} == {"editor"}
    assert set(dossier.authors.values()) == {"journalist"}


def test_statement_made_in_reply_is_linked_both_ways():
    assert claim("has no data").short_form in section(page_of("visas"), "tied")
    assert claim("visas").short_form in section(page_of("has no data"), "tied")


def test_pages_say_that_they_are_a_worked_example():
    for check in Check.objects.all():
        assert "A worked example." in get(reverse("claim", args=[check.slug])).content.decode()
    assert "A worked example." in get(reverse("story", args=["uyghurs-on-the-un-report"])).content.decode()


def test_truth_ratings_are_given_only_to_what_the_linked_document_itself_says():
    rated = Check.objects.exclude(rating_code__in=("on-record", "unproven"))
    assert {check.rating_code for check in rated} == {"true"}
    assert len(rated) == 2
    for check in rated:
        found = gather(Claim.objects.get(ref=check.claim_ref))
        assert any(item.line.url == OHCHR and item.line.primary and item.line.passage for item in found.evidence)


def test_nothing_is_made_up_no_address_no_attempt_no_time_of_an_answer():
    addresses = {item.url for item in Item.objects.all()} | set(Claim.objects.values_list("said_url", flat=True))
    addresses |= set(Story.objects.values_list("url", flat=True)) | set(
        Appearance.objects.values_list("url", flat=True)
    )
    assert addresses == {OHCHR, ""}
    assert not Item.objects.exclude(archived_url="").exists()
    assert not Attempt.objects.exists()
    assert set(Response.objects.values_list("channel", flat=True)) == {"via_report"}
    assert not any("Received" in words(page_of(part)) for part in ("visas", "gave in", "is genocide", "long had"))


@pytest.mark.parametrize(
    ("part", "sentences"),
    [
        (
            "Western powers arranged",
            [
                "No verdict is proposed. Propose a rating, or “On the record”.",
                "There is no public evidence.",
                "Western powers is accused and has no reply file.",
                "The right of reply of UN Human Rights Office is not settled: it is “Drafting”.",
            ],
        ),
        (
            "not to release",
            [
                "No verdict is proposed. Propose a rating, or “On the record”.",
                "There is no public evidence.",
                "The right of reply of Chinese government is not settled: it is “Required”.",
            ],
        ),
        ("spare its exports", ["The legal-risk flag is set: legal has to sign it off."]),
        ("consistently", ["It needs 1 more sign-off by an editor who wrote no part of it."]),
        ("should have gone further", []),
    ],
)
def test_gates_say_what_still_stands_between_a_claim_and_its_readers(part, sentences):
    assert set(sentences) <= set(standing(part))
    assert sentences or standing(part) == []


def test_everything_published_passes_every_gate_and_is_what_was_signed_off():
    for published in Claim.objects.filter(status="published"):
        standing = {blocker.gate.code for blocker in ready_to_sign(gather(published))}
        assert standing == {"change-explained"}, (
            published
        )  # nothing is planned to change, and that is all there is to say
        edition = Edition.objects.filter(page__claim_ref=str(published.ref)).first()
        assert published.sign_offs.filter(capacity="editor", fingerprint=edition.fingerprint).exists(), published


def public_pages():
    paths = [reverse(name) for name in ("front", "claims", "stories", "corrections", "claims_feed", "corrections_feed")]
    paths += [reverse("sitemap"), reverse("story", args=["uyghurs-on-the-un-report"])]
    paths += set(re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", get(reverse("sitemap")).content.decode()))
    return {path: html.unescape(get(path).content.decode()) for path in paths}


def test_what_is_not_published_is_on_no_public_page():
    pages = public_pages()
    assert len(pages) > 20
    assert any(claim("visas").short_form in page for page in pages.values())
    for part in HIDDEN:
        hidden = claim(part)
        assert hidden.check_slug == ""
        assert [path for path, page in pages.items() if hidden.short_form in page or hidden.wording in page] == []


def found_by_search(claim):
    response = get(f"{reverse('claims')}?q={quote(claim.short_form)}")
    assert response.status_code == 200
    return f">{claim.short_form}</a>" in html.unescape(response.content.decode())


@pytest.mark.parametrize("part", HIDDEN)
def test_what_is_not_published_is_not_found_by_address_or_search(part):
    hidden = claim(part)
    assert get(reverse("claim", args=[press.free_slug(hidden.short_form)])).status_code == 404
    assert not found_by_search(hidden)


def test_what_is_published_is_found_by_search():
    published = Claim.objects.exclude(check_slug="")
    assert len(published) == 8
    assert all(found_by_search(one) for one in published)


def test_claim_that_was_opened_again_keeps_its_page():
    reopened = claim("camps in Xinjiang fight")
    assert reopened.planned_notices.get().kind == "clarification"
    assert get(reverse("claim", args=[reopened.check_slug])).status_code == 200


def test_claim_needing_an_update_says_why():
    [waiting] = Claim.objects.exclude(update_needed_at=None)
    assert waiting == claim("is genocide")
    assert "at this time" in waiting.update_needed_because


def test_correction_leaves_the_first_edition_readable_and_is_announced():
    slug = claim("has no data").check_slug
    first = get(reverse("edition", args=[slug, 1])).content.decode()
    assert "<bdi>visa operations manager, Immigration New Zealand</bdi>" in first
    assert "<bdi>border and visa operations manager, Immigration New Zealand</bdi>" in page_of("has no data")
    assert Edition.objects.filter(page__slug=slug).count() == 2
    for announcing in ("corrections", "corrections_feed"):
        told = html.unescape(get(reverse(announcing)).content.decode())
        assert "She was its border and visa operations manager." in told


def test_waivers_are_a_senior_editors_and_never_an_authors():
    waived = ReplyFile.objects.exclude(waived_at=None)
    assert waived.count() == 5
    for file in waived:
        assert file.waived_by.username == "senior-editor"
        assert file.waived_by_id not in journal.author_numbers(file.claim)


def test_everything_loaded_holds_to_the_rules_of_structured_data_and_of_the_journal(capsys):
    call_command("check_published")
    told = capsys.readouterr().out
    assert re.fullmatch(
        r"8 pages hold to the rules\.\n10 entries of the ledger hold\. The head is [0-9a-f]{64}\.\n", told
    )
    assert not journal.walk().broken
