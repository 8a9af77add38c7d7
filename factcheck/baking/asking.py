"""How a page is had without a server: the request goes through the same middleware to the same view, and comes back as bytes."""

import hashlib
import io
from functools import cache
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections

from factcheck.website.kept import CACHE

KEPT = 100  # pages, and parts of pages, in memory
UNCHANGED, GONE = 304, (404, 410)


class Unanswered(Exception):
    """The website answered something that cannot be kept as a file. The message is a sentence."""


class Website:
    """The public site as its readers get it, asked from inside this process at the address that SITE_URL names."""

    def __init__(self):
        self.handler = BaseHandler()
        self.handler.load_middleware()
        site = urlsplit(settings.SITE_URL)
        port = site.port or (443 if site.scheme == "https" else 80)
        self.environ = {
            "REQUEST_METHOD": "GET",
            "SERVER_NAME": site.hostname,
            "SERVER_PORT": str(port),
            "HTTP_HOST": site.netloc,
            "HTTP_X_FORWARDED_PROTO": site.scheme,
            "wsgi.url_scheme": site.scheme,
        }
        # A page is asked for once, so few are kept: the parts that many have in common are found again all the same.
        caches[CACHE] = LocMemCache("baking", {"max_entries": KEPT})

    def ask(self, address, etag=""):
        """The answer to GET `address`, or a 304 where `etag` is still its tag. Raises Unanswered for what is neither, nor gone."""
        path, _, query = address.partition("?")
        environ = {**self.environ, "PATH_INFO": _as_wsgi(path), "QUERY_STRING": query, "wsgi.input": io.BytesIO()}
        if etag:
            environ["HTTP_IF_NONE_MATCH"] = etag
        answer = self.handler.get_response(WSGIRequest(environ))
        if answer.status_code not in (200, UNCHANGED, *GONE):
            raise Unanswered(
                f"{address} answers {answer.status_code}: what is above says why. Nothing was written for it."
            )
        return answer

    def not_found(self):
        """The page that says that there is nothing at an address."""
        return self.ask("/no/such/page")


def _as_wsgi(path):
    return unquote(path).encode().decode("latin-1")


def pieces(answer):
    """The bytes of an answer, in pieces, whether it was made whole or is streamed. What it holds open is closed after it."""
    if not answer.streaming:
        yield answer.content
        return
    try:
        yield from answer.streaming_content
    finally:
        _close(answer)


def _close(answer):
    """Close what an answer holds open, and not our own connection with it, as the end of a visitor's request would."""
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)


# What stands in no page, or must not stand in a hash that lies in a folder of its own.
SAYS_NOTHING = {
    *("SECRET_KEY", "VAULT_KEYS", "BACKUP_KEY", "SSO", "MAILBOX", "INTERNET_ARCHIVE_KEYS", "DATABASES", "CACHES"),
    *("STORAGES", "LOGGING", "EMAIL_HOST", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_PORT", "EMAIL_BACKEND"),
    *("INSTALLED_APPS", "READERS_APPS", "MIDDLEWARE", "TEMPLATES", "ROOT_URLCONF", "WEBSITE_ONLY", "ALLOWED_HOSTS"),
    *("BASE_DIR", "VAR_DIR", "STATIC_ROOT", "STATICFILES_DIRS", "LOCALE_PATHS", "READERS_DATABASE"),
}


@cache
def release():
    """What stands for this release and its settings: another one makes every page anew. Read once a process."""
    digest = hashlib.sha256()
    for source in sorted(_sources()):
        digest.update(source.read_bytes())
    for name in sorted(vars(import_module("factcheck.settings"))):
        if name.isupper() and name not in SAYS_NOTHING:
            digest.update(f"{name}={getattr(settings, name)!r}\n".encode())
    return digest.hexdigest()[:16]


def _sources():
    for folder, endings in (
        ("factcheck", ("*.py", "*.png", "*.css", "*.svg")),
        ("templates", ("*",)),
        ("locale", ("*",)),
    ):
        for ending in endings:
            yield from (path for path in Path(settings.BASE_DIR, folder).rglob(ending) if path.is_file())
