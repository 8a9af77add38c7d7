"""Badges: a word and a shape each, so that none of them is told by colour alone.

Ratings come from the scale (`static/look/shapes.svg`, shared with the readers' door); statuses and reply states have
their own sheet, `static/backoffice/marks.svg`.
"""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _

# What a state asks of whoever looks at it; the colours are in static/backoffice/badges.css.
STATUS_TONES = {
    "logged": "quiet",
    "researching": "work",
    "in_review": "wait",
    "cleared": "good",
    "published": "out",
    "closed": "quiet",
}
REPLY_TONES = {
    "required": "alert",
    "drafting": "work",
    "ready": "wait",
    "sent": "work",
    "extended": "work",
    "partial": "wait",
    "responded": "good",
    "declined": "good",
    "no_response": "good",
    "undeliverable": "wait",
    "waived": "good",
    "not_required": "quiet",
    "needs_reput": "alert",
}
# A letter's states look like those of the right of reply that they are nearest to.
LETTER_LOOK = {
    "drafting": ("work", "drafting"),
    "with_legal": ("wait", "ready"),
    "cleared": ("wait", "ready"),
    "queued": ("work", "ready"),
    "sent": ("good", "sent"),
    "uncertain": ("alert", "needs_reput"),
    "failed": ("alert", "undeliverable"),
    "printed": ("alert", "undeliverable"),
    "bounced": ("alert", "undeliverable"),
    "withdrawn": ("quiet", "not_required"),
}


def _badge(css, sheet, shape, word):
    return format_html(
        '<span class="badge {}"><svg class="shape" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>{}</span>',
        css,
        static(sheet),
        shape,
        word,
    )


def status_badge(claim):
    """Where the claim is in the process."""
    word = claim.get_status_display()
    tone = STATUS_TONES.get(claim.status, "quiet")
    return _badge(f"t-{tone}", "backoffice/marks.svg", f"status-{claim.status}", word)


def rating_badge(rating):
    """What was found. `rating` has token, shape and label, as `desk.Rating` and the printed rating line do."""
    return _badge(f"r-{rating.token}", "look/shapes.svg", rating.shape, rating.label)


def reply_badge(state, word):
    """Where a right of reply is: `state` as stored or derived, `word` as people read it."""
    tone = REPLY_TONES.get(state, "quiet")
    return _badge(f"t-{tone}", "backoffice/marks.svg", f"reply-{state}", word)


def letter_badge(letter):
    """Where a letter is."""
    tone, shape = LETTER_LOOK[letter.state]
    return _badge(f"t-{tone}", "backoffice/marks.svg", f"reply-{shape}", letter.get_state_display())


def flag_badge(word, tone="alert", shape="flag"):
    """Anything else that has to be seen: legal risk, overdue, needing an update."""
    return _badge(f"t-{tone}", "backoffice/marks.svg", shape, word)


def legal_badge():
    return flag_badge(_("Legal"), tone="wait")


def update_badge():
    return flag_badge(_("Needs an update"), shape="update")


def printed_badge(check):
    """What readers see on a published check: its rating, or that it was retracted."""
    if check.retracted:
        return _badge("r-retracted", "look/shapes.svg", "retracted", _("Retracted"))
    return _badge(f"r-{check.rating_token}", "look/shapes.svg", check.rating_shape, check.rating_label)
