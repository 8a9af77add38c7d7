"""The verbs of a right of reply up to the answer: open a file, draft, set a deadline, put, try again, grant time, note silence.

What happens to an answer is in `answering.py`; what editors decide about a file is in `rulings.py`. All of them take `by`,
are atomic and journaled, and raise NotAllowed (the person), ValidationError (the fields) or Refused (the state of things).
What shapes the printed page wants an open claim; what merely happened (an attempt, an answer) is recorded at any time.
"""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.claims.actions import lock_open
from factcheck.newsroom import journal, record
from factcheck.newsroom.refusals import Refused

from . import deadlines, heard
from .correspondence import Channel
from .files import advance, lock, lock_to_print
from .models import Allegation, Attempt, Extension, ReplyFile
from .rounds import UNREACHED, nobody_reached, open_attempts, published
from .states import ASKED, more_time, possible, require_possible

ATTEMPTS_BEFORE_UNREACHABLE = 2
CHANNELS_BEFORE_SILENCE = 2


@transaction.atomic
def open_file(claim, *, by, party):
    """Open the right of reply of `party` (a Speaker) to a claim. One file a party."""
    record.require_role(by)
    lock_open(claim)
    return record.add(ReplyFile(claim=claim, party=party, opened_by=by), by=by, verb="opened reply file", claim=claim)


@transaction.atomic
def draft_allegation(file, *, by, text, material=True):
    """Add something to put to the party. Added after the rest was put, it has to be put too."""
    record.require_role(by)
    file = lock_to_print(file)
    row = Allegation(file=file, text=text, material=material, position=file.allegations.count() + 1)
    record.add(row, by=by, verb="drafted allegation", claim=file.claim)
    advance(file, "draft", by=by, verb="drafting", authored=False)
    return row


@transaction.atomic
def edit_allegation(allegation, *, by, text=None, material=None):
    """Reword an allegation that was not put yet, or say whether it is material. What is None stays."""
    record.require_role(by)
    file = lock_to_print(allegation.file)
    current = Allegation.objects.get(pk=allegation.pk)
    if current.put_at:
        raise Refused(_("This was put to the party, so its words stand. Draft another allegation, and drop this one."))
    wanted = {"text": text, "material": material}
    changed = {k: [getattr(current, k), v] for k, v in wanted.items() if v not in (None, getattr(current, k))}
    if changed:
        for name, (_before, value) in changed.items():
            setattr(current, name, value)
        record.keep(current, by=by)
        fields = {"record": current, "claim": file.claim, "authored": True}
        journal.write(by=by, verb="reworded allegation", changed=changed, **fields)
    return current


@transaction.atomic
def drop_allegation(allegation, *, by, because):
    """Stop publishing an allegation. One that was put stays on the file, with the reason."""
    record.require_role(by)
    file = lock_to_print(allegation.file)
    if not because.strip():
        raise Refused(_("Say why this is no longer published."))
    current = Allegation.objects.get(pk=allegation.pk)
    if current.dropped_at:
        return current
    current.dropped_at, current.dropped_because = timezone.now(), because
    record.keep(current, by=by)
    journal.write(by=by, verb="dropped allegation", record=current, claim=file.claim, authored=True, because=because)
    return current


@transaction.atomic
def set_deadline(file, *, by, deadline_at, basis=""):
    """Say by when the party is asked to answer (`deadline_at`, aware), and why that is fair."""
    record.require_role(by)
    file = lock(file)
    deadlines.check(deadline_at, basis, party=file.party)
    if file.state in ASKED and file.deadline_at and deadline_at < file.deadline_at:
        told = deadlines.told(file.deadline_at)
        raise Refused(_("They were given until %(when)s. They can be given more time, not less.") % {"when": told})
    return record.amend(
        file,
        by=by,
        verb="set deadline",
        claim=file.claim,
        authored=False,
        deadline_at=deadline_at,
        deadline_basis=basis,
    )


@transaction.atomic
def ready(file, *, by):
    """Declare that what will be put is written and has a deadline."""
    record.require_role(by)
    file = lock_to_print(file)
    require_possible(file, "ready")
    _require_something_to_put(file)
    return advance(file, "ready", by=by, verb="ready to put", authored=False)


def _require_something_to_put(file):
    if missing := missing_to_put(file):
        raise Refused(*missing)


def missing_to_put(file):
    """What a party cannot be asked without and the file does not have yet, in sentences."""
    missing = []
    if not published(file):
        missing.append(_("Nothing is drafted that could be put to the party."))
    if not file.deadline_at:
        missing.append(_("There is no deadline."))
    return missing


@transaction.atomic
def put(file, *, by, at, channel, to_role, text, to_name="", address_used="", outcome=Attempt.Outcome.DELIVERED):
    """Put everything on the file to the party: the first attempt, or the renewed one after the wording changed.

    Whom it did not reach, it was put to in vain: the file says that they could not be reached, or, where they were asked
    before, goes on saying what was put to them then.
    """
    record.require_role(by)
    file = lock_to_print(file)
    require_possible(file, "put")
    _require_something_to_put(file)
    _require_something_new(file)
    _require_time_to_answer(file, at)
    fields = {"to_role": to_role, "to_name": to_name, "address_used": address_used, "text": text}
    attempt = _log(file, by=by, at=at, channel=channel, outcome=outcome, **fields)
    event = "put_in_vain" if outcome in UNREACHED else "put"
    if possible(file.state, event):
        _stamp(file, by=by, at=at)
        advance(file, event, by=by, verb="put to party", authored=True, wording_put=file.claim.wording)
    return attempt


