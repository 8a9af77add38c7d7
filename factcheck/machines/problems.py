"""What went wrong, as programs read it: RFC 9457, and always a sentence."""

import json
from http import HTTPStatus

from django.http import Http404, HttpResponse
from rest_framework.exceptions import APIException

from factcheck.website.parameters import NotUnderstood

TYPE = "application/problem+json"


def problem(status, detail, **more):
    """The HttpResponse that says in `detail`, a sentence, what is wrong."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": str(detail), **more}
    # It may be right the next moment: nobody keeps it.
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(json.dumps(told, ensure_ascii=False), status=status, content_type=TYPE, headers=headers)


def of(wrong):
    """The problem that an exception tells of. Raises it again where it is a fault of ours."""
    if isinstance(wrong, NotUnderstood):
        return problem(400, wrong, **({"parameter": wrong.parameter} if wrong.parameter else {}))
    if isinstance(wrong, Http404):
        return problem(404, wrong)
    if isinstance(wrong, APIException):
        return problem(wrong.status_code, wrong.detail)
    raise wrong
