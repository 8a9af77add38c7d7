"""The draft of a letter, written from the record: what will be published in outline, what is put, what is offered as
evidence, by when and how to answer, whom to call (C1 of the standards). A person edits it before anything leaves."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from factcheck.evidence.models import Item
from factcheck.reply.rounds import published

from . import checks, keys


def subject_line(letter):
    """A subject that says who writes and nothing of what it is about: anybody may see it on a screen."""
    told = {"newsroom": settings.NEWSROOM_NAME}
    again = letter.kind == letter.Kind.AGAIN
    return (
        _("A further request for comment from %(newsroom)s") if again else _("Request for comment from %(newsroom)s")
    ) % told


def text_for(letter, files, by):
    """The letter's text for these reply files, as plain text with an empty line between paragraphs."""
    context = {
        "letter": letter,
        "newsroom": settings.NEWSROOM_NAME,
        "matters": [_matter(file) for file in files],
        "deadline": checks.told(letter),
        "page": keys.MARK,
        "by_mail": True,
        "signed": by.shown_as,
    }
    lines = render_to_string("letters/draft.txt", context).strip().splitlines()
    return "\n".join(_without_runs_of_empty(line.rstrip() for line in lines))


def _without_runs_of_empty(lines):
    empty = False
    for line in lines:
        if line or not empty:
            yield line
        empty = not line


def _matter(file):
    claim = file.claim
    return {
        "claim": claim,
        "speaker": claim.speaker.shown_as if claim.speaker else "",
        "asked_before": file.wording_put if file.wording_put != claim.wording else "",
        "puts": [row for row in published(file) if row.text.strip() != claim.wording.strip()],
        "offered": _offered(claim),
    }


def _offered(claim):
    """What readers will be able to see of the evidence, and nothing else."""
    open_to_all = claim.evidence.filter(visibility=Item.Visibility.PUBLIC, confidential=False, withdrawn_at=None)
    return [item for item in open_to_all if not item.source_id]
