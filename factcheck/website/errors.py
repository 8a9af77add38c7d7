"""Our own pages for what is not there and for what went wrong. Neither asks the database or the reader's session."""

from django.http import HttpResponseNotFound, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .answers import site


def not_found(request, exception):
    return HttpResponseNotFound(render_to_string("404.html", site()))


def server_error(request):
    try:
        return HttpResponseServerError(render_to_string("500.html", site()))
    except (
        Exception
    ):  # a page about a failure must not fail: here even the templates or the static files may be what broke
        return HttpResponseServerError(_("Something went wrong on our side. Nothing is lost; try again in a minute."))
