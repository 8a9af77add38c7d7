"""Our own pages for what is not there and for what went wrong. Neither asks the database or the reader's session."""

import sys

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseNotFound, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from factcheck.database.full import disk_is_full

from .answers import site
from .parameters import NotUnderstood


def not_found(request, exception):
    return HttpResponseNotFound(render_to_string("404.html", site()))


def bad_request(request, exception):
    if isinstance(exception, SessionInterrupted) and disk_is_full(exception):
        return _away(full=True, done=True)  # what was asked for was written, and then the session was not
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    why = str(exception) if isinstance(exception, NotUnderstood) else ""
    return HttpResponseBadRequest(render_to_string("400.html", {**site(), "why": why}))


def too_large(request):
    return HttpResponse(render_to_string("413.html", site()), status=413)


AGAIN_IN = 30  # seconds


def server_error(request):
    """503 where the database is away or a disk is full, which passes without a new release, and 500 for everything else."""
    try:
        problem = sys.exc_info()[1]
        full = disk_is_full(problem)
        if full or isinstance(problem, OperationalError | InterfaceError):
            return _away(full=full)
        return HttpResponseServerError(render_to_string("500.html", site()))
    except (
        Exception
    ):  # a page about a failure must not fail: here even the templates or the static files may be what broke
        return HttpResponseServerError(_("Something went wrong on our side. Nothing is lost; try again in a minute."))


def _away(**what):
    page = render_to_string("503.html", {**site(), **what})
    return HttpResponse(page, status=503, headers={"Retry-After": str(AGAIN_IN), "Cache-Control": "no-store"})
