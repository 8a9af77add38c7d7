"""Where a party is and how it is reached: the zone and the holidays its deadlines run by, the desk that answers for it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

import holidays
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.claims.models import Speaker
from factcheck.database.rows import VersionedModel
from factcheck.newsroom.record import field_history


def known_zone(name):
    """Refuse what is no time zone by its IANA name."""
    if name not in available_timezones():
        raise ValidationError(_("Give a time zone by its IANA name, such as Pacific/Auckland."), code="zone")


def check_place(country, region):
    """Raise ValidationError where no calendar of public holidays is known for the place."""
    regions = holidays.list_supported_countries().get(country)
    if regions is None:
        raise ValidationError({"country": _("Give a country by its two letters, such as NZ.")})
    if region and region not in regions:
        told = ", ".join(regions) or _("none")
        raise ValidationError({"region": _("Regions known for this country: %(told)s.") % {"told": told}})


@dataclass(frozen=True)
class Place:
    """A time zone and a calendar of public holidays."""

    zone: str
    country: str
    region: str = ""

    @property
    def tz(self):
        return ZoneInfo(self.zone)


class Contact(VersionedModel):
    """How a party is reached and where it is, for every right of reply it has. Written by journalists and editors."""

    role = models.CharField(
        _l("role"), max_length=150, blank=True, help_text=_l("The office or the person's function: press office.")
    )
    name = models.CharField(_l("name"), max_length=150, blank=True)
    email = models.EmailField(_l("e-mail address"), max_length=250, blank=True)
    phone = models.CharField(_l("phone"), max_length=60, blank=True)
    zone = models.CharField(
        _l("time zone"),
        max_length=60,
        validators=[known_zone],
        help_text=_l("Their deadlines are told and counted in it: Pacific/Auckland, Asia/Shanghai."),
    )
    country = models.CharField(
        _l("country"), max_length=2, help_text=_l("Two letters. Its public holidays are no working days.")
    )
    region = models.CharField(
        _l("region"),
        max_length=20,
        blank=True,
        help_text=_l("For holidays of a part of the country: AUK for Auckland Anniversary Day, WGN for Wellington's."),
    )
    party = models.OneToOneField(Speaker, models.PROTECT, related_name="contact", verbose_name=_l("party"))
    history = field_history()

    class Meta:
        verbose_name = _l("contact of a party")
        verbose_name_plural = _l("contacts of parties")

    def __str__(self):
        return self.role or self.name or str(self.party)

    def clean(self):
        check_place(self.country, self.region)
        if self.party_id and self.party.pseudonym_id:
            raise ValidationError(
                _(
                    "How a protected person is reached belongs nowhere in this record. Ask them through your source's channel."
                )
            )

    @property
    def place(self):
        return Place(self.zone, self.country, self.region)


def newsroom_place():
    """Where the newsroom is: what counts for a party of whom nothing else is known."""
    return Place(settings.TIME_ZONE, settings.HOLIDAYS_COUNTRY, settings.HOLIDAYS_REGION)


def contact_of(party):
    """The contact kept for a party, or None."""
    return Contact.objects.filter(party=party).first()


def place_of(party):
    """Where a party is, as far as anybody has said."""
    contact = contact_of(party)
    return contact.place if contact else newsroom_place()
