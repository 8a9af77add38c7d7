"""Settings of what goes out for evidence: read as in `environment`, refused in the same words."""

import re
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import URLValidator

from factcheck.fetching.addresses import named_allowance

from .environment import read, text, wrong


def allowances(name):
    """Addresses that are not public and may be fetched from all the same, comma-separated; none unless named."""
    value = read(name, "")
    try:
        return [named_allowance(each) for each in value.split(",") if value]
    except ValueError:
        raise wrong(
            name, "be addresses or networks with commas between them, such as 127.0.0.1:8099 or 10.2.0.0/16"
        ) from None


def key_pair(name):
    """Two keys with a colon between them, or nothing."""
    value = read(name, "")
    if value and not re.fullmatch(r"[!-9;-~]{1,200}:[!-9;-~]{1,200}", value):
        raise wrong(name, "be the access key and the secret key with a colon between them")
    return value


def header(name, default):
    """A line that can be sent as an HTTP header: ASCII, at most 200 characters."""
    value = text(name, default)
    if not value.isascii():
        raise wrong(name, "be one line of plain ASCII")
    return value


def certificates(name):
    """The file of an authority's root certificates (PEM), or ""."""
    value = read(name, "")
    if value and not Path(value).is_file():
        raise wrong(name, "be the path of a file of certificates (PEM) that can be read")
    return value


def authority(name, roots):
    """The address of a time-stamp authority, or ""; with it come its root certificates and the extra `timestamp`."""
    value = read(name, "")
    if not value:
        return ""
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        raise wrong(name, "be the address of a time-stamp authority, such as https://tsa.example.org/") from None
    if not roots:
        raise wrong(name, "come with TIMESTAMP_ROOTS, the certificates that its tokens are checked against")
    if not find_spec("rfc3161_client"):
        raise ImproperlyConfigured(f"{name} needs an extra: pip install -e '.[timestamp]'.")
    return value
