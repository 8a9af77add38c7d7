"""What kinds of claim there are, and what each kind asks of a fact-check (F2 of the standards; CL-7, CL-9)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaimType(models.TextChoices):
    STATISTIC = "statistic", _("Statistic")
    EVENT = "event", _("Event")
    QUOTE = "quote_attribution", _("Quote or attribution")
    CAUSAL = "causal", _("Cause and effect")
    COMPARISON = "comparison", _("Comparison")
    LEGAL = "legal_characterisation", _("Legal characterisation")
    ALLEGATION = "allegation", _("Allegation of wrongdoing")
    FINDING = "institutional_finding", _("Institutional finding")
    POSITION = "institutional_position", _("Institutional position or denial")
    PREDICTION = "prediction", _("Prediction")
    OPINION = "opinion", _("Opinion")
    EXPERIENCE = "personal_experience", _("Personal experience")
    MEDIA = "image_or_media", _("Image, video or audio")
    DOCUMENT = "document_authenticity", _("Authenticity of a document")


# CL-7: nothing recorded anywhere can settle these, so none of them gets a truth rating
NOT_CHECKABLE = frozenset({ClaimType.OPINION, ClaimType.PREDICTION, ClaimType.EXPERIENCE})
# CL-9: somebody is accused, so somebody must be asked
ACCUSING = frozenset({ClaimType.ALLEGATION})


class Precision(models.TextChoices):
    """How exactly a day is known."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")
    UNKNOWN = "unknown", _("Unknown")


def told(day, precision):
    """A day as text, cut to what is known: 2022-09-05, 2022-09, 2022 or ""."""
    if day is None or precision == Precision.UNKNOWN:
        return ""
    return day.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[Precision(precision)]]
