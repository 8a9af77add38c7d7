"""The tables of open data: every column with what it holds in a sentence, in their order, and the rows under those names.

The first seven of claims are those under which research collects ClaimReview (SD-13). Of a retracted claim the columns of
verdict and answers are empty, because `document_of` has none of them.
"""

from datetime import UTC

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.published.outward import document_of, public_digest, told_of

from .answers import absolute

CLAIMS = {
    "reviewer_name": _("Who checked it: this newsroom."),
    "claim_text": _("What was claimed. It may be false."),
    "review_date": _("The day the fact-check was first published, by the newsroom’s clock."),
    "review_url": _("The page of the fact-check, for good."),
    "review_rating": _("The rating in words."),
    "claim_author_name": _("Who made the claim; empty where nobody knows."),
    "claim_date": _("When it was said: a day, a month or a year, as it is known."),
    "slug": _("The name of the claim, for good: the last part of its address."),
    "title": _("The claim in short. It may be false."),
    "language": _("The language of claim and finding (BCP 47)."),
    "retracted": _("“true” where the fact-check was retracted: no rating of ours stands then."),
    "edition": _("The number of the current edition."),
    "edition_url": _("The page of that edition, as it was printed."),
    "first_published_at": _("The moment of the first edition, in UTC."),
    "published_at": _("The moment of the current edition, in UTC."),
    "corrections": _("How many corrections, updates and notes there have been."),
    "rating_code": _("A code of the rating, which stays when its words change."),
    "rating_value": _("Its place on the scale; empty where it is on none."),
    "rating_worst": _("The lowest place on that scale."),
    "rating_best": _("The highest place on that scale."),
    "finding": _("What was found, in a sentence."),
    "evidence_as_of": _("The day up to which evidence was considered."),
    "replies": _("What became of each right of reply."),
    "claim_type": _("A code of the type of claim."),
    "claim_type_label": _("The type in words."),
    "claim_author_role": _("Their role when they said it."),
    "claim_author_note": _("The note that comes with a pseudonym: show it wherever you show the name."),
    "claim_where": _("Where it was said."),
    "claim_url": _("A link to where it was said."),
    "story": _("The report it was in."),
    "story_url": _("A link to that report."),
    "topics": _("Its topics: the last parts of their addresses, with spaces between them."),
    "sha256": _("SHA-256 of the public document in canonical form; empty once retracted."),
    "licence": _("Under what terms this may be used; empty where we have not said."),
}
CORRECTIONS = {
    "published_at": _("The moment of the change, in UTC."),
    "kind": _("A code of the kind of change."),
    "kind_label": _("The kind in words."),
    "claim_title": _("What the claim was called that day. It may be false."),
    "claim_url": _("The page of the fact-check."),
    "edition": _("The number of the edition that the change came with."),
    "edition_url": _("The page of that edition, as it was printed."),
    "was_wrong": _("What it had said."),
    "says_now": _("What it says since."),
    "why": _("Why it was changed."),
    "rating_before": _("The rating before, where it changed."),
    "rating_after": _("The rating after, where it changed."),
    "retracted": _(
        "“true” where the fact-check was retracted: then no row but the retraction’s own says what or why, or a rating."
    ),
    "language": _("The language of the notice (BCP 47)."),
    "licence": _("Under what terms this may be used; empty where we have not said."),
}

LINES = {
    "licence": _("Under what terms this may be used: name and address; null where we have not said."),
    "slug": CLAIMS["slug"],
    "title": CLAIMS["title"],
    "url": CLAIMS["review_url"],
    "edition": CLAIMS["edition"],
    "edition_url": CLAIMS["edition_url"],
    "retracted": _("Whether the fact-check was retracted: then the document holds no finding and no answers."),
    "first_published_at": CLAIMS["first_published_at"],
    "published_at": CLAIMS["published_at"],
    "sha256": _("SHA-256 of the document in canonical form (keys sorted, no spaces, UTF-8); null once retracted."),
    "document": _("All that readers were told: the claim, the verdict, the answers and the evidence."),
    "notices": _("Every correction, update and note, the newest first."),
}


def licence():
    """Under what terms our data may be used: an address, or a name, or "" where the newsroom has not said."""
    return settings.LICENCE_URL or settings.LICENCE_NAME


