"""Speakers and topics as people type them: found by name, or made on the spot."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factcheck.claims import actions
from factcheck.claims.models import Speaker, Topic
from factcheck.sources.models import Pseudonym

UNKNOWN = "?"  # typed for something that goes round without an author
ADDRESSED = re.compile(
    r"^(?P<name>.*?)\s*\[(?P<slug>[\w-]+)\]$"
)  # "John Key [john-key-2]": one of several of that name
MOST = 20


class Names:
    """The names typed in one form: a new one that is typed twice is one speaker, or one topic."""

    def __init__(self, *, by):
        self.by, self.made = by, {}

    def speaker(self, typed, kind):
        """The speaker that `typed` names, made as `kind` where there is none. Raises ValidationError."""
        typed = " ".join(typed.split())
        return self._once("speaker", typed, lambda: _known_speaker(typed) or self._new_speaker(typed, kind))

    def _new_speaker(self, typed, kind):
        if typed.endswith("*"):
            pseudonym = Pseudonym.objects.filter(shown_as__iexact=typed[:-1].strip()).first()
            if pseudonym is None:
                raise ValidationError(
                    _("Nobody goes by the pseudonym %(name)s. Give the pseudonym first, on its own page."),
                    params={"name": typed},
                )
            return actions.add_speaker(by=self.by, pseudonym=pseudonym)
        return actions.add_speaker(by=self.by, name=typed, kind=kind or Speaker.Kind.PERSON)

    def topics(self, typed):
        """The topics in a list with commas between them, made where there are none."""
        names = dict.fromkeys(" ".join(name.split()) for name in re.split("[,;]", typed))
        return [self._once("topic", name, lambda name=name: self._topic(name)) for name in names if name]

    def _topic(self, name):
        return Topic.objects.filter(name__iexact=name).first() or actions.add_topic(by=self.by, name=name)

    def _once(self, what, typed, make):
        key = (what, typed.casefold())
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]


def _known_speaker(typed):
    if addressed := ADDRESSED.match(typed):
        speaker = Speaker.objects.filter(slug=addressed["slug"]).first()
        if speaker is None:
            raise ValidationError(
                _("There is no speaker at the address “%(slug)s”."), params={"slug": addressed["slug"]}
            )
        return speaker
    if typed.endswith("*"):
        return Speaker.objects.filter(pseudonym__shown_as__iexact=typed[:-1].strip()).first()
    found = list(Speaker.objects.filter(name__iexact=typed)[:MOST])
    if len(found) > 1:
        raise ValidationError(
            _("%(count)d speakers have this name. Write which one: %(names)s."),
            params={"count": len(found), "names": ", ".join(_addressed(speaker) for speaker in found)},
        )
    if not found and Pseudonym.objects.filter(shown_as__iexact=typed).exists():
        raise ValidationError(
            _("%(name)s is a pseudonym. Write %(name)s* to choose it, or somebody else’s name in full."),
            params={"name": typed},
        )
    return found[0] if found else None


def _addressed(speaker):
    return f"{speaker.name} [{speaker.slug}]"


def speakers_like(typed):
    """What to offer while somebody types a speaker: names, pseudonyms with their star."""
    named = Speaker.objects.filter(name__icontains=typed).exclude(name="").order_by("name", "pk")[:MOST]
    hidden = Pseudonym.objects.filter(shown_as__icontains=typed.rstrip("*")).order_by("shown_as")[:MOST]
    names = [speaker.name for speaker in named]
    told = [_addressed(speaker) if names.count(speaker.name) > 1 else speaker.name for speaker in named]
    return told + [str(pseudonym) for pseudonym in hidden]


def topics_like(typed):
    """What to offer while somebody types a topic."""
    return list(Topic.objects.filter(name__icontains=typed).order_by("name").values_list("name", flat=True)[:MOST])
