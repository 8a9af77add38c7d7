"""The newsroom's identity provider, from its address in the environment."""

from importlib.util import find_spec
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .environment_reading import LOOPBACK, read, wrong


class Provider(NamedTuple):
    """Who vouches for people: `issuer` is its address as it calls itself, without a slash at the end."""

    issuer: str
    client: str
    secret: str


def provider(name, default):
    """A Provider from its address, or None. Client and secret are percent-encoded; without TLS only on this machine."""
    value = read(name, default)
    if not value:
        return None
    found = _provider(value)
    if not found:
        raise wrong(name, "be https://client:secret@host/path of the provider's issuer, or nothing")
    if not (find_spec("authlib") and find_spec("requests")):
        raise ImproperlyConfigured(
            f"{name} asks for single sign-on, but its library is missing: pip install -e '.[sso]'."
        )
    return found


def _provider(value):
    try:
        parts = urlsplit(value)
        client, secret = unquote(parts.username or ""), unquote(parts.password or "")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    plain = value.isascii() and value.isprintable() and " " not in value and not parts.query and not parts.fragment
    if not (safe and plain and parts.hostname and client and secret):
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Provider(f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}", client, secret)
