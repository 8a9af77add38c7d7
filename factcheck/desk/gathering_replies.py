"""The right of reply as the dossier holds it: one ReplyFacts for each party, in the words its state allows."""

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from factcheck.inbox.filing import lies_unread
from factcheck.published import document as printed
from factcheck.reply import deadlines, rounds
from factcheck.reply.correspondence import Channel
from factcheck.reply.late import earlier_printed
from factcheck.reply.models import EarlierExcerpt, Waiver
from factcheck.reply.promised import of_the_last_promise, promised_until
from factcheck.reply.states import State
from factcheck.reply.wording import Facts, earlier_line, harsher_than_allowed, public_line

from .dossier import ReplyFacts

EARLIER = Prefetch("earlier_excerpts", EarlierExcerpt.objects.select_related("response"))


def gather_replies(claim, first_printed_at):
    """(the reply files of a claim, their ReplyFacts). A file says of itself whether an answer lies `unread`.

    `first_printed_at` is when readers got the page, or None.
    """
    files = list(
        claim.reply_files.annotate(unread=lies_unread())
        .annotate(given_at=of_the_last_promise("decided_at"), given_until=of_the_last_promise("new_deadline_at"))
        .select_related("party__pseudonym", "excerpt_from")
        .prefetch_related("allegations__responses", "attempts", "responses", "rulings", EARLIER)
    )
    for file in files:
        file.claim = claim
    return files, tuple(_reply_facts(file, first_printed_at) for file in files)


def unread_answers(files):
    """What came in for these reply files and nobody has read, in sentences: what is printed may not say all they said."""
    sentence = _("Something came in from %(party)s that nobody has read yet: confirm it, or set it aside.")
    return tuple(sentence % {"party": noted_name(file.party)} for file in files if file.unread)


def promised_time(files):
    """Time to say more that was given to a party and is not over, in sentences."""
    sentence = _("%(party)s was given time until %(when)s to say more, and that is not over.")
    for file in files:
        if until := promised_until(file):
            yield sentence % {"party": noted_name(file.party), "when": deadlines.told(until)}


def unquoted_answers(files):
    """Answers on the record that readers get nothing of, though they get another one of the same party, in sentences."""
    sentence = _("Of what %(party)s answered on %(day)s (%(kind)s), nothing is printed (RR-7).")
    for file in files:
        taken = {file.excerpt_from_id, *(e.response_id for e in file.earlier_excerpts.all() if not e.dropped_at)}
        for answer in rounds.answers(file) if file.excerpt else ():
            if answer.pk not in taken:
                day = date_format(timezone.localtime(answer.received_at), "j F Y")
                kind = answer.get_kind_display()
                yield sentence % {"party": noted_name(file.party), "day": day, "kind": kind}


def _reply_facts(file, first_printed_at):
    allegations = rounds.published(file)
    facts = _facts(file, first_printed_at)
    return ReplyFacts(
        line=_reply_line(file, allegations, file.public_line or public_line(facts), first_printed_at),
        state=file.current_state.value,
        wording_put=file.wording_put,
        rulings=len(file.rulings.all()),
        attempts=len(file.attempts.all()),
        unput=_unput(file, allegations),
        never_put=_never_put(file),
        answered=bool(file.excerpt or rounds.answers(file)),
        fair=file.found_fair_at is not None,
        harsh=harsher_than_allowed(file.state, file.public_line),
    )


def noted_name(speaker):
    """A name as printed in passing: a pseudonym never without the note that says so (CS-9)."""
    if speaker is None:
        return ""
    pseudonym = speaker.pseudonym
    return f"{pseudonym} ({pseudonym.note})" if pseudonym and pseudonym.note else str(speaker)


def _never_put(file):
    """Whether the file came to an end without anything being put, and not as an answer that another outlet was given."""
    elsewhere = any(response.channel == Channel.VIA_REPORT for response in rounds.answers(file))
    return not (file.wording_put or file.waived_at or elsewhere)


def _spared(file):
    """Whether the party was never asked, by a senior editor's word."""
    return bool(file.waived_at and not file.wording_put)


def _unput(file, allegations):
    """What was never put. Who was spared being asked, and answered of their own accord, is not asked for it afterwards."""
    if _spared(file):
        return ()
    return tuple(row.text for row in allegations if row.material and not row.put_at)


def _facts(file, first_printed_at):
    attempts = file.attempts.all() if file.state == State.UNDELIVERABLE else rounds.open_attempts(file)
    taken = file.excerpt_from
    return Facts(
        state=file.state,
        party=file.party.shown_as,
        roles=tuple(attempt.to_role for attempt in attempts),
        channels=tuple(str(attempt.get_channel_display()) for attempt in attempts),
        attempted_at=tuple(attempt.at for attempt in attempts),
        unanswered=tuple(row.text for row in rounds.unanswered(file)),
        quoted_at=taken.received_at if taken else None,
        after_publication=_after(taken, first_printed_at),
    )


def _after(taken, first_printed_at):
    """Whether readers had the page by the time this answer came."""
    return bool(taken and first_printed_at and taken.received_at > first_printed_at)


def _earlier_answer(excerpt, party, first_printed_at):
    taken, after = excerpt.response, _after(excerpt.response, first_printed_at)
    day = None if taken.channel == Channel.VIA_REPORT else taken.received_at
    in_translation = bool(taken.translation and not _in(excerpt.text, taken.verbatim))
    return printed.EarlierAnswer(
        line=earlier_line(party.shown_as, day, after),
        quote=excerpt.text,
        quote_language=_language(taken, in_translation),
        by_name=taken.by_name,
        by_role=taken.by_role,
        received_on=_received_on(taken),
        late=after,
    )


def _reply_line(file, allegations, line, first_printed_at):
    """`state` is what readers are told: the stored one, since a wording that differs is never printed."""
    taken = file.excerpt_from
    in_translation = bool(taken and taken.translation and not _in(file.excerpt, taken.verbatim))
    return printed.ReplyLine(
        party=noted_name(file.party),
        party_slug=file.party.slug,
        party_kind=file.party.kind,
        state=file.state,
        state_label=str(file.get_current_state_display()),
        line=line,
        allegations=tuple(row.text for row in allegations if row.put_at or _spared(file)),
        quote=file.excerpt if taken else "",
        quote_language=_language(taken, in_translation),
        quote_translation="",
        by_name=taken.by_name if taken else "",
        by_role=taken.by_role if taken else "",
        received_on=_received_on(taken),
        late=_after(taken, first_printed_at),
        reason=str(Waiver(file.waiver_reason).label) if file.waiver_reason else "",
        note=file.waiver_note,
        earlier=tuple(_earlier_answer(e, file.party, first_printed_at) for e in earlier_printed(file)),
    )


def _received_on(taken):
    """The day an answer came to us. One taken from another outlet's report came to that outlet, on a day we do not know."""
    if not taken or taken.channel == Channel.VIA_REPORT:
        return ""
    return timezone.localdate(taken.received_at).isoformat()


def _in(excerpt, text):
    return " ".join(excerpt.split()) in " ".join(text.split())


def _language(taken, in_translation):
    if not taken:
        return ""
    return "en" if in_translation else taken.language
