"""Our own pages for what is not there and for what went wrong. Neither asks the database or the reader's session."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseNotFound, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .answers import site


def not_found(request, exception):
    return HttpResponseNotFound(render_to_string("404.html", site()))


def bad_request(request, exception):
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return HttpResponseBadRequest(render_to_string("400.html", site()))


def too_large(request):
    return HttpResponse(render_to_string("413.html", site()), status=413)


def server_error(request):
    try:
        return HttpResponseServerError(render_to_string("500.html", site()))
    except (
        Exception
    ):  # a page about a failure must not fail: here even the templates or the static files may be what broke
        return HttpResponseServerError(_("Something went wrong on our side. Nothing is lost; try again in a minute."))
