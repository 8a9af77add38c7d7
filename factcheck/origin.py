"""Where a request came from, as far as a limit has to know: an IPv4 address, or the network of an IPv6 one."""

import ipaddress

from django.conf import settings


def network(request):
    """The address as text, for IPv6 its /64, which is one customer's; "" where a socket or a proxy says nothing."""
    try:
        address = ipaddress.ip_address(_address(request))
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped or address.version == 4:
        return str(mapped or address)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _address(request):
    """Over TLS there is a proxy in front, which adds the address it was asked from; anybody may write the ones before."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return forwarded if settings.OVER_TLS and forwarded else request.META.get("REMOTE_ADDR", "")
