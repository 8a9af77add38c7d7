"""Log claims fast: from a story, many claims on one page, a line each, by keyboard alone. All of them are logged, or none."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import path
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from factcheck.claims import actions
from factcheck.claims.models import Story
from factcheck.newsroom.record import require_role

from .fast_log_forms import LineSet, SharedForm, with_more_lines
from .names import UNKNOWN, Names, speakers_like, topics_like
from .site import desk_site
from .verbs import find

LATEST = 20


class NotAll(Exception):
    """Some line could not be logged, so none was; the lines say why."""


def pages(site=desk_site):
    """The addresses under those of a story: <pk>/log/, and what it offers while one types."""
    return [
        path("<int:pk>/log/", site.admin_view(log_page), name="claims_story_log"),
        path("<int:pk>/log/names/", site.admin_view(names), name="claims_story_log_names"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def log_page(request, pk):
    """The page itself; what is sent is logged whole, or comes back as it was typed."""
    story = find(Story, pk)
    require_role(request.user)
    if request.method != "POST":
        return _show(request, story, LineSet(prefix="line"), SharedForm())
    if "more" in request.POST:
        return _show(request, story, *_as_typed(with_more_lines(request.POST)))
    lines, shared = LineSet(request.POST, prefix="line"), SharedForm(request.POST)
    if not (lines.is_valid() & shared.is_valid()):
        return _show(request, story, lines, shared, status=400)
    if lines.doubtful:
        return _show(request, story, lines, shared, status=409)
    return _log(request, story, lines, shared)


def _log(request, story, lines, shared):
    try:
        logged = log_all(story, lines.filled, shared.cleaned_data, by=request.user)
    except NotAll:
        return _show(request, story, lines, shared, status=400)
    told = ngettext("%(count)d claim is logged.", "%(count)d claims are logged.", len(logged)) % {"count": len(logged)}
    messages.success(request, told)
    return HttpResponseRedirect(request.path)


@transaction.atomic
def log_all(story, forms, shared, *, by):
    """Log one claim for each form. Raises NotAll, with nothing logged, where a form got an error meanwhile."""
    known = Names(by=by)
    logged = [_log_line(story, form, shared, known) for form in forms]
    if not all(logged):
        raise NotAll
    return logged


def _log_line(story, form, shared, known):
    """The claim logged, or None with the reason in the form."""
    given = form.cleaned_data
    try:
        with transaction.atomic():
            field = "speaker"
            speaker = known.speaker(given["speaker"], given["kind"]) if given["speaker"] not in ("", UNKNOWN) else None
            field = "topics"
            topics = known.topics(given["topics"])
            field = None
            return actions.log_claim(
                by=known.by,
                story=story,
                wording=given["wording"],
                type=given["type"],
                speaker=speaker,
                speaker_unknown=given["speaker"] == UNKNOWN,
                topics=topics,
                **shared,
            )
    except ValidationError as problem:
        _blame(form, field, problem)
        return None


def _blame(form, field, problem):
    told = problem.error_dict if hasattr(problem, "error_dict") else {NON_FIELD_ERRORS: problem.error_list}
    for name, errors in told.items():
        place = field or (name if name in form.fields else None)
        form.add_error(place, [message for error in errors for message in error.messages])


def _as_typed(data):
    """The forms with everything typed, and no word about what is still missing."""
    lines, shared = LineSet(data, prefix="line"), SharedForm(data)
    lines._errors, lines._non_form_errors = [], lines.error_class()
    for form in (*lines.forms, shared):
        form._errors, form.cleaned_data = {}, {}
    return lines, shared


def _show(request, story, lines, shared, status=200):
    logged = story.claims.select_related("speaker__pseudonym").order_by("-pk")[:LATEST]
    return desk_site.answer(
        request,
        "backoffice/fast_log.html",
        status=status,
        story=story,
        lines=lines,
        shared=shared,
        logged=logged,
        speakers=speakers_like(""),
        topics=topics_like(""),
    )


@require_safe
def names(request, pk):
    """Names to offer while somebody types: ?of=speaker or ?of=topics, and ?q=."""
    require_role(request.user)
    like = topics_like if request.GET.get("of") == "topics" else speakers_like
    return JsonResponse({"names": like(request.GET.get("q", "")[:100])})
