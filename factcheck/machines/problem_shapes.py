"""The shapes of a refusal: a problem (RFC 9457), and an error as Google's clients know it."""

from rest_framework import serializers as s

from .problems import TYPE


class Problem(s.Serializer):
    """Why a request was refused (RFC 9457)."""

    type = s.CharField(help_text="about:blank: the status says what kind it is.")
    title = s.CharField(help_text="The status, in words.")
    status = s.IntegerField()
    detail = s.CharField(help_text="What is wrong, in a sentence.")
    parameter = s.CharField(required=False, help_text="The parameter it is about.")


class ErrorDetail(s.Serializer):
    """What was wrong."""

    code = s.IntegerField(help_text="The status.")
    message = s.CharField(help_text="What is wrong, in a sentence.")
    status = s.CharField(help_text="The status as Google's interfaces call it, such as INVALID_ARGUMENT.")


class GoogleError(s.Serializer):
    """Why a request was refused, as Google's clients know it."""

    error = ErrorDetail()


def of(view):
    """The shape and the media type of a view's refusals."""
    return (GoogleError, "application/json") if getattr(view, "as_googles", False) else (Problem, TYPE)
