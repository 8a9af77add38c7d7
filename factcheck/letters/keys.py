"""Keys of private pages. A token opens the page of one letter; only its hash is kept (promise 4).

The token is made, whenever it is needed, from a random nonce in the row and a key that comes from SECRET_KEY: neither the
database nor SECRET_KEY alone gives it away. Changing SECRET_KEY leaves pages open that were sent, and only those.
"""

import base64
import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from factcheck.newsroom import journal, record
from factcheck.newsroom.refusals import Refused

from .models import PageKey

PATH = "/reply/"  # where the door of the private page is
MARK = "[the address of your private page]"  # what stands for it wherever the token must not


class KeyChanged(Exception):
    """SECRET_KEY is another one than when the key was issued, and the token cannot be made any more."""


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


def _make(nonce):
    made = salted_hmac("factcheck.letters.keys", nonce, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def token_of(key):
    """The token of a PageKey, for the letter that carries it and for nothing else. Raises KeyChanged."""
    token = _make(key.nonce)
    if not hmac.compare_digest(_hash(token), key.token_sha256):
        raise KeyChanged
    return token


def address_of(key):
    """The address of the private page, token and all."""
    return f"{settings.SITE_URL}{PATH}{token_of(key)}/"


@transaction.atomic
def issue(letter, *, by):
    """Give a letter a key to its private page. Returns the PageKey."""
    key = PageKey(letter=letter, issued_by=by, expires_at=timezone.now() + timedelta(days=settings.REPLY_PAGE_DAYS))
    key.token_sha256 = _hash(_make(key.nonce))
    key.full_clean()
    key.save()
    journal.write(by=by, verb="issued page key", record=letter, claim=_claim_of(letter), key=key.pk)
    return key


def standing(letter, now=None):
    """The keys of a letter that open its page now."""
    return letter.keys.filter(revoked_at=None, expires_at__gt=now or timezone.now())


def open_with(token, now=None):
    """The PageKey that a token is for, its letter fetched with it; None where it opens nothing (any more)."""
    if not token.isascii() or len(token) > 100:
        return None
    key = PageKey.objects.select_related("letter").filter(token_sha256=_hash(token)).first()
    return key if key and key.revoked_at is None and key.expires_at > (now or timezone.now()) else None


@transaction.atomic
def revoke(key, *, by, because):
    """Shut the page for whoever holds this key, with a reason. Returns the fresh key."""
    record.require_role(by)
    if not because.strip():
        raise Refused(_("Say why the page is shut."))
    return take_back(key, by=by, because=because)


@transaction.atomic
def take_back(key, *, by, because):
    """Shut the page of a key whose letter never left, or that somebody revoked. Returns the fresh key."""
    key = PageKey.objects.select_for_update().get(pk=key.pk)
    if key.revoked_at is None:
        key.revoked_at, key.revoked_by, key.revoked_because = timezone.now(), by, because.strip()[:300]
        key.full_clean()
        key.save()
        fields = {"record": key.letter, "claim": _claim_of(key.letter)}
        journal.write(by=by, verb="revoked page key", key=key.pk, **fields)
    return key


@transaction.atomic
def shut(letter, *, by, because):
    """Revoke every key that opens the letter's page now, with a reason."""
    record.require_role(by)
    for key in standing(letter):
        revoke(key, by=by, because=because)


@transaction.atomic
def reissue(letter, *, by, because):
    """Revoke every standing key of a letter and issue a new one. Returns it; the party still has to be sent its address."""
    shut(letter, by=by, because=because)
    return issue(letter, by=by)


def _claim_of(letter):
    return letter.first_claim
