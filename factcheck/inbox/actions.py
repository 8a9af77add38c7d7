"""The verbs for what came in: file a statement, confirm an answer, decide on the time it asks for, set it aside, move it.

Nothing that came in is published by itself: only `confirm` makes a Response of it, and a person says so. `by` is None where
the party itself is at work. All are atomic and journaled, and raise NotAllowed, ValidationError or Refused.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.newsroom import journal, record
from factcheck.newsroom.refusals import Refused
from factcheck.reply import actions as reply
from factcheck.reply import answering
from factcheck.reply.correspondence import Channel
from factcheck.reply.files import lock

from . import withheld
from .models import Filing, Incoming, IncomingAnswer
from .words import stands_in

State = Filing.State
CAN_BE_TAKEN_UP = (State.SET_ASIDE, State.TIME_DECIDED)


def file_statement(files, *, by=None, answers=(), received_at=None, **fields):
    """File what a party said, unread, with each of `files` (ReplyFile). Returns (Incoming, whether it was made now).

    `answers` are {Allegation: text}, each allegation of one of the files; other fields as in `Incoming`. The same `once`
    twice is one statement: the second call returns the first one's. A different one adds, and replaces nothing. It refuses
    where nothing is said or the allegation is another's, and never because of what is said.
    """
    files, answers = list(files), {row: text for row, text in dict(answers).items() if text.strip()}
    if before := _filed_before(fields):
        return before, False
    _require_something_said(files, answers, fields)
    try:
        return _file(files, answers, by=by, received_at=received_at, fields=fields), True
    except (IntegrityError, ValidationError):  # the same, sent twice in the same moment
        if before := _filed_before(fields):
            return before, False
        raise


def _filed_before(fields):
    return Incoming.objects.filter(once=fields["once"]).first() if fields.get("once") else None


def _require_something_said(files, answers, fields):
    if not files:
        raise Refused(_("Say which right of reply this answers."))
    if {row.file_id for row in answers} - {file.pk for file in files}:
        raise Refused(_("This belongs to the right of reply of somebody else."))
    asked = fields.get("more_time_until") or fields.get("more_time_because")
    if not (answers or fields.get("text", "").strip() or fields.get("declined") or asked or fields.get("message")):
        raise Refused(_("Nothing is said yet: write an answer, decline to comment, or ask for more time."))


@transaction.atomic
def _file(files, answers, *, by, received_at, fields):
    incoming = Incoming(received_at=received_at or timezone.now(), **{"channel": Channel.WEB_FORM, **fields})
    answers = withheld.statement_without_words(incoming, answers)
    _as_it_came(incoming)
    said = {"channel": incoming.channel, "characters": len(incoming.text), "answers": len(answers)}
    said |= {"asks_for_time": incoming.asks_for_time, "more_time_until": incoming.more_time_until}
    journal.write(by=by, verb="received answer", record=incoming, said=said)
    for allegation, text in answers.items():
        _as_it_came(IncomingAnswer(incoming=incoming, allegation=allegation, text=text))
    for file in files:
        file_with(incoming, file, by=by)
    return incoming


def _as_it_came(row):
    """Kept without a look at the words: what a party says is never refused, whatever is in it."""
    row.full_clean()
    row.save()
    return row


def file_with(incoming, file, *, by):
    """Lay an incoming answer, unread, with a right of reply. Returns the Filing; once a file."""
    before = Filing.objects.filter(incoming=incoming, file=file).first()
    return before or record.add(
        Filing(incoming=incoming, file=file), by=by, verb="filed answer", claim=file.claim, authored=False
    )


@transaction.atomic
def confirm(filing, *, by, verbatim, answers=(), transcribed=False, **fields):
    """Say that this is the party's answer, and what kind of answer: makes a Response. Returns it.

    `verbatim` has to stand in what came, unless it was `transcribed` from an attachment; other fields as in `Response`.
    """
    record.require_role(by)
    file, filing = _lock(filing)
    incoming = filing.incoming
    if reasons := time_undecided(filing):
        raise Refused(*reasons)
    _require_their_words(verbatim, incoming, file, transcribed)
    given = {"received_at": incoming.received_at, "channel": incoming.channel, **fields}
    response = answering.record_response(file, by=by, verbatim=verbatim, answers=answers, **given)
    because = _("Transcribed from an attachment.") if transcribed else ""
    _settle(filing, file, by=by, verb="confirmed answer", state=State.CONFIRMED, response=response, because=because)
    return response


def time_undecided(filing):
    """Why an answer is not confirmed while the time it asks for is granted to nobody and refused to nobody, in sentences."""
    if not filing.incoming.asks_for_time or filing.extension_id:
        return []
    return [
        _("They ask for more time as well. Decide on that first: what they said stays unread until it is confirmed.")
    ]


def time_decided(filing):
    """Why the time it asks for is not decided on once more, in sentences."""
    return [_("The time they ask for is decided on already.")] if filing.extension_id else []


def not_to_be_taken_up(filing):
    """Why it is not laid back among what is unread, in sentences."""
    return [] if filing.state in CAN_BE_TAKEN_UP else [_("Only what was set aside can be taken up again.")]


def _require_their_words(verbatim, incoming, file, transcribed):
    if transcribed and not may_be_transcribed(incoming):
        raise Refused(_("Nothing is attached to it that could have been transcribed."))
    if not transcribed and not stands_in(verbatim, incoming, file):
        raise Refused(
            _("These words do not stand in what came, in this order. Leave out what you like, and add nothing.")
        )


def may_be_transcribed(incoming):
    """Whether it holds something that is not read here: an attachment, or all of it."""
    message = incoming.message
    if incoming.is_withheld or message is None:
        return incoming.is_withheld
    return message.kind != message.Kind.ANSWER or "encrypted" in message.flags or message.attachments.exists()


@transaction.atomic
def decide_time(filing, *, by, answers_too=False, **fields):
    """Grant or refuse the time that is asked for; `fields` as in `reply.actions.decide_extension`. Returns the Extension.

    Where an answer came with it (`answers_too`, and always on the private page), that stays unread until it is confirmed.
    """
    record.require_role(by)
    file, filing = _lock(filing)
    if reasons := time_decided(filing):
        raise Refused(*reasons)
    given = {"asked_at": filing.incoming.received_at, **fields}
    extension = reply.decide_extension(file, by=by, **given)
    if answers_too or filing.incoming.says_more:
        decided = {"verb": "decided on incoming", "claim": file.claim, "authored": False}
        record.amend(filing, by=by, extension=extension, **decided)
    else:
        _settle(filing, file, by=by, verb="decided on incoming", state=State.TIME_DECIDED, extension=extension)
    return extension


@transaction.atomic
def set_aside(filing, *, by, because):
    """Say that this is no answer to what was put, and why. It stays as it came, and can be taken up again."""
    record.require_role(by)
    file, filing = _lock(filing)
    if not because.strip():
        raise Refused(_("Say why this is no answer."))
    return _settle(filing, file, by=by, verb="set answer aside", state=State.SET_ASIDE, because=because)


@transaction.atomic
def take_up(filing, *, by):
    """Lay what was set aside back among what is unread; and what asked for time, where it turns out to answer, too."""
    record.require_role(by)
    file = lock(filing.file)
    filing = Filing.objects.select_for_update().get(pk=filing.pk)
    if reasons := not_to_be_taken_up(filing):
        raise Refused(*reasons)
    nothing = {"settled_at": None, "settled_by": None, "settled_because": ""}
    fields = {"verb": "took answer up", "claim": file.claim, "authored": False, "state": State.UNREAD}
    return record.amend(filing, by=by, **fields, **nothing)


@transaction.atomic
def move(filing, *, by, to, because):
    """Say that this answers another right of reply, `to`: it is set aside here and lies unread there. Returns the new Filing."""
    if to.pk == filing.file_id:
        raise Refused(_("It lies with this right of reply already."))
    set_aside(filing, by=by, because=because)
    return file_with(filing.incoming, to, by=by)


def _lock(filing):
    """The right of reply and the filing as they are now, locked. Raises Refused where somebody settled it meanwhile."""
    file = lock(filing.file)
    filing = Filing.objects.select_for_update().get(pk=filing.pk)
    if filing.state != State.UNREAD:
        raise Refused(_("Somebody has read this already: it is “%(state)s”.") % {"state": filing.get_state_display()})
    return file, filing


def _settle(filing, file, *, by, verb, state, because="", **fields):
    changes = {"state": state, "settled_because": because, "settled_by": by, "settled_at": timezone.now(), **fields}
    return record.amend(filing, by=by, verb=verb, claim=file.claim, authored=False, **changes)
