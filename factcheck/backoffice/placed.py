"""Moments at a party's place: typed and shown in its own time zone, whatever the newsroom's is."""

from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.reply import deadlines

from .verb_forms import MOMENT


class PlacedMoment(forms.DateTimeField):
    """A moment in the time zone of `place` (reply.contact.Place). A time that the clocks leave out, or have twice, is refused."""

    def __init__(self, place, **options):
        self.zone = ZoneInfo(place.zone)
        help_text = " ".join(filter(None, [str(options.pop("help_text", "")), _told(place)]))
        super().__init__(**{**MOMENT, "help_text": help_text, **options})

    def prepare_value(self, value):
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def to_python(self, value):
        with timezone.override(self.zone):
            return super().to_python(value)


def _told(place):
    now = timezone.localtime(timezone=place.tz)
    return _("In the party's time: %(name)s, now %(zone)s.") % {"name": place.zone, "zone": now.tzname()}


def placed(form, name, place):
    """Make the moment `name` of a form one at `place`, with everything else it says."""
    field = form.fields[name]
    made = PlacedMoment(place, label=field.label, required=field.required, help_text=field.help_text)
    made.initial = field.initial
    form.fields[name] = made


def suggest(form, name, place):
    """As `placed`, with deadlines to choose from that need no explanation."""
    offered = [deadlines.told(moment, place.zone) for moment in deadlines.suggested(timezone.now(), place)]
    if offered:
        told = _("Long enough to need no explanation: %(offered)s.") % {"offered": "; ".join(offered)}
        form.fields[name].help_text = " ".join(filter(None, [str(form.fields[name].help_text), told]))
    placed(form, name, place)
