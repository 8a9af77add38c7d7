"""Seals of this door: a form that we gave, and a statement that was just sent. Both are signed, neither is kept anywhere.

No cookie is set, so there is none that another site's form could ride on; the seal says that the form came from a page of
this very key, not long ago.
"""

from django.core import signing

FORM_HOURS, RECEIVED_HOURS = 24, 1


def form_of(key):
    """The seal for the form of a PageKey."""
    return signing.dumps(key.pk, salt="factcheck.portal.form")


def is_form_of(key, seal):
    return _opened(seal, "factcheck.portal.form", FORM_HOURS) == key.pk


def received(letter, incoming):
    """The seal that shows a letter's statement to whoever just sent it."""
    return signing.dumps([letter.pk, incoming.pk], salt="factcheck.portal.received")


def received_of(letter, seal):
    """The number of the Incoming that was sent for this letter; None where the seal is not ours, or is an old one."""
    found = _opened(seal, "factcheck.portal.received", RECEIVED_HOURS)
    return found[1] if found and found[0] == letter.pk else None


def _opened(seal, salt, hours):
    try:
        return signing.loads(seal, salt=salt, max_age=hours * 3600)
    except (signing.BadSignature, ValueError):
        return None
