"""What is known about a source: written into the vault part by part, and read by a custodian who says what for.

Every verb takes `by`, is journaled with the source's reference and never with a word of what it was about, and raises
NotAllowed (the person), Refused (the state of things, VaultShut among them) or ValidationError (the fields). Whoever calls
`read` has asked for a fresh second factor first: `newsroom.second_factor.fresh_second_factor` (CS-3).
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from factcheck.newsroom import journal
from factcheck.newsroom.record import keep
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.newsroom.roles import EDITORS

from .custody import is_custodian, lock, require_custodian
from .derived import is_derived
from .guarding import guard_term
from .keys import seal, unseal
from .models import GUARDED, Part, Promise, Sealed
from .terms import TooCommon

MOST = 5_000  # characters of one part


@sensitive_variables()
@transaction.atomic
def write(source, *, by, **parts):
    """Seal these parts (names of `Part`) anew; "" takes one out. Every line of a name, address or number is guarded from now on.

    Returns the lines that could not be guarded, because they are too short or too common: the custodian is told.
    """
    source = lock(source)
    require_custodian(source, by)
    unguarded = []
    for name, text in parts.items():
        part, text = Part(name), text.strip()
        if len(text) > MOST:
            raise ValidationError({name: _("This is longer than %(most)d characters.") % {"most": MOST}})
        _put(source, part, text, by=by)
        unguarded += _guard_lines(source, part, text, by=by)
    journal.write(by=by, verb="wrote into the vault about", record=source, parts=sorted(parts))
    return unguarded


def _put(source, part, text, *, by):
    row = source.sealed.filter(part=part).first() or Sealed(source=source, part=part)
    if text:
        row.sealed_text, row.written_by = seal(text, source.sealed_key), by
        keep(row, by=by)
    elif row.pk:
        row.delete()


def _guard_lines(source, part, text, *, by):
    if part not in GUARDED:
        return []
    known = {unseal(term.sealed_term, source.sealed_key) for term in source.terms.filter(kind=GUARDED[part])}
    unguarded = []
    for line in dict.fromkeys(" ".join(line.split()) for line in text.splitlines()):
        try:
            if line and line not in known:
                guard_term(source, by=by, kind=GUARDED[part], term=line)
        except TooCommon:
            unguarded.append(line)
        except ValidationError as wrong:
            raise ValidationError({part.value: wrong.messages}) from None
    return unguarded


@sensitive_variables("found")
def read(source, *, by, purpose):
    """{Part: text} of everything the vault holds about a source. That it was read, by whom and what for, stays on the record.

    So does that somebody was refused: call it outside of a transaction of your own, which would take that entry along.
    """
    if not is_custodian(source, by):
        with transaction.atomic():
            journal.write(by=by, verb="was refused the identity of", record=source)
        require_custodian(source, by)
    if not purpose.strip():
        raise Refused(_("Say what you read it for. The other custodians see it."))
    with transaction.atomic():
        source = lock(source)
        held = {row.part: row.sealed_text for row in source.sealed.all()}
        found = {part: unseal(held[part], source.sealed_key) for part in Part if part in held}
        journal.write(by=by, verb="read the identity of", record=source, because=purpose)
    return found


@sensitive_variables()
def guarded_terms(source, *, by):
    """[(GuardedTerm, what it is)] of a source, for somebody who has just been let read it."""
    require_custodian(source, by)
    return [(term, unseal(term.sealed_term, source.sealed_key)) for term in source.terms.filter(removed_at=None)]


@sensitive_variables()
def tells_of(source, shown_as, *, by):
    """Whether this pseudonym is made out of the source's name (CS-13). Custodians alone are told. Raises VaultShut."""
    require_custodian(source, by)
    sealed = source.sealed.filter(part__in=[Part.REAL_NAME, Part.OTHER_NAMES])
    names = [line for row in sealed for line in unseal(row.sealed_text, source.sealed_key).splitlines()]
    return is_derived(shown_as, names)


@transaction.atomic
def record_promise(source, *, by, **fields):
    """Record that something was promised to the source: fields of `Promise`. An editor other than you approves it."""
    source = lock(source)
    require_custodian(source, by)
    promise = keep(Promise(source=source, recorded_by=by, **fields), by=by)
    journal.write(by=by, verb="recorded a promise to", record=source, basis=promise.basis)
    return promise


@transaction.atomic
def approve_promise(promise, *, by):
    """Answer, as an editor and custodian who did not record it, for the promise and for the source's reliability (CS-11)."""
    source = lock(promise.source)
    require_custodian(source, by)
    promise = Promise.objects.select_for_update().get(pk=promise.pk)
    if promise.approved_at:
        raise Refused(_("This promise is approved already."))
    if promise.recorded_by_id == by.pk or not by.has_role(*EDITORS):
        raise NotAllowed(_("An editor who did not record the promise has to approve it."))
    promise.approved_at, promise.approved_by = timezone.now(), by
    keep(promise, by=by)
    journal.write(by=by, verb="approved a promise to", record=source)
    return promise
