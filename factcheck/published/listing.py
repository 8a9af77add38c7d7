"""What lists, filters and the heads of pages show, kept beside the editions so that no list ever opens one.

Part of the press: only `press.py` writes by it, in its own transactions; `proving.py` asks whether what it wrote still stands.
"""

import unicodedata
from datetime import date

from django.db.models import Q
from django.utils.html import strip_tags

from .models import Check, CheckLink, CheckTopic, ClaimTypeName, ScaleStep, SpeakerPage, StoryPage, TopicPage
from .tally import recount

SEARCHED = 50_000  # characters of an edition that search knows of


def update(check, document):
    """Write `check` as `document` shows it, with topics, links and headings. Headings it has left change as well."""
    left = None if check.pk is None else Check.objects.get(pk=check.pk)
    left_topics = [] if left is None else list(left.topics.values_list("slug", flat=True))
    before = left and (left.rating_code, left_topics)
    for name, value in facts(check, document).items():
        setattr(check, name, value)
    check.save()
    _set_topics(check, document.topics)
    recount(before, (check.rating_code, [topic.slug for topic in document.topics]))
    _set_links(check, document.links)
    _set_headings(check, document)
    _name_codes(document)
    if left:
        _touch(StoryPage, check, left.story_slug)
        _touch(SpeakerPage, check, left.speaker_slug)
        _touch(TopicPage, check, *left_topics)


def facts(check, document):
    """All that is kept beside an edition: what is shown of it, and what a search finds it by."""
    return shown_of(check, document) | {"search_text": _words_of(document, stands=not check.retracted)}


def shown_of(check, document):
    verdict, speaker, rating = document.verdict, document.speaker, document.verdict.rating
    stands = not check.retracted
    return {
        "title": document.title,
        "wording": document.wording,
        "language": document.language,
        "finding": verdict.finding if stands else "",
        "claim_type": document.claim_type,
        "claim_type_label": document.claim_type_label,
        "rating_code": rating.code if stands else "",
        "rating_label": rating.label if stands else "",
        "rating_token": rating.token if stands else "",
        "rating_shape": rating.shape if stands else "",
        "speaker_slug": speaker.slug if speaker else "",
        "speaker_name": speaker.name if speaker else "",
        "speaker_role": speaker.role_and_affiliation if speaker else "",
        "speaker_note": speaker.whole_note if speaker else "",
        "replies_line": " · ".join(f"{reply.party}: {reply.state_label}" for reply in document.replies)
        if stands
        else "",
        "story_slug": document.story.slug if document.story else "",
        "said_on": first_day(document.said.on),
    }


def first_day(text):
    """The first day of a date cut to what is known (2022-09-05, 2022-09, 2022), or None."""
    parts = [int(part) for part in text.split("-")] if text else []
    return date(*parts, *[1, 1][: 3 - len(parts)]) if parts else None


def _words_of(document, stands):
    """What a search finds it by: of a claim that was retracted, nothing of what we found or were answered."""
    parts = [*_what_was_claimed(document), *(_what_we_said(document) if stands else ())]
    # SQLite's index takes letters as they come: composed, as a reader's keyboard sends them.
    return unicodedata.normalize("NFC", "\n".join(part for part in parts if part))[:SEARCHED]


def _what_was_claimed(document):
    speaker, quotation, story = document.speaker, document.quotation, document.story
    yield from (document.short_form, document.wording, document.claim_type_label)
    yield from (topic.name for topic in document.topics)
    if speaker:
        yield from (speaker.name, speaker.role, speaker.affiliation, speaker.description)
    if quotation:
        yield from (quotation.text, quotation.translation)
    if story:
        yield from (story.headline, story.outlet, story.byline)


def _what_we_said(document):
    verdict = document.verdict
    yield from (verdict.rating.label, verdict.finding, verdict.not_established, document.why_chosen)
    for reply in document.replies:
        yield from (reply.party, reply.by_name, reply.by_role, reply.quote, reply.quote_translation, *reply.allegations)
        for answer in reply.earlier:
            yield from (answer.by_name, answer.by_role, answer.quote)
    for item in document.evidence:
        yield from (item.title, item.publisher, item.passage, item.shows)
    yield strip_tags(verdict.explanation_html)


def _set_topics(check, topics):
    check.topics.all().delete()
    slugs = dict.fromkeys(topic.slug for topic in topics)
    CheckTopic.objects.bulk_create(CheckTopic(page=check, slug=slug, listed_at=check.listed_at) for slug in slugs)


def _set_links(check, links):
    """Keep the ties to other claims, and mark the pages at their other ends, old and new, as changed."""
    ends = set(check.links.values_list("claim_ref", flat=True)) | {link.claim_ref for link in links}
    check.links.all().delete()
    ties = dict.fromkeys((link.relation, link.claim_ref) for link in links)
    CheckLink.objects.bulk_create(CheckLink(page=check, relation=relation, claim_ref=ref) for relation, ref in ties)
    tied = Q(claim_ref__in=ends) | Q(pk__in=CheckLink.objects.filter(claim_ref=check.claim_ref).values("page"))
    Check.objects.filter(tied).exclude(pk=check.pk).update(changed_at=check.changed_at)


def _set_headings(check, document):
    story, speaker = document.story, document.speaker
    if story:
        facts = {"name": story.headline, "outlet": story.outlet, "url": story.url}
        facts |= {"published_on": story.published_on, "byline": story.byline, "note": story.note}
        _set_heading(StoryPage, story.slug, check, facts)
    if speaker:
        facts = {"name": speaker.name, "kind": speaker.kind, "role": speaker.role_and_affiliation}
        _set_heading(
            SpeakerPage, speaker.slug, check, facts | {"note": speaker.whole_note, "description": speaker.description}
        )
    for topic in document.topics:
        _set_heading(TopicPage, topic.slug, check, {"name": topic.name})


def _set_heading(kind, slug, check, facts):
    """Make the heading, or bring it up to date: an older listing than the latest one does not move it."""
    kind.objects.get_or_create(
        slug=slug, defaults={**facts, "listed_at": check.listed_at, "changed_at": check.changed_at}
    )
    kind.objects.filter(slug=slug).update(**facts, changed_at=check.changed_at)
    kind.objects.filter(slug=slug, listed_at__lt=check.listed_at).update(listed_at=check.listed_at)


def _touch(kind, check, *slugs):
    kind.objects.filter(slug__in=slugs).update(changed_at=check.changed_at)


def _name_codes(document):
    """A type or rating that readers had not met before gets its name in the filters; the scale is set as a whole."""
    ClaimTypeName.objects.update_or_create(code=document.claim_type, defaults={"label": document.claim_type_label})
    rating = document.verdict.rating
    last = ScaleStep.objects.order_by("-place").values_list("place", flat=True).first() or 0
    ScaleStep.objects.get_or_create(code=rating.code, defaults={**_step(rating), "place": last + 1})


def _step(line):
    names = ("label", "meaning", "ordinal", "worst", "best", "token", "shape", "is_rating")
    return {name: getattr(line, name) for name in names}


def set_scale(lines):
    """Make the readers' scale these RatingLines in this order; what it had besides follows after them."""
    codes = [line.code for line in lines]
    others = ScaleStep.objects.exclude(code__in=codes).values_list("code", flat=True)
    for place, line in enumerate(lines, start=1):
        ScaleStep.objects.update_or_create(code=line.code, defaults={**_step(line), "place": place})
    for place, code in enumerate(list(others), start=len(codes) + 1):
        ScaleStep.objects.filter(code=code).update(place=place)
