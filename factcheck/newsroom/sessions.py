"""Sessions of the staff: whose each is, since when and in what browser, so that one can be looked at and ended at once.

The database holds a hash of each session's key and not the key: whoever gets a copy of it gets in with none of them.
"""

import contextlib
import hashlib
import re
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, transaction
from django.utils import timezone

from . import journal
from .actions import _somebody_else

BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac OS X", "CrOS", "Linux")
CALLED = {"Edg": "Edge", "OPR": "Opera", "Mac OS X": "macOS", "CrOS": "ChromeOS"}


def hashed(key):
    return hashlib.sha256(key.encode()).hexdigest()[:40] if key else key


class SessionStore(DatabaseStore):
    """Django's sessions in the database, under hashes of their keys. `seen_at` is when the session was last used."""

    seen_at = _row = None

    @classmethod
    def get_model_class(cls):
        from .models import Session

        return Session

    def _get_session_from_db(self):
        try:
            row = self.model.objects.get(session_key=hashed(self.session_key), expire_date__gt=timezone.now())
        except (self.model.DoesNotExist, SuspiciousOperation):
            self._session_key = None
            return None
        self._row, self.seen_at = row, row.seen_at
        return row

    def exists(self, session_key):
        return self.model.objects.filter(session_key=hashed(session_key)).exists()

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = hashed(row.session_key)
        row.person_id = data.get(SESSION_KEY)
        row.browser = data.get("browser", "")
        row.began_at = data.setdefault("began_at", timezone.now().isoformat())
        row.seen_at = self.seen_at = timezone.now()
        self._row = row
        return row

    def delete(self, session_key=None):
        if key := session_key or self.session_key:
            self.model.objects.filter(session_key=hashed(key)).delete()

    def was_used(self):
        """Note that the session is in use, at most once a minute."""
        now = timezone.now()
        if self.seen_at and now - self.seen_at > timedelta(minutes=1):
            self.seen_at = self._row.seen_at = now
            with contextlib.suppress(DatabaseError):  # it was ended meanwhile, and the next request finds that out
                self._row.save(update_fields=["seen_at"])

    def idle_seconds_left(self):
        """Seconds until nothing having happened ends it; none or less where it has ended."""
        since = timezone.now() - (self.seen_at or timezone.now())
        return int(settings.IDLE_MINUTES * 60 - since.total_seconds())


def clear_some(worker):
    """Delete sessions that have ended by their age, a hundred at a time. Returns whether there was one."""
    rows = SessionStore.get_model_class().objects
    old = rows.filter(expire_date__lt=timezone.now()).order_by("expire_date").values_list("pk", flat=True)[:100]
    ended, _rows = rows.filter(pk__in=list(old)).delete()
    return bool(ended)


def browser_of(user_agent):
    """A browser as its owner would know it, such as “Firefox on Windows”; never the whole of what it says of itself."""
    told = [next((name for name in names if re.search(rf"\b{name}", user_agent)), "") for names in (BROWSERS, SYSTEMS)]
    return " on ".join(CALLED.get(name, name) for name in told if name)


def of(person):
    """The sessions of a person that have not ended, the newest first."""
    idle = timezone.now() - timedelta(minutes=settings.IDLE_MINUTES)
    rows = SessionStore.get_model_class().objects
    return rows.filter(person=person, expire_date__gt=timezone.now(), seen_at__gt=idle).order_by("-seen_at")


@transaction.atomic
def end_own(pk, *, by):
    """End one of one's own sessions. Returns how many ended, 0 or 1."""
    ended, _rows = SessionStore.get_model_class().objects.filter(person=by, pk=pk).delete()
    if ended:
        journal.write(by=by, verb="ended a session of", record=by)
    return ended


@transaction.atomic
def end_others(*, by, but):
    """End all of one's own sessions but the one with the key `but`. Returns how many ended."""
    rows = SessionStore.get_model_class().objects.filter(person=by).exclude(session_key=hashed(but))
    ended, _rows = rows.delete()
    if ended:
        journal.write(by=by, verb="ended other sessions of", record=by, sessions=ended)
    return ended


@transaction.atomic
def end_all_of(person, *, by):
    """End every session of somebody else, at once. Returns the person. Raises NotAllowed."""
    person = _somebody_else(person, by)
    ended, _rows = SessionStore.get_model_class().objects.filter(person=person).delete()
    journal.write(by=by, verb="ended all sessions of", record=person, sessions=ended)
    return person
