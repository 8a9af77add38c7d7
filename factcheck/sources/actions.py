"""The verbs of the sources' room."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factcheck.newsroom.record import add, amend, require_role
from factcheck.newsroom.refusals import Refused

from .custody import is_custodian
from .identity import tells_of
from .models import Pseudonym, Source


def give_pseudonym(*, by, **fields):
    """Record the name a protected person is shown under. Fields as in `Pseudonym`. Raises NotAllowed, ValidationError."""
    require_role(by)
    return add(Pseudonym(**fields), by=by, verb="gave pseudonym")


def edit_pseudonym(pseudonym, *, by, version=None, **changes):
    """Change what readers are told of a protected person. Raises NotAllowed, Refused, ValidationError, ChangedMeanwhile.

    Once somebody in the vault goes by it, its custodians alone change the name itself: nobody else can be told whether a new
    one gives them away (CS-13).
    """
    require_role(by)
    new = changes.get("shown_as", pseudonym.shown_as)
    source = Source.objects.filter(pseudonym=pseudonym.pk, destroyed_at=None).first()
    if source and Pseudonym.objects.filter(pk=pseudonym.pk).exclude(shown_as=new).exists():
        _require_safe(source, new, by=by)
    return amend(pseudonym, by=by, verb="edited pseudonym", version=version, **changes)


def _require_safe(source, shown_as, *, by):
    if not is_custodian(source, by):
        raise Refused(_("Somebody who is protected goes by this pseudonym, so only their custodians change it."))
    if tells_of(source, shown_as, by=by):
        raise ValidationError(
            {
                "shown_as": _(
                    "This shares its first letters or its initials with the name it stands for. Choose another."
                )
            }
        )
