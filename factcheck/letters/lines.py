"""What may stand in the head of an e-mail: one line, so that nobody can slip a header of their own into it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def one_line(value):
    """Refuse line breaks and other characters that cannot be printed."""
    if not value.isprintable():
        raise ValidationError(
            _("Write this in one line, without line breaks or invisible characters."), code="one_line"
        )
