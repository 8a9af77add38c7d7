"""Where a claim can go from where it is: one table, and the one function that changes `Claim.status`."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.claims.models import Claim, Status
from factcheck.newsroom.record import amend
from factcheck.newsroom.refusals import Refused

LOGGED, RESEARCHING, IN_REVIEW = Status.LOGGED, Status.RESEARCHING, Status.IN_REVIEW
CLEARED, PUBLISHED, CLOSED = Status.CLEARED, Status.PUBLISHED, Status.CLOSED
AT_WORK = (RESEARCHING, IN_REVIEW, CLEARED)
FINISHED = (PUBLISHED, CLOSED)


@dataclass(frozen=True)
class Transition:
    """`verb` takes a claim from any of `sources` to `target`."""

    verb: str
    label: str
    sources: tuple[Status, ...]
    target: Status


_l = gettext_lazy
TRANSITIONS = (
    Transition("start", _l("Start research"), (LOGGED,), RESEARCHING),
    Transition("submit", _l("Submit for review"), (RESEARCHING,), IN_REVIEW),
    Transition("send_back", _l("Send back"), (IN_REVIEW, CLEARED), RESEARCHING),
    Transition("clear", _l("Clear"), (IN_REVIEW,), CLEARED),
    Transition("publish", _l("Publish"), (CLEARED,), PUBLISHED),
    Transition("correct", _l("Correct"), (PUBLISHED,), RESEARCHING),
    Transition("stand_by", _l("Stand by the edition"), AT_WORK, PUBLISHED),
    Transition("retract", _l("Retract"), (PUBLISHED, *AT_WORK), CLOSED),
    Transition("close", _l("Close"), (LOGGED, *AT_WORK), CLOSED),
    Transition("reopen", _l("Reopen"), (CLOSED,), RESEARCHING),
)
BY_VERB = {transition.verb: transition for transition in TRANSITIONS}


def may_move(status, verb):
    """Whether the table knows `verb` for a claim in this status."""
    return status in BY_VERB[verb].sources


def not_from_here(status, verb):
    """The refusal for a verb that the table does not know for this status."""
    labels = {"verb": BY_VERB[verb].label, "status": Status(status).label}
    return Refused(_("“%(verb)s” is not possible for a claim that is “%(status)s”.") % labels)


@transaction.atomic
def move(claim, verb, *, by, **facts):
    """Take the claim along `verb`, with its journal entry. `facts` are fields of the claim that change with the status.

    Returns the fresh claim. Raises Refused where the table does not know the way; then nothing has changed.
    """
    current = Claim.objects.select_for_update().get(pk=claim.pk)
    if not may_move(current.status, verb):
        raise not_from_here(current.status, verb)
    facts |= {"status": BY_VERB[verb].target.value, "reopened_at": _reopened_at(current, verb)}
    return amend(current, by=by, verb=verb, claim=current, authored=False, **facts)


def _reopened_at(claim, verb):
    """Since when it is at work again, after readers had a page of it or after it was closed."""
    if BY_VERB[verb].target not in AT_WORK:
        return None
    return timezone.now() if claim.status in FINISHED else claim.reopened_at


def mermaid():
    """The table as a Mermaid state diagram: what `manage.py workflow_diagram` prints and the README shows."""
    lines = ["stateDiagram-v2", f"    [*] --> {LOGGED.value}"]
    for transition in TRANSITIONS:
        lines += [
            f"    {source.value} --> {transition.target.value}: {transition.verb}" for source in transition.sources
        ]
    return "\n".join(lines)
