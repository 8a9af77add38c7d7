"""Archive publicly: a person asks the Internet Archive to keep a page, and a process of ours follows the job (EV-8).

Never without being asked, never for what is restricted, internal, confidential or a protected person's, and never at all
where the newsroom has no keys.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.claims.actions import OPEN
from factcheck.claims.models import Claim
from factcheck.fetching.refusals import NotFetched
from factcheck.newsroom import journal, record
from factcheck.newsroom.refusals import Refused

from . import custody, going_out
from .models import CustodyEvent, Item, PublicCopy
from .withheld import tellable

LEASE = timedelta(minutes=5)  # longer than one question to the archive may take
LOOK_AGAIN = timedelta(seconds=20)
TRY_AGAIN = timedelta(minutes=10)
MOST_TRIES = 60
State = PublicCopy.State


@transaction.atomic
def ask(item, *, by):
    """Ask for the item's link to be kept by the Internet Archive. Returns the PublicCopy. Raises NotAllowed, Refused."""
    record.require_role(by)
    item = Item.objects.select_for_update(of=("self",)).select_related("source", "claim").get(pk=item.pk)
    if reasons := going_out.against_archiving(item):
        raise Refused(*reasons)
    if item.public_copies.filter(state__in=PublicCopy.UNFINISHED).exists():
        raise Refused(_("The Internet Archive is being asked for this already."))
    now = timezone.now()
    copy = PublicCopy.objects.create(item=item, url=item.url, asked_at=now, asked_by=by, due_at=now)
    journal.write(by=by, verb="asked for a public copy", record=item, claim=item.claim, url=item.url)
    return copy


def archive_one(worker=None):
    """Take the next step with the copy that is due longest, if one is. Returns whether there was one."""
    service = going_out.archive()
    if service is None or (copy := _take_up()) is None:
        return False
    if copy.tries > MOST_TRIES:
        _fail(copy, _("The Internet Archive came to no end with it."))
    elif reasons := going_out.against_archiving(copy.item):
        _fail(copy, " ".join(reasons))
    else:
        _step(copy, service)
    return True


@transaction.atomic
def _take_up():
    due = PublicCopy.objects.filter(state__in=PublicCopy.UNFINISHED, due_at__lte=timezone.now()).order_by(
        "due_at", "pk"
    )
    copy = due.select_for_update(skip_locked=True, of=("self",)).select_related("item__source").first()
    if copy:
        copy.tries, copy.due_at = copy.tries + 1, timezone.now() + LEASE
        copy.save(update_fields=["tries", "due_at"])
    return copy


def _step(copy, service):
    """Send it, or ask how it goes. Killed after sending and before noting the number, it is sent once more: the
    archive then has two copies of one page, which harms nobody."""
    try:
        if copy.state == State.ASKED:
            _note(copy, state=State.FOLLOWED, job=service.submit(copy.url))
        elif kept := service.outcome(copy.job):
            _keep(copy, kept)
        else:
            _note(copy)
    except NotFetched as problem:
        if problem.code in ("refused", "keys"):
            _fail(copy, problem.sentence)
        else:
            _note(copy, due_at=timezone.now() + TRY_AGAIN)


def _still_ours(copy):
    ours = PublicCopy.objects.filter(pk=copy.pk, state=copy.state, tries=copy.tries)
    return ours.select_for_update().first()


@transaction.atomic
def _note(copy, **facts):
    if now := _still_ours(copy):
        facts = {"due_at": timezone.now() + LOOK_AGAIN, **facts}
        for name, value in facts.items():
            setattr(now, name, value)
        now.save(update_fields=list(facts))


@transaction.atomic
def _keep(copy, kept):
    now = _still_ours(copy)
    if now is None:
        return
    now.state, now.archive_url, now.archived_at = State.DONE, kept.url, kept.at
    now.finished_at = timezone.now()
    now.full_clean()
    now.save()
    told = {"by": now.asked_by, "record": now.item, "claim": now.item.claim}
    journal.write(verb="kept publicly", archive=kept.url, **told)
    custody.write(CustodyEvent.What.ARCHIVED, by=now.asked_by, item=now.item, tool="Save Page Now", note=kept.url)
    _write_into(now)


def _write_into(copy):
    """Put the address into the item, where the claim is open and nobody typed one in meanwhile.

    On a page that readers have, nothing changes by itself: the desk shows the address, for the next correction.
    """
    item, claim = copy.item, Claim.objects.select_for_update().get(pk=copy.item.claim_id)
    if claim.status in OPEN and not item.archived_url and not item.withdrawn_at and item.url == copy.url:
        record.amend(item, by=copy.asked_by, verb="edited evidence", claim=claim, archived_url=copy.archive_url)


@transaction.atomic
def _fail(copy, sentence):
    if now := _still_ours(copy):
        now.state, now.told, now.finished_at = State.FAILED, tellable(sentence)[:300], timezone.now()
        now.save(update_fields=["state", "told", "finished_at"])
        told = {"record": now.item, "claim": now.item.claim, "because": now.told}
        journal.write(by=None, verb="not kept publicly", **told)
