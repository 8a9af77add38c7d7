"""What stands between a letter and the party: everything that is missing, in sentences. Asked before it is queued and again
before it leaves, because the record may have changed in between."""

from django.conf import settings
from django.utils.translation import gettext as _

from factcheck.claims.actions import OPEN
from factcheck.newsroom.refusals import Refused
from factcheck.reply import deadlines
from factcheck.reply.actions import missing_to_put, nothing_new
from factcheck.reply.rounds import published
from factcheck.reply.states import State, possible
from factcheck.sources import leak_guard

from .fingerprint import is_cleared
from .refs import domain_of

LEAVING = ("subject", "body", "to_role", "to_name", "to_address", "call")
EXAMPLE = ("example", "example.org", "example.com", "example.net", "invalid")  # names that nobody has (RFC 2606)


def against(letter, now=None):
    """Everything that keeps the letter from being sent, in sentences."""
    return [*against_sending(letter, now), *_not_cleared(letter), *sender_missing(), *leaking(letter)]


def leaking(letter):
    """What the leak guard has against these words leaving (CS-7): it names neither the person nor the word."""
    return leak_guard.leaks({name: getattr(letter, name) for name in LEAVING})


def against_sending(letter, now=None):
    """What the record has against the letter as it is worded."""
    reasons = [_("Say whom a party can call.")] if not letter.call.strip() else []
    if told(letter) not in letter.body:
        reasons.append(_("The letter does not name its deadline, which is: %(when)s.") % {"when": told(letter)})
    for part in parts(letter):
        reasons += _against_part(part, letter)
    return reasons + _too_short(letter, now)


def parts(letter):
    """The rights of reply of a letter, with all that is asked of them."""
    related = letter.parts.select_related("file__claim", "file__party__pseudonym")
    return list(related.prefetch_related("file__allegations", "allegations"))


def told(letter):
    """The letter's deadline as the party is told it: in its own time zone, by name (RR-3)."""
    return deadlines.told(letter.deadline_at, letter.zone)


def _against_part(part, letter):
    file = part.file
    if file.claim.status not in OPEN:
        yield _("The claim “%(claim)s” is not open: correct or reopen it first.") % {"claim": file.claim}
    if not (possible(file.state, "put") or file.state == State.DRAFTING):
        state = {"claim": file.claim, "state": file.get_state_display()}
        yield _("The right of reply to “%(claim)s” is “%(state)s”: nothing can be put there now.") % state
    yield from missing_to_put(file)
    yield from nothing_new(file)
    for words in dict.fromkeys([file.claim.wording, *(row.text for row in published(file))]):
        if _plain(words) not in _plain(letter.body):
            yield _("This is on the file and does not stand in the letter: “%(words)s”") % {"words": words}
    if part.wording != file.claim.wording:
        yield _("The claim has been reworded since the letter was written. Save the letter anew.")


def _plain(text):
    return " ".join(text.split())


def _too_short(letter, now):
    reasons = {}
    for part in parts(letter):
        try:
            deadlines.check(letter.deadline_at, part.file.deadline_basis, now=now, party=letter.party)
        except Refused as refused:
            reasons |= dict.fromkeys(str(reason) for reason in refused.reasons)
    return list(reasons)


def needs_legal(letter):
    """Whether a claim it is about has the legal-risk flag, so that legal has to clear it (CL-9)."""
    return any(part.file.claim.legal_risk for part in parts(letter))


def _not_cleared(letter):
    if not needs_legal(letter) or is_cleared(letter):
        return []
    if letter.cleared_at:
        return [_("The letter is not what legal cleared any more. Send it to legal again.")]
    return [_("A claim it is about has the legal-risk flag, so legal has to clear the letter first.")]


def sender_missing():
    """Why no letter can come from the address that is set, in sentences; an example's address is for trying things out."""
    outside = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and settings.EMAIL_HOST not in (
        "localhost",
        "127.0.0.1",
        "::1",
    )
    domain = domain_of(settings.LETTERS_FROM)
    if outside and any(domain == name or domain.endswith(f".{name}") for name in EXAMPLE):
        return [_("No address is set that letters could come from: set LETTERS_FROM.")]
    return []


def is_open_to(file, letters):
    """Why no letter can be begun about `file`, in sentences. `letters` are those there are about it."""
    if any(letter.is_under_way for letter in letters):
        return [_("A letter about this is under way already.")]
    return [*missing_to_put(file), *nothing_new(file)]
