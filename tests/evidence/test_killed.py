"""Two hundred pages, two workers killed at random and started again: two hundred captures, none double, no half file."""

import json
import random
import subprocess
import sys
import time

import pytest

from tests.fetching.web import Answer, Web

PAGES = 200
WORKER = """
import django; django.setup()
import sys, time
from datetime import timedelta
from factcheck.evidence import capturing
from factcheck.fetching import pictures
pictures.BROWSERS = ()  # pictures have tests of their own, and take seconds each
capturing.LEASE = timedelta(seconds=3)  # so that what a killed worker had is taken up within the test
capturing.MOST_TRIES = 1000
while True:
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


def start(environment):
    return subprocess.Popen([sys.executable, "-c", WORKER], env=environment)


def found(environment):
    return json.loads(python(FOUND, environment))


@pytest.mark.django_db(transaction=True)
def test_captures_of_workers_killed_at_random_are_made_once_and_whole(committed_database):
    web = Web(
        {f"/page-{n}": Answer(f"<title>Page {n}</title><p>These are the words of page {n}.</p>") for n in range(PAGES)}
    )
    surroundings = {**committed_database.environment, "ALLOW_PRIVATE_CAPTURE": f"127.0.0.1:{web.port}"}
    python(ASK.format(pages=PAGES, url=web.url("")), surroundings)
    workers, killed, chance = [start(surroundings) for _one in range(2)], 0, random.Random(20221125)
    deadline = time.monotonic() + 1200
    while found(surroundings)["states"].get("done", 0) < PAGES:
        assert time.monotonic() < deadline, found(surroundings)
        time.sleep(chance.uniform(1, 8))
        victim = chance.randrange(2)
        workers[victim].kill()
        workers[victim].wait()
        killed += 1
        workers[victim] = start(surroundings)
    for worker in workers:
        worker.kill()
        worker.wait()
    web.close()
    end = found(surroundings)
    print(f"{killed} kills; {end}")
    assert killed > 3
    assert end["states"] == {"done": PAGES}
    assert (end["items"], end["journaled"]) == (PAGES, PAGES)
    assert end["files"] == end["named"] == 2 * PAGES
    assert (end["damaged"], end["custody_broken"]) == (0, None)
