"""The verbs of a letter: draft it from the record, edit it, have legal clear it, queue it, withdraw it.

All take `by`, are atomic and journaled, and raise NotAllowed (the person), ValidationError (the fields) or Refused (the
state of things). What happens when it leaves is in `sending`; what a person decides afterwards is in `afterwards`.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.newsroom import journal, record
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.newsroom.roles import Role
from factcheck.reply import actions as reply
from factcheck.reply.contact import contact_of, place_of
from factcheck.reply.models import ReplyFile
from factcheck.reply.rounds import published
from factcheck.reply.states import State

from . import checks, keys, outgoing
from .drafting import subject_line, text_for
from .fingerprint import fingerprint
from .models import Letter, LetterFile, Outgoing
from .refs import reply_address
from .states import after

WORDS = frozenset({"subject", "body", "to_role", "to_name", "to_address", "call", "zone", "country", "region"})


@transaction.atomic
def draft_letter(files, *, by, to_address="", to_role="", to_name="", call=""):
    """Write the draft of one letter about `files` (ReplyFiles of one party) from the record. Returns the Letter.

    Each file needs something to put and a deadline; the letter asks by the latest of them. What is left out of the
    addressee comes from what is kept of the party.
    """
    record.require_role(by)
    files = [lock_file(file) for file in files]
    party = _one_party(files)
    for file in files:
        if reasons := checks.is_open_to(file, file.letters.all()):
            raise Refused(*reasons)
    letter = Letter(party=party, drafted_by=by, deadline_at=max(file.deadline_at for file in files), body="-")
    _address(letter, to_address=to_address, to_role=to_role, to_name=to_name, call=call)
    letter.party_name = party.shown_as
    letter.kind = Letter.Kind.AGAIN if any(file.wording_put for file in files) else Letter.Kind.FIRST
    letter.subject = subject_line(letter)
    letter.body = text_for(letter, files, by)
    record.add(
        letter, by=by, verb="wrote letter", claim=files[0].claim, authored=False, said={"files": _numbers(files)}
    )
    for file in files:
        _take_in(letter, file, by=by)
    return letter


def lock_file(file):
    """The reply file as it is now, with its claim and party."""
    return ReplyFile.objects.select_related("claim", "party__pseudonym").get(pk=file.pk)


def _numbers(files):
    return [file.pk for file in files]


def _one_party(files):
    if not files:
        raise Refused(_("Choose at least one right of reply to write about."))
    party = files[0].party
    if any(file.party_id != party.pk for file in files):
        raise Refused(_("One letter goes to one party, and these are rights of reply of several."))
    if party.pseudonym_id:
        raise Refused(_("No letter goes to a protected person. Ask them through your source's channel."))
    return party


def _address(letter, **given):
    contact, place = contact_of(letter.party), place_of(letter.party)
    kept = {"to_address": contact.email, "to_role": contact.role, "to_name": contact.name} if contact else {}
    for name, value in given.items():
        setattr(letter, name, value or kept.get(name, ""))
    letter.zone, letter.country, letter.region = place.zone, place.country, place.region


def _take_in(letter, file, *, by):
    """Note what the letter puts of a file, as the record has it now."""
    part = LetterFile.objects.filter(letter=letter, file=file).first() or LetterFile(letter=letter, file=file)
    part.wording = file.claim.wording
    record.keep(part, by=by)
    part.allegations.set(published(file))


def lock(letter):
    """The letter as it is now, locked until the transaction ends."""
    return Letter.objects.select_for_update().get(pk=letter.pk)


def move(letter, event, *, by, verb, **changes):
    """Take the letter along `event`, with other changes of its fields, as one journaled change. Returns the fresh letter."""
    state = after(letter, event)
    claim = letter.first_claim
    return record.amend(letter, by=by, verb=verb, claim=claim, authored=False, state=state, **changes)


@transaction.atomic
def edit_letter(letter, *, by, version=None, deadline_at=None, basis="", **changes):
    """Change the words, the addressee or the deadline of a letter that has not left. A clearance that no longer fits is void.

    `deadline_at` is set on every right of reply it is about, with its `basis`. What the record says now is taken in anew.
    """
    record.require_role(by)
    if strange := changes.keys() - WORDS:
        raise TypeError(f"not for editing: {sorted(strange)}")
    letter = lock(letter)
    if "body" in changes:  # a browser's line ends are not those of the draft
        changes["body"] = "\n".join(changes["body"].splitlines())
    if deadline_at and deadline_at != letter.deadline_at:
        changes |= _new_deadline(letter, deadline_at, basis, changes, by=by)
    for part in letter.parts.select_related("file"):
        _take_in(letter, lock_file(part.file), by=by)
    void = {"cleared_at": None, "cleared_by": None, "cleared_fingerprint": "", "stopped_because": ""}
    return move(letter, "edit", by=by, verb="edited letter", version=version, **changes, **void)


def _new_deadline(letter, deadline_at, basis, changes, *, by):
    """The changes that go with another deadline: on the files, and in the letter's own words where they name it."""
    before, letter.deadline_at = checks.told(letter), deadline_at
    for part in letter.parts.select_related("file"):
        reply.set_deadline(part.file, by=by, deadline_at=deadline_at, basis=basis or part.file.deadline_basis)
    body = changes.get("body", letter.body).replace(before, checks.told(letter))
    return {"deadline_at": deadline_at, "body": body}


