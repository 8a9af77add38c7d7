"""The press: the only code that writes what readers see. It prints what it is handed and knows nothing of the newsroom.

Each act is atomic: edition, notice, and everything that lists and headings show, or nothing.
"""

import json
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from . import handing, ledger, listing
from .document import as_json, digest, from_data
from .models import SLUG, Check, Edition, Imprint, Notice, NoticeKind


class PressError(ValueError):
    """The press was asked for something it never does. The message is a sentence for the person who asked."""


def queue():
    """Wait until nobody else prints. Whoever prints more than once in a transaction, or writes in the journal before, calls
    it first, so that everywhere the press comes before the journal and nobody waits for somebody who waits for them."""
    ledger.queue()


@transaction.atomic
def print_edition(document, *, printed_by, fingerprint, notice=None, at=None, opened=None):
    """Print `document` as the next edition of its address, the first one where it is new. Returns the Edition.

    `printed_by` is a log-in name, `fingerprint` what was signed off, `at` an aware datetime (now unless told); `opened`
    opens the files that come with it, by their SHA-256. Every edition after the first comes with a `notice` (CO-2).
    Raises PressError where the address would change or is another claim's, where a notice is missing or too many, where
    a file is not the one that was signed off, and where the page was retracted: that stands.
    """
    queue()
    at = at or timezone.now()
    check = _the_check(document.claim_ref)
    _refuse_what_is_never_printed(check, document, notice)
    before = check and check.editions.get(number=check.edition)
    if check is None:
        check = Check(slug=document.slug, claim_ref=document.claim_ref, first_printed_at=at, listed_at=at)
    else:
        check.edition += 1
    rating_before = _rating_of(before) if before else None
    edition = _print(check, document, notice, at, rating_before, printed_by=printed_by, fingerprint=fingerprint)
    try:
        handing.hand_out(check, document, opened)
    except handing.FileProblem as problem:
        raise PressError(str(problem)) from problem
    return edition


@transaction.atomic
def print_retraction(claim_ref, *, notice, printed_by, fingerprint="", at=None):
    """Withdraw the page of `claim_ref`: it keeps its address and says that it is retracted. Returns its last Edition.

    The document stays as it was, so that earlier editions can be read. Raises PressError without a page or a reason.
    """
    queue()
    check = _the_check(claim_ref)
    if check is None:
        raise PressError(_("There is no page of this claim to retract."))
    if check.retracted:
        raise PressError(_("This page is retracted already."))
    if notice is None or notice.kind != NoticeKind.RETRACTION or not notice.why.strip():
        raise PressError(_("A retraction needs a notice that says why."))
    document = from_data(json.loads(check.editions.get(number=check.edition).document))
    check.edition, check.retracted = check.edition + 1, True
    at = at or timezone.now()
    return _print(check, document, notice, at, document.verdict.rating, printed_by=printed_by, fingerprint=fingerprint)


@transaction.atomic
def print_scale(lines):
    """Show readers these ratings, in this order, on the page of ratings and in the filters.

    Ratings that are no longer given stay explained, after the others, because older pages still carry them.
    """
    listing.set_scale(lines)
    _note_the_time()


def free_slug(text):
    """An address for `text` that no page has yet: lower-case ASCII, at most 80 characters, cut between words."""
    stem = _cut(slugify(text), SLUG - 4) or "claim"
    taken = set(Check.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{_cut(stem, SLUG - 1 - len(str(number)))}-{number}"
    return slug


def _cut(slug, length):
    return slug if len(slug) <= length else slug[: length + 1].rpartition("-")[0] or slug[:length]


def _the_check(claim_ref):
    return Check.objects.select_for_update().filter(claim_ref=claim_ref).first()


def _refuse_what_is_never_printed(check, document, notice):
    if check is None:
        if not document.slug or Check.objects.filter(slug=document.slug).exists():
            raise PressError(_("Another page has this address already, or none was given: “%s”.") % document.slug)
        if notice is not None:
            raise PressError(_("A first edition has nothing to correct, so it comes without a notice."))
        return
    if check.retracted:
        raise PressError(_("This page is retracted, and that stands: log a new claim."))
    if document.slug != check.slug:
        raise PressError(_("A page keeps its address for ever: “%s”.") % check.slug)
    if notice is None or notice.kind not in NoticeKind or notice.kind == NoticeKind.RETRACTION:
        raise PressError(_("Every edition after the first comes with a notice of what changed."))


def _rating_of(edition):
    return from_data(json.loads(edition.document)).verdict.rating


def _print(check, document, notice, at, rating_before, **imprint):
    if document.claim_ref != check.claim_ref:
        raise PressError(_("This document belongs to another claim."))
    rating_now = None if check.retracted else document.verdict.rating
    verdict_changed = bool(notice) and (check.retracted or rating_before.code != rating_now.code)
    if verdict_changed:
        check.listed_at, check.verdict_edition, check.verdict_notice = at, check.edition, notice.kind
    check.printed_at, check.changed_at = at, timezone.now()
    listing.update(check, document)
    edition = _store(check, document, at, **imprint)
    if notice:
        labels = (rating_before.label, rating_now.label if rating_now else "") if verdict_changed else ("", "")
        _add_notice(edition, notice, *labels)
    ledger.enter(edition)
    _note_the_time()
    return edition


def _store(check, document, at, *, printed_by, fingerprint):
    text = as_json(replace(document, slug=check.slug))
    return Edition.objects.create(
        page=check,
        number=check.edition,
        document=text,
        digest=digest(text),
        fingerprint=fingerprint,
        printed_at=at,
        printed_by=printed_by,
    )


def _add_notice(edition, notice, rating_before, rating_after):
    Notice.objects.create(
        kind=notice.kind,
        was_wrong=notice.was_wrong,
        says_now=notice.says_now,
        why=notice.why,
        rating_before=rating_before,
        rating_after=rating_after,
        public=notice.kind != NoticeKind.MINOR_EDIT,
        slug=edition.page.slug,
        number=edition.number,
        title=edition.page.title,
        language=edition.page.language,
        page=edition.page,
        edition=edition,
        printed_at=edition.printed_at,
    )


def _note_the_time():
    Imprint.objects.update_or_create(pk=1, defaults={"changed_at": timezone.now()})
