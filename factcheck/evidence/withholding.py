"""Copies of pages that were kept before a term was guarded: they are gone through when the leak guard learns one (CS-7).

Which are still to be gone through is a query: each copy notes with which state of the guard its words were last compared. What
is withheld lies on the shelf sealed, in the strongbox of the source that it tells of, and goes with that source (CS-12).
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from factcheck.newsroom import journal
from factcheck.sources import file_keys, leak_guard
from factcheck.sources.keys import VaultShut

from . import custody
from .captured import Capture
from .custody import What
from .holdings import File
from .keeping import Altered, keep_again, keep_file
from .outside import Watch
from .withheld import said_in, said_in_file, with_everything, without_telling

WATCHED = ("told", "moved_to", "differences")


@transaction.atomic
def withhold_one(worker=None):
    """Compare one stored copy, the oldest, with what is guarded now; one that is withheld already lies sealed afterwards.

    Returns whether there was one to compare.
    """
    now = leak_guard.generation()
    if now is None:
        return False
    done = Capture.objects.filter(state=Capture.State.DONE)
    behind = done.filter(~Q(guarded_as=now) | Q(guarded_as=None)).order_by("pk")
    capture = behind.select_for_update(skip_locked=True, of=("self",)).select_related("item__claim").first()
    if capture is None:
        return False
    if capture.withheld:
        _seal_what_lies_open(capture)
    elif leak_guard.hits(said_in(capture)):
        _withhold(capture)
    _withhold_of_watch(capture.item)
    capture.guarded_as = now
    capture.save()
    return True


def _withhold(capture):
    """Move what it says out of the record, into a file that only custodians open. What was on the shelf is sealed there."""
    box = file_keys.box_told_of(said_in(capture))
    by_itself = _("It could tell who a protected source is.")
    for file in filter(None, (capture.text_file, capture.picture, capture.pdf)):
        custody.write(What.SET_ASIDE, by=None, item=capture.item, file=file, note=by_itself)
        _sealed(file, capture.item, box)
    capture.warc = _sealed(capture.warc, capture.item, box)
    made = {"made": File.Made.CAPTURED, "type": "text/plain", "box": box}
    content = with_everything(capture.text, said_in(capture))
    note = _("its words, withheld since a term was guarded")
    capture.text_file = keep_file(content, by=None, item=capture.item, note=note, **made)
    capture.picture = capture.pdf = None
    capture.unpictured = _("No picture is shown of a page whose words are withheld.")
    capture.final_url = capture.title = capture.author = capture.publisher = capture.text = capture.words = ""
    capture.withheld = True
    journal.write(
        by=None, verb="withheld a stored copy", record=capture.item, claim=capture.item.claim, capture=capture.pk
    )


def _seal_what_lies_open(capture):
    """For copies that were withheld before such were sealed."""
    if capture.warc.box_id and capture.text_file.box_id:
        return
    try:
        box = file_keys.box_told_of(said_in_file(capture))
    except (Altered, FileNotFoundError, VaultShut):
        return
    capture.warc, capture.text_file = (_sealed(file, capture.item, box) for file in (capture.warc, capture.text_file))


def _sealed(file, item, box):
    """The File that holds the same in this box. One whose bytes are missing or altered stays: `verify_evidence` names it."""
    try:
        return keep_again(file, item=item, box=box)
    except (Altered, FileNotFoundError):
        return file


def _withhold_of_watch(item):
    watched = Watch.objects.select_for_update().filter(item=item).first()
    if watched is None:
        return
    facts = {name: getattr(watched, name) for name in WATCHED}
    if (told := without_telling(facts)) != facts:
        for name, value in told.items():
            setattr(watched, name, value)
        watched.save(update_fields=WATCHED)
