"""Whether an e-mail that waits is still to go, asked at the last moment: the record may have moved on since it was queued."""

from django.utils.translation import gettext as _

from factcheck.sources import leak_guard

from . import checks, reminders
from .models import Outgoing


def why_not(mail):
    """Why it is not to be sent any more, in one text; "" where it is."""
    if mail.purpose == Outgoing.Purpose.LETTER:
        return " ".join(checks.against(mail.letter))
    if mail.purpose == Outgoing.Purpose.RECEIPT:
        # It gives a party back what the party itself said: one that did not come would tell them which name is protected.
        return ""
    if leaks := leak_guard.leaks([mail.subject, mail.body, mail.to_name]):
        return " ".join(leaks)
    if mail.purpose in (Outgoing.Purpose.REMINDER, Outgoing.Purpose.LAST_REMINDER):
        return "" if reminders.concerned(mail) else _("Nobody has to be reminded of this any more.")
    return ""
