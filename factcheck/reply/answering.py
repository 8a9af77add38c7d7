"""The verbs for what came back: record it word for word, choose what is printed, find that fair, make a claim of it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.claims.actions import link_claims, log_claim, need_update
from factcheck.claims.models import ClaimLink
from factcheck.claims.types import ClaimType, Precision
from factcheck.newsroom import record
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.newsroom.roles import EDITORS

from . import deadlines
from .files import advance, lock, lock_to_print
from .models import Response, ResponseAnswer
from .states import State
from .wording import harsher_than_allowed

SILENT_OR_SPARED = frozenset({State.NO_RESPONSE, State.UNDELIVERABLE, State.WAIVED, State.DECLINED})


@transaction.atomic
def record_response(file, *, by, received_at, answers=(), **fields):
    """Record what the party answered. `answers` are the allegations it addresses; other fields as in `Response`.

    Possible at any time, also after publication: then the claim is marked as needing an update. It never touches a
    verdict: a denial is no evidence (CL-1).
    """
    record.require_role(by)
    file = lock(file)
    if received_at > timezone.now():
        raise Refused(_("This moment is still to come. Check the date and time."))
    if any(allegation.file_id != file.pk for allegation in answers):
        raise Refused(_("One of these allegations was put to somebody else."))
    response = Response(file=file, received_at=received_at, late=_is_late(file, received_at), logged_by=by, **fields)
    record.add(response, by=by, verb="recorded response", claim=file.claim)
    for allegation in answers:
        ResponseAnswer(response=response, allegation=allegation).save()
    advance(
        file, _event(file, response), by=by, verb="answered", authored=False, found_fair_at=None, found_fair_by=None
    )
    if file.claim.has_page:
        because = _("%(party)s answered after publication.") % {"party": file.party}
        need_update(file.claim, by=by, because=because[:300])
    return response


def _is_late(file, received_at):
    return deadlines.is_past(file.deadline_at, received_at) or file.state in SILENT_OR_SPARED or file.claim.has_page


def _event(file, response):
    if response.kind == Response.Kind.NO_COMMENT:
        return "decline"
    return "answer_in_part" if response.answers.exists() and unanswered(file) else "answer"


def unanswered(file):
    """The material allegations on the file that no response addresses."""
    return list(file.allegations.filter(material=True, dropped_at=None, responses=None))


@transaction.atomic
def choose_excerpt(file, *, by, response, excerpt):
    """Choose what is printed of an answer: words that stand in it, in their order. An editor then has to find it fair."""
    record.require_role(by)
    file = lock_to_print(file)
    if response.file_id != file.pk:
        raise Refused(_("This answer belongs to another right of reply."))
    if not response.on_record:
        raise Refused(_("This answer was not given on the record, so nothing of it is printed."))
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
    """Log something said in an answer as a claim of its own, linked both ways (CL-3). The answer is quoted as it stands."""
    claim = response.file.claim
    fields = {
        "type": ClaimType.POSITION,
        "quotation": response.verbatim[:3000],
        "quotation_language": response.language,
        "speaker_role": response.by_role,
        "story": claim.story,
        "said_on": timezone.localdate(response.received_at),
        "said_precision": Precision.DAY,
        **fields,
    }
    made = log_claim(by=by, wording=wording, speaker=speaker or response.file.party, **fields)
    link_claims(made, by=by, to=claim, relation=ClaimLink.Relation.MADE_IN_REPLY_TO)
    return made