def moment(at):
    """A moment in UTC, as text."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def page_of(slug):
    return absolute(reverse("claim", args=[slug]))


def edition_of(slug, number):
    return absolute(reverse("edition", args=[slug, number]))


def of_claim(reading):
    """A Reading under the names of `CLAIMS`."""
    check, edition, document = reading.check, reading.edition, document_of(reading)
    return {
        "reviewer_name": settings.NEWSROOM_NAME,
        "review_date": timezone.localtime(check.first_printed_at).date(),
        "review_url": page_of(check.slug),
        "slug": check.slug,
        "retracted": "true" if check.retracted else "false",
        "edition": edition.number,
        "edition_url": edition_of(check.slug, edition.number),
        "first_published_at": moment(check.first_printed_at),
        "published_at": moment(edition.printed_at),
        "corrections": len(reading.notices),
        "sha256": "" if check.retracted else public_digest(edition),
        "licence": licence(),
        **_claimed(document),
        **_speaker(document["speaker"]),
        **_found(document),
    }


def _claimed(document):
    said, story = document["said"], document["story"] or {}
    return {
        "claim_text": document["wording"],
        "claim_date": said["on"],
        "title": document["short_form"] or document["wording"],
        "language": document["language"],
        "claim_type": document["claim_type"],
        "claim_type_label": document["claim_type_label"],
        "claim_where": said["where"],
        "claim_url": said["url"],
        "story": story.get("headline"),
        "story_url": story.get("url"),
        "topics": " ".join(topic["slug"] for topic in document["topics"]),
    }


def _speaker(speaker):
    """Who made the claim; a pseudonym with its note, and with what may be said of them instead of a role (CS-9)."""
    if not speaker:
        return {}
    note = [speaker["note"], speaker["note_reason"]] if speaker["is_pseudonym"] else []
    return {
        "claim_author_name": speaker["name"],
        "claim_author_role": _joined(", ", speaker["role"], speaker["affiliation"]) or speaker["description"],
        "claim_author_note": _joined(" ", *note),
    }


def _joined(between, *parts):
    return between.join(part for part in parts if part)


def _found(document):
    """Verdict and answers: nothing, where the document has none."""
    if "verdict" not in document:
        return {}
    verdict = document["verdict"]
    rating = verdict["rating"]
    return {
        "review_rating": rating["label"],
        "rating_code": rating["code"],
        "rating_value": rating["ordinal"],
        "rating_worst": rating["worst"],
        "rating_best": rating["best"],
        "finding": verdict["finding"],
        "evidence_as_of": verdict["evidence_as_of"],
        "replies": " · ".join(f"{reply['party']}: {reply['state_label']}" for reply in document["replies"]),
    }


def of_notice(notice):
    """A Notice of `wholesale.every_notice` under the names of `CORRECTIONS`."""
    return {
        "published_at": moment(notice.printed_at),
        "kind": notice.kind,
        "kind_label": notice.get_kind_display(),
        "claim_title": notice.title,
        "claim_url": page_of(notice.slug),
        "edition": notice.number,
        "edition_url": edition_of(notice.slug, notice.number),
        **told_of(notice, notice.retracted),
        "retracted": "true" if notice.retracted else "false",
        "language": notice.language,
        "licence": licence(),
    }


def as_line(reading):
    """A Reading under the names of `LINES`, which are those of the API, as plain values."""
    check, edition, document = reading.check, reading.edition, document_of(reading)
    terms = {"name": settings.LICENCE_NAME, "url": settings.LICENCE_URL or None}
    return {
        "licence": terms if settings.LICENCE_NAME else None,
        "slug": check.slug,
        "title": document["short_form"] or document["wording"],
        "url": page_of(check.slug),
        "edition": edition.number,
        "edition_url": edition_of(check.slug, edition.number),
        "retracted": check.retracted,
        "first_published_at": moment(check.first_printed_at),
        "published_at": moment(edition.printed_at),
        "sha256": None if check.retracted else public_digest(edition),
        "document": document,
        "notices": [_notice(notice, check.retracted) for notice in reading.notices],
    }


def _notice(notice, retracted):
    return {
        "claim_slug": notice.slug,
        "claim_url": page_of(notice.slug),
        "title": notice.title,
        "language": notice.language,
        "edition": notice.number,
        "edition_url": edition_of(notice.slug, notice.number),
        "kind": {"code": notice.kind, "label": notice.get_kind_display()},
        **told_of(notice, retracted),
        "published_at": moment(notice.printed_at),
    }
