"""Two texts side by side with the words that differ marked: for the eye by a line, for the ear by a word, never by colour alone."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from factcheck.desk.differences import words


def marked(old, new):
    """Both texts as HTML, the words that differ in <del> and <ins>."""
    before, after = words(old, new)
    return _html("del", _("only before:"), before), _html("ins", _("only now:"), after)


def _html(tag, said, parts):
    # Few screen readers say <del> and <ins>; a hidden word is said by all of them.
    opening = format_html('<{}><span class="visually-hidden">{} </span>', mark_safe(tag), said)
    ending = format_html("</{}>", mark_safe(tag))
    return format_html_join(
        "", "{}{}{}", ((opening, text, ending) if differs else ("", text, "") for differs, text in parts)
    )
