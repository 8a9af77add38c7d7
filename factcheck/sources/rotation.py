"""New keys for the vault: every source's data key, and those of files of no known source, sealed anew, and every token made
anew, in one transaction (CS-2). What is sealed with a data key, files too, stays as it is.

Put the new key first in VAULT_KEYS and leave the old one behind it, rotate, and then take the old one out.
"""

from django.db import transaction

from factcheck.newsroom import journal

from .file_keys import reseal_all
from .guarding import make_tokens_anew, renew_generation
from .keys import new_sealed_key, reseal
from .models import GuardToken, Source


@transaction.atomic
def rotate(*, by=None):
    """Seal everything with the first of VAULT_KEYS. Returns (sources, tokens) as numbers. Raises VaultShut, and changes nothing."""
    sources = list(Source.objects.select_for_update().filter(destroyed_at=None))
    for source in sources:
        source.sealed_key = reseal(source.sealed_key)
        source.save(update_fields=["sealed_key"])
    boxes = reseal_all()
    state = renew_generation()
    state.sealed_key = new_sealed_key()
    state.save()
    make_tokens_anew(state)
    journal.write(by=by, verb="rotated the vault’s keys", record=state, sources=len(sources), boxes=boxes)
    return len(sources), GuardToken.objects.count()