@transaction.atomic
def send_to_legal(letter, *, by):
    """Ask legal to clear the letter."""
    record.require_role(by)
    letter = lock(letter)
    if reasons := checks.against_sending(letter):
        raise Refused(*reasons)
    return move(letter, "to_legal", by=by, verb="sent letter to legal", stopped_because="")


@transaction.atomic
def clear(letter, *, by, seen):
    """Legal's word that the letter may go as it is. `seen` is the fingerprint of what was read: other words are not cleared."""
    record.require_role(by, {Role.LEGAL})
    letter = lock(letter)
    if reason := wrote_it(letter, by):
        raise NotAllowed(reason)
    if seen != fingerprint(letter):
        raise Refused(_("The letter has changed while you were reading it. Read it again."))
    fields = {"cleared_at": timezone.now(), "cleared_by": by, "cleared_fingerprint": seen}
    return move(letter, "clear", by=by, verb="cleared letter", **fields)


def wrote_it(letter, by):
    """Why this person may not clear the letter, in a sentence; None where they wrote no word of it."""
    wrote = journal.JournalEntry.objects.filter(record=journal.record_name(letter), actor_id=by.pk)
    if wrote.filter(verb__in=["wrote letter", "edited letter"]).exists():
        return _("You wrote part of this letter, so somebody else has to clear it.")
    return None


@transaction.atomic
def send_back(letter, *, by, because):
    """Legal gives the letter back to be changed, with a reason."""
    record.require_role(by, {Role.LEGAL})
    letter = lock(letter)
    if not because.strip():
        raise Refused(_("Say what has to change."))
    void = {"cleared_at": None, "cleared_by": None, "cleared_fingerprint": ""}
    return move(letter, "send_back", by=by, verb="sent letter back", stopped_because=because.strip(), **void)


@transaction.atomic
def queue_letter(letter, *, by):
    """Give the letter to be sent: from now on its words stand. Returns the fresh letter.

    Refused while anything is against it: `checks.against`. The next worker sends it; until then it can be withdrawn.
    """
    record.require_role(by)
    letter = lock(letter)
    after(letter, "queue")
    for part in checks.parts(letter):
        if part.file.deadline_at != letter.deadline_at:
            basis = part.file.deadline_basis
            reply.set_deadline(part.file, by=by, deadline_at=letter.deadline_at, basis=basis)
    if reasons := checks.against(letter):
        raise Refused(*reasons)
    for part in checks.parts(letter):
        if part.file.state == State.DRAFTING:
            reply.ready(part.file, by=by)
    letter = move(
        letter, "queue", by=by, verb="queued letter", queued_at=timezone.now(), queued_by=by, stopped_because=""
    )
    _to_outgoing(letter, by=by)
    return letter


def _to_outgoing(letter, *, by):
    """The e-mail that carries the letter. A letter that is queued again is another e-mail, with a page key of its own."""
    key = keys.issue(letter, by=by) if keys.MARK in letter.body else None
    return outgoing.queue(
        purpose=Outgoing.Purpose.LETTER,
        once=f"letter:{letter.pk}:{letter.outgoing.filter(purpose=Outgoing.Purpose.LETTER).count() + 1}",
        to_address=letter.to_address,
        to_name=letter.to_name,
        reply_to=reply_address(letter.reply_ref),
        subject=letter.subject,
        body=letter.body,
        letter=letter,
        key=key,
        by=by,
    )


@transaction.atomic
def withdraw(letter, *, by, because):
    """Stop a letter that has not left. Refused once a worker has taken it."""
    record.require_role(by)
    letter = lock(letter)
    if not because.strip():
        raise Refused(_("Say why the letter is withdrawn."))
    if not outgoing.cancel_all(letter.outgoing.all(), because=because):
        raise Refused(_("It is being sent at this moment, so it is too late to stop it."))
    for key in keys.standing(letter):
        keys.revoke(key, by=by, because=because)
    return move(letter, "withdraw", by=by, verb="withdrew letter", stopped_because=because.strip())
