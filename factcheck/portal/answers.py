"""The pages of this door. They are rendered without the request, so that neither its address nor a session comes near them."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext

from . import sealed
from .filing import masked, receipt_context


def _page(template, status=200, **context):
    told = {
        "newsroom": settings.NEWSROOM_NAME,
        "report_to": settings.REPORT_ERRORS_TO,
        "language": get_language() or settings.LANGUAGE_CODE,
    }
    return HttpResponse(render_to_string(f"portal/{template}", {**told, **context}), status=status)


def form(key, form, *, refused="", status=200, seconds=0):
    """What is put, and the form. `refused` is why what was sent was not taken, beyond what the fields say."""
    response = _page(
        "page.html",
        status,
        form=form,
        refused=refused,
        seal=sealed.form_of(key),
        **_about(form.matters),
    )
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return response


def check(key, form):
    """Everything that will be sent, to be read once more."""
    said = form.cleaned_data
    return _page("check.html", form=form, said=said, seal=sealed.form_of(key), **_about(form.matters))


def received(matters, incoming):
    """What was taken, word for word."""
    return _page("received.html", **{**_about(matters), **receipt_context(matters, incoming)})


def _about(matters):
    return {"matters": matters, "letter": matters.letter, "letter_address": masked(matters.letter.to_address)}


def closed():
    """One answer for a token that was never given, one that is over and one that was taken back."""
    return _page("closed.html", 404)


def unreadable(status):
    """For what is no form of ours (415), or more than it takes (413)."""
    return _page("unreadable.html", status)


def too_often(seconds):
    response = _page("too_often.html", 429, told=wait_a_while(seconds))
    response.headers["Retry-After"] = str(seconds)
    return response


def wait_a_while(seconds):
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many requests came in a short time. Try again in %(minutes)d minute.",
        "Too many requests came in a short time. Try again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}
