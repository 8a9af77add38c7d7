"""The verbs for what came back: record it word for word, choose what is printed, find that fair, make a claim of it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.claims.actions import link_claims, log_claim, need_update
from factcheck.claims.models import Claim, ClaimLink, Status
from factcheck.claims.types import ClaimType, Precision
from factcheck.newsroom import record
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.newsroom.roles import EDITORS

from . import deadlines, rounds
from .belonging import touched
from .correspondence import Channel
from .files import advance, lock, lock_to_print
from .models import Response, ResponseAnswer
from .states import State
from .wording import harsher_than_allowed

SILENT_OR_SPARED = frozenset({State.NO_RESPONSE, State.UNDELIVERABLE, State.WAIVED, State.DECLINED})


@transaction.atomic
def record_response(file, *, by, received_at, answers=(), corrects=None, **fields):
    """Record what the party answered. `answers` are the allegations it addresses; other fields as in `Response`.

    Possible at any time, also after publication: then the claim is marked as needing an update. It never touches a
    verdict: a denial is no evidence (CL-1). `corrects` is an earlier row that was recorded wrongly; it stays (RR-1).
    """
    record.require_role(by)
    others = _lock_touched(file)
    file = lock(file)
    if received_at > timezone.now():
        raise Refused(_("This moment is still to come. Check the date and time."))
    if any(row.file_id != file.pk for row in (*answers, *filter(None, [corrects]))):
        raise Refused(_("This belongs to the right of reply of somebody else."))
    late = corrects.late if corrects else _is_late(file, received_at)
    response = Response(file=file, received_at=received_at, corrects=corrects, late=late, logged_by=by, **fields)
    addressed = [allegation.pk for allegation in answers]
    record.add(response, by=by, verb="recorded response", claim=file.claim, answers=addressed)
    for allegation in answers:
        ResponseAnswer(response=response, allegation=allegation).save()
    advance(file, _event(file, response), by=by, verb="answered", authored=False, **_to_judge_anew(file))
    _tell_of_update(file, response, others, by=by)
    return response


def _lock_touched(file):
    """The other claims whose pages the answer may concern, locked together with its own in one order for everybody."""
    wanted = [file.claim_id, *touched(file).values_list("pk", flat=True)]
    held = Claim.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    return [claim for claim in held if claim.pk != file.claim_id]


def _is_late(file, received_at):
    return deadlines.is_past(file.deadline_at, received_at) or file.state in SILENT_OR_SPARED or file.claim.has_page


def _event(file, response):
    """What the answer does to the file, together with what was said before in the same round."""
    since = rounds.began(file)
    heard = [r for r in rounds.standing(file) if r == response or since is None or r.received_at >= since]
    said = [r for r in heard if r.kind != Response.Kind.NO_COMMENT]
    if not said:
        return "decline" if heard else "answer_off_record"
    to_each = all(answer.answers.exists() for answer in said)
    return "answer_in_part" if to_each and rounds.unanswered(file) else "answer"


def _to_judge_anew(file):
    """With every answer fairness is open again; an excerpt of what was recorded wrongly goes."""
    changes = {"found_fair_at": None, "found_fair_by": None}
    if file.excerpt_from_id in rounds.superseded(file):
        changes |= {"excerpt": "", "excerpt_from": None, "excerpt_chosen_at": None, "excerpt_chosen_by": None}
    return changes


def _tell_of_update(file, response, others, *, by):
    """Mark every page that the answer has to reach: its own, and the question whether it belongs on another, too."""
    also = _("%(party)s answered about a claim that belongs with this one. Does it answer this one, too?")
    also %= {"party": file.party}
    for claim in others:
        need_update(claim, by=by, because=also)
    if not file.claim.has_page or file.claim.status == Status.CLOSED:
        return
    sentence = (
        _("What %(party)s answered was recorded wrongly.")
        if response.corrects
        else _("%(party)s answered after publication.")
    )
    need_update(file.claim, by=by, because=sentence % {"party": file.party}, instead_of=also)


@transaction.atomic
def choose_excerpt(file, *, by, response, excerpt):
    """Choose what is printed of an answer: words that stand in it, in their order. An editor then has to find it fair."""
    record.require_role(by)
    file = lock_to_print(file)
    if response.file_id != file.pk:
        raise Refused(_("This answer belongs to another right of reply."))
    _require_printable(response, file)
    if not excerpt.strip() or not _stands_in(excerpt, response):
        raise Refused(_("These words do not stand in the answer as it was given. Copy them from it."))
    return record.amend(
        file,
        by=by,
        verb="chose excerpt",
        claim=file.claim,
        excerpt=excerpt,
        excerpt_from=response,
        excerpt_chosen_by=by,
        excerpt_chosen_at=timezone.now(),
        found_fair_by=None,
        found_fair_at=None,
    )


def _require_printable(response, file):
    if not response.on_record:
        raise Refused(_("This answer was not given on the record, so nothing of it is printed."))
    if response.pk in rounds.superseded(file):
        raise Refused(_("This answer was recorded wrongly and has been corrected since. Use the corrected one."))


def _stands_in(excerpt, response):
    words = " ".join(excerpt.split())
    return any(words in " ".join(text.split()) for text in (response.verbatim, response.translation))


@transaction.atomic
def find_fair(file, *, by):
    """An editor who did not choose the excerpt answers for its fairness to the party."""
    record.require_role(by, EDITORS)
    file = lock_to_print(file)
    if not file.excerpt:
        raise Refused(_("Nothing has been chosen that could be found fair."))
    if file.excerpt_chosen_by_id == by.pk:
        raise NotAllowed(_("You chose this excerpt, so another editor has to find it fair."))
    return record.amend(
        file, by=by, verb="found fair", claim=file.claim, authored=False, found_fair_by=by, found_fair_at=timezone.now()
    )


@transaction.atomic
def set_public_line(file, *, by, line):
    """Edit the sentence that readers get; empty, it is written from the facts again (RR-5)."""
    record.require_role(by)
    file = lock_to_print(file)
    if harsh := harsher_than_allowed(file.state, line):
        raise Refused(harsh)
    return record.amend(file, by=by, verb="edited public line", claim=file.claim, public_line=line)


@transaction.atomic
def make_claim_of(response, *, by, wording, speaker=None, **fields):
    """Log something said in an answer as a claim of its own, linked both ways (CL-3).

    The answer is quoted whole, unless `quotation` names the part; other fields as in `Claim`.
    """
    claim = response.file.claim
    _require_printable(response, response.file)
    fields = {
        "type": ClaimType.POSITION,
        "quotation": response.verbatim,
        "quotation_language": response.language,
        "speaker_role": response.by_role,
        "story": claim.story,
        **_said(response),
        **fields,
    }
    made = log_claim(by=by, wording=wording, speaker=speaker or response.file.party, **fields)
    link_claims(made, by=by, to=claim, relation=ClaimLink.Relation.MADE_IN_REPLY_TO)
    return made


def _said(response):
    """When it was said: the day it came to us. What another outlet reported was said on a day we do not know."""
    if response.channel == Channel.VIA_REPORT:
        return {"said_precision": Precision.UNKNOWN}
    return {"said_on": timezone.localdate(response.received_at), "said_precision": Precision.DAY}
