"""Reading a dossier from the living record: a fixed number of queries, whatever the claim has gathered."""

import json
from dataclasses import replace

from django.conf import settings
from django.db.models import Max, Min
from django.utils.html import strip_tags
from django.utils.translation import get_language_info

from factcheck.claims.models import Claim, Concerned
from factcheck.claims.types import ClaimType, Precision, told
from factcheck.newsroom import journal
from factcheck.newsroom.checks import words_in
from factcheck.newsroom.models import User
from factcheck.published import document as printed
from factcheck.published.models import Edition
from factcheck.reply.versions import versions
from factcheck.sources import leak_guard

from . import piecing
from .dossier import ClaimFacts, Dossier, OverrideFacts, SignOffFacts, VerdictFacts
from .gathering_evidence import gather_evidence
from .gathering_replies import gather_replies, noted_name, promised_time, unquoted_answers, unread_answers
from .models import Rating
from .prose import to_html
from .scale import rating_line


def gather(claim):
    """Everything a decision about `claim` (a Claim) rests on, as it is in the database now."""
    claim = Claim.objects.select_related("speaker__pseudonym", "story").get(pk=claim.pk)
    topics = list(claim.topics.order_by("slug"))
    appearances = list(claim.appearances.select_related("said_by__pseudonym"))
    concerned = list(claim.concerned.select_related("party__pseudonym"))
    evidence = gather_evidence(claim)
    overrides = list(claim.overrides.select_related("by"))
    edition = Edition.objects.filter(page__claim_ref=str(claim.ref)).select_related("page").first()
    reply_files, replies = gather_replies(claim, edition.page.first_printed_at if edition else None)
    coming = edition.number + 1 if edition else 1
    notice = claim.planned_notices.filter(settled_at__isnull=True).first()
    details = piecing.latest(claim)
    shown = _shown(claim, appearances, reply_files)
    passing = piecing.protected_in_passing(claim.speaker, [*shown, *(c.party for c in concerned)])
    authors = _authors(claim, surroundings(claim, topics, appearances, concerned, reply_files))
    dossier = Dossier(
        claim_ref=str(claim.ref),
        slug=claim.check_slug,
        status=claim.status,
        claim=_claim_facts(claim, topics, appearances, concerned, shown, details, passing),
        verdict=_verdict_facts(claim),
        evidence=evidence,
        replies=replies,
        unread=unread_answers(reply_files),
        unquoted=tuple(unquoted_answers(reply_files)),
        promised=tuple(promised_time(reply_files)),
        versions=versions(claim, reply_files),
        notice=_notice_line(notice),
        overrides=tuple(_override_facts(override) for override in overrides if override.for_edition == coming),
        authors=authors,
        deciders=_deciders(overrides, reply_files),
        sign_offs=tuple(_sign_off_facts(s) for s in claim.sign_offs.select_related("by")),
        edition=printed.from_data(json.loads(edition.document)) if edition else None,
        next_edition=coming,
        retracted=bool(edition and edition.page.retracted),
        retraction_proposed_by=notice.planned_by_id if notice and notice.kind == "retraction" else None,
        jigsaw=piecing.facts_of(details),
        jigsaw_standing=piecing.standing_of(details),
        protected_in_passing=passing,
    )
    return replace(dossier, leaks=leaks_in(json.loads(dossier.judged)))


def leaks_in(data):
    """What the leak guard has against decoded JSON that is to leave the newsroom, in sentences; () where nothing (CS-7)."""
    text = "\n".join(words_in(data))
    return leak_guard.leaks([text, strip_tags(text)])


def _deciders(overrides, reply_files):
    """Whoever overrode, waived or ruled something here: not an author of it, but not the one to sign it off either."""
    waived = {file.waived_by_id for file in reply_files if file.waived_by_id}
    ruled = {ruling.by_id for file in reply_files for ruling in file.rulings.all()}
    return frozenset({override.by_id for override in overrides} | waived | ruled)


def surroundings(claim, topics, appearances, concerned, reply_files):
    """The rows around a claim that its page prints, too: whoever wrote one of them wrote part of the page."""
    parties = _people(c.party for c in concerned)
    around = [claim.story, *topics, *_people(_shown(claim, appearances, reply_files)), *parties]
    return [thing for thing in around if thing]


def _shown(claim, appearances, reply_files):
    return [claim.speaker, *(a.said_by for a in appearances), *(f.party for f in reply_files)]


def _people(speakers):
    """The speakers and the pseudonyms some of them go by: rows whose writers wrote part of the page."""
    for speaker in filter(None, speakers):
        yield speaker
        if speaker.pseudonym_id:
            yield speaker.pseudonym


