"""The page of a verb: it says what will happen, shows it, and takes what the verb wants to know.

GET and POST both ask first whether this person may (403, with the reason). A GET also asks whether anybody can now (409);
on POST the action answers that, and the page comes back with its reasons (409) and everything typed still in it.
"""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_http_methods

from factcheck.inbox.models import Filing, Message
from factcheck.newsroom.refusals import ChangedMeanwhile, Refused
from factcheck.newsroom.second_factor import ask_second_factor, fresh_second_factor

from . import verbs as rules
from .inbox_page import SaidPage
from .panels import Panels
from .reply_page import ReplyPage
from .verbs import Case


def pages(site, model, table, related=(), under=""):
    """The addresses of every verb in `table`, under those of `model`: <pk>/<code>/."""
    return [
        path(
            f"{under}<int:pk>/{verb.code}/",
            site.admin_view(_page(site, model, verb, related)),
            name=verb.url_name(model),
        )
        for verb in table
    ]


def _page(site, model, verb, related):
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request, pk):
        case = Case(rules.find(model, pk, related))
        rules.require(verb, request.user, case)
        stale = verb.second_factor(case) and not fresh_second_factor(request)
        if request.method == "POST":
            return ask_second_factor(request) if stale else _do(site, request, verb, case)
        if reasons := verb.not_now(request.user, case):
            return _show(site, request, verb, case, None, status=409, reasons=reasons)
        if stale:
            return ask_second_factor(request)
        asked_for = {name: request.GET[name] for name in verb.form.from_address if name in request.GET}
        form = verb.form(case=case, by=request.user, initial=asked_for)
        return _show(site, request, verb, case, _without_nonsense(form))

    return page


def _without_nonsense(form):
    """The form, filled in from its address only with what its fields would take."""
    for name in [name for name in form.initial if name in form.fields]:
        try:
            form.fields[name].clean(form.initial[name])
        except ValidationError:
            del form.initial[name]
    return form


def _do(site, request, verb, case):
    form = verb.form(request.POST, request.FILES, case=case, by=request.user)
    if not form.is_valid():
        return _show(site, request, verb, case, form, status=400)
    try:
        with transaction.atomic():
            went_to = verb.act(case, request.user, form.cleaned_data)
    except ValidationError as problem:
        blame(form, problem)
        return _show(site, request, verb, _again(case), form, status=400)
    except Refused as refusal:
        now = _again(case)
        return _show(site, request, verb, now, _refused(form, refusal, now), status=409, refusal=refusal)
    if isinstance(went_to, HttpResponseBase):  # what was asked for is handed out at once
        return went_to
    if verb.done:
        messages.success(request, verb.done)
    return HttpResponseRedirect(went_to if isinstance(went_to, str) else case.home)


def _again(case):
    """The case as it is now: the action may have refused because it is not what was shown."""
    return Case(type(case.thing).objects.get(pk=case.thing.pk))


def blame(form, problem):
    """Put what the model says beside the field it is about, where the form has that field."""
    told = problem.error_dict if hasattr(problem, "error_dict") else {NON_FIELD_ERRORS: problem.error_list}
    for name, errors in told.items():
        form.add_error(name if name in form.fields else None, [m for error in errors for m in error.messages])


def _refused(form, refusal, case):
    """The form with the reasons over it. What it carries along hidden is that of `case`, which the page shows now."""
    form.refuse(*refusal.reasons)
    form.data = form.data.copy()
    for name, value in form.carried(case).items():
        form.data[name] = value
    return form


def _show(site, request, verb, case, form, *, status=200, reasons=(), refusal=None):
    return site.answer(
        request,
        "backoffice/confirm.html",
        status=status,
        title=verb.title,
        verb=verb,
        case=case,
        claim=case.claim,
        panels=Panels(case, request.user),
        reply=ReplyPage(case.file, request.user) if case.file else None,
        said=SaidPage(case.thing, request.user) if isinstance(case.thing, Filing | Message) else None,
        form=form,
        reasons=reasons,
        changes=refusal.changes if isinstance(refusal, ChangedMeanwhile) else (),
    )
