"""A late answer as one decision: the update that would take it to readers, drafted whole from the record (RR-7, CO-9).

`planned_update` reads what is ready; nothing is stored until a person takes it. Taking it opens the claim, prints every
late answer whole, plans the notice and hands it to the editors; one of them, who wrote no part of it, finds it fair, signs
and publishes. Nothing here publishes anything.
"""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from factcheck.claims.models import Claim, Status
from factcheck.newsroom import record
from factcheck.newsroom.refusals import Refused
from factcheck.published.document import NoticeLine
from factcheck.published.models import Edition, NoticeKind
from factcheck.reply import answering, late, rounds
from factcheck.reply.correspondence import Channel
from factcheck.reply.models import Response
from factcheck.reply.states import State

from . import permissions, review, workflow
from .gates import ready_to_sign
from .gathering import gather
from .models import PlannedNotice
from .publish import open_notice, plan_notice

FITS = 1900  # a notice says it in short; the page says it whole


@dataclass(frozen=True)
class Late:
    """What one party said since the edition that readers have: `said` in the order it came, not printed so far."""

    file: object
    said: tuple
    to_print: tuple  # of it, what has words to print: a "no comment" has none
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Update:
    """What would take every late answer of a claim to its readers."""

    parties: tuple[Late, ...]
    notice: NoticeLine


def planned_update(claim):
    """The Update that a claim waits for, made from the record as it is now; None where no late answer waits."""
    edition = Edition.objects.filter(page__claim_ref=str(claim.ref)).select_related("page").first()
    if edition is None or edition.page.retracted:
        return None
    files = claim.reply_files.exclude(state=State.NOT_REQUIRED).select_related("party__pseudonym", "excerpt_from")
    files = files.prefetch_related("allegations", "responses", "earlier_excerpts")
    noticed = open_notice(claim)
    parties = [_late(file, edition, noticed.why if noticed else "") for file in files]
    waiting = tuple(each for each in parties if each)
    return Update(waiting, _notice(claim, waiting, edition)) if waiting else None


def _late(file, edition, told):
    placed = {file.excerpt_from_id, *(e.response_id for e in file.earlier_excerpts.all() if not e.dropped_at)}
    came = [r for r in rounds.standing(file) if r.logged_at > edition.printed_at and r.pk not in placed]
    said = {response: _sentence(file, response, edition.page.first_printed_at) for response in came}
    said = {r: line for r, line in said.items() if r.kind != Response.Kind.NO_COMMENT or line not in told}
    to_print = tuple(r for r in said if r.kind != Response.Kind.NO_COMMENT)
    return Late(file, tuple(said), to_print, tuple(dict.fromkeys(said.values()))) if said else None


def _sentence(file, response, first_printed_at):
    """What came, when, and whether readers had the page by then: an answer we already had is our mistake, and said so."""
    facts = {"party": file.party.shown_as, "day": date_format(timezone.localtime(response.received_at), "j F Y")}
    if response.corrects_id:
        return _("We had not recorded what %(party)s answered as it was given.") % facts
    if response.channel == Channel.VIA_REPORT:
        return _("%(party)s answered another outlet, which we had not printed.") % facts
    if response.kind == Response.Kind.NO_COMMENT:
        return _("On %(day)s, %(party)s told us that it does not comment.") % facts
    if response.received_at <= first_printed_at:
        return _("%(party)s had answered on %(day)s, before we published, and we had not printed it.") % facts
    return _("After publication, on %(day)s, %(party)s answered what we had put to it.") % facts


def _ours(response, first_printed_at):
    """Whether readers lack it by a mistake of ours, which makes the notice a correction."""
    in_time = response.channel != Channel.VIA_REPORT and response.received_at <= first_printed_at
    return bool(response.corrects_id) or in_time


def _notice(claim, waiting, edition):
    first = edition.page.first_printed_at
    mistaken = any(_ours(response, first) for each in waiting for response in each.said)
    says_now = [_says_now(each) for each in waiting]
    return NoticeLine(
        kind=(NoticeKind.CORRECTION if mistaken else NoticeKind.UPDATE).value,
        was_wrong=_short(_what_it_said(claim, waiting)),
        says_now=_short(says_now),
        why=_short(sentence for each in waiting for sentence in each.sentences),
    )


def _says_now(each):
    party = {"party": each.file.party.shown_as}
    if each.to_print:
        return _("It prints the answer of %(party)s in full.") % party
    return _("It says that %(party)s declined to comment.") % party


def _what_it_said(claim, waiting):
    """The sentences that stood where the answers will stand: those of the edition that readers have."""
    printed = {line.party_slug: line for line in gather(claim).edition.replies}
    for each in waiting:
        line = printed.get(each.file.party.slug)
        party = {"party": each.file.party.shown_as}
        if line and line.line and not line.quote:
            yield line.line
        elif line and line.quote:
            yield _("It printed an earlier answer of %(party)s.") % party
        else:
            yield _("It had no answer of %(party)s.") % party


