"""Which kind of notice fits a change (G of the standards; CO-1): a minor edit changes no meaning, and a verdict's correction
changes the verdict. Anything else is the newsroom's judgement."""

import re
from dataclasses import asdict
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from factcheck.published.models import NoticeKind

from .differences import field_changes
from .dossier import document

# Prose in which a typing mistake may be mended quietly; a change anywhere else is never minor.
PROSE = frozenset({"verdict.explanation_html", "verdict.not_established", "why_chosen"})
# What is said about the makers of the edition, not about the claim.
IMPRINT = frozenset({"written_by", "signed_off_by"})
# What a reader takes in: words and numbers, and where a link leads.
WORDS = re.compile(r'href="[^"]*"|[^\W_]+')
WANTS_BOTH = frozenset({NoticeKind.CORRECTION, NoticeKind.CORRECTION_VERDICT})
TAGS = re.compile(r"<(?!a )[^>]*>")
ALIKE = 0.75  # how near two spellings of one word are: red, read


def changes(edition, draft):
    """Where the draft differs from what readers have: [(path, old, new)], without the imprint."""
    old, new = asdict(edition), asdict(draft)
    return [change for change in field_changes(old, new) if change[0].split(".")[0] not in IMPRINT]


def is_minor(change):
    """Whether a change of prose mends spelling alone: word by word, without touching a number, a name or a denial."""
    path, old, new = change
    if path not in PROSE:
        return False
    before, after = (WORDS.findall(TAGS.sub(" ", text or "")) for text in (old, new))
    return len(before) == len(after) and all(map(_same_word, before, after))


def _same_word(old, new):
    """Whether two words are one, spelt otherwise. Numbers, links and what begins with a capital have one spelling only."""
    if old == new:
        return True
    if not (old.isalpha() and new.isalpha() and old.islower() and new.islower()):
        return False
    turned = old.endswith(new) or new.endswith(old)  # proved, disproved; legal, illegal
    return not turned and SequenceMatcher(None, old, new).ratio() >= ALIKE


def why_not(dossier):
    """The reasons why the planned notice does not fit what changes; none where it does."""
    draft, kind = document(dossier), dossier.notice.kind
    differing = changes(dossier.edition, draft)
    if kind == NoticeKind.RETRACTION:
        return [_("A retraction is proposed: make it, or give it up first.")]
    reasons = []
    if not differing and kind != NoticeKind.EDITORS_NOTE:  # a note may say something about a page that stays as it is
        reasons.append(_("Nothing that readers see has changed. Change it, or stand by the edition they have."))
    rating_changed = dossier.edition.verdict.rating.code != draft.verdict.rating.code
    if rating_changed and kind not in (NoticeKind.CORRECTION_VERDICT, NoticeKind.UPDATE):
        reasons.append(
            _("The rating changes: that is a correction of the verdict, or an update where new facts came to light.")
        )
    if not rating_changed and kind == NoticeKind.CORRECTION_VERDICT:
        reasons.append(_("The rating stays the same: this is not a correction of the verdict."))
    if kind == NoticeKind.MINOR_EDIT and not all(is_minor(change) for change in differing):
        reasons.append(
            _("A minor edit changes no wording, rating, name, number, date, evidence or reply. Choose another kind.")
        )
    if kind != NoticeKind.MINOR_EDIT and not dossier.notice.why.strip():
        reasons.append(_("The notice does not say why the page changes."))
    if kind in WANTS_BOTH and not (dossier.notice.was_wrong.strip() and dossier.notice.says_now.strip()):
        reasons.append(_("The notice does not say both what the page said and what it says now."))
    return reasons
