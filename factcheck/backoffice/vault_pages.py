"""Protected sources at the desk: the list, a source's page, and a page for each verb. Reading is a POST, shown once (CS-3).

None of it is the admin's own: the vault's tables are registered nowhere. Addresses hold a source's random reference.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from factcheck.leaving import Mode, leaves_as
from factcheck.newsroom import journal
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.newsroom.roles import AUTHORS, Role
from factcheck.newsroom.second_factor import ask_second_factor, fresh_second_factor
from factcheck.sources import identity
from factcheck.sources.custody import is_custodian, open_source
from factcheck.sources.keys import vault_is_open
from factcheck.sources.models import Source

from .confirm import blame
from .journal_words import told_entries
from .vault_forms import OpenForm
from .vault_verbs import READ, SOURCE_VERBS, WRITE
from .verbs import open_to, role_needed

READERS = AUTHORS | {Role.LEGAL}
PER_PAGE = 100
_DERIVED = _l(
    "The pseudonym shares its first letters or its initials with the name it stands for. Choose another before it is printed."
)
LATEST = 50  # entries of the journal on a source's page


class SourceCase:
    """What a verb of the vault is about."""

    claim = file = None

    def __init__(self, source):
        self.thing = source

    @property
    def home(self):
        return reverse("admin:sources_source_page", args=[self.thing.ref])


def pages(site):
    """The addresses of the vault, under the desk's own."""

    def at(address, view, name):
        guarded = sensitive_post_parameters()(require_http_methods(["GET", "HEAD", "POST"])(view))
        return path(address, site.admin_view(guarded), name=name)

    return [
        at("sources/protected/", _list(site), "sources_source_changelist"),
        at("sources/protected/open/", _open(site), "sources_source_add"),
        at("sources/protected/<uuid:ref>/", _page(site), "sources_source_page"),
        *(at(f"sources/protected/<uuid:ref>/{v.code}/", _verb(site, v), v.url_name(Source)) for v in SOURCE_VERBS),
    ]


def may_see(person):
    """Whether somebody may know which sources there are, by reference and pseudonym."""
    return person.has_role(*READERS)


def _require(roles, by):
    if reason := role_needed(roles)(by, None):
        raise NotAllowed(reason)


def _find(ref):
    source = (
        Source.objects.select_related("pseudonym", "opened_by", "held_by", "proposed_by", "destroyed_by")
        .filter(ref=ref)
        .first()
    )
    if source is None:
        raise Http404(_("There is no such record."))
    return source


def _list(site):
    def page(request):
        _require(READERS, request.user)
        sources = Source.objects.select_related("pseudonym").prefetch_related("custodies__person")
        shown = Paginator(sources, PER_PAGE).get_page(request.GET.get("page"))
        rows = [(source, _custodians(source), _holds(source, request.user)) for source in shown]
        may_open = request.user.has_role(*AUTHORS)
        return site.answer(
            request,
            "backoffice/sources/list.html",
            title=_("Protected sources"),
            rows=rows,
            shown=shown,
            may_open=may_open,
            vault_is_open=vault_is_open(),
        )

    return page


def _custodians(source):
    return [custody for custody in source.custodies.all() if custody.revoked_at is None]


def _holds(source, person):
    return any(custody.person_id == person.pk for custody in _custodians(source))


def _open(site):
    def page(request):
        _require(AUTHORS, request.user)
        form = OpenForm(request.POST or None, case=None, by=request.user)
        if request.method == "POST" and form.is_valid():
            try:
                source = open_source(by=request.user, **form.cleaned_data)
                return HttpResponseRedirect(SourceCase(source).home)
            except (Refused, ValidationError) as refusal:
                _tell(form, refusal)
        status = 409 if form.errors else 200
        return site.answer(
            request, "backoffice/sources/open.html", status=status, title=_("Take somebody under protection"), form=form
        )

    return page