def _short(sentences):
    return Truncator(" ".join(dict.fromkeys(sentences))).chars(FITS)


def not_drafted(claim, update):
    """Why no update can be drafted of it now, in sentences."""
    if claim.status == Status.CLOSED:
        return [_("This claim is closed: its page takes no further edition.")]
    notice = open_notice(claim)
    if notice and notice.kind == NoticeKind.RETRACTION:
        return [_("A retraction is proposed: make it, or give it up first.")]
    return [] if update else [_("No answer waits to be printed.")]


@transaction.atomic
def draft_update(claim, *, by):
    """Take every late answer into the next edition, whole, with the notice, and hand it to the editors.

    A claim that is open already keeps its place in the process, and its notice says the new sentences too: whatever comes
    in before it is printed makes one update. Raises Refused, NotAllowed.
    """
    permissions.require(by, "draft_update")
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    update = planned_update(claim)
    if reasons := not_drafted(claim, update):
        raise Refused(*reasons)
    was_out = claim.status == Status.PUBLISHED
    if was_out:
        claim = workflow.move(claim, "correct", by=by)
    for each in update.parties:
        late.print_whole(each.file, by=by, responses=each.to_print)
    _plan(claim, update.notice, by=by)
    return workflow.move(claim, "submit", by=by) if was_out else Claim.objects.get(pk=claim.pk)


def _plan(claim, line, *, by):
    """Plan the notice, or add what is new to the one that is planned. What somebody wrote there stays."""
    fields = {"kind": line.kind, "was_wrong": line.was_wrong, "says_now": line.says_now, "why": line.why}
    planned = open_notice(claim)
    if planned:
        gentler = (NoticeKind.MINOR_EDIT, NoticeKind.CLARIFICATION, NoticeKind.EDITORS_NOTE)
        outranked = planned.kind in gentler or (planned.kind, line.kind) == (NoticeKind.UPDATE, NoticeKind.CORRECTION)
        fields = {
            name: _joined(getattr(planned, name), fields[name], name) for name in ("was_wrong", "says_now", "why")
        }
        fields["kind"] = line.kind if outranked else planned.kind
    return plan_notice(claim, by=by, **fields)


def _joined(before, more, name):
    limit = PlannedNotice._meta.get_field(name).max_length
    if more in before:
        return before
    return Truncator(f"{before} {more}".strip()).chars(limit)


def judged_fair(dossier):
    """The dossier as it will be once somebody has found every excerpt fair."""
    return replace(dossier, replies=tuple(replace(reply, fair=True) for reply in dossier.replies))


def unfair_yet(claim):
    """The files of which an excerpt is chosen that nobody has found fair."""
    return list(claim.reply_files.filter(found_fair_at=None).exclude(excerpt="").select_related("excerpt_chosen_by"))


def not_signed_at_once(by, claim, dossier):
    """Why this person cannot find the answers fair and sign off in one go, in sentences."""
    files = unfair_yet(claim)
    if not (dossier.edition and files) or claim.status not in (Status.IN_REVIEW, Status.CLEARED):
        return [_("There is no update in review whose answers are still to be found fair.")]
    if any(file.excerpt_chosen_by_id == by.pk for file in files):
        return [_("You chose an excerpt, so another editor has to find it fair.")]
    return [blocker.sentence for blocker in ready_to_sign(judged_fair(dossier))]


@transaction.atomic
def sign_off_update(claim, *, by, fingerprint, note=""):
    """Find every excerpt of an update fair and sign off exactly what was shown: one person, who wrote no part of it."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    dossier = gather(claim)
    permissions.require(by, "sign_off", dossier)
    if fingerprint != dossier.fingerprint:
        raise Refused(_("It was changed while you were reading. Read it again before you sign it off."))
    if reasons := not_signed_at_once(by, claim, dossier):
        raise Refused(*reasons)
    for file in unfair_yet(claim):
        answering.find_fair(file, by=by)
    return review.sign_off(claim, by=by, fingerprint=gather(claim).fingerprint, note=note)


def not_spared(claim):
    """Why this claim cannot be said to need no update, in sentences."""
    if not claim.update_needed_at:
        return [_("Nobody says that it needs an update.")]
    if claim.status != Status.PUBLISHED:
        return [_("It is open already: stand by the edition, or publish the update.")]
    if planned_update(claim):
        return [_("An answer waits to be printed. Draft the update.")]
    return []


@transaction.atomic
def spare_update(claim, *, by, because):
    """An editor's word that the page need not change, with the reason: the mark goes, the reason stays in the journal."""
    permissions.require(by, "spare_update")
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if reasons := not_spared(claim):
        raise Refused(*reasons)
    if not because.strip():
        raise Refused(_("Say why the page need not change."))
    settled = {"update_needed_because": "", "update_needed_at": None}
    record.journal.write(by=by, verb="needs no update", record=claim, claim=claim, because=because)
    return record.amend(claim, by=by, verb="took mark of update off", claim=claim, authored=False, **settled)
