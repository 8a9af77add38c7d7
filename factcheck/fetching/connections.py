"""One connection to one machine: its address is looked up once, checked, and dialled as checked; and it ends on time."""

import contextlib
import os
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field

import urllib3.connection
from django.utils.translation import gettext as _

from .addresses import require_dialable
from .refusals import Failed

CONNECT_SECONDS = 10
STALLED_SECONDS = 20  # without one byte


class Clock:
    """The time that a whole errand may take, whatever it is made of. Give it to everything that waits."""

    def __init__(self, seconds):
        self.ends = time.monotonic() + seconds

    @property
    def left(self):
        """Seconds that are left, above 0. Raises Failed."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise too_slow()
        return left


def too_slow():
    return Failed("slow", _("The page took too long to answer."))


@dataclass
class Way:
    """How a connection finds its machine, and which one it found. `resolve` has the signature of socket.getaddrinfo."""

    clock: Clock
    allowances: tuple = ()
    resolve: object = socket.getaddrinfo
    dialled: str = field(default="", init=False)
    cut: bool = field(default=False, init=False)

    def dial(self, host, port):
        """A socket to `host`. Every address of the name is checked before any is dialled. Raises Forbidden, Failed."""
        addresses = self._look_up(host, port)
        for address in addresses:
            require_dialable(address, port, self.allowances)
        for address in addresses:
            with contextlib.suppress(OSError):
                sock = socket.create_connection((address, port), min(CONNECT_SECONDS, self.clock.left))
                self.dialled = address
                sock.settimeout(STALLED_SECONDS)
                self._hang_up_in_time(sock)
                return sock
        raise Failed("unreachable", _("Nothing answers at %(host)s.") % {"host": host})

    def _look_up(self, host, port):
        """The numeric addresses of a name. In a thread, because nothing else can end a look-up that hangs."""
        answer = []

        def look_up():
            with contextlib.suppress(OSError, UnicodeError):
                answer.extend(self.resolve(host, port, type=socket.SOCK_STREAM))

        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(min(CONNECT_SECONDS, self.clock.left))
        addresses = list(dict.fromkeys(sockaddr[0] for *_kind, sockaddr in answer))
        if not addresses:
            raise Failed("no-such-host", _("There is no site called %(host)s.") % {"host": host})
        return addresses

    def _hang_up_in_time(self, sock):
        """Shut the line when the clock runs out: a server that sends a byte now and then would outlast any timeout."""
        line = socket.socket(fileno=os.dup(sock.fileno()))  # stays ours when TLS takes the socket over

        def hang_up():
            self.cut = True
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

        self._timer = threading.Timer(self.clock.left, hang_up)
        self._timer.daemon = True
        self._line = line
        self._timer.start()

    def close(self):
        if self.dialled:
            self._timer.cancel()
            self._line.close()


class _Checked:
    """A connection of urllib3's that is dialled by its `Way`."""

    way: Way

    def _new_conn(self):
        return self.way.dial(self.host, self.port)


class PlainConnection(_Checked, urllib3.connection.HTTPConnection):
    pass


class TLSConnection(_Checked, urllib3.connection.HTTPSConnection):
    pass


def connection_to(link, way):
    """An urllib3 connection for `link` (a Link), not dialled yet."""
    if link.scheme == "https":
        context = ssl.create_default_context()
        context.set_alpn_protocols(["http/1.1"])
        made = TLSConnection(link.host, link.port, ssl_context=context)
    else:
        made = PlainConnection(link.host, link.port)
    made.way = way
    return made
