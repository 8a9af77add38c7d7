"""The lists: the front page, all claims, stories, corrections, ratings, and what one story, speaker or topic holds."""

from django.http import Http404
from django.utils.translation import gettext as _

from factcheck.published import reading

from .answers import answer, page, public
from .chart import Chart
from .filters import ClaimFilter
from .paging import page_of

ON_THE_FRONT = 9
CORRECTIONS_ON_THE_FRONT = 4


@public
def front(request):
    """The latest checks, the search, and what was corrected lately."""

    def build():
        latest = list(reading.checks().filter(retracted=False)[:ON_THE_FRONT])
        return page("front.html", latest=latest, notices=list(reading.notices()[:CORRECTIONS_ON_THE_FRONT]))

    return answer(request, reading.last_change(), build)


@public
def claims(request):
    """Every published claim, narrowed by what the reader asks for."""
    asked = ClaimFilter(request.GET, queryset=reading.checks())
    found = asked.found()
    listing = page_of(found, request.GET, asked.order)

    def build():
        values = {name: asked.data.get(name, "") for name in asked.filters}
        known = {name: text for name, text in asked.form.cleaned_data.items() if name in dict(_selects())}
        offered = reading.choices(**known)
        selects = [(name, label, offered[name], values[name]) for name, label in _selects()]
        return page(
            "claims.html", listing=listing, asked=asked, values=values, selects=selects, reasons=asked.reasons()
        )

    return answer(request, reading.last_change(), build)


def _selects():
    return (
        ("rating", _("Rating")),
        ("topic", _("Topic")),
        ("type", _("Type of claim")),
        ("speaker", _("Speaker")),
        ("story", _("Story")),
    )


@public
def stories(request):
    listing = page_of(reading.stories(), request.GET)
    return answer(request, reading.last_change(), lambda: page("stories.html", listing=listing))


@public
def story(request, slug):
    """A story and every claim in it that was checked."""
    heading = _found(reading.story(slug))
    listing = page_of(reading.checks().filter(story_slug=slug), request.GET)
    return answer(request, heading.changed_at, lambda: page("story.html", heading=heading, listing=listing))


@public
def speaker(request, slug):
    """What somebody claimed, and how it was rated: as a chart and as its table."""
    heading = _found(reading.speaker(slug))
    listing = page_of(reading.checks().filter(speaker_slug=slug), request.GET)

    def build():
        return page("speaker.html", heading=heading, listing=listing, chart=Chart(reading.ratings_of(slug)))

    return answer(request, heading.changed_at, build)


@public
def topic(request, slug):
    heading = _found(reading.topic(slug))
    listing = page_of(reading.on_topic(reading.checks(), slug), request.GET, reading.TOPIC_ORDER)
    return answer(request, heading.changed_at, lambda: page("topic.html", heading=heading, listing=listing))


@public
def corrections(request):
    """Every notice but minor edits, newest first; of one kind if asked (CO-4)."""
    kinds = reading.public_kinds()
    kind = request.GET.get("kind", "")
    known = not kind or kind in dict(kinds)
    rows = reading.notices(kind) if known else reading.notices().none()
    listing = page_of(rows, request.GET, reading.NEWEST_NOTICE_FIRST, moment="printed_at")

    def build():
        return page("corrections.html", listing=listing, kinds=kinds, kind=kind, known=known)

    return answer(request, reading.last_change(), build)


@public
def ratings(request):
    """The scale and its meanings, as the data has them (PG-10, VD-1)."""
    return answer(request, reading.last_change(), lambda: page("ratings.html", scale=reading.scale()))


def _found(heading):
    if heading is None:
        raise Http404("Nothing is published at this address.")
    return heading
