"""Looking into the mailbox now and then: a chore of `manage.py work`."""

import sys
import time

from django.conf import settings

from factcheck.inbox.mailbox import MailboxShut, fetch

EVERY, AFTER_TROUBLE = 60, 300  # seconds from one look to the next
AT_A_TIME = 20  # messages; then the other chores have their turn

_look_again_at = 0.0


def fetch_some(worker):
    """Take in what lies in the mailbox, some of it at a time. Returns whether there was something."""
    global _look_again_at
    if not settings.MAILBOX or time.monotonic() < _look_again_at:
        return False
    try:
        fetched = fetch(AT_A_TIME)
    except MailboxShut as shut:
        sys.stderr.write(f"{shut}\n")
        _look_again_at = time.monotonic() + AFTER_TROUBLE
        return False
    more = fetched.new + fetched.known >= AT_A_TIME
    _look_again_at = 0.0 if more else time.monotonic() + EVERY
    return bool(fetched.new)
