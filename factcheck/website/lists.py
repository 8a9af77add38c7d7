"""The lists: the front page, all claims, stories, corrections, ratings, and what one story, speaker or topic holds."""

from django.http import Http404

from factcheck.published import reading

from . import counts, search, selects
from .answers import answer, heeded, page, public
from .chart import Chart
from .filters import ClaimFilter
from .kept import part
from .paging import AFTER, PAGE, above_in, page_of, place_in

ON_THE_FRONT = 9
CORRECTIONS_ON_THE_FRONT = 4


@public
def front(request):
    """The latest checks, the search, and what was corrected lately."""

    def build():
        latest = list(reading.shown().filter(retracted=False)[:ON_THE_FRONT])
        return page("front.html", latest=latest, notices=list(reading.notices()[:CORRECTIONS_ON_THE_FRONT]))

    return answer(request, reading.last_change(), build)


@public
def claims(request):
    """Every published claim, narrowed by what the reader asks for; the best matches first where that is words."""
    params = heeded(request, PAGE, AFTER, search.ORDER, *ClaimFilter.base_filters)
    place, above = place_in(params), above_in(params)
    changed_at = reading.last_change()

    def build():
        asked = ClaimFilter(params, queryset=reading.shown())
        found = search.found(asked, params, above)
        listing = found.listing if found else page_of(asked.found(), params, place, asked.order)
        values = {name: params.get(name, "") for name in ClaimFilter.base_filters}
        counted = ""
        if listing.rows and "q" not in asked.filters:
            counted = part(changed_at, ("counts", *values.values()), lambda: counts.block(asked, params))
        reasons = asked.reasons() or ([] if listing.rows else list(asked.unknown().values()))
        return page(
            "claims.html",
            status=400 if reasons else 200,
            listing=listing,
            asked=asked,
            values=values,
            selects=selects.block(asked, changed_at),
            reasons=reasons,
            found=found,
            counts=counted,
            orders=search.orders(params) if asked.words else None,
        )

    return answer(request, changed_at, build, params)


@public
def stories(request):
    params = heeded(request, PAGE)
    place = place_in(params)

    def build():
        return page("stories.html", listing=page_of(reading.stories(), params, place))

    return answer(request, reading.last_change(), build, params)


@public
def story(request, slug):
    """A story and every claim in it that was checked."""

    def build(heading, params, place):
        listing = page_of(reading.shown().filter(story_slug=slug), params, place)
        return page("story.html", heading=heading, listing=listing)

    return _with_heading(request, reading.story(slug), build)


@public
def speaker(request, slug):
    """What somebody claimed, and how it was rated: as a chart and as its table."""

    def build(heading, params, place):
        listing = page_of(reading.shown().filter(speaker_slug=slug), params, place)
        return page("speaker.html", heading=heading, listing=listing, chart=Chart(reading.ratings_of(slug)))

    return _with_heading(request, reading.speaker(slug), build)


@public
def topic(request, slug):
    def build(heading, params, place):
        listing = page_of(reading.on_topic(reading.shown(), slug), params, place, reading.TOPIC_ORDER)
        return page("topic.html", heading=heading, listing=listing)

    return _with_heading(request, reading.topic(slug), build)


def _with_heading(request, heading, build):
    if heading is None:
        raise Http404("Nothing is published at this address.")
    params = heeded(request, PAGE)
    place = place_in(params)
    return answer(request, heading.changed_at, lambda: build(heading, params, place), params)


@public
def corrections(request):
    """Every notice but minor edits, newest first; of one kind if asked (CO-4)."""
    params = heeded(request, "kind", PAGE)
    place = place_in(params)

    def build():
        kinds, kind = reading.public_kinds(), params.get("kind", "")
        known = not kind or kind in dict(kinds)
        rows = reading.notices(kind) if known else reading.notices().none()
        listing = page_of(rows, params, place, reading.NEWEST_NOTICE_FIRST, moment="printed_at")
        return page(
            "corrections.html", status=200 if known else 400, listing=listing, kinds=kinds, kind=kind, known=known
        )

    return answer(request, reading.last_change(), build, params)


@public
def ratings(request):
    """The scale and its meanings, as the data has them (PG-10, VD-1)."""
    return answer(request, reading.last_change(), lambda: page("ratings.html", scale=reading.scale()))
