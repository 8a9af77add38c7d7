"""Pages that could tell who a protected source is: kept as they came, in files, and said in no field and on no page (CS-7).

Such a page is not refused, because a copy may be all that is left of it tomorrow. Whoever opens its files is a custodian of
every source that it could tell of.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from factcheck.newsroom.checks import words_in
from factcheck.sources import file_keys, leak_guard

from .captured import Capture
from .keeping import open_file

REST = "\f"  # a new page: no readable text holds one


def is_withheld(taken):
    """Whether a page in hand (fetching.capturing.Taken) has words that the record may not hold."""
    return bool(leak_guard.hits(_said(taken)))


def _said(taken):
    page = taken.page
    return [taken.last.url, page.title, page.author, page.publisher, page.text, page.words]


def box_for(taken):
    """The Strongbox that a page in hand is sealed in, where the record may not hold its words."""
    return file_keys.box_told_of(_said(taken))


def said_in(capture):
    """Everything that a Capture says, where its words are in the record, in the order of `_said`."""
    return [getattr(capture, name) for name in ("final_url", "title", "author", "publisher", "text", "words")]


def said_in_file(capture):
    """The same of a Capture whose words are withheld. Raises VaultShut, Altered, FileNotFoundError."""
    return _in_file(capture).split(REST)[1:]


def as_text(taken, withheld):
    """The readable text as a file has it; where it is withheld, with everything else that the page says behind it."""
    return with_everything(taken.page.text, _said(taken) if withheld else ())


def with_everything(text, said):
    """The bytes of such a file: the readable text first, then the address and whatever else is `said`."""
    return REST.join([text, *said]).encode()


def text_of(capture):
    """The readable text of a Capture, from its file where the record does not hold it."""
    return _in_file(capture).partition(REST)[0] if capture.withheld else capture.text


def final_url_of(capture):
    """The address that answered, in the same way."""
    return _in_file(capture).split(REST)[1] if capture.withheld else capture.final_url


def _in_file(capture):
    with open_file(capture.text_file) as file:
        return file.read().decode()


def has_withheld(item):
    """Whether a copy of the page that an Item links to tells who a protected source is."""
    return item.captures.filter(withheld=True).exists()


def why_may_not_read(by, file):
    """Why this person may not open a File of a capture whose words are withheld, in a sentence; None where they may.

    Raises VaultShut where nobody can read any more, or without the vault's key, whom it tells of.
    """
    captures = Capture.objects.filter(Q(warc=file) | Q(text_file=file), withheld=True).select_related("text_file")
    if all(leak_guard.tells_only([_in_file(capture)], by) for capture in captures):
        return None
    return _("What it says could tell who a protected source is. Only a custodian of that source opens it.")


def tellable(text, instead=None):
    """`text`, or where it could tell who a protected source is, `instead`; a sentence that says so if that is not given."""
    if not leak_guard.hits([text]):
        return text
    return _("It is withheld: it could tell who a protected source is.") if instead is None else instead


def without_telling(facts):
    """What was found on a page, {field of a Watch: value}, without what could tell who a protected source is."""
    texts = {name: "\n".join(words_in(value)) for name, value in facts.items() if isinstance(value, str | list)}
    found = leak_guard.hits(texts)
    said = _("It is withheld: it could tell who a protected source is.")
    return {name: _instead(facts[name], said) if name in found else value for name, value in facts.items()}


def _instead(value, said):
    return [[said, said]] if isinstance(value, list) else ""
