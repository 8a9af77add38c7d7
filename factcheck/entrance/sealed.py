"""Secrets of second factors as they lie in the database: encrypted under a key made from SECRET_KEY, so that a copy of the
database alone makes nobody a code. Under another SECRET_KEY they cannot be opened, and match no code."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def seal(text):
    return _box().encrypt(text.encode()).decode()


def unseal(sealed):
    """Raises ValidationError where it was sealed under another SECRET_KEY."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise ValidationError(
            _(
                "Codes cannot be checked: this server's SECRET_KEY is not the one they were set up with. Tell an administrator."
            )
        ) from None


def _box():
    key = HKDF(SHA256(), 32, salt=None, info=b"factcheck second factors").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
