"""The report of replies sought and received, for a period: as a page and as a table for a spreadsheet."""

from datetime import date

from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_safe

from factcheck.desk import replies_report as counting
from factcheck.leaving import Mode
from factcheck.reply.models import ReplyFile
from factcheck.reply.states import State

from .desk_admin import role_allows
from .spreadsheet import as_csv
from .telling import told_moment

CODE_AND_MODE = ("replies-report", Mode.INTERNAL)
SHOWN = 100  # rights of reply under the numbers; the table has them all
DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "input_formats": ["%Y-%m-%d"]}
BY = (("", _l("not grouped")), ("party", _l("by party")), ("story", _l("by story")))


class PeriodForm(forms.Form):
    """From which day to which, and how it is grouped. The days are the newsroom's."""

    since = forms.DateField(label=_l("from"), required=False, **DAY)
    until = forms.DateField(label=_l("to"), required=False, **DAY)
    by = forms.ChoiceField(label=_l("grouped"), choices=BY, required=False)

    def clean(self):
        given, today = super().clean(), timezone.localdate()
        until = given.get("until") or today
        given["since"] = given.get("since") or min(date(today.year, 1, 1), until)
        given["until"] = until
        if given["since"] > until:
            self.add_error("until", _("The period ends before it begins."))
        for name, day in (("since", given["since"]), ("until", until)):
            if not 1900 < day.year < 9000:  # the days beside it have to be days, too, in every zone
                self.add_error(name, _("Choose a day that somebody now alive could see."))
        return given


def addresses(site):
    """The addresses of the report, under those of the rights of reply."""
    page, table = (site.admin_view(require_safe(_view(site, answer))) for answer in (_page, _table))
    return [
        path("report/", page, name="reply_replyfile_report"),
        path("report.csv", table, name="reply_replyfile_report_csv"),
    ]


def _view(site, answer):
    def view(request):
        if not role_allows(request.user, "view", ReplyFile):
            raise PermissionDenied(_("Only those who may read the record see what was asked and answered."))
        form = PeriodForm(request.GET, label_suffix="")
        if not form.is_valid():
            return _show(site, request, form, None, status=400)
        wanted = form.cleaned_data
        made = counting.report(counting.gather(wanted["since"], wanted["until"]), wanted["by"])
        return answer(site, request, form, made)

    return view


def _page(site, request, form, made):
    return _show(site, request, form, made)


def _show(site, request, form, made, *, status=200):
    wanted = form.cleaned_data if made else {}
    kept = {name: str(value) for name, value in wanted.items() if value}
    shown = PeriodForm(kept, label_suffix="") if made else form
    return site.answer(
        request,
        "backoffice/replies_report.html",
        status=status,
        title=_("Replies sought and received"),
        form=shown,
        report=made,
        rows=[(row, State(row.state).label) for row in made.rows[:SHOWN]] if made else [],
        more=len(made.rows) - SHOWN if made else 0,
        wanted=wanted,
        csv=urlencode(kept),
        csv_rows=urlencode({name: value for name, value in kept.items() if name != "by"}),
    )


def _table(site, request, form, made):
    wanted = form.cleaned_data
    name = f"replies-{wanted['since']}-to-{wanted['until']}"
    if wanted["by"]:
        return as_csv(f"{name}-by-{wanted['by']}", _count_head(wanted["by"]), _count_rows(made), *CODE_AND_MODE)
    return as_csv(name, _row_head(), map(_row, made.rows), *CODE_AND_MODE)


def _count_head(by):
    labels = [str(label) for _code, label, _states in counting.OUTCOMES]
    told = [_("asked"), *labels, _("of the answers, late"), _("waived without asking")]
    return [dict(BY)[by], *told, _("median hours to the first answer"), _("median working hours"), _("answers timed")]


def _count_rows(made):
    for count in (*made.groups, made.total):
        name = _("All") if count is made.total else count.name or _("no story")
        outcomes = [number for _code, _label, number in count.outcomes]
        medians = [count.median_hours, count.median_working]
        yield [name, count.asked, *outcomes, count.late, count.not_asked, *medians, count.timed]


def _row_head():
    asked = [_("party"), _("story"), _("claim"), _("first asked"), _("state"), _("first answered")]
    return [
        *asked,
        _("hours to the first answer"),
        _("working hours where they are"),
        _("late"),
        _("why it was waived"),
    ]


def _row(row):
    hours = [None if taken is None else round(taken, 1) for taken in (row.hours, row.working_hours)]
    late, waiver = _("late") if row.late else "", str(dict(counting.Waiver.choices).get(row.waiver, ""))
    moments = [told_moment(at) if at else "" for at in (row.asked_at, row.answered_at)]
    return [row.party, row.story, row.claim, moments[0], State(row.state).label, moments[1], *hours, late, waiver]
