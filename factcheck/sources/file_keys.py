"""The keys of files that came in confidence: who gets which strongbox, and what happens to it (CS-8, CS-12).

A source in the vault has one; a pseudonym whose person the vault does not know has one, which becomes the source's as soon as
that person is taken under protection; else the piece of evidence has one. What is sealed in one says nothing of another.
"""

import base64
import hmac

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext as _

from factcheck.newsroom.refusals import Refused

from . import leak_guard
from .keys import VaultShut, new_sealed_key, open_key, reseal, seal, unseal
from .models import Strongbox


class Shredded(VaultShut):
    """What it was sealed with is destroyed."""


def box_of(source):
    """The Strongbox of a protected Source, made at first need. Raises Refused where the source is destroyed, VaultShut."""
    if source.destroyed_at:
        raise Refused(_("What was kept about this source is destroyed. Only the reference is left."))
    if box := source.strongboxes.order_by("pk").first():
        return box
    made = {"source": source, "sealed_key": lambda: seal(Fernet.generate_key().decode(), source.sealed_key)}
    return Strongbox.objects.get_or_create(kept_for=source.ref, defaults=made)[0]


def box_for(ref):
    """The Strongbox kept for a pseudonym, or a piece of evidence, by its reference (UUID), made at first need. Raises VaultShut."""
    return Strongbox.objects.get_or_create(kept_for=ref, defaults={"sealed_key": new_sealed_key})[0]


def box_told_of(texts):
    """The Strongbox for words that could tell who a protected source is: that source's, so that they go with it (CS-12).

    Of several sources it is that of whoever came first. None where the texts tell of nobody, or nothing is known of that without
    the vault's key.
    """
    told = sorted(leak_guard.told_of(texts) or (), key=lambda source: source.pk)
    return box_of(told[0]) if told else None


def key_of(box):
    """The 32 bytes that files in this Strongbox are sealed with. Raises VaultShut, Shredded."""
    if not box.sealed_key:
        raise Shredded(_("What this was sealed with is destroyed, so nobody can read it any more."))
    return base64.urlsafe_b64decode(_opened(box))


def _opened(box):
    return unseal(box.sealed_key, box.source.sealed_key).encode() if box.source else open_key(box.sealed_key)


def mark(box, sha256):
    """By what two files in one Strongbox are known to be the same: of bytes with this SHA-256 (hexadecimal), 64 characters.

    It is keyed, because a plain hash would let whoever takes the database try which of many copies of a document we have.
    """
    made = HKDF(SHA256(), 32, salt=None, info=b"factcheck file mark").derive(key_of(box))
    return hmac.digest(made, sha256.encode(), "sha256").hex()


def hand_over(pseudonym, source):
    """What was kept for a pseudonym is the source's from now on: its key is sealed with the source's own."""
    for box in Strongbox.objects.select_for_update().filter(kept_for=pseudonym.ref, source=None):
        box.sealed_key = seal(_opened(box).decode(), source.sealed_key)
        box.source = source
        box.save(update_fields=["sealed_key", "source"])


def empty(source):
    """Destroy the keys of a source's files, beside the source's own. The sealed bytes are removed by whoever keeps them."""
    source.strongboxes.update(sealed_key="")


def reseal_all():
    """Seal the keys that no source's key seals anew with the first of the vault's. Returns how many. Raises VaultShut."""
    boxes = list(Strongbox.objects.select_for_update().filter(source=None))
    for box in boxes:
        box.sealed_key = reseal(box.sealed_key)
        box.save(update_fields=["sealed_key"])
    return len(boxes)
