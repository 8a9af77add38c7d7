"""The wording a party was asked about beside the one that would be printed, as the desk shows it wherever that matters."""

from dataclasses import dataclass

from factcheck.desk.put_otherwise import PutOtherwise, put_otherwise

from .marked import marked
from .page_verbs import PUT_AGAIN
from .reply_verbs import FILE_VERBS
from .verbs import Case, open_to

MENDING = (PUT_AGAIN, *(verb for verb in FILE_VERBS if verb.code in ("put", "immaterial")))


@dataclass(frozen=True)
class Sides:
    """One party's case: both wordings as HTML with what differs marked, and what this person may do about it now."""

    case: PutOtherwise
    file: object
    old: str
    new: str
    buttons: tuple = ()


def sides(dossier, claim, user):
    """The Sides of every party of `claim` whose words were given to another wording."""
    cases = put_otherwise(dossier)
    if not cases:
        return []
    parties = [case.party_slug for case in cases]
    files = claim.reply_files.filter(party__slug__in=parties).select_related("party__pseudonym")
    by_party = {file.party.slug: file for file in files}
    return [_sides(case, by_party[case.party_slug], claim, user) for case in cases]


def _sides(case, file, claim, user):
    file.claim = claim
    buttons = open_to(MENDING, user, Case(file))
    return Sides(case, file, *marked(case.wording_put, case.wording_now), tuple(buttons))
