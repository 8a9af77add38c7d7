"""Going for a page: one errand of bounded size and time, every redirect checked as if it had been typed."""

import contextlib
import http.client
import io
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

import urllib3.exceptions
from django.utils.translation import gettext as _
from urllib3.response import HTTPResponse

from . import links
from .connections import Clock, Way, connection_to, too_slow
from .refusals import Failed
from .trust import untrusted

REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 64 * 1024
MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How much of our time and room one address may take."""

    seconds: float = 60  # redirects included
    received: int = 40 * MB  # bytes on the wire
    unpacked: int = 80 * MB  # bytes after decompression
    headers: int = 64 * 1024  # bytes
    redirects: int = 8


@dataclass(frozen=True)
class Exchange:
    """One request and its answer, byte for byte as far as an archive keeps them."""

    url: str
    method: str
    asked: tuple  # (name, value) of every request header
    status: int
    reason: str
    told: tuple  # (name, value) of every header of the answer
    raw: bytes  # the body as it came, still compressed
    body: bytes  # the body unpacked
    address: str  # the machine that answered
    at: datetime

    def header(self, name, default=""):
        return next((value for key, value in self.told if key.lower() == name.lower()), default)

    @property
    def media_type(self):
        return self.header("content-type").partition(";")[0].strip().lower()


@dataclass(frozen=True)
class Fetched:
    """What came of an errand: every exchange from the address asked for to the one that answered."""

    exchanges: tuple

    @property
    def last(self):
        return self.exchanges[-1]

    @property
    def asked_for(self):
        return self.exchanges[0].url

    @property
    def moved_for_good(self):
        """Where the address says it has moved, if every step there was called permanent; "" otherwise."""
        steps = [exchange.status for exchange in self.exchanges[:-1]]
        return self.last.url if steps and set(steps) <= {301, 308} else ""


class Fetcher:
    """Fetches addresses under one name, with one set of limits. Keeps no cookies and tells nobody where it came from."""

    def __init__(self, agent, *, allowances=(), limits=None, resolve=None):
        self.agent, self.allowances, self.limits = agent, tuple(allowances), limits or Limits()
        self._looks_up = {"resolve": resolve} if resolve else {}

    def fetch(self, url, *, headers=(), limits=None):
        """GET `url` and whatever it redirects to. `headers` go to the first host alone. Returns Fetched.

        Any status is an answer. Raises Forbidden (an address we do not dial), Failed (no answer in hand).
        """
        limits = limits or self.limits
        clock, exchanges, link = Clock(limits.seconds), [], links.parse(url)
        first_origin = link.origin
        while True:
            own = headers if link.origin == first_origin else ()
            exchanges.append(self._ask("GET", link, own, clock, limits))
            onward = _onward(exchanges[-1])
            if onward is None:
                return Fetched(tuple(exchanges))
            link = self._next(onward, exchanges, limits)

    def post(self, url, body, *, headers=(), limits=None):
        """POST `body` (bytes) to `url`, once; a redirect is not followed. Returns the Exchange. Raises as `fetch`."""
        limits = limits or self.limits
        return self._ask("POST", links.parse(url), headers, Clock(limits.seconds), limits, body)

    def _next(self, onward, exchanges, limits):
        link = links.parse(onward)
        if str(link) in {exchange.url for exchange in exchanges}:
            raise Failed("loop", _("The page sends its readers in a circle."))
        if len(exchanges) > limits.redirects:
            raise Failed("loop", _("The page sends its readers on too many times."))
        return link

    def _ask(self, method, link, headers, clock, limits, body=None):
        way = Way(clock, self.allowances, **self._looks_up)
        connection = connection_to(link, way)
        asked = _request_headers(self.agent, headers)
        with contextlib.ExitStack() as open_lines, _in_words(way, link):
            open_lines.callback(way.close)
            open_lines.callback(connection.close)
            connection.request(method, link.path, body, asked, preload_content=False, decode_content=False)
            answer = open_lines.enter_context(connection.getresponse())
            raw = _received(answer, limits)
        if way.cut:  # an answer without a length looks finished when the line is shut
            raise too_slow()
        told = tuple(answer.headers.items())
        return Exchange(
            url=str(link),
            method=method,
            asked=(("Host", link.origin.partition("://")[2]), *asked.items()),
            status=answer.status,
            reason=answer.reason or "",
            told=told,
            raw=raw,
            body=_unpacked(raw, told, limits),
            address=way.dialled,
            at=datetime.now(UTC),
        )


def _request_headers(agent, own):
    return {
        "User-Agent": agent,
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Language": "en, *;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **dict(own),
    }


def _onward(exchange):
    """Where a redirect leads, or None where the answer is none."""
    place = exchange.header("location").strip()
    if exchange.status not in REDIRECTS or not place:
        return None
    # Header bytes arrive as Latin-1; addresses are written in UTF-8.
    with contextlib.suppress(UnicodeError):
        place = place.encode("latin-1").decode()
    try:
        return urljoin(exchange.url, place.replace(" ", "%20"))
    except ValueError:
        return place  # which is no address, as `links.parse` will say


def _received(answer, limits):
    """The body as it comes, at most `limits.received` bytes of it."""
    if sum(len(name) + len(value) + 4 for name, value in answer.headers.items()) > limits.headers:
        raise Failed("headers", _("The page comes with more headers than any page needs."))
    length = answer.headers.get("content-length", "")
    if length.isdigit() and int(length) > limits.received:
        raise too_big()
    parts, size = [], 0
    for part in answer.stream(CHUNK, decode_content=False):
        parts.append(part)
        size += len(part)
        if size > limits.received:
            raise too_big()
    return b"".join(parts)


def _unpacked(raw, told, limits):
    """The body without its compression, unpacked in small pieces, because a few bytes can unpack to gigabytes."""
    packing = ", ".join(value for name, value in told if name.lower() == "content-encoding")
    if not packing or not raw:
        return raw
    parts, size = [], 0
    packed = HTTPResponse(io.BytesIO(raw), headers={"content-encoding": packing}, preload_content=False)
    try:
        for part in packed.stream(CHUNK, decode_content=True):
            parts.append(part)
            size += len(part)
            if size > limits.unpacked:
                raise Failed("bomb", _("The page unpacks to more than we take."))
    except urllib3.exceptions.HTTPError:
        raise Failed("broken", _("The page is packed in a way that cannot be unpacked.")) from None
    return b"".join(parts)


def too_big():
    return Failed("big", _("The page is bigger than we take."))


@contextlib.contextmanager
def _in_words(way, link):
    """Turn what can go wrong on a line into a sentence."""
    try:
        yield
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, ssl.SSLError, OSError, ValueError) as problem:
        if way.cut or isinstance(problem, (TimeoutError, urllib3.exceptions.TimeoutError)):
            raise too_slow() from None
        if isinstance(problem, (ssl.SSLError, urllib3.exceptions.SSLError)):
            raise untrusted(problem, link.host) from None
        raise Failed("broken", _("%(host)s broke off before the page was here.") % {"host": link.host}) from None