def _require_something_new(file):
    """Two attempts are what silence counts on, so the same is not put twice by a second window or a second click."""
    if reasons := nothing_new(file):
        raise Refused(*reasons)


def nothing_new(file):
    """Why there is nothing to put to a party that was asked already, in sentences."""
    if file.state in ASKED and not _not_put_yet(file):
        return [_("All of this was put already. To ask once more, log a further attempt.")]
    return []


def _require_time_to_answer(file, at):
    if file.state not in ASKED or _not_put_yet(file):  # asking once more for the same needs no new deadline
        deadlines.check(file.deadline_at, file.deadline_basis, now=at, party=file.party)


def _not_put_yet(file):
    return [row for row in published(file) if row.wording != file.claim.wording]


def _stamp(file, *, by, at):
    """Note on each allegation when it was put, and how the claim was worded then."""
    for row in _not_put_yet(file):
        row.put_at, row.wording = at, file.claim.wording
        record.keep(row, by=by)


def _log(file, *, by, at, **fields):
    if at > timezone.now():
        raise Refused(_("This moment is still to come. Check the date and time."))
    if fields["channel"] == Channel.VIA_REPORT:
        raise Refused(_("What another outlet asked is no attempt of ours. Choose the way in which you asked."))
    row = Attempt(file=file, at=at, logged_by=by, **fields)
    return record.add(row, by=by, verb="logged attempt", claim=file.claim)


@transaction.atomic
def log_attempt(file, *, by, at, channel, to_role, text, to_name="", address_used="", outcome):
    """Log a further attempt to reach the party."""
    record.require_role(by)
    file = lock(file)
    if not file.wording_put:
        raise Refused(_("Nothing was put to this party yet: choose “Put to the party”."))
    fields = {"to_role": to_role, "to_name": to_name, "address_used": address_used, "text": text}
    attempt = _log(file, by=by, at=at, channel=channel, outcome=outcome, **fields)
    if outcome not in UNREACHED:
        advance(file, "reach", by=by, verb="reached party", authored=False)
    return attempt


@transaction.atomic
def decide_extension(file, *, by, asked_at, asked_by_role, granted, reason, new_deadline_at=None):
    """Grant or refuse more time. A granted deadline is later than the one before; a refusal is on the record too.

    To refuse is possible wherever something was put: what was asked for is decided, whatever became of the file.
    """
    record.require_role(by)
    file = lock(file)
    event = more_time(file.state)
    if granted or not file.wording_put:
        require_possible(file, event)
    if asked_at > timezone.now():
        raise Refused(_("This moment is still to come. Check the date and time."))
    if granted and new_deadline_at:
        _require_more_time(file, new_deadline_at, reason)
    row = Extension(
        file=file,
        asked_at=asked_at,
        asked_by_role=asked_by_role,
        granted=granted,
        reason=reason,
        new_deadline_at=new_deadline_at,
        decided_by=by,
    )
    record.add(row, by=by, verb="decided on more time", claim=file.claim, authored=False)
    if granted:
        advance(file, event, by=by, verb="extended", authored=False, deadline_at=new_deadline_at)
    return row


def _require_more_time(file, new_deadline_at, reason):
    if file.deadline_at and new_deadline_at <= file.deadline_at:
        raise Refused(_("The new deadline has to be later than the one it extends."))
    deadlines.check(new_deadline_at, reason, party=file.party)


@transaction.atomic
def mark_no_response(file, *, by):
    """Note that the party stayed silent: only after the deadline, and enough attempts on two channels (RR-3)."""
    record.require_role(by)
    file = lock_to_print(file)
    require_possible(file, "fall_silent")
    if reasons := not_yet_silent(file):
        raise Refused(*reasons)
    return advance(file, "fall_silent", by=by, verb="noted silence", authored=True)


def not_yet_silent(file, now=None):
    """Everything that is still missing before silence counts, in sentences."""
    attempts, reasons = open_attempts(file), []
    if not file.deadline_at:
        reasons.append(_("The party was given no deadline."))
    elif not deadlines.is_past(file.deadline_at, now):
        reasons.append(_("The deadline is not past yet: %(when)s.") % {"when": deadlines.told(file.deadline_at)})
    return [*reasons, *heard.nothing_unread(file), *_attempts_missing(attempts)]


def _attempts_missing(attempts):
    """What the attempts lack before silence may rest on them: their number, and a second way of asking."""
    wanted, channels = settings.ATTEMPTS_BEFORE_SILENCE, {attempt.channel for attempt in attempts}
    if len(attempts) < wanted:
        counted = {"wanted": wanted, "count": len(attempts), "missing": wanted - len(attempts)}
        yield (
            _(
                "Silence counts after %(wanted)d attempts that did not come back. Since they last answered there have "
                "been %(count)d: %(missing)d to go."
            )
            % counted
        )
    if len(channels) < CHANNELS_BEFORE_SILENCE:
        yield _("Silence counts after attempts on two channels. Try another one.")


@transaction.atomic
def mark_undeliverable(file, *, by):
    """Note that the party cannot be reached: every way that was tried failed, and there were two attempts (RR-2)."""
    record.require_role(by)
    file = lock_to_print(file)
    require_possible(file, "give_up")
    if reasons := not_yet_unreachable(file):
        raise Refused(*reasons)
    return advance(file, "give_up", by=by, verb="noted unreachable", authored=True)


def not_yet_unreachable(file):
    """Why the party does not count as out of reach yet, in sentences."""
    if file.attempts.count() < ATTEMPTS_BEFORE_UNREACHABLE or not nobody_reached(file):
        return [_("A party counts as unreachable after two attempts that all failed.")]
    return heard.nothing_unread(file)
