"""The answer stays true: words that a party gave were given to a certain wording, and this is where they part (RR-2, C3)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from factcheck.reply.states import State


@dataclass(frozen=True)
class PutOtherwise:
    """A party that was asked about other words than those that would be printed. `put` and `now` number the wordings."""

    party: str
    party_slug: str
    answered: bool
    put: int
    now: int
    wording_put: str
    wording_now: str


def put_otherwise(dossier):
    """Every party of the claim whose right of reply is about another wording of it."""
    now, number = dossier.claim.wording, dossier.versions.number
    return [
        PutOtherwise(
            reply.line.party,
            reply.line.party_slug,
            reply.answered,
            number(reply.wording_put),
            number(now),
            reply.wording_put,
            now,
        )
        for reply in dossier.replies
        if reply.state == State.NEEDS_REPUT
    ]


def said(case):
    """What the gate says of one PutOtherwise."""
    facts = {"party": case.party, "put": case.put, "now": case.now}
    what = (
        _("%(party)s answered version %(put)d of the wording; this is version %(now)d.")
        if case.answered
        else _("%(party)s was asked about version %(put)d of the wording; this is version %(now)d.")
    )
    return what % facts + " " + _("Put it again, or have an editor rule the change immaterial.")


def quoted_otherwise(dossier):
    """Of answers that are printed though another wording was put since: which wording they answer, in sentences."""
    return [
        _(
            "What is printed of %(party)s answers version %(then)d of the wording. "
            "Version %(put)d was put to them since: see that readers cannot take the old answer for one to it."
        )
        % {"party": reply.line.party, "then": number, "put": dossier.versions.number(reply.wording_put)}
        for reply, number in _quoting(dossier)
    ]


def _quoting(dossier):
    quoted = dossier.versions.quoted
    asked = [reply for reply in dossier.replies if reply.line.party_slug in quoted and reply.wording_put]
    return [(reply, dossier.versions.number(quoted[reply.line.party_slug])) for reply in asked]
