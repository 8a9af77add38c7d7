"""Of whom a second factor is demanded. One table: each rule says why, in a sentence to the person, or nothing."""

from django.conf import settings
from django.utils.translation import gettext as _

from factcheck.newsroom.roles import EDITORS, Role
from factcheck.sources.custody import holds_custody

ROLES = EDITORS | {Role.ADMINISTRATOR}


def by_role(person):
    """Editors, senior editors and administrators."""
    if person.has_role(*ROLES):
        return _("Whoever signs off, publishes or lets people in logs in with a second factor.")
    return ""


def by_command_line(person):
    """Accounts that were made on the server's command line."""
    return (
        _("An account that was made on the command line logs in with a second factor.") if person.is_superuser else ""
    )


def by_setting(person):
    """Everybody, where the newsroom says so."""
    return _("In this newsroom everybody logs in with a second factor.") if settings.SECOND_FACTOR_FOR_ALL else ""


def by_custody(person):
    """Custodians of a protected source."""
    return _("Custodians of a protected source log in with a second factor.") if holds_custody(person) else ""


# Asked on every page: from what the request has read anyway.
RULES = (by_role, by_command_line, by_setting)
# Asked once, at the log-in: rules that ask the database about somebody. (person) -> sentence or "".
RULES_AT_LOG_IN = (by_custody,)


def why_demanded(person, at_log_in=False):
    """Why this person must have a second factor, in a sentence; empty where they need none.

    The people of the worked example are let off until the newsroom turns them off.
    """
    if person.is_example:
        return ""
    rules = RULES + (RULES_AT_LOG_IN if at_log_in else ())
    return next(filter(None, (rule(person) for rule in rules)), "")
