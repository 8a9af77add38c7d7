"""What is baked, batch by batch: all that belongs together, and the state of the record that it is made of."""

from itertools import islice

from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse

from factcheck.published import everything
from factcheck.published.models import SpeakerPage, StoryPage, TopicPage

from . import addresses, older
from .asking import release
from .batch import Batch, Wanted, of_those_that_changed

HEADINGS = {"story": StoryPage, "speaker": SpeakerPage, "topic": TopicPage}
STATIC = ("look/", "website/")  # of all static files, those that readers' pages are shown with


def claims(stale):
    """A Batch for each claim among those that `stale({name: depends})` names."""

    def named(row):
        _pk, slug, edition, _retracted, changed_at = row
        return f"claim:{slug}", _state(edition, changed_at)

    return of_those_that_changed(everything.checks(), named, stale, _claims)


def _claims(rows, depends):
    """Batches of some claims, with two queries for some dozens of them."""
    rows = iter(rows)
    while some := list(islice(rows, 50)):
        pages = [row[0] for row in some]
        files, parties = everything.files_of(pages), everything.parties_of(pages)
        known = everything.with_a_page(set().union(*parties.values()))
        for pk, slug, edition, retracted, _changed_at in some:
            name = f"claim:{slug}"
            # A file's address holds its hash, so what lies there never changes; a picture changes with a retraction.
            less = {addresses.PICTURES: f"{release()} {retracted}", addresses.OF_A_FILE: "its address"}
            told = addresses.of_a_claim(slug, edition, files.get(pk, ()))
            wanted = [Wanted(address, less.get(part, "")) for address, part in told]
            yield Batch(name, depends[name], wanted, parties.get(pk, set()) - known, claim=slug)


def headings(kind, stale):
    """As `claims`, for the pages of stories, speakers or topics."""

    def named(row):
        _pk, slug, changed_at = row
        return f"{kind}:{slug}", _state(changed_at)

    def made(rows, depends):
        for row in rows:
            name, _depends = named(row)
            yield Batch(name, depends[name], _under(kind, row[1]))

    return of_those_that_changed(everything.headings(HEADINGS[kind]), named, stale, made)


def _under(kind, slug):
    """What is baked for one story, speaker or topic, the older pages of its list included."""
    wanted = [Wanted(reverse(of, args=[slug])) for of in addresses.OF_A_HEADING[kind]]
    return wanted + [Wanted(address) for address in older.under(kind, slug)]


def ledger(stale):
    """As `claims`, for the blocks of the ledger."""

    def named(row):
        number, _entries, last, more, changed_at = row
        return f"ledger:{number}", _state(last, more, changed_at)

    return of_those_that_changed(everything.ledger_blocks(), named, stale, _blocks)


def _blocks(rows, depends):
    for number, entries, last, more, _changed_at in rows:
        less = {addresses.OF_AN_ENTRY: "its entry", addresses.OF_A_BLOCK: _state(last, more)}
        told = addresses.of_a_block(number, entries)
        yield Batch(
            f"ledger:{number}", depends[f"ledger:{number}"], [Wanted(url, less.get(part, "")) for url, part in told]
        )


def once():
    """What there is one of, with the page that says that there is nothing at an address."""
    yield Batch("once:404", "", [Wanted("/no/such/page", path="404.html", status=404)])
    for name in addresses.ONCE:
        yield Batch(f"once:{name}", "", [Wanted(reverse(name))])
    for address in older.first_pages():
        yield Batch(f"once:{address}", "", [Wanted(address)])


def static(stale):
    """The style sheets and drawings that pages are shown with, under names that change with what is in them."""
    names = getattr(staticfiles_storage, "hashed_files", {}).items()
    found = {hashed: staticfiles_storage.url(name) for name, hashed in names if name.startswith(STATIC)}
    wanted = {f"static:{hashed}": release() for hashed in found}
    names = stale(wanted)
    return [Batch(f"static:{n}", release(), [Wanted(url)]) for n, url in found.items() if f"static:{n}" in names]


def _state(*facts):
    return " ".join((release(), *map(str, facts)))
