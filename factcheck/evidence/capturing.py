"""Keeping our own copy of a page: asked for by a person, made by whichever process comes by, killed or not (EV-7, EV-8).

A capture is taken up with its number of tries as a token: whoever comes back with a page finds out under lock whether the
capture is still theirs, and only then keeps the files and the row that names them, in one transaction.
"""

import io
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.fetching import capturing as taking
from factcheck.fetching import pictures, warc
from factcheck.fetching.refusals import NotFetched
from factcheck.newsroom import journal, record
from factcheck.newsroom.refusals import Refused

from . import going_out
from .captured import Capture
from .holdings import File
from .keeping import keep_file
from .models import Item
from .withheld import as_text, box_for, is_withheld, tellable

LEASE = timedelta(minutes=15)  # longer than a capture may take, with everything in it
MOST_TRIES = 3  # killed so often, it is the page that kills
State = Capture.State


@transaction.atomic
def ask(item, *, by):
    """Ask for a capture of what the item's link leads to now. Returns the Capture. Raises NotAllowed, Refused."""
    record.require_role(by)
    item = Item.objects.select_for_update().get(pk=item.pk)
    if reasons := going_out.against_fetching(item):
        raise Refused(*reasons)
    if item.captures.filter(state__in=Capture.UNFINISHED).exists():
        raise Refused(_("A copy of this page is being made already."))
    capture = Capture.objects.create(item=item, url=item.url, asked_at=timezone.now(), asked_by=by)
    journal.write(by=by, verb="asked for a capture", record=item, claim=item.claim, capture=capture.pk)
    return capture


def capture_one(worker=None):
    """Make the capture that waits longest, if one does. Returns whether there was one."""
    capture = _take_up()
    if capture is None:
        return False
    if capture.tries > MOST_TRIES:
        _fail(capture, _("Making the copy was broken off again and again."))
        return True
    if reasons := going_out.against_fetching(capture.item):
        _fail(capture, " ".join(reasons))
        return True
    try:
        taken = taking.take(capture.url, going_out.fetcher())
    except NotFetched as problem:
        _fail(capture, problem.sentence)
        return True
    withheld = is_withheld(taken)
    archive = _archive_of(taken)
    _keep(capture, taken, withheld, archive, *_pictured(taken, withheld, archive))
    return True


@transaction.atomic
def _take_up():
    lost = Q(state=State.RUNNING, begun_at__lt=timezone.now() - LEASE)
    waiting = Capture.objects.filter(Q(state=State.ASKED) | lost).order_by("asked_at", "pk")
    # Only its own row is locked, so that two processes pass each other by; SQLite lets one in at a time.
    capture = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("item__source").first()
    if capture:
        capture.state, capture.begun_at, capture.tries = State.RUNNING, timezone.now(), capture.tries + 1
        capture.save(update_fields=["state", "begun_at", "tries"])
    return capture


def _archive_of(taken):
    file = io.BytesIO()
    about = {"software": "factcheck-tracker, warcio", "format": "WARC File Format 1.1", "robots": "classic"}
    warc.write(taken.exchanges, about, file)
    return file.getvalue()


def _pictured(taken, withheld, archive):
    """The Pictures of a page or None, and why there are none."""
    if withheld:
        return None, _("No picture is made of a page whose words are withheld.")
    return pictures.of(archive, taken.last.url, taken.last.media_type)


def _still_ours(capture):
    """The capture as it is now, locked; None where somebody else took it up meanwhile."""
    ours = Capture.objects.filter(pk=capture.pk, state=State.RUNNING, tries=capture.tries)
    return ours.select_for_update().first()


@transaction.atomic
def _keep(capture, taken, withheld, archive, pictured, unpictured):
    now = _still_ours(capture)
    if now is None:
        return
    page, box = taken.page, box_for(taken) if withheld else None
    now.warc = _file(now, archive, warc.TYPE, "warcio", _("the page and what it is shown with"), box)
    now.text_file = _file(now, as_text(taken, withheld), "text/plain", "trafilatura", _("its readable text"), box)
    if pictured:
        now.picture = _file(now, pictured.picture, "image/png", "Chromium", _("a picture, from the archive file"))
        now.pdf = _file(now, pictured.pdf, "application/pdf", "Chromium", _("a PDF, from the archive file"))
    now.http_status, now.captured_at, now.published_on = taken.last.status, taken.last.at, page.published_on or None
    now.withheld, now.unpictured = withheld, unpictured
    if not withheld:
        now.final_url, now.title, now.author, now.publisher = taken.last.url, page.title, page.author, page.publisher
        now.text, now.words = page.text, page.words
    now.state, now.finished_at = State.DONE, timezone.now()
    now.full_clean()
    now.save()
    journal.write(
        by=now.asked_by,
        verb="captured a page",
        record=now.item,
        claim=now.item.claim,
        capture=now.pk,
        sha256=now.warc.sha256,
    )


def _file(capture, content, type, made_with, note, box=None):
    if not content:
        return None
    facts = {"made": File.Made.CAPTURED, "type": type, "made_with": made_with, "box": box}
    return keep_file(content, by=capture.asked_by, item=capture.item, note=note, **facts)


@transaction.atomic
def _fail(capture, sentence):
    if now := _still_ours(capture):
        now.state, now.told, now.finished_at = State.FAILED, tellable(sentence)[:300], timezone.now()
        now.save(update_fields=["state", "told", "finished_at"])
        journal.write(by=None, verb="could not capture a page", record=now.item, claim=now.item.claim, because=now.told)
