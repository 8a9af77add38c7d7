"""What came in confidence, for tests: whose it is, how it is brought, and what lies on the shelf then."""

import io

from django.core.files.base import ContentFile

from factcheck.claims import actions as claims
from factcheck.evidence import actions, exhibits, keeping, verifying
from factcheck.files.shelf import shelf
from factcheck.sources.actions import give_pseudonym
from tests.sources.cast import on_the_shelf, protect

LETTER = b"The refusal, as it was sent to me alone: case 4711.\n"


def protected(by, editor, name="Jo"):
    """(Source, Speaker) of somebody protected."""
    pseudonym = give_pseudonym(by=by, shown_as=name, note="Name has been changed")
    return protect(by, editor, pseudonym=pseudonym), claims.add_speaker(by=by, pseudonym=pseudonym)


def item_of(claim, by, source=None, **fields):
    return actions.add(claim, by=by, title="Letter", kind="document", **{"source": source and source[1], **fields})


def bring(item, by, data=LETTER, name="letter.txt", **options):
    return exhibits.receive(item, by=by, upload=exhibits.inspect(io.BytesIO(data), name), **options)


def bytes_of(file):
    with keeping.open_file(file) as opened:
        return opened.read()


def lies_open(words=b"case 4711"):
    return any(words in data for data in on_the_shelf("evidence"))


def whole():
    found = verifying.verify()
    return found.problems, found.open, found.unopened


def lying(file):
    with shelf("evidence").open(file.stored_as) as opened:
        return opened.read()


def lay(file, data):
    shelf("evidence").remove(file.stored_as)
    shelf("evidence").storage.save(file.stored_as, ContentFile(data))
