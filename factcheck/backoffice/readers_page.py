"""The reader's page as it will be, and what changes on it: made of the same document and the same templates that readers get."""

from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.desk.corrections import changes
from factcheck.desk.dossier import document
from factcheck.published import reading
from factcheck.published.models import NoticeKind

from .marked import marked

TAGGED = ("_html",)
# What the leaves of a document are called, by the first and the last part of their path.
HEADS = {
    "wording": _l("Wording"),
    "short_form": _l("Short form"),
    "claim_type": _l("Type (code)"),
    "claim_type_label": _l("Type"),
    "quotation": _l("Quotation"),
    "speaker": _l("Speaker"),
    "said": _l("Where and when"),
    "appearances": _l("Other appearance"),
    "story": _l("Story"),
    "topics": _l("Topic"),
    "why_chosen": _l("Why we checked it"),
    "verdict": _l("Verdict"),
    "replies": _l("Right of reply"),
    "evidence": _l("Evidence"),
    "links": _l("Related claim"),
}
LEAVES = {
    "label": _l("rating"),
    "meaning": _l("meaning of the rating"),
    "finding": _l("finding"),
    "explanation_html": _l("explanation"),
    "not_established": _l("what could not be established"),
    "evidence_as_of": _l("evidence as of"),
    "on": _l("day"),
    "where": _l("where"),
    "by_name": _l("who answered"),
    "by_role": _l("in what role"),
    "line": _l("sentence for readers"),
    "quote": _l("excerpt"),
    "earlier": _l("earlier answer"),
    "state_label": _l("state"),
    "url": _l("web address"),
    "archived_url": _l("archived copy"),
    "captured_at": _l("copy of ours made"),
    "captured_sha256": _l("hash of our copy"),
    "files": _l("files for readers"),
    "sha256": _l("hash of the file"),
    "kind_label": _l("kind"),
    "is_pseudonym": _l("goes by a pseudonym"),
}
# Codes that stand behind a label which is compared itself: nobody reads them.
BEHIND = frozenset(
    {
        "code",
        "ordinal",
        "worst",
        "best",
        "token",
        "shape",
        "is_rating",
        "claim_type",
        "kind",
        "state",
        "slug",
        "precision",
    }
)


@dataclass(frozen=True)
class Compared:
    """One thing that readers will read otherwise: what it is, the old and the new with what differs marked."""

    name: str
    old: str
    new: str


def context(dossier):
    """What the templates of the readers' page want, for the page that would be printed now. {} while there is no verdict."""
    if not dossier.verdict:
        return {}
    page = document(dossier)
    ties, parties = reading.linked(page, using=DEFAULT_DB_ALIAS)
    return {
        "document": page,
        "replies": page.put_together,
        "evidence": page.evidence_by_stance,
        "parties": parties,
        "ties": [("", tie) for tie in ties],
        "banners": [dossier.notice] if _at_the_head(dossier) else [],
        "became": {},  # what is printed now is cited as it is now
        "taken_back": {},
    }


def _at_the_head(dossier):
    return dossier.notice and dossier.notice.kind in (NoticeKind.CORRECTION_VERDICT, NoticeKind.EDITORS_NOTE)


def compared(dossier):
    """Old and new side by side, leaf by leaf, for a claim that readers have an edition of."""
    if not (dossier.edition and dossier.verdict):
        return []
    found = []
    for path, old, new in changes(dossier.edition, document(dossier)):
        if path.split(".")[-1] not in BEHIND:
            found += _rows(path, old, new)
    return found


def _rows(path, old, new):
    """A changed leaf is one row; a whole entry that came or went is one row with everything it says."""
    told = [_told(path, value) for value in (old, new)]
    return [Compared(_name(path), *marked(*told))] if told[0] != told[1] else []


def _name(path):
    parts = path.split(".")
    head = HEADS.get(parts[0], parts[0])
    number = f" {int(parts[1]) + 1}" if len(parts) > 1 and parts[1].isdecimal() else ""
    leaf = parts[-1] if len(parts) > 1 and not parts[-1].isdecimal() else ""
    told = LEAVES.get(leaf, leaf.replace("_", " "))
    return f"{head}{number}: {told}" if told else f"{head}{number}"


def _told(path, value):
    if isinstance(value, dict):
        return " · ".join(filter(None, (_told(key, part) for key, part in value.items() if key not in BEHIND)))
    if isinstance(value, list | tuple):
        return " · ".join(filter(None, (_told(path, part) for part in value)))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = "" if value is None else str(value)
    return strip_tags(text) if path.endswith(TAGGED) else text
