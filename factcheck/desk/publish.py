"""Putting a claim before readers, and changing what they have: publish, correct, stand by, retract.

`published.press` prints; nothing else here writes what readers see. Every verb is atomic: refused means unchanged.
"""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.claims.actions import lock_open
from factcheck.claims.models import Claim, Closing, Status
from factcheck.evidence.printed import tell_readers
from factcheck.newsroom import record
from factcheck.newsroom.refusals import Refused
from factcheck.published import press
from factcheck.published.document import NoticeLine
from factcheck.published.models import NoticeKind
from factcheck.sources import leak_guard

from . import permissions, workflow
from .corrections import changes
from .dossier import document
from .gates import blockers, reflected
from .gathering import gather, leaks_in
from .handing_out import released_files
from .models import PlannedNotice


class NotPublishable(Refused):
    """What stands between the claim and its readers, whole: `blockers` are the gates' sentences."""

    def __init__(self, standing):
        self.blockers = tuple(standing)
        super().__init__(*[blocker.sentence for blocker in standing])


@transaction.atomic
def publish(claim, *, by):
    """Print what was signed off as the next edition. Returns the published Edition. Raises NotPublishable, NotAllowed."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    dossier = gather(claim)
    permissions.require(by, "publish", dossier)
    if not workflow.may_move(claim.status, "publish"):
        raise workflow.not_from_here(claim.status, "publish")
    if standing := blockers(dossier):
        raise NotPublishable(standing)
    slug = claim.check_slug or press.free_slug(dossier.claim.short_form or dossier.claim.wording)
    printed = document(dossier, slug)
    _nothing_leaks(printed, dossier.notice)
    edition = press.print_edition(
        printed,
        printed_by=by.get_username(),
        fingerprint=dossier.fingerprint,
        notice=dossier.notice,
        opened=released_files(claim, by=by),
    )
    tell_readers(claim)
    _settle_notice(claim, by=by, settled_as=f"edition {edition.number}")
    workflow.move(claim, "publish", by=by, check_slug=slug, update_needed_because="", update_needed_at=None)
    _journal_edition(claim, edition, by=by)
    return edition


def _nothing_leaks(printed, notice):
    """The whole edition once more, names of those who wrote it and its address too, with the tokens of this moment (CS-7)."""
    if found := leaks_in([asdict(part) for part in (printed, notice) if part]):
        raise leak_guard.Leak(*found)


def _journal_edition(claim, edition, *, by):
    record.journal.write(
        by=by, verb="printed edition", record=claim, claim=claim, edition=edition.number, digest=edition.digest
    )


@transaction.atomic
def correct(claim, *, by, kind, was_wrong="", says_now="", why=""):
    """Open a published claim again and plan the notice that will tell readers what changes. The edition stays up meanwhile."""
    permissions.require(by, "correct")
    if kind == NoticeKind.RETRACTION:
        raise Refused(_("A retraction is proposed and made by two people: choose “Propose retraction”."))
    claim = workflow.move(claim, "correct", by=by)
    return plan_notice(claim, by=by, kind=kind, was_wrong=was_wrong, says_now=says_now, why=why)


@transaction.atomic
def plan_notice(claim, *, by, version=None, **fields):
    """Write, or rewrite, what readers will be told about the next edition. It is signed off together with the rest."""
    permissions.require(by, "plan_notice")
    claim = lock_open(claim)
    if not claim.has_page:
        raise Refused(_("Readers have no edition of this yet, so there is no change to explain to them."))
    if fields.get("kind") == NoticeKind.RETRACTION:
        raise Refused(_("A retraction is proposed and made by two people: choose “Propose retraction”."))
    if planned := open_notice(claim):
        if planned.kind == NoticeKind.RETRACTION:
            raise Refused(_("A retraction is proposed: make it, or give it up first."))
        return record.amend(planned, by=by, verb="rewrote notice", version=version, claim=claim, **fields)
    return record.add(PlannedNotice(claim=claim, planned_by=by, **fields), by=by, verb="planned notice", claim=claim)


def open_notice(claim):
    """The notice planned for the next edition, or None."""
    return claim.planned_notices.filter(settled_at__isnull=True).first()


def _settle_notice(claim, *, by, settled_as):
    if planned := open_notice(claim):
        record.amend(
            planned,
            by=by,
            verb="settled notice",
            claim=claim,
            authored=False,
            settled_at=timezone.now(),
            settled_as=settled_as,
        )


@transaction.atomic
def stand_by(claim, *, by):
    """Give up a correction: back to published, with nothing printed. Only while the record says what readers have."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    dossier = gather(claim)
    permissions.require(by, "stand_by", dossier)
    if not dossier.edition:
        raise Refused(_("Readers have no edition of this to stand by."))
    if dossier.retraction_proposed_by:
        raise Refused(_("A retraction is proposed: make it, or give it up first."))
    if changes(dossier.edition, document(dossier)):
        raise Refused(_("The record no longer says what readers have. Set it back, or publish the correction."))
    _settle_notice(claim, by=by, settled_as="given up")
    # a late answer that nobody has dealt with goes on asking for its update
    settled = {} if reflected(dossier) else {"update_needed_because": "", "update_needed_at": None}
    return workflow.move(claim, "stand_by", by=by, **settled)


@transaction.atomic
def propose_retraction(claim, *, by, why, was_wrong=""):
    """Ask that a page be withdrawn, with what readers are to be told. A senior editor other than you has to make it."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    permissions.require(by, "propose_retraction")
    if not claim.has_page or claim.status == Status.CLOSED:
        raise Refused(_("Readers have no standing page of this to retract."))
    if not why.strip():
        raise Refused(_("Say why it is retracted. Readers see the reason."))
    _settle_notice(claim, by=by, settled_as="given up for a retraction")
    planned = PlannedNotice(claim=claim, planned_by=by, kind=NoticeKind.RETRACTION, why=why, was_wrong=was_wrong)
    return record.add(planned, by=by, verb="proposed retraction", claim=claim)


@transaction.atomic
def retract(claim, *, by):
    """Make the retraction that somebody else proposed. The page keeps its address and says so; the claim is closed."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    dossier = gather(claim)
    permissions.require(by, "retract", dossier)
    planned = open_notice(claim)
    if planned is None or planned.kind != NoticeKind.RETRACTION:
        raise Refused(_("Nobody has proposed a retraction."))
    notice = NoticeLine(kind=planned.kind, was_wrong=planned.was_wrong, says_now=planned.says_now, why=planned.why)
    _nothing_leaks(None, notice)
    edition = press.print_retraction(
        str(claim.ref), notice=notice, printed_by=by.get_username(), fingerprint=dossier.fingerprint
    )
    _settle_notice(claim, by=by, settled_as=f"edition {edition.number}")
    claim = workflow.move(claim, "retract", by=by, closed_as=Closing.RETRACTED, closed_note=planned.why[:1000])
    _journal_edition(claim, edition, by=by)
    return edition


@transaction.atomic
def give_up_retraction(claim, *, by):
    """Withdraw a proposed retraction; the page stays as it is."""
    permissions.require(by, "propose_retraction")
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    planned = open_notice(claim)
    if planned is None or planned.kind != NoticeKind.RETRACTION:
        raise Refused(_("Nobody has proposed a retraction."))
    _settle_notice(claim, by=by, settled_as="given up")
