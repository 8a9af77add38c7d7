"""The vault's keys: what seals a protected identity, and what is left of it when a key is gone.

`VAULT_KEYS` (settings; never the database) seal one data key for each source, and the data key seals that source's fields one
by one. Destroying the data key destroys everything sealed with it, in every copy made from then on (CS-2, CS-12).
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _

from factcheck.newsroom.refusals import Refused


class VaultShut(Refused):
    """The vault cannot be opened: no key is set, or what is asked for was sealed with another one."""


def vault_is_open():
    """Whether a key is set at all."""
    return bool(settings.VAULT_KEYS)


def _vault():
    if not vault_is_open():
        raise VaultShut(
            _(
                "The vault has no key, so nothing can be put into it or read from it. Whoever runs the server sets "
                "VAULT_KEYS; the README says how."
            )
        )
    return MultiFernet([Fernet(key) for key in settings.VAULT_KEYS])


def new_sealed_key():
    """A fresh data key, sealed with the first of the vault's keys, as text. Raises VaultShut."""
    return _vault().encrypt(Fernet.generate_key()).decode()


def open_key(sealed_key):
    """The data key behind `sealed_key`, as bytes. Raises VaultShut, also where it was sealed with a key that is not set."""
    try:
        return _vault().decrypt(sealed_key.encode())
    except InvalidToken:
        raise VaultShut(
            _("This was sealed with a key that is not among VAULT_KEYS any more. Add that key again behind the others.")
        ) from None


def reseal(sealed_key):
    """The same data key, sealed anew with the first of the vault's keys. Raises VaultShut."""
    return _vault().encrypt(open_key(sealed_key)).decode()


def seal(text, sealed_key):
    """`text`, sealed with the data key behind `sealed_key`. Raises VaultShut."""
    return Fernet(open_key(sealed_key)).encrypt(text.encode()).decode()


def unseal(sealed, sealed_key):
    """The text behind `sealed`. Raises VaultShut."""
    try:
        return Fernet(open_key(sealed_key)).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise VaultShut(_("This part of the vault was altered since it was sealed, and cannot be read.")) from None
