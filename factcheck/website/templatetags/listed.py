"""The rows of a list of checks. They are written here and not in a template's loop, because a list is little else.

All texts of a row are plain, so it is Python that escapes them: Django looks first, a dozen times a row, whether they are safe.
"""

from functools import lru_cache
from html import escape

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .readers import day_of, name, shape, speech

register = template.Library()


@register.simple_tag
def rows(checks, level):
    """Published checks as the items of a list; `level` is that of their headings, 2 where a page names none."""
    return mark_safe("".join(_row(check, level or 2) for check in checks))


def _row(check, level):
    address, spoken = f"{_claims()}{check.slug}/", speech(check.language)
    return (
        f'<li class="row r-{escape(check.rating_token or "retracted")}">\n'
        f'<p class="row-badge">{badge(check)}</p>\n<div>\n'
        f'<h{level} class="row-title"><a href="{address}" {spoken}>{escape(check.title)}</a></h{level}>\n'
        f"{_finding(check, spoken)}"
        f'<p class="row-by"><span>{_speaker(check, address)}</span>\n<span>{_days(check)}</span></p>\n'
        f"{_replies(check)}</div>\n</li>\n"
    )


@register.simple_tag
def badge(check):
    """The rating in its shape, colour and word; what was retracted has none (PG-1)."""
    if check.retracted:
        return _badge("retracted", "retracted", _("Retracted"), get_language())
    return _badge(check.rating_token, check.rating_shape, mark_safe(f"<bdi>{escape(check.rating_label)}</bdi>"), "")


@lru_cache(maxsize=200)
def _badge(token, its_shape, words, _language):
    return format_html('<span class="badge r-{}">{}{}</span>', token, shape(its_shape), words)


@lru_cache(maxsize=1)
def _claims():
    return reverse("claims")


def _finding(check, spoken):
    return f'<p class="row-finding" {spoken}>{escape(check.finding)}</p>\n' if check.finding else ""


def _speaker(check, address):
    if not check.speaker_name:
        return escape(_("Speaker unknown"))
    role = f", <bdi>{escape(check.speaker_role)}</bdi>" if check.speaker_role else ""
    return f"{name(check.speaker_name, check.speaker_note, f'{address}#name')}{role}"


def _days(check):
    first = day_of(check.first_printed_at)
    if not check.verdict_notice:
        return first
    told = escape(check.get_verdict_notice_display())
    return f"{first}</span>\n<span>{told}, {day_of(check.listed_at)}"


def _replies(check):
    if not check.replies_line:
        return ""
    head, line = escape(_("Right of reply:")), escape(check.replies_line)
    return f'<p class="row-by"><span class="visually-hidden">{head}</span> <bdi>{line}</bdi></p>\n'
