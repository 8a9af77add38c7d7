"""Reading the file from the living record, with every hash checked while it is read."""

import json

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.database.rows import AppendOnlyModel
from factcheck.inbox.verifying import as_it_came
from factcheck.newsroom import journal
from factcheck.newsroom.models import JournalEntry, User
from factcheck.published.document import digest
from factcheck.published.models import Edition

from ..gathering import gather as gather_dossier
from .case import Chain, CourtFile, Digest, Line, Person
from .correspondence import rows_of
from .editions import edition_facts
from .fields import HAPPENED, KINDS, OF_THE_CLAIM
from .rows import row_hash, salt_of
from .telling import Teller
from .worksheet import worksheet

# Mail leaves and comes in by rows of its own, which the journal names only by number.
BY_ROW = frozenset({"outgoing", "message"})


def gather(claim, file=None):
    """The whole, unredacted CourtFile of a claim, or of one right of reply of it (`file`)."""
    files = claim.reply_files.select_related("party__pseudonym")
    files = list(files.filter(pk=file.pk) if file else files)
    file = files[0] if file else None
    rows, about = rows_of(files)
    entries, left_out = _entries(claim, rows)
    dossier, editions = gather_dossier(claim), _editions(claim)
    staff = _staff(entries, rows, editions)
    teller = Teller(staff, _allegations(rows), _off_record(rows))
    lines = [_entry_line(entry, rows, about, editions, staff, teller, file) for entry in entries]
    lines += [_row_line(row, about, staff, teller) for row in rows.values() if row._meta.model_name in BY_ROW]
    walked = journal.walk()
    return CourtFile(
        newsroom=settings.NEWSROOM_NAME,
        wording=claim.wording,
        party=file.party.shown_as if file else "",
        page=f"{settings.SITE_URL}{reverse('claim', args=[claim.check_slug])}" if claim.has_page else "",
        made_at=timezone.now(),
        zone=settings.TIME_ZONE,
        lines=tuple(sorted(lines, key=lambda line: (line.at, line.number or 0, line.record))),
        worksheet=worksheet(dossier, files),
        chain=Chain(walked.held, walked.head, walked.broken, walked.why),
        left_out=left_out,
        names=tuple(sorted({p.name for p in staff.values() if not p.byline and " " in p.name})),
    )


def _entries(claim, rows):
    """(the entries that belong in the file, how many about evidence and sources are left out), the oldest first."""
    concerning = Q(claim_ref=str(claim.ref)) | Q(record__in=rows.keys())
    entries, left_out = [], 0
    for entry in JournalEntry.objects.filter(concerning).order_by("number"):
        name = entry.record.partition(":")[0]
        if entry.record in rows or (name in OF_THE_CLAIM and entry.claim_ref == str(claim.ref)):
            entries.append(entry)
        elif name not in KINDS:
            left_out += 1
    return [entry for entry in entries if entry.record.partition(":")[0] not in BY_ROW], left_out


def _editions(claim):
    found = Edition.objects.filter(page__claim_ref=str(claim.ref)).select_related("page", "notice")
    return {edition.number: edition for edition in found}


def _staff(entries, rows, editions):
    """{number of the person, as text: Person}; whoever is named on a page by name, everybody by their place in this file."""
    documents = [json.loads(edition.document) for edition in editions.values()]
    printed = {name for d in documents for name in (*d["written_by"], *d["signed_off_by"])}
    numbers = [entry.actor_id for entry in entries if entry.actor_id]
    for row in rows.values():
        users = (f for f in row._meta.concrete_fields if f.related_model is User)
        numbers += [f.value_from_object(row) for f in users if f.value_from_object(row)]
    people = {person.pk: person for person in User.objects.filter(pk__in=numbers)}
    found = {}
    for place, number in enumerate(dict.fromkeys(numbers), 1):
        name = people[number].shown_as if number in people else _("somebody who has left")
        found[str(number)] = Person(name, place, name in printed)
    return found


def _allegations(rows):
    return {row.pk: row.text for row in rows.values() if row._meta.model_name == "allegation"}


def _off_record(rows):
    answers = (row for row in rows.values() if row._meta.model_name == "response")
    return frozenset(journal.record_name(row) for row in answers if not row.on_record)


def _entry_line(entry, rows, about, editions, staff, teller, file):
    row = rows.get(entry.record)
    facts, digests = teller.facts(entry), _digests_of(row)
    if entry.verb == "printed edition" and (edition := editions.get(entry.details.get("edition"))):
        facts += edition_facts(edition, file.party.slug if file else "")
        digests += (Digest(_("the edition"), edition.digest, digest(edition.document) == edition.digest),)
    return Line(
        at=_happened(entry, row),
        recorded_at=entry.at,
        verb=entry.verb,
        who=staff.get(str(entry.actor_id)) or Person(_("the tracker itself")),
        about=about.get(entry.record, ""),
        record=_public_name(entry.record),
        facts=facts,
        digests=digests,
        number=entry.number,
        hash=entry.hash,
        **_hashed(row),
    )


def _happened(entry, row):
    """An attempt or an answer that was written down later stands where it happened."""
    name = HAPPENED.get(entry.record.partition(":")[0])
    return getattr(row, name) if name and row is not None and "said" in entry.details else entry.at


def _public_name(record):
    """The claim's reference is never told: it is what nobody outside could guess of the entries' hashes."""
    return "claim" if record.startswith("claim:") else record


def _hashed(row):
    if not isinstance(row, AppendOnlyModel):
        return {}
    salt = salt_of(row)
    return {"row_sha256": row_hash(row, salt), "salt": salt}


def _digests_of(row):
    """The hashes that a row keeps of what left or came in."""
    if copy := getattr(row, "copy", None) if row is not None else None:
        kept = Digest(_("the copy kept"), copy.sha256, digest(copy.source) == copy.sha256)
        return (kept, Digest(_("the message as it left"), copy.sent_sha256))
    if row is not None and row._meta.model_name == "message":
        return (Digest(_("the message as it came"), row.sha256, as_it_came(row)),)
    return ()


def _row_line(row, about, staff, teller):
    sent = row._meta.model_name == "outgoing"
    at = (row.sent_at or row.queued_at) if sent else row.received_at
    name = journal.record_name(row)
    return Line(
        at=at,
        recorded_at=at,
        verb="e-mail out" if sent else "e-mail in",
        who=staff.get(str(getattr(row, "queued_by_id", None))) or Person(_("the tracker itself")),
        about=about.get(name, ""),
        record=name,
        facts=teller.row_facts(row),
        digests=_digests_of(row),
        **_hashed(row),
    )