def _page(site):
    def page(request, ref):
        _require(READERS, request.user)
        case = SourceCase(_find(ref))
        source = case.thing
        mine = is_custodian(source, request.user)
        return site.answer(
            request,
            "backoffice/sources/source.html",
            title=str(source.pseudonym or source),
            source=source,
            mine=mine,
            buttons=open_to(SOURCE_VERBS, request.user, case),
            custodies=source.custodies.select_related("person", "granted_by", "revoked_by"),
            promises=source.promises.select_related("promised_by", "approved_by") if mine else (),
            guarded=source.terms.filter(removed_at=None).count() if mine else 0,
            stopped=source.stopped.select_related("person")[:LATEST] if mine else (),
            entries=_entries(source) if mine else (),
        )

    return page


def _entries(source):
    latest = JournalEntry.objects.filter(record=journal.record_name(source))[:LATEST]
    return told_entries(latest, in_confidence=True)


def _verb(site, verb):
    def page(request, ref):
        case = SourceCase(_find(ref))
        if reason := verb.may(request.user, case):
            if verb is READ:
                identity.read(case.thing, by=request.user, purpose="")  # raises, and writes down that it was tried
            raise NotAllowed(reason)
        if request.method == "POST":
            return _do(site, request, verb, case)
        if reasons := verb.not_now(request.user, case):
            return _show(site, request, verb, case, None, status=409, reasons=reasons)
        if verb.fresh and not fresh_second_factor(request):
            return ask_second_factor(request)
        return _show(site, request, verb, case, verb.form(case=case, by=request.user))

    return page


def _do(site, request, verb, case):
    form = verb.form(request.POST, case=case, by=request.user)
    if not form.is_valid():
        return _show(site, request, verb, case, form, status=400)
    if verb.fresh and not fresh_second_factor(request):
        form.refuse(
            _("Your second factor was shown too long ago. Show it again in another window, then send this again.")
        )
        return _show(site, request, verb, case, form, status=403, again=ask_second_factor(request, case.home).url)
    try:
        return _done(site, request, verb, case, form)
    except (Refused, ValidationError) as refusal:
        status = 409 if isinstance(refusal, Refused) else 400
        _tell(form, refusal)
        return _show(site, request, verb, SourceCase(_find(case.thing.ref)), form, status=status)


def _done(site, request, verb, case, form):
    if verb is READ:
        found = identity.read(case.thing, by=request.user, **form.cleaned_data)
        terms = identity.guarded_terms(case.thing, by=request.user)
        shown = site.answer(
            request,
            "backoffice/sources/identity.html",
            title=_("Shown once"),
            case=case,
            found=found,
            terms=terms,
            derived=_DERIVED if _gives_away(case.thing, request.user) else "",
        )
        return leaves_as(shown, "identity", Mode.CUSTODIAN)
    if verb is WRITE:
        unguarded = identity.write(case.thing, by=request.user, **form.parts)
        messages.success(request, _("Sealed."))
        if unguarded:
            told = _(
                "%(count)d lines are too short or too common to be guarded: guard them together with more of the name."
            )
            messages.warning(request, told % {"count": len(unguarded)})
        if _gives_away(case.thing, request.user):
            messages.warning(request, _DERIVED)
        return HttpResponseRedirect(case.home)
    with transaction.atomic():
        verb.act(case, request.user, form.cleaned_data)
    messages.success(request, verb.done)
    return HttpResponseRedirect(case.home)


def _gives_away(source, custodian):
    return bool(source.pseudonym) and identity.tells_of(source, source.pseudonym.shown_as, by=custodian)


def _tell(form, refusal):
    if isinstance(refusal, Refused):
        form.refuse(*refusal.reasons)
    else:
        blame(form, refusal)


def _show(site, request, verb, case, form, *, status=200, reasons=(), again=""):
    return site.answer(
        request,
        "backoffice/sources/verb.html",
        status=status,
        title=verb.title,
        verb=verb,
        case=case,
        form=form,
        reasons=reasons,
        again=again,
    )
