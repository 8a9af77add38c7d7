"""A message comes in: it is kept as it is, read, matched and filed, once, whatever is in it and however often it comes.

Everything is in one transaction, and its bytes are on the shelf before: whoever is killed half-way has lost nothing, because
the mail server or the mailbox still has the message and gives it again.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from factcheck.files.shelf import measure, shelf
from factcheck.letters import shut_away
from factcheck.newsroom import journal

from . import bounded, matching, sorting, withheld
from .mail import TEXT_KEPT, Attachment, Message

Kind = Message.Kind
FLAG_FUTURE, FLAG_SAME_ID = "future-date", "same-id"
SKEW = timedelta(days=1)  # clocks that are a little wrong are nothing odd


def receive(file, *, received_at=None, recipients=()):
    """Take in one message. Returns (Message, whether it is new).

    `file` is a binary file object that can be sought; `recipients` are the envelope's, where the mail server says them;
    `received_at` is when it reached us, now where nothing is said. Raises OSError and database errors, and nothing because
    of what the message says: the caller tries again.
    """
    sha256, size = measure(file)
    if before := Message.objects.filter(sha256=sha256).first():
        return before, False
    told = bounded.read(file, size)
    told |= {"received_at": min(received_at or timezone.now(), timezone.now()), "sha256": sha256, "size": size}
    if before := _same(told):
        return before, False
    return _take_in(file, told, recipients)


def _same(told):
    """The message that came before by another road, and says the same."""
    same = {"message_id": told["message_id"], "content_sha256": told["content_sha256"]}
    return Message.objects.filter(**same).first() if told["message_id"] else None


def _take_in(file, told, recipients):
    message, attached = _as_read(told, recipients)
    telling = withheld.without_words(message, attached)
    file.seek(0)
    kept = shut_away.keep(file, telling)
    message.kept_as = kept.name
    try:
        with transaction.atomic():
            return _write(message, attached, told, recipients), True
    except IntegrityError:  # it came by two roads in the same moment
        shelf("mail").remove(kept.name)
        if before := Message.objects.filter(sha256=told["sha256"]).first() or _same(told):
            return before, False
        raise
    except BaseException:
        shelf("mail").remove(kept.name)
        raise


def _as_read(told, recipients):
    """The Message and its Attachments as they were read, before anybody knows what it answers."""
    message = Message(
        kind=told["kind"],
        sent_to=", ".join(dict.fromkeys([*recipients, *told["sent_to"]]))[:1000],
        checked=_checked(told["checked"]),
        flags=_flags(told),
        text=told["text"][:TEXT_KEPT],
        dated=_moment(told["dated"]),
        **{name: told[name] for name in ("subject", "from_name", "from_address", "message_id", "content_sha256")},
        **{name: told[name] for name in ("sha256", "size", "received_at")},
    )
    return message, [Attachment(message=message, **row) for row in told["attachments"]]


def _write(message, attached, told, recipients):
    match = matching.find(told, recipients)
    taken_back = told["kind"] == Kind.BOUNCE and sorting.take_back(told, match)
    message.matched, message.letter = match.how, match.letter
    message.to_sort = sorting.wants_a_person(told, match, taken_back)
    message.save()
    Attachment.objects.bulk_create(attached)
    said = {"kind": message.kind, "matched": message.matched, "sha256": message.sha256, "size": message.size}
    journal.write(by=None, verb="received message", record=message, said=said)
    sorting.file(message, match)
    return message


def _moment(iso):
    return datetime.fromisoformat(iso) if iso else None


def _flags(told):
    flags = set(told["flags"])
    if told["dated"] and _moment(told["dated"]) > told["received_at"] + SKEW:
        flags.add(FLAG_FUTURE)
    if told["message_id"] and Message.objects.filter(message_id=told["message_id"]).exists():
        flags.add(FLAG_SAME_ID)
    return sorted(flags)


def _checked(values):
    """What our own mail server found of the sender: the topmost line that names it. Anybody can write the others."""
    name = settings.MAIL_CHECKED_BY.lower()
    ours = (value for value in values if name and value.split(";")[0].split()[:1] == [name])
    return " ".join(next(ours, "").split())[:1000]
