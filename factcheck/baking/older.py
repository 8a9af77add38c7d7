"""The pages of lists that are reached by a question: `/claims/?page=PLACE`. Their places are read from the keys alone."""

from django.urls import reverse

from factcheck.published import reading
from factcheck.website import paging

from .asking import release
from .batch import Batch, Wanted, of_those_that_changed

NEWEST, NEWEST_NOTICE = reading.NEWEST_FIRST, reading.NEWEST_NOTICE_FIRST
ROWS = {
    "claims": (reading.shown, NEWEST),
    "stories": (reading.stories, NEWEST),
    "corrections": (reading.notices, NEWEST_NOTICE),
    "story": (lambda slug: reading.shown().filter(story_slug=slug), NEWEST),
    "speaker": (lambda slug: reading.shown().filter(speaker_slug=slug), NEWEST),
    "topic": (lambda slug: reading.on_topic(reading.shown(), slug), reading.TOPIC_ORDER),
}


def pages(name, stale):
    """As `batches.claims`, for all pages of a list but its first: each of them moves with whatever is published."""
    state = f"{release()} {reading.last_change()}"

    def made(addresses, depends):
        return (Batch(f"older:{one}", depends[f"older:{one}"], [Wanted(one)]) for one in addresses)

    return of_those_that_changed(_of_a_list(name), lambda address: (f"older:{address}", state), stale, made)


def under(name, slug):
    """The addresses of the older pages under one story, speaker or topic."""
    rows, order = ROWS[name]
    return _addresses(reverse(name, args=[slug]), rows(slug), order)


def first_pages():
    """The addresses with a question of which there are few: the kinds of corrections, and the parts of the sitemap."""
    yield from (f"{reverse('corrections')}?kind={kind}" for kind, _label in reading.public_kinds())
    if last := reading.highest_number() // reading.PARTS:
        yield from (f"{reverse('sitemap')}?part={part}" for part in range(last + 1))


def _of_a_list(name):
    rows, order = ROWS[name]
    yield from _addresses(reverse(name), rows(), order)
    if name == "corrections":
        for kind, _label in reading.public_kinds():
            yield from _addresses(f"{reverse(name)}?kind={kind}", rows(kind), order)


def _addresses(first, rows, order):
    joined = "&" if "?" in first else "?"
    return (f"{first}{joined}{paging.PAGE}={place}" for place in paging.places_of(rows, order))
