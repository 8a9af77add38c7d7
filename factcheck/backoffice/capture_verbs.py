"""The verbs that go out to the web for a piece of evidence, each asked for by a person: a copy of our own, a public copy."""

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from factcheck.evidence import archiving, capturing, checking, going_out
from factcheck.evidence.models import Capture, PublicCopy, Watch

from .verb_forms import VerbForm
from .verbs import Verb

GOES_OUT = "backoffice/evidence/goes_out.html"


class GoesOutForm(VerbForm):
    """Nothing to fill in; the page beside it says under which name our server comes."""

    goes_out_as = property(lambda form: settings.USER_AGENT)


class CaptureForm(GoesOutForm):
    watch = forms.BooleanField(
        label=_("Look again from time to time, whether it has changed or is gone"), required=False, initial=True
    )


def _is_watched(item):
    return Watch.objects.filter(item=item, due_at__isnull=False).exists()


def _not_watched(by, case):
    reasons = going_out.against_fetching(case.thing)
    return reasons + [_t("This link is watched already.")] * _is_watched(case.thing)


def _not_stopped(by, case):
    return [] if _is_watched(case.thing) else [_t("This link is not watched.")]


def _not_fetched(by, case):
    reasons = going_out.against_fetching(case.thing)
    if case.thing.captures.filter(state__in=Capture.UNFINISHED).exists():
        reasons.append(_t("A copy of this page is being made already."))
    return reasons


def _not_archived(by, case):
    reasons = going_out.against_archiving(case.thing)
    if case.thing.public_copies.filter(state__in=PublicCopy.UNFINISHED).exists():
        reasons.append(_t("The Internet Archive is being asked for this already."))
    return reasons


def _item_page(case):
    return f"{item_address(case.thing)}#copies"


def item_address(item):
    return reverse("admin:evidence_item_change", args=[item.pk])


def _capture(case, by, data):
    capturing.ask(case.thing, by=by)
    if data["watch"] and not _is_watched(case.thing):
        checking.watch(case.thing, by=by)
    return _item_page(case)


def _archive(case, by, data):
    archiving.ask(case.thing, by=by)
    return _item_page(case)


def _watch(case, by, data):
    checking.watch(case.thing, by=by)
    return _item_page(case)


def _stop(case, by, data):
    checking.stop(case.thing, by=by)
    return _item_page(case)


CAPTURE_VERBS = (
    Verb(
        "capture",
        _("Capture the page"),
        _(
            "Our server fetches the page and keeps a copy of its own, with what it is shown with. The site sees that we came: "
            "its log has our address and our name."
        ),
        _capture,
        CaptureForm,
        not_now=_not_fetched,
        shows=(GOES_OUT,),
        done=_("The copy is being made. This page shows it when it is there."),
    ),
    Verb(
        "archive",
        _("Archive publicly"),
        _(
            "The address is sent to the Internet Archive, which keeps a copy that everybody can open. That makes it public "
            "that somebody took an interest in this page, now."
        ),
        _archive,
        not_now=_not_archived,
        shows=(GOES_OUT,),
        done=_("The Internet Archive is being asked. This page shows the copy when it is there."),
    ),
    Verb(
        "watch",
        _("Watch the link"),
        _(
            "Our server looks at the page from time to time, less often the longer it stays as it is, and tells the editors when "
            "it has changed or is gone. The site sees every visit."
        ),
        _watch,
        GoesOutForm,
        not_now=_not_watched,
        shows=(GOES_OUT,),
        done=_("The link is watched from now on."),
    ),
    Verb(
        "stop-watching",
        _("Stop watching"),
        _("Nobody will notice when the page changes or vanishes. What was found so far stays."),
        _stop,
        not_now=_not_stopped,
        done=_("The link is watched no more."),
    ),
)
