"""The evidence of a dossier: each item with the copy that we captured and the files that an editor released."""

from datetime import UTC

from django.db.models import Prefetch

from factcheck.claims.types import told
from factcheck.evidence.models import Capture, Exhibit
from factcheck.published import document as printed

from .dossier import EvidenceFacts

DONE = Capture.objects.filter(state=Capture.State.DONE).select_related("warc").defer("text").order_by("-pk")
HELD = Exhibit.objects.filter(set_aside_at=None).select_related("copy").order_by("pk")


def gather_evidence(claim):
    """The items that the claim rests on, as EvidenceFacts, in three queries."""
    items = claim.evidence.filter(withdrawn_at=None).select_related("source__pseudonym")
    held = Prefetch("captures", DONE, to_attr="done"), Prefetch("exhibits", HELD, to_attr="held")
    return tuple(_evidence_facts(item) for item in items.prefetch_related(*held))


def _evidence_facts(item):
    line = printed.EvidenceLine(
        title=item.title,
        kind=item.kind,
        kind_label=item.get_kind_display(),
        publisher=item.publisher,
        published_on=told(item.published_on, item.published_precision),
        url=item.url,
        archived_url=item.archived_url,
        locator=item.locator,
        passage=item.passage,
        passage_language=item.passage_language,
        shows=item.shows,
        stance=item.stance,
        primary=item.primary,
        secondary_reason=item.secondary_reason,
        captured_at=_moment(item.done[0].captured_at) if item.done else "",
        captured_sha256=item.done[0].warc.sha256 if item.done else "",
        files=tuple(_file_line(exhibit) for exhibit in item.held if exhibit.released_at),
    )
    protected = item.confidential or bool(item.source and item.source.pseudonym_id)
    origin = item.independence_group or item.publisher or (item.source.slug if item.source else "") or f"item {item.pk}"
    return EvidenceFacts(
        line=line,
        public=item.visibility == item.Visibility.PUBLIC,
        confidential=protected,
        origin=origin,
        holds_a_file=bool(item.held),
    )


def _file_line(exhibit):
    copy = exhibit.copy
    return printed.FileLine(name=exhibit.released_as, type=copy.type, size=copy.size, sha256=copy.sha256)


def _moment(at):
    return at.astimezone(UTC).isoformat(timespec="seconds")
