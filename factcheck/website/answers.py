"""How every public page answers: GET and HEAD alone, no cookie, no session, and 304 where nothing has changed."""

import hashlib
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from . import parameters
from .kept import handed_out
from .release import release

# A correction is what the next request sees: browsers ask each time, and a 304 costs one query.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
READS = ("GET", "HEAD")


def public(view):
    """A view of the readers' door: anything but GET and HEAD is 405, before anything else is looked at."""

    @wraps(view)
    def read_alone(request, *args, **kwargs):
        return view(request, *args, **kwargs) if request.method in READS else _not_to_be_written_to()

    # There is nothing to forge on a page that cannot be written to, and the check would answer 403 where 405 is due.
    return csrf_exempt(read_alone)


def _not_to_be_written_to():
    return HttpResponseNotAllowed(READS, render_to_string("405.html", site()))


def answer(request, changed_at, build, asked=None, beside="", cached=CACHE_CONTROL):
    """The HttpResponse that `build` makes, 304 where the reader has it already, or what was made of it before.

    `changed_at` is when the page last changed, an aware datetime, or None for a page that only a new release changes; `beside`
    is what else it depends on. `asked` is a QueryDict of what the page heeds behind its address: see `heeded`; `cached` says
    for how long others may keep it.
    """
    etag = quote_etag(_tag(changed_at, get_language(), str(beside)))
    modified = int(changed_at.timestamp()) if changed_at else None
    response = get_conditional_response(request, etag, modified)
    if response is None and changed_at:
        response = handed_out(request, etag, asked.urlencode() if asked else "", build)
    response = build() if response is None else response
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = cached
    if modified:
        response.headers["Last-Modified"] = http_date(modified)
    return response


def open_to_all(response):
    """The response, for pages of every site to read (CORS): it is public, and nothing is sent along with the question."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def heeded(request, *names):
    """Of what stands behind an address, that which a page depends on: a QueryDict in one order, each name once.

    Raises NotUnderstood for what cannot be meant; what a page does not heed is not looked at.
    """
    return parameters.read(request, names)


def page(template, status=200, **context):
    """An HTML page; one with another `status` says why in its words.

    It is rendered without the request, so that nothing of the staff's door comes near it.
    """
    section = template.removesuffix(".html")
    return HttpResponse(
        render_to_string(f"website/{template}", {**site(), "section": section, **context}), status=status
    )


def site():
    """What every page knows of the newsroom."""
    return {
        "site_url": settings.SITE_URL,
        "newsroom": settings.NEWSROOM_NAME,
        "report_to": settings.REPORT_ERRORS_TO,
        "licence": settings.LICENCE_NAME,
        "licence_url": settings.LICENCE_URL,
        "language": get_language() or settings.LANGUAGE_CODE,
    }


def published(what):
    """What was asked of a claim's address, as it is. Raises Http404 where that is None: no such claim is published."""
    if what is None:
        raise Http404("No such claim is published.")
    return what


def absolute(path):
    """The full address of a path of ours, by the newsroom's setting and never by what a request calls us."""
    return f"{settings.SITE_URL}{path}"


def _tag(changed_at, language, beside):
    moment = changed_at.isoformat() if changed_at else ""
    parts = (moment, beside, language or "", timezone.get_current_timezone_name(), release(), *site().values())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
