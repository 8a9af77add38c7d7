"""How readers' pages print dates, languages, ratings and names."""

from datetime import date, datetime
from functools import lru_cache
from html import escape

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dateformat import format as dated
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from factcheck.published.outward import told_of

register = template.Library()

# Languages written from right to left, where the tag names no other script (PG-3).
RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"])
RTL_SCRIPTS = frozenset(["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"])


@register.filter
def day(text):
    """A day as it is known ("2022-09-05", "2022-09", "2022"), in words, with the machine's form beside it."""
    return _day(text, get_language()) if text else _("date unknown")


@lru_cache(maxsize=2000)
def _day(text, _language):
    forms = (pgettext("a year", "Y"), pgettext("a month", "F Y"), pgettext("a day", "j F Y"))
    try:
        parts = [int(part) for part in text.split("-")]
        words = dated(date(*(parts + [1, 1])[:3]), forms[len(parts) - 1])
    except (ValueError, IndexError):  # no date after all: a page is not lost for it
        return text
    return format_html('<time datetime="{}">{}</time>', text, words)


@register.filter
def moment(at):
    """A moment in the newsroom's time, with its zone in words."""
    return _time(at, pgettext("a moment", "j F Y, H:i T"))


@register.filter
def instant(text):
    """A moment that a document keeps as text, as the moment it is."""
    return datetime.fromisoformat(text)


@register.filter
def as_told(notice, retracted):
    """What is told now of a notice, of a claim that was `retracted` or was not."""
    return told_of(notice, retracted)


@register.filter
def within(key, table):
    """What `table` has under `key`, if there is a table and it has."""
    return (table or {}).get(key)


@register.filter
def day_of(at):
    """The day of a moment in the newsroom's time; the zone stays in the machine's form."""
    return _time(at, pgettext("a day", "j F Y"))


def _time(at: datetime, form):
    local = timezone.localtime(at)
    words = escape(dated(local, form)) if "H" in form else _dated(local.date(), form, get_language())
    return mark_safe(f'<time datetime="{local.isoformat(timespec="seconds")}">{words}</time>')


@lru_cache(maxsize=1000)
def _dated(day, form, _language):
    return escape(dated(day, form))


@register.filter
@lru_cache(maxsize=200)
def speech(language):
    """The attributes of somebody's words: their language where it is known, and their direction (PG-3)."""
    primary, *others = language.lower().split("-") if language else [""]
    scripts = [part for part in others if len(part) == 4]
    rtl = scripts[0] in RTL_SCRIPTS if scripts else primary in RIGHT_TO_LEFT
    direction = "rtl" if rtl else "auto"
    return format_html('lang="{}" dir="{}"', language, direction) if language else format_html('dir="{}"', direction)


@register.simple_tag
def shape(name):
    """A rating's shape. It is never alone: the rating's word stands beside it (PG-1)."""
    return format_html(
        '<svg class="shape" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("look/shapes.svg"),
        name,
    )


def _short(label):
    return label if len(label) <= 60 else Truncator(label).chars(60)


@register.simple_tag
def options(choices, chosen):
    """The options of a select; made here and not in a template's loop, because there are many of them."""
    return mark_safe(
        "".join(
            f'<option value="{escape(choice.value)}"{" selected" if choice.value == chosen else ""}>'
            f"{escape(_short(choice.label))}</option>"
            for choice in choices
        )
    )


@register.simple_tag
def name(speaker_name, note, target):
    """A name; behind a pseudonym, its star is a link to the note (PG-6, CS-9)."""
    plain = mark_safe(f"<bdi>{escape(speaker_name)}</bdi>")
    if not note:
        return plain
    return format_html('{}<a class="star" href="{}" aria-label="{}">*</a>', plain, target, note)
