"""What the leak guard guards: terms of a protected source, added and taken off by its custodians alone (CS-7).

Taking a term off, with a reason, is the only way past the guard; there is no override.
"""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.newsroom import journal
from factcheck.newsroom.record import keep
from factcheck.newsroom.refusals import Refused

from .custody import lock, require_custodian
from .keys import new_sealed_key, seal, unseal
from .leak_guard import token_of
from .models import GuardedTerm, GuardState, GuardToken
from .terms import Kind, forms

MOST_TERMS = 100  # of one source


@transaction.atomic
def guard_term(source, *, by, kind, term, alone=False):
    """Guard a name, handle, address or number of a source. Returns the GuardedTerm.

    `alone` also looks for parts of a name that are common words or short. Raises ValidationError where nothing of the term
    could be looked for, VaultShut without a key.
    """
    source = lock(source)
    require_custodian(source, by)
    term = " ".join(str(term).split())
    made = forms(Kind(kind), term, alone=alone)
    if source.terms.filter(removed_at=None).count() >= MOST_TERMS:
        raise Refused(_("A hundred terms of one source are guarded already. Take one off first."))
    guarded = GuardedTerm(source=source, kind=kind, alone=alone, sealed_term=seal(term, source.sealed_key), added_by=by)
    keep(guarded, by=by)
    journal.write(by=by, verb="guarded a term of", record=source, term=guarded.pk)
    state = renew_generation()
    GuardToken.objects.bulk_create(_tokens(guarded, made, state.sealed_key))
    return guarded


@transaction.atomic
def stop_guarding(guarded, *, by, because):
    """Take a term off, with a reason that stays on the record. From then on it stops nothing. Returns the GuardedTerm."""
    source = lock(guarded.source)
    require_custodian(source, by)
    guarded = GuardedTerm.objects.select_for_update().get(pk=guarded.pk)
    if guarded.removed_at:
        raise Refused(_("This term is not guarded any more."))
    guarded.removed_at, guarded.removed_by, guarded.removed_because = timezone.now(), by, because
    keep(guarded, by=by)
    journal.write(by=by, verb="stopped guarding a term of", record=source, term=guarded.pk, because=because)
    guarded.tokens.all().delete()
    renew_generation()
    return guarded


def renew_generation():
    """Tell every process that the tokens have changed; makes the tokens' key at first need. Returns the GuardState, locked."""
    state = GuardState.objects.select_for_update().filter(pk=1).first() or GuardState(pk=1, sealed_key=new_sealed_key())
    state.generation = uuid.uuid4()
    state.save()
    return state


def make_tokens_anew(state):
    """Every token again, with the key that `state` holds now. For when the vault's keys are changed."""
    GuardToken.objects.all().delete()
    for guarded in GuardedTerm.objects.filter(removed_at=None).select_related("source"):
        made = forms(Kind(guarded.kind), unseal(guarded.sealed_term, guarded.source.sealed_key), alone=guarded.alone)
        GuardToken.objects.bulk_create(_tokens(guarded, made, state.sealed_key))


def _tokens(guarded, made, sealed_key):
    for form, inside in sorted(made.items()):
        token, head = token_of(form, sealed_key)
        yield GuardToken(term=guarded, token=token, head=head, inside=inside)
