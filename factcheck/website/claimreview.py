"""ClaimReview, the structured data of a claim page (SD-1 to SD-10): made from the same edition as the page."""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from .answers import absolute

# What a script element must not hold in any parser's eyes (SD-8), as JSON's own escapes.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
ORGANISATIONS = ("organisation", "government", "party", "embassy")


def claim_review(reading):
    """The ClaimReview of a Reading as plain data, or None: no rating, a retracted page, or an earlier edition (SD-2)."""
    document = reading.document
    if reading.check.retracted or not reading.is_current or not document.verdict.rating.is_rating:
        return None
    url = absolute(reverse("claim", args=[reading.check.slug]))
    node = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{url}#claimreview",
        "url": url,
        "claimReviewed": document.title,
        "reviewRating": _rating(document.verdict),
        "author": newsroom(),
        "itemReviewed": _claim(document, url),
        "datePublished": reading.check.first_printed_at.isoformat(),
        "dateModified": reading.edition.printed_at.isoformat(),
        "inLanguage": document.language,
        "citation": [_citation(item) for item in document.evidence],
        "correction": [_correction(notice) for notice in reading.notices],
        "sdPublisher": newsroom(),
        "sdLicense": settings.LICENCE_URL or settings.LICENCE_NAME,
        "sdDatePublished": reading.edition.printed_at.isoformat(),
    }
    return _without_empty(node)


def as_script(node):
    """The JSON of a node, harmless inside a script element whatever the claim says (SD-8)."""
    return mark_safe(json.dumps(node, ensure_ascii=False).translate(ESCAPES))


def newsroom():
    """The newsroom as structured data names it."""
    return {"@type": "Organization", "name": settings.NEWSROOM_NAME, "url": absolute("/")}


def _rating(verdict):
    """All three numbers or none (SD-5)."""
    rating = verdict.rating
    numbers = {"ratingValue": rating.ordinal, "worstRating": rating.worst, "bestRating": rating.best}
    whole = None not in numbers.values()
    return {
        "@type": "Rating",
        "alternateName": rating.label,
        **(numbers if whole else {}),
        "ratingExplanation": verdict.finding,
    }


def _claim(document, url):
    said = document.said
    places = [said.url, *(seen.url for seen in document.appearances), document.story.url if document.story else ""]
    first, *others = list(dict.fromkeys(place for place in places if place)) or [""]
    return {
        "@type": "Claim",
        "@id": f"{url}#claim",
        "author": _speaker(document.speaker),
        "datePublished": said.on,
        "firstAppearance": _work(first),
        "appearance": [_work(other) for other in others],
    }


def _speaker(speaker):
    """Who made the claim. Of somebody behind a pseudonym nothing but that name is told (SD-6)."""
    if speaker is None:
        return None
    if speaker.is_pseudonym:
        return {"@type": "Person", "name": speaker.name}
    if speaker.kind in ORGANISATIONS:
        return {"@type": "Organization", "name": speaker.name}
    return {"@type": "Person", "name": speaker.name, "jobTitle": speaker.role}


def _work(url):
    return {"@type": "CreativeWork", "url": url} if url else None


def _citation(item):
    return {
        "@type": "CreativeWork",
        "name": item.title,
        "url": item.url,
        "datePublished": item.published_on,
        "archivedAt": item.archived_url,
    }


def _correction(notice):
    text = " ".join(part for part in (notice.was_wrong, notice.says_now, notice.why) if part)
    return {"@type": "CorrectionComment", "text": text, "datePublished": notice.printed_at.isoformat()}


def _without_empty(node):
    """The node without empty values, at any depth (SD-7)."""
    if isinstance(node, dict):
        kept = {key: _without_empty(value) for key, value in node.items()}
        return {key: value for key, value in kept.items() if value not in (None, "", [], {})}
    if isinstance(node, list):
        return [_without_empty(value) for value in node]
    return node
