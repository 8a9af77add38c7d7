"""Every row that passed between the newsroom and a party: put, tried, sent, received, granted, answered, ruled."""

from factcheck.inbox.models import Filing
from factcheck.letters.models import Letter, LetterFile, Outgoing, PageKey
from factcheck.newsroom.journal import record_name

IN_A_FILE = ("allegations", "attempts", "extensions", "responses", "rulings", "earlier_excerpts")


def rows_of(files):
    """({record name: row}, {record name: party}) of reply files, in a fixed number of queries for each file."""
    rows, about = {}, {}
    for file in files:
        found = [file, *_in_file(file), *_letters(file), *_came_in(file)]
        rows |= {record_name(row): row for row in found}
        about |= {record_name(row): file.party.shown_as for row in found}
    return rows, about


def _in_file(file):
    for name in IN_A_FILE:
        yield from getattr(file, name).all()


def _letters(file):
    """What was written to them: each letter with all it is about, the e-mails that carried it and the keys of its page."""
    letters = list(Letter.objects.filter(files=file))
    yield from letters
    yield from LetterFile.objects.filter(letter__in=letters, file=file)
    yield from PageKey.objects.filter(letter__in=letters)
    yield from Outgoing.objects.filter(letter__in=letters).select_related("copy")


def _came_in(file):
    for filing in Filing.objects.filter(file=file).select_related("incoming__message"):
        yield filing
        yield filing.incoming
        if filing.incoming.message:
            yield filing.incoming.message
