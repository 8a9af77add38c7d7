"""Sending what is due: one e-mail at a time, by any number of workers, killed at any moment.

Who takes one says so first. `sending` is noted when the mail server has agreed to everything but the message itself, so
only a crash in that instant leaves "may have been sent", which a person decides; any earlier one is tried again.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.sources.file_keys import Shredded
from factcheck.sources.keys import VaultShut

from . import held, keys, message, noting, outgoing, transport, wanted
from .models import Outgoing, SentCopy
from .states import OutgoingState
from .workers import LEASE, is_gone

# after how long to try again what the mail server would not take for now: about two days in all
AGAIN_AFTER = [timedelta(minutes=m) for m in (1, 5, 15, 60, 120, 240, 480, 960, 960)]


class Lost(Exception):
    """Another worker has the e-mail meanwhile: this one has nothing more to do with it."""


def settle_one(worker):
    """Look after one e-mail whose worker is gone: not begun, it waits again; begun, it is in doubt. Whether there was one."""
    for mail in Outgoing.objects.filter(state__in=["queued", "sending"], taken_until__isnull=False):
        if is_gone(mail.taken_by) or mail.taken_until < timezone.now():
            return _settle(mail.pk, mail.taken_by)
    return False


@transaction.atomic
def _settle(pk, taken_by):
    mail = Outgoing.objects.select_for_update().get(pk=pk)
    if mail.taken_by != taken_by or mail.state not in ("queued", "sending"):
        return True  # somebody else was faster
    if mail.state == OutgoingState.SENDING:
        noting.in_doubt(mail, _("The program that was sending it stopped half-way."))
    else:
        release(mail)
    return True


def release(mail, **changes):
    """Let go of an e-mail, with other changes of its fields."""
    for name, value in {"taken_by": "", "taken_until": None, **changes}.items():
        setattr(mail, name, value)
    mail.save()
    return mail


def send_one(worker):
    """Send the one e-mail that has been due longest. Returns whether there was one."""
    mail = _take(worker)
    if mail is None:
        return False
    if unwanted := wanted.why_not(mail):
        noting.called_off(mail, unwanted)
    else:
        _send(mail)
    return True


@transaction.atomic
def _take(worker):
    due = outgoing.due().filter(Q(taken_until=None)).select_for_update(skip_locked=True, of=("self",))
    mail = due.first()
    if mail:
        release(mail, taken_by=worker.name, taken_until=timezone.now() + LEASE)
    return mail


def _send(mail):
    try:
        ready = _ready(mail)
    except keys.KeyChanged:
        return noting.not_sent(mail, _("SECRET_KEY has changed since it was queued: give the letter to be sent again."))
    except VaultShut as shut:
        told = " ".join(map(str, shut.reasons))
        return _later_or_never(mail, transport.NotSent(told, for_good=isinstance(shut, Shredded)))
    if transport.prints_only():
        return noting.printed(mail)
    try:
        said = transport.deliver(ready, mail.to_address, begin=lambda: _begin(mail))
    except Lost:
        return mail
    except transport.NotSent as problem:
        return _later_or_never(mail, problem)
    except transport.InDoubt as problem:
        return noting.in_doubt(mail, problem.told)
    return noting.sent(mail, said)


def _ready(mail):
    """The message as it leaves; a copy of it, with a mark for what nobody may read, is kept before the first try."""
    copy = SentCopy.objects.filter(outgoing=mail).first()
    dated = copy.dated if copy else timezone.now().replace(microsecond=0)
    page = keys.address_of(mail.key) if mail.key else keys.MARK
    ready = message.build(mail, dated, page, held.text_of(mail))
    if copy is None:
        kept = message.build(mail, dated)
        fields = {"sha256": message.sha256(kept), "sent_sha256": message.sha256(ready)}
        SentCopy(outgoing=mail, dated=dated, source=kept.as_bytes().decode("ascii"), **fields).save()
    return ready


def _begin(mail):
    """From here on nobody can know, until the server has answered. Raises Lost where its time ran out and somebody else has it."""
    mail.state, mail.tried_at = OutgoingState.SENDING, timezone.now()
    if not _still_ours(mail).update(state=mail.state, tried_at=mail.tried_at):
        raise Lost


def _still_ours(mail):
    return Outgoing.objects.filter(pk=mail.pk, taken_by=mail.taken_by, state__in=["queued", "sending"])


def _later_or_never(mail, problem):
    if not _still_ours(mail).exists():
        return mail
    if problem.for_good or mail.tries >= len(AGAIN_AFTER):
        return noting.not_sent(mail, problem.told, refused=problem.refused)
    due_at = timezone.now() + AGAIN_AFTER[mail.tries]
    return release(
        mail,
        state=OutgoingState.QUEUED,
        tries=mail.tries + 1,
        answered=problem.told,
        due_at=due_at,
        tried_at=timezone.now(),
    )
