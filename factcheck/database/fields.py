"""Field types with the rules that every table shares: bounded prose, web addresses of http and https, days not in the future."""

from functools import cached_property
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LANGUAGE_HELP = _("As a language code: en, mi, zh, ug.")


def web_address(value):
    """Refuse anything that is not a complete http or https address without a password in it."""
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    except ValueError:
        sound = False
    if not sound or any(c.isspace() or ord(c) < 32 for c in value):
        raise ValidationError(
            _("Give a complete web address that begins with http:// or https://."), code="web_address"
        )


def not_in_future(day):
    """Refuse a day that has not come yet, by the newsroom's own calendar."""
    if day > timezone.localdate():
        raise ValidationError(_("This day is still to come. Check the year."), code="future")


class WebAddressField(models.CharField):
    """An http(s) address, up to 2,000 characters, or empty."""

    default_validators = [web_address]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 2000)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        from django.forms import URLInput

        return super().formfield(**{"widget": URLInput, **kwargs})


class ProseField(models.TextField):
    """Text of at most `max_length` characters (10,000 unless told), counted by the model and not by the form alone."""

    default_validators = [ProhibitNullCharactersValidator()]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10_000)
        super().__init__(*args, **kwargs)

    @cached_property
    def validators(self):
        return [*super().validators, MaxLengthValidator(self.max_length)]
