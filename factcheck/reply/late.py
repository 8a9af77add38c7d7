"""Answers that come once readers have the page: taken over where they belong, and printed whole (RR-7, CO-9)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.newsroom import journal, record
from factcheck.newsroom.refusals import Refused

from . import answering, rounds
from .belonging import to_carry_over
from .correspondence import EarlierExcerpt
from .files import lock_to_print

CARRIED = ("kind", "channel", "by_name", "by_role", "authority", "verbatim", "language", "translation", "on_record")


@transaction.atomic
def carry_over(file, *, by, response):
    """Record on this file an answer that the party gave on another: somebody read it, and it answers this claim as well."""
    record.require_role(by)
    if response.pk not in {each.pk for each in to_carry_over(file)}:
        raise Refused(_("This answer does not belong with this claim, or is on the file already."))
    said = {name: getattr(response, name) for name in CARRIED}
    made = answering.record_response(file, by=by, received_at=response.received_at, **said)
    journal.write(by=by, verb="carried answer over", record=made, claim=file.claim, given_on=response.pk)
    return made


@transaction.atomic
def print_whole(file, *, by, responses):
    """Print these answers whole, the newest in the first place; what was printed before stays printed after it.

    Whole, because whoever shortens an answer should have to decide it. An editor finds it fair, as always.
    """
    record.require_role(by)
    file = lock_to_print(file)
    for response in sorted(responses, key=lambda each: (each.received_at, each.pk)):
        _keep_printed(file, response, by=by)
        whole = response.translation or response.verbatim
        file = answering.choose_excerpt(file, by=by, response=response, excerpt=whole)
    if file.public_line:  # it was written for what was known before
        file = answering.set_public_line(file, by=by, line="")
    return file


def _keep_printed(file, coming, *, by):
    if not file.excerpt or file.excerpt_from_id in (coming.pk, coming.corrects_id):
        return
    if file.earlier_excerpts.filter(response=file.excerpt_from_id, dropped_at=None).exists():
        return
    kept = EarlierExcerpt(file=file, response=file.excerpt_from, text=file.excerpt, chosen_by=by)
    record.add(kept, by=by, verb="kept earlier excerpt", claim=file.claim)


@transaction.atomic
def print_no_longer(excerpt, *, by, because):
    """Take an earlier answer off the coming edition, with the reason. An editor finds the whole fair again."""
    record.require_role(by)
    file = lock_to_print(excerpt.file)
    if not because.strip():
        raise Refused(_("Say why this is no longer printed."))
    current = EarlierExcerpt.objects.get(pk=excerpt.pk)
    if current.dropped_at:
        return current
    current.dropped_at, current.dropped_because = timezone.now(), because
    record.keep(current, by=by)
    journal.write(
        by=by, verb="dropped earlier excerpt", record=current, claim=file.claim, authored=True, because=because
    )
    unfair = {"found_fair_at": None, "found_fair_by": None}
    record.amend(file, by=by, verb="to be found fair again", claim=file.claim, authored=False, **unfair)
    return current


def earlier_printed(file):
    """The excerpts that are printed after the first: the newest on top, none of an answer that was corrected since."""
    gone = rounds.superseded(file) | {file.excerpt_from_id}
    kept = [e for e in file.earlier_excerpts.all() if not e.dropped_at and e.response_id not in gone]
    return sorted(kept, key=lambda e: (e.response.received_at, e.pk), reverse=True)
