"""Pages captured by two workers that are killed at random and started again: each is captured once, and no file is half there.

The proof at length, which README tells of: `CAPTURES_KILLED=200 pytest -n0 -s tests/evidence/test_killed.py`.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.fetching.web import Answer, Web

PAGES = int(os.environ.get("CAPTURES_KILLED", "12"))
KILLS = max(3, PAGES // 12)  # at any moment; besides one at each of these:
MOMENTS = ("taking.take", "_archive_of", "keep_file", "journal.write")
WORKER = """
import django; django.setup()
import os, signal, sys, time
from datetime import timedelta
from factcheck.evidence import capturing
from factcheck.evidence.models import Capture
from factcheck.fetching import pictures
pictures.BROWSERS = ()  # pictures have tests of their own, and take seconds each
capturing.LEASE = timedelta(seconds=3)  # so that what a killed worker had is taken up within the test
capturing.MOST_TRIES = 1000
def end_behind(moment):
    *place, name = moment.split(".")
    place = getattr(capturing, place[0]) if place else capturing
    step = getattr(place, name)
    def last_step(*given, **named):
        step(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(place, name, last_step)
for moment in sys.argv[1:]:
    end_behind(moment)
while Capture.objects.filter(state__in=Capture.UNFINISHED).exists():
    if not capturing.capture_one():
        time.sleep(0.1)
"""
ASK = """
import django; django.setup()
from factcheck.claims import actions as claims
from factcheck.evidence import actions, capturing
from factcheck.newsroom import actions as newsroom
by = newsroom.hire(by=None, username="journalist", roles=["journalist"])
claim = claims.log_claim(by=by, wording="The office found violations", type="institutional_finding")
for number in range({pages}):
    item = actions.add(claim, by=by, title=f"Page {{number}}", url=f"{url}/page-{{number}}")
    capturing.ask(item, by=by)
"""
FOUND = """
import django; django.setup()
import json
from collections import Counter
from django.db.models import Count
from factcheck.evidence.models import Capture, CustodyEvent, File
from factcheck.evidence import custody
from factcheck.files.shelf import shelf
from factcheck.newsroom.models import JournalEntry
files = [file for capture in Capture.objects.filter(state="done") for file in (capture.warc, capture.text_file)]
print(json.dumps({
    "states": Counter(Capture.objects.values_list("state", flat=True)),
    "items": Capture.objects.filter(state="done").values("item").distinct().count(),
    "journaled": JournalEntry.objects.filter(verb="captured a page").count(),
    "retried": Capture.objects.filter(tries__gt=1).count(),
    "files": File.objects.count(),
    "named": len({file.pk for file in files}),
    "damaged": sum(shelf("evidence").measure(file.stored_as) != (file.sha256, file.size) for file in files),
    "custody_broken": custody.walk().broken,
}))
"""


def python(code, environment):
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


class Workers:
    """Two processes that capture what waits and end when nothing does."""

    def __init__(self, environment):
        self._environment = environment
        self._running = [self._start() for _one in range(2)]

    def _start(self):
        return subprocess.Popen([sys.executable, "-c", WORKER], env=self._environment)

    def kill(self, number):
        """End one as a power cut would, and start it again. It must have been at work still."""
        assert self._running[number].poll() is None, "A worker ended by itself before it could be killed."
        self._running[number].kill()
        self._running[number].wait()
        self._running[number] = self._start()

    def finish(self):
        """Wait until they find nothing more to do."""
        assert [worker.wait(timeout=60 + 10 * PAGES) for worker in self._running] == [0, 0]

    def end(self):
        for worker in self._running:
            worker.kill()
            worker.wait()


def end_at_each_moment(environment):
    """A worker for each of the MOMENTS, that is killed right behind it."""
    running = [subprocess.Popen([sys.executable, "-c", WORKER, moment], env=environment) for moment in MOMENTS]
    assert [worker.wait(timeout=120) for worker in running] == [-signal.SIGKILL] * len(MOMENTS)


def kill_at_work(workers, web):
    """Kill one at random, KILLS times, each time a moment after a page was fetched: reading and keeping it is under way."""
    chance = random.Random(20221125)
    for number in range(KILLS):
        asked = len(web.paths)
        until = time.monotonic() + 60
        while len(web.paths) == asked and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 1))
        workers.kill(number % 2 if number < 2 else chance.randrange(2))


@pytest.mark.django_db(transaction=True)
def test_captures_of_workers_killed_at_random_are_made_once_and_whole(committed_database):
    web = Web(
        {f"/page-{n}": Answer(f"<title>Page {n}</title><p>These are the words of page {n}.</p>") for n in range(PAGES)}
    )
    surroundings = {**committed_database.environment, "ALLOW_PRIVATE_CAPTURE": f"127.0.0.1:{web.port}"}
    python(ASK.format(pages=PAGES, url=web.url("")), surroundings)
    end_at_each_moment(surroundings)
    workers = Workers(surroundings)
    try:
        kill_at_work(workers, web)
        workers.finish()
    finally:
        workers.end()
        web.close()
    end = json.loads(python(FOUND, surroundings))
    print(f"{KILLS + len(MOMENTS)} kills; {end}")
    assert end["retried"] >= len(MOMENTS)
    assert end["states"] == {"done": PAGES}
    assert (end["items"], end["journaled"]) == (PAGES, PAGES)
    assert end["files"] == end["named"] == 2 * PAGES
    assert (end["damaged"], end["custody_broken"]) == (0, None)
