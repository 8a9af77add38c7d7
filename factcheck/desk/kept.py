"""Evidence that outlives the web: what readers are pointed to is kept somewhere, by us or by a public archive (EV-7)."""

from django.conf import settings
from django.utils.translation import gettext as _


def kept(dossier):
    """Public evidence from the web has a stored copy, where the newsroom's settings demand it (EV-7)."""
    return _without_a_copy(dossier) if settings.CAPTURE_BEFORE_PUBLISHING else []


def worth_keeping(dossier):
    """The same as a warning, where the settings do not demand it."""
    return [] if settings.CAPTURE_BEFORE_PUBLISHING else _without_a_copy(dossier)


def _without_a_copy(dossier):
    return [
        _(
            "“%(title)s” is on the web and nobody keeps a copy: capture it, add the file, or give its address in an archive."
        )
        % {"title": item.line.title}
        for item in dossier.public_evidence
        if item.line.url and not item.is_kept
    ]
