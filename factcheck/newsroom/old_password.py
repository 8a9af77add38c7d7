"""One's own password, asked of somebody who is logged in already: whoever sits at an open desk must not guess it either."""

from allauth.core import context, ratelimit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import comings

ACTION = "own_password"  # its rate is one of ACCOUNT_RATE_LIMITS
LOCKED_SECONDS = 5 * 60


def is_theirs(person, password):
    """Whether it is this person's password. A wrong one is in the journal; raises ValidationError after too many of them."""
    key = str(person.pk)
    if not ratelimit.consume(context.request, action=ACTION, key=key):
        if cache.add(f"newsroom.own_password.locked.{key}", True, timeout=LOCKED_SECONDS):
            comings.was_refused(person, why="locked, own password")
        raise ValidationError(_("That was wrong too often. Wait five minutes, then try again."))
    if person.check_password(password):
        ratelimit.clear(context.request, action=ACTION, key=key)
        return True
    comings.was_refused(person, why="own password")
    return False
