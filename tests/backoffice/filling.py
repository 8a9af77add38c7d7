"""Run in a process of its own, through `manage.py shell`: a publication is tried on a disk that has ever a little more room."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client

from factcheck.claims.models import Claim
from factcheck.newsroom.models import JournalEntry
from factcheck.published.models import Check, Edition, LedgerEntry, TopicPage
from tests.builders import hire_people, make_publishable_claim
from tests.entering import come_in

from .steps import claim_url, fields_of, text_of

STEP = 24 * 1024


def publish_with_ever_more_room():
    """Print [[status, page's words, what stands afterwards]] of each try until one goes through, and of one more."""
    desk = make_publishable_claim(**hire_people()).cleared()
    browser = come_in(Client(headers={"host": "127.0.0.1"}, raise_request_exception=False), desk.editor)
    page = claim_url(desk.claim, "publish")
    form, told = fields_of(browser.get(page), "verb-form"), [[0, "", _standing()]]
    for room in range(0, 100 * STEP, STEP):
        with Ballast(room):
            answer = browser.post(page, form)
        told.append([answer.status_code, text_of(answer), _standing()])
        if told[-1][2] != told[0][2]:
            break
    told.append([browser.post(page, form).status_code, "", _standing()])
    print(json.dumps(told))


def _standing():
    rows = [kind.objects.count() for kind in (Check, Edition, LedgerEntry, TopicPage, JournalEntry)]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return [*rows, Claim.objects.get().status, cursor.fetchone()[0]]


class Ballast:
    """A file that takes all the room of the disk but for so many bytes; SQLite's log of what is written begins empty."""

    def __init__(self, room):
        self.room, self.path = room, Path(settings.VAR_DIR, "ballast")

    def __enter__(self):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        at = os.statvfs(settings.VAR_DIR)
        with self.path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, at.f_bavail * at.f_frsize - self.room)

    def __exit__(self, *problem):
        self.path.unlink()
