"""The claim page, and each of its editions (H2, PG-9): one query for the edition, one for the claims tied to it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from factcheck.published import ledger, reading

from . import claimreview, embed, sharing
from .answers import absolute, answer, page, public, published

# Notices that change what a reader should believe stand at the head of the page, the others under it (CO-3).
AT_THE_HEAD = ("correction_verdict", "retraction", "editors_note")


@public
def claim(request, slug):
    """The current edition at an address."""
    return _answer(request, slug)


@public
def edition(request, slug, number):
    """One edition as it was printed, for good."""
    return _answer(request, slug, number)


def _answer(request, slug, number=None):
    changed_at, beside = published(reading.changed(slug, number))

    def build():
        return claim_page(published(reading.read(slug, number)), of_record=number is not None)

    return answer(request, changed_at, build, beside=beside)


def claim_page(found, of_record=False):
    """The page of a Reading. `of_record` is one edition's own address: it is kept, marked, and left out of indexes."""
    document = found.document
    ties, parties = reading.linked(document)
    became, taken_back = reading.since(found.check)
    review = None if of_record else claimreview.claim_review(found)
    entry = getattr(found.edition, "entry", None)  # in a preview nothing is entered yet
    return page(
        "claim.html",
        reading=found,
        check=found.check,
        entry=entry,
        entered_in=ledger.block_of(entry) if entry else None,
        document=document,
        of_record=of_record,
        is_withdrawn=found.check.retracted and found.is_current,
        banners=_banners(found),
        replies=document.put_together,
        evidence=document.evidence_by_stance,
        became=became,
        taken_back=taken_back,
        ties=[(_relation(tie), tie) for tie in ties],
        parties=parties,
        canonical=absolute(reverse("claim", args=[found.check.slug])),
        shared=sharing.shared(found),
        frame="" if of_record else embed.frame(found),
        claim_review=claimreview.as_script(review) if review else "",
    )


def _banners(found):
    """The notices that a reader of this edition has to see first, and the retraction of the page on every edition."""
    return [
        change.notice
        for change in found.changes
        if change.notice
        and (change.edition.number <= found.edition.number or change.notice.kind == "retraction")
        and (change.notice.kind in AT_THE_HEAD or change.notice.rating_before)
    ]


def _relation(tie):
    sentences = {
        ("made_in_reply_to", False): _("This was said in reply to"),
        ("made_in_reply_to", True): _("A statement made in reply"),
        ("split_from", False): _("Part of what was said together with this"),
        ("split_from", True): _("Part of the same statement"),
        ("duplicate_of", False): _("The same claim, checked before"),
        ("duplicate_of", True): _("The same claim, made again"),
    }
    return sentences.get((tie.relation, tie.backwards), _("Related claim"))
