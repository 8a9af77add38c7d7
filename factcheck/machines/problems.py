"""What went wrong, as programs read it: RFC 9457, and always a sentence."""

import json
from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

from .openness import READS

TYPE = "application/problem+json"


def problem(status, detail, **more):
    """The HttpResponse that says in `detail`, a sentence, what is wrong."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": str(detail), **more}
    # It may be right the next moment: nobody keeps it.
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(json.dumps(told, ensure_ascii=False), status=status, content_type=TYPE, headers=headers)


def of(wrong):
    """The problem that an exception of a view tells of: NotUnderstood, Http404 or one of the framework's."""
    status, about = told_by(wrong)
    response = problem(status, about, **({"parameter": wrong.parameter} if getattr(wrong, "parameter", "") else {}))
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = ", ".join(READS)
    return response


class NotToBeWritten(APIException):
    status_code = HTTPStatus.METHOD_NOT_ALLOWED
    default_detail = _("This can be read and not written to.")


def told_by(wrong):
    """The status and the sentence of an exception."""
    if isinstance(wrong, APIException):
        return wrong.status_code, wrong.detail
    return (404 if isinstance(wrong, Http404) else 400), wrong
