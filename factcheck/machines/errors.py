"""What is not there, and what went wrong, for whoever asked: a page for readers, a problem for programs."""

from django.utils.translation import gettext as _

from factcheck.website import errors

from . import google, problems
from .openness import opened

OURS = ("/api/v1/", "/api/openapi.json")
AS_GOOGLES = "/v1alpha1/"


def bad_request(request, exception):
    page = errors.bad_request(request, exception)
    return _as_problem(request, page, _("That could not be understood. Nothing of it was taken."))


def not_found(request, exception):
    page = errors.not_found(request, exception)
    return _as_problem(request, page, _("There is nothing at this address. What there is, stands at /api/."))


def server_error(request):
    page = errors.server_error(request)
    if page.status_code == 503:
        return _as_problem(request, page, _("The database is away for a moment. Try again in half a minute."))
    return _as_problem(request, page, _("Something went wrong on our side. Try again in a minute."))


def _as_problem(request, page, sentence):
    if request.path_info.startswith(AS_GOOGLES):
        told = google.error(page.status_code, sentence)
    elif request.path_info.startswith(OURS):
        told = problems.problem(page.status_code, sentence)
    else:
        return page
    if "Retry-After" in page.headers:
        told.headers["Retry-After"] = page.headers["Retry-After"]
    return opened(told)
