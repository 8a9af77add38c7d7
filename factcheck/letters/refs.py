"""The random names that a letter goes by outside: none of them says anything about it."""

import secrets
from email.utils import parseaddr

from django.conf import settings


def new_ref():
    """What the reply address of a letter is known by: 80 random bits, letters and digits that survive any mail server."""
    return secrets.token_hex(10)


def new_nonce():
    return secrets.token_urlsafe(32)


def new_message_id():
    """A Message-ID of our own domain, with the angle brackets."""
    return f"<{secrets.token_hex(16)}@{domain_of(settings.LETTERS_FROM)}>"


def domain_of(address):
    return parseaddr(address)[1].rpartition("@")[2].lower()


def reply_address(ref):
    """Where an answer to the letter `ref` is to be sent; "" where no mailbox for answers is set.

    `replies@news.example` takes them by plus-addressing, `@replies.news.example` takes every address of the domain.
    """
    local, _at, domain = settings.LETTERS_REPLY_TO.rpartition("@")
    if not domain:
        return ""
    return f"{local}+{ref}@{domain}" if local else f"{ref}@{domain}"


def ref_in(address):
    """The `ref` that an address was made for by `reply_address`; "" where it was not."""
    given = parseaddr(address)[1].lower()
    local, _at, domain = settings.LETTERS_REPLY_TO.lower().rpartition("@")
    start = f"{local}+" if local else ""
    name = given.removesuffix(f"@{domain}")
    return name.removeprefix(start) if domain and name != given and name.startswith(start) else ""
