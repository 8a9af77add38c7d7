"""The filters of which a reader chooses one value: five selects, made once after each publication, with the choice marked."""

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from factcheck.published import reading

from .kept import part

NAMES = ("rating", "topic", "type", "speaker", "story")


def block(asked, changed_at):
    """The selects as a ClaimFilter's values have them, as HTML. `changed_at` is when something was last published."""
    asked.is_valid()
    told = asked.form.cleaned_data
    chosen = {name: told[name] for name in NAMES if told.get(name)}
    html = part(changed_at, ("selects",), _offered)
    old = {name: value for name, value in chosen.items() if _end_of(html, name, value) < 0}
    if old:  # made once for each of these, whatever else is chosen beside it
        html = part(changed_at, ("selects", *map(old.get, NAMES)), lambda: _offered(**old))
    return _marked(html, {name: value for name, value in chosen.items() if name not in old})


def _offered(**chosen):
    """All choices; of what was chosen, also one that is too old to be offered."""
    offered = reading.choices(**chosen)
    labels = (_("Rating"), _("Topic"), _("Type of claim"), _("Speaker"), _("Story"))
    rows = [(name, label, offered[name], chosen.get(name, "")) for name, label in zip(NAMES, labels, strict=True)]
    return render_to_string("website/_selects.html", {"selects": rows})


def _end_of(html, name, value):
    """Where the start tag of an option that is not chosen ends in `html`; -1 where it is not offered."""
    begin = html.index(f'<select id="f-{name}"')
    option = f'<option value="{escape(value)}"'
    at = html.find(f"{option}>", begin, html.index("</select>", begin))
    return at + len(option) if at >= 0 else at


def _marked(html, chosen):
    """`html` with what was chosen marked."""
    for name, value in chosen.items():
        at = _end_of(html, name, value)
        html = f"{html[:at]} selected{html[at:]}"
    return mark_safe(html)
