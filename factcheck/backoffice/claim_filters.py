"""The filters of the claim list. Each is one address parameter, so that every number at the desk is a link to its claims.

A value that no filter knows finds nothing; it never fails.
"""

from datetime import timedelta

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Closing, Speaker, Status, Story, Topic
from factcheck.claims.types import ClaimType
from factcheck.desk.models import Rating, Verdict
from factcheck.newsroom.models import User
from factcheck.newsroom.roles import AUTHORS
from factcheck.reply.deadlines import due_within, overdue
from factcheck.reply.models import ReplyFile
from factcheck.reply.states import State

from . import queues

SOON_HOURS = 48
SOON_DAYS = 7


class DeskFilter(SimpleListFilter):
    """One choice out of some. A subclass gives `lookups` and `found(queryset, value)` for the values it knows."""

    def has_output(self):
        return True

    def queryset(self, request, queryset):
        value = self.value()
        if not value:
            return queryset
        known = {str(choice) for choice, _label in self.lookup_choices}
        return self.found(request, queryset, value) if value in known else queryset.none()


class StatusFilter(DeskFilter):
    title, parameter_name = _("status"), "status"

    def lookups(self, request, model_admin):
        return [("open", _("Open")), *Status.choices, ("again", _("Reopened")), *self._closings()]

    def _closings(self):
        return [(code, _("Closed: %(as)s") % {"as": label}) for code, label in Closing.choices]

    def found(self, request, queryset, value):
        if value in Closing.values:
            return queryset.filter(status=Status.CLOSED, closed_as=value)
        return {"open": queues.still_open, "again": queues.reopened}.get(value, _in_status(value))(queryset)


def _in_status(value):
    return lambda queryset: queryset.filter(status=value)


class ReplyFilter(DeskFilter):
    title, parameter_name = _("right of reply"), "reply"

    def lookups(self, request, model_admin):
        return [("overdue", _("Deadline past")), ("soon", _("Due within 48 hours")), *State.choices]

    def found(self, request, queryset, value):
        files = ReplyFile.objects
        if value == "overdue":
            files = overdue(files)
        elif value == "soon":
            files = due_within(files, SOON_HOURS)
        else:
            files = files.with_current_state().filter(state_now=value)
        return queryset.filter(pk__in=files.order_by().values("claim"))


class RatingFilter(DeskFilter):
    """By the rating of the latest verdict. Ratings of one code in several scales are one choice."""

    title, parameter_name = _("rating"), "rating"

    def lookups(self, request, model_admin):
        newest_last = Rating.objects.order_by("scale__number", "position").values_list("code", "label")
        return [*dict(newest_last).items(), ("none", _("No verdict yet"))]

    def found(self, request, queryset, value):
        if value == "none":
            return queryset.filter(verdicts=None)
        newer = Verdict.objects.order_by().filter(claim=OuterRef("claim"), pk__gt=OuterRef("pk"))
        latest = Verdict.objects.order_by().filter(~Exists(newer), rating__code=value)
        return queryset.filter(pk__in=latest.values("claim"))


class TypeFilter(DeskFilter):
    title, parameter_name = _("type"), "type"

    def lookups(self, request, model_admin):
        return ClaimType.choices

    def found(self, request, queryset, value):
        return queryset.filter(type=value)


class AssigneeFilter(DeskFilter):
    title, parameter_name = _("assigned to"), "assignee"

    def lookups(self, request, model_admin):
        people = User.objects.filter(is_active=True, groups__name__in=AUTHORS).distinct().order_by("username")
        named = [(person.get_username(), person.shown_as) for person in people[:200]]
        return [("me", _("Me")), ("nobody", _("Nobody")), *named]

    def found(self, request, queryset, value):
        if value == "nobody":
            return queryset.filter(assignee=None)
        name = request.user.get_username() if value == "me" else value
        return queryset.filter(assignee__username=name)


class DueFilter(DeskFilter):
    title, parameter_name = _("due"), "due"

    def lookups(self, request, model_admin):
        return [("past", _("Past due")), ("today", _("Today")), ("week", _("Within seven days")), ("none", _("No day"))]

    def found(self, request, queryset, value):
        today = timezone.localdate()
        unfinished = queues.still_open(queryset)
        return {
            "past": unfinished.filter(due_on__lt=today),
            "today": unfinished.filter(due_on=today),
            "week": unfinished.filter(due_on__range=(today, today + timedelta(days=SOON_DAYS))),
            "none": unfinished.filter(due_on=None),
        }[value]


class FlagFilter(DeskFilter):
    title, parameter_name = _("flag"), "flag"

    def lookups(self, request, model_admin):
        return [("legal", _("Legal risk")), ("update", _("Needs an update")), ("urgent", _("Urgent"))]

    def found(self, request, queryset, value):
        return {
            "legal": queryset.filter(legal_risk=True),
            "update": queues.needing_update(queryset),
            "urgent": queryset.filter(priority=1),
        }[value]


class WaitingFilter(DeskFilter):
    title, parameter_name = _("waiting for me"), "waiting"

    def lookups(self, request, model_admin):
        return [(queue.code, queue.label) for queue in queues.queues_of(request.user)]

    def found(self, request, queryset, value):
        queue = next(queue for queue in queues.queues_of(request.user) if queue.code == value)
        return queue.claims(request.user, queryset)


class LinkedFilter(DeskFilter):
    """Offers no list of everything: it comes from a link on the page of what it names, and can be taken away again."""

    model = lookup = None

    def lookups(self, request, model_admin):
        asked = request.GET.get(self.parameter_name, "")
        named = self.model.objects.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None
        return [(str(named.pk), str(named))] if named else []

    def has_output(self):
        return bool(self.value())

    def found(self, request, queryset, value):
        return queryset.filter(**{self.lookup: value})


class StoryFilter(LinkedFilter):
    title, parameter_name, model, lookup = _("story"), "story", Story, "story"


class SpeakerFilter(LinkedFilter):
    title, parameter_name, model, lookup = _("speaker"), "speaker", Speaker, "speaker"


class TopicFilter(LinkedFilter):
    title, parameter_name, model, lookup = _("topic"), "topic", Topic, "topics"


FILTERS = [
    StatusFilter,
    ReplyFilter,
    RatingFilter,
    TypeFilter,
    AssigneeFilter,
    DueFilter,
    FlagFilter,
    WaitingFilter,
    StoryFilter,
    SpeakerFilter,
    TopicFilter,
]
