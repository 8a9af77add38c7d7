"""A link as somebody typed it, made into one that can be asked for: http and https, a host, nothing hidden in it."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from .refusals import Forbidden

LONGEST = 2000
PORTS = {"http": 80, "https": 443}
# Below 1024 live mail, remote log-ins and name servers; some of them would take a line of ours for a command.
LOWEST_OTHER_PORT = 1024
HOST_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.(?!-)[a-z0-9_-]{1,63})*\.?", re.I)


class Link(NamedTuple):
    """Where to go (scheme, host, port) and what to ask for there (path with query). `str(link)` is the whole address."""

    scheme: str
    host: str
    port: int
    path: str

    def __str__(self):
        return f"{self.origin}{self.path}"

    @property
    def origin(self):
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + (f":{self.port}" if self.port != PORTS[self.scheme] else "")


def parse(text):
    """The Link that `text` is, without its fragment. Raises Forbidden."""
    text = text.strip(" \t\r\n")
    if len(text) > LONGEST:
        raise Forbidden("link", _("The link is longer than %(count)d characters.") % {"count": LONGEST})
    if any(ord(c) <= 32 or ord(c) == 127 or c == "\\" for c in text):
        raise Forbidden("link", _("The link has spaces or signs in it that no link has."))
    try:
        parts = parse_url(text)
    except LocationParseError:
        raise Forbidden("link", _("This is no complete web address.")) from None
    if parts.scheme not in PORTS or not text.lower().startswith(f"{parts.scheme}://"):
        raise Forbidden("scheme", _("Only links that begin with http:// or https:// can be fetched."))
    if parts.auth is not None:
        raise Forbidden("link", _("The link has a user name or password in it. Take it out."))
    port = PORTS[parts.scheme] if parts.port is None else parts.port
    if port != PORTS[parts.scheme] and port < LOWEST_OTHER_PORT:
        raise Forbidden("port", _("Pages are not served on port %(port)d.") % {"port": port})
    return Link(parts.scheme, _host(parts.host), port, parts.request_uri)


def _host(host):
    """The host as it is looked up: a name in ASCII, or a numeric address without its brackets."""
    if host and host.startswith("["):
        return host.strip("[]")
    if not host or not HOST_NAME.fullmatch(host) or len(host) > 253:
        raise Forbidden("link", _("The link names no host that there could be."))
    return host.lower().rstrip(".")
