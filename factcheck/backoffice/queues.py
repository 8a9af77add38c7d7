"""What waits at the desk, and for whom. The dashboard counts these queues and the claim list filters by them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import REOPENED, UPDATE_NEEDED, Status
from factcheck.desk.models import PlannedNotice, SignOff
from factcheck.desk.waiting import to_sign_off
from factcheck.newsroom.roles import AUTHORS, EDITORS, Role

OPEN = (Status.LOGGED, Status.RESEARCHING, Status.IN_REVIEW, Status.CLEARED)


@dataclass(frozen=True)
class Queue:
    """Claims that wait for somebody of these roles. `claims(user, queryset)` narrows to those that wait for `user`.

    `statuses` are those they can have, where it takes a walk through each to find the most pressing.
    """

    code: str
    label: str
    roles: frozenset
    claims: Callable
    statuses: tuple = ()


def still_open(queryset):
    """Neither published nor closed."""
    return queryset.filter(status__in=OPEN)


def reopened(queryset):
    """Being worked on again, after readers had a page of it or after it was closed."""
    return queryset.filter(REOPENED)


def needing_update(queryset):
    return queryset.filter(UPDATE_NEEDED)


def _assigned(user, queryset):
    return still_open(queryset).filter(assignee=user)


def _signable(user, queryset):
    return queryset.filter(pk__in=to_sign_off(user, SignOff.Capacity.EDITOR))


def _for_legal(user, queryset):
    return queryset.filter(pk__in=to_sign_off(user, SignOff.Capacity.LEGAL))


def _cleared(user, queryset):
    return queryset.filter(status=Status.CLEARED)


def _retractions(user, queryset):
    proposed = PlannedNotice.objects.filter(kind="retraction", settled_at__isnull=True).exclude(planned_by=user)
    return queryset.filter(pk__in=proposed.order_by().values("claim"))


QUEUES = (
    Queue("retraction", _("Retractions to make"), frozenset({Role.SENIOR_EDITOR}), _retractions),
    Queue("legal", _("To sign off as legal"), frozenset({Role.LEGAL}), _for_legal),
    Queue("sign-off", _("To sign off"), EDITORS, _signable),
    Queue("publish", _("Cleared, to publish"), EDITORS, _cleared),
    Queue("mine", _("Assigned to me"), AUTHORS, _assigned, OPEN),
)


def queues_of(user):
    """The queues of this person's roles, the most pressing first."""
    return [queue for queue in QUEUES if user.has_role(*queue.roles)]
