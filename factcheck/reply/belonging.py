"""Which claims an answer may concern beside the one it was given to (RR-7).

A late reply that reached one copy and not the next was held against a newsroom (Durie v Gardiner), so an answer to one
claim asks a question of every page on which the same party was asked about the same matter.
"""

from django.db.models import Q

from factcheck.claims.models import Claim, Status

from .models import ReplyFile, Response
from .states import State


def belonging(file):
    """The files of the same party on claims that belong with this one: linked to it, or put to the party in one go."""
    linked = Q(claim__links__to=file.claim_id) | Q(claim__linked_from__claim=file.claim_id)
    in_one_go = Q(attempts__at__in=file.attempts.order_by().values("at"))
    others = ReplyFile.objects.filter(linked | in_one_go, party=file.party_id).exclude(claim=file.claim_id)
    return others.exclude(state=State.NOT_REQUIRED).distinct()


def touched(file):
    """The other claims with a standing page to which an answer on this file may belong, too."""
    others = belonging(file).order_by().values("claim")
    return Claim.objects.filter(pk__in=others).exclude(check_slug="").exclude(status=Status.CLOSED).order_by("pk")


def to_carry_over(file):
    """Answers the party gave on claims that belong with this one, and that this file does not have."""
    others = belonging(file).order_by().values("pk")
    have = {(response.received_at, response.verbatim) for response in file.responses.all()}
    given = Response.objects.filter(file__in=others).select_related("file__claim", "file__party__pseudonym")
    gone = set(given.exclude(corrects=None).values_list("corrects", flat=True))
    return [r for r in given if r.pk not in gone and (r.received_at, r.verbatim) not in have]
