"""The verbs of the sources' room."""

from factcheck.newsroom.record import add, amend, require_role

from .models import Pseudonym


def give_pseudonym(*, by, **fields):
    """Record the name a protected person is shown under. Fields as in `Pseudonym`. Raises NotAllowed, ValidationError."""
    require_role(by)
    return add(Pseudonym(**fields), by=by, verb="gave pseudonym")


def edit_pseudonym(pseudonym, *, by, version=None, **changes):
    """Change what readers are told of a protected person. Raises NotAllowed, ValidationError, ChangedMeanwhile."""
    require_role(by)
    return amend(pseudonym, by=by, verb="edited pseudonym", version=version, **changes)
