"""Which machines may be dialled: those of the public internet, and the exceptions that the newsroom named.

A link is typed by a person and followed by the newsroom's own server, which stands behind doors that the person may not
pass. So the name in the link counts for nothing; the address that is about to be dialled does.
"""

import ipaddress
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .refusals import Forbidden

# Addresses that carry another one inside: a translator or a tunnel at the end of the wire would go on to that one.
CARRIERS = [
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64 inside one network
        "2002::/16",  # 6to4
        "2001::/23",  # Teredo and other special purposes
        "::/96",  # IPv4-compatible
        "::ffff:0:0/96",  # IPv4-mapped
        "::ffff:0:0:0/96",  # IPv4-translated
        "fec0::/10",  # site-local, before fc00::/7
        "5f00::/16",  # segment routing
        "3fff::/20",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "100.64.0.0/10",  # carrier-grade NAT
        "192.0.0.0/24",  # protocol assignments
    )
]


@dataclass(frozen=True)
class Allowance:
    """A network that may be dialled although it is not public, on one port or on any (None)."""

    network: ipaddress.IPv4Network | ipaddress.IPv6Network
    port: int | None = None

    def covers(self, address, port):
        return address.version == self.network.version and address in self.network and self.port in (None, port)


def named_allowance(text):
    """The network that `text` names: 127.0.0.1, 10.2.0.0/16, 127.0.0.1:8099, [::1]:8099. Raises ValueError."""
    host, port = text.strip(), None
    if host.startswith("["):
        host, bracket, rest = host[1:].partition("]")
        if not bracket:
            raise ValueError("a bracket that is never closed")
        port = rest.removeprefix(":") if rest else None
    elif host.count(":") == 1:
        host, _colon, port = host.partition(":")
    if port is not None and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError("not a port")
    return Allowance(ipaddress.ip_network(host), int(port) if port else None)


def is_public(address):
    """Whether an ipaddress object is one machine of the public internet, and carries no other address inside."""
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return not any(address.version == net.version and address in net for net in CARRIERS)


def require_dialable(text, port, allowances=()):
    """Raise Forbidden unless the numeric address `text` may be dialled on `port`."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        raise Forbidden("address", _("The link leads to something that is no address of the internet.")) from None
    if any(allowance.covers(address, port) for allowance in allowances):
        return
    if not is_public(address):
        raise Forbidden(
            "address",
            _("The link leads to %(address)s, which is not on the public internet. We do not go there.")
            % {"address": address},
        )