def _authors(claim, around):
    names = {journal.record_name(thing) for thing in around}
    people = User.objects.filter(pk__in=journal.author_numbers(claim, names))
    return {person.pk: person.shown_as for person in people}


def _claim_facts(claim, topics, appearances, concerned, shown, details, passing):
    precision = piecing.shown_precision(claim, details, passing)
    return ClaimFacts(
        wording=claim.wording,
        short_form=claim.short_form,
        language=language_tag(),
        type=ClaimType(claim.type) if claim.type else "",
        type_label=claim.get_type_display(),
        speaker=_speaker_line(claim),
        speaker_unknown=claim.speaker_unknown,
        said=printed.SaidLine(
            on=told(claim.said_on, precision),
            precision=precision,
            where=claim.said_where,
            url=claim.said_url,
        ),
        quotation=_quotation_line(claim),
        appearances=tuple(_appearance_line(appearance) for appearance in appearances),
        pseudonyms_without_note=_without_note(shown),
        story=_story_line(claim.story),
        topics=tuple(printed.TopicLine(slug=topic.slug, name=topic.name) for topic in topics),
        accused=tuple(c.party.slug for c in concerned if c.concerned_as == Concerned.As.ACCUSED),
        parties={c.party.slug: c.party.shown_as for c in concerned},
        links=tuple(
            printed.LinkLine(relation=link.relation, claim_ref=str(link.to.ref))
            for link in claim.links.select_related("to")
        ),
        why_chosen=claim.why_chosen,
        legal_risk=claim.legal_risk,
    )


def language_tag():
    """The language our own words are printed in, as pages and ClaimReview name it: en-NZ."""
    language, _dash, region = settings.LANGUAGE_CODE.partition("-")
    return f"{language}-{region.upper()}" if region else get_language_info(language)["code"]


def _speaker_line(claim):
    speaker = claim.speaker
    if speaker is None:
        return None
    pseudonym = speaker.pseudonym
    return printed.SpeakerLine(
        slug=speaker.slug,
        name=speaker.shown_as,
        kind=speaker.kind,
        role=claim.speaker_role,
        affiliation=claim.speaker_affiliation,
        is_pseudonym=bool(pseudonym),
        note=pseudonym.note if pseudonym else "",
        note_reason=pseudonym.note_reason if pseudonym else "",
        description=pseudonym.description if pseudonym else "",
    )


def _without_note(speakers):
    hidden = {s.pseudonym for s in filter(None, speakers) if s.pseudonym_id}
    return tuple(sorted(p.shown_as for p in hidden if not p.note.strip()))


def _quotation_line(claim):
    if not claim.quotation:
        return None
    return printed.QuotationLine(
        text=claim.quotation, language=claim.quotation_language, translation=claim.quotation_translation
    )


def _appearance_line(appearance):
    by = ", ".join(filter(None, [noted_name(appearance.said_by), appearance.said_by_role]))
    return printed.AppearanceLine(
        where=appearance.where,
        url=appearance.url,
        archived_url=appearance.archived_url,
        on=told(appearance.seen_on, appearance.seen_precision),
        precision=appearance.seen_precision,
        by=by,
    )


def _story_line(story):
    if story is None:
        return None
    return printed.StoryLine(
        slug=story.slug,
        headline=story.headline,
        outlet=story.outlet,
        url=story.url,
        published_on=told(story.published_on, story.published_precision if story.published_on else Precision.UNKNOWN),
        byline=story.byline,
        note=story.note,
    )


def _verdict_facts(claim):
    verdict = claim.verdicts.select_related("rating").first()
    if verdict is None:
        return None
    ends = Rating.objects.filter(scale_id=verdict.rating.scale_id).aggregate(worst=Min("ordinal"), best=Max("ordinal"))
    line = printed.VerdictLine(
        rating=rating_line(verdict.rating, **ends),
        finding=verdict.finding,
        explanation_html=to_html(verdict.explanation),
        not_established=verdict.not_established,
        evidence_as_of=verdict.evidence_as_of.isoformat() if verdict.evidence_as_of else "",
    )
    return VerdictFacts(line=line, few_sources_reason=verdict.few_sources_reason)


def _notice_line(notice):
    if notice is None:
        return None
    return printed.NoticeLine(kind=notice.kind, was_wrong=notice.was_wrong, says_now=notice.says_now, why=notice.why)


def _override_facts(override):
    return OverrideFacts(
        gate=override.gate, sentences=tuple(override.sentences), reason=override.reason, by=override.by.get_username()
    )


def _sign_off_facts(sign_off):
    return SignOffFacts(
        by_id=sign_off.by_id,
        by=sign_off.by.shown_as,
        capacity=sign_off.capacity,
        fingerprint=sign_off.fingerprint,
        judged=sign_off.judged,
        at=sign_off.at,
    )
