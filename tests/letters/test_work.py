"""`manage.py work`: killed at any moment, it sends nothing twice and forgets nothing; two share the work."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from .postbox import postbox

ROOT = Path(settings.BASE_DIR)
SEED = """
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from factcheck.claims import actions as claims
from factcheck.letters import actions
from factcheck.newsroom import actions as newsroom
from factcheck.reply import actions as reply
from factcheck.reply.models import ReplyFile

with transaction.atomic():
    by = newsroom.hire(by=None, username="writer", roles=["journalist"])
    for n in range({count}):
        party = claims.add_speaker(by=by, name=f"Body {{n}}", kind="organisation")
        claim = claims.log_claim(by=by, wording=f"Claim number {{n}} about a body", type="allegation")
        file = reply.open_file(claim, by=by, party=party)
        reply.draft_allegation(file, by=by, text="That it did so.")
        reply.set_deadline(file, by=by, deadline_at=timezone.now() + timedelta(days=7), basis="A week.")
        to = {{"to_address": f"body{{n}}@agency.example", "to_role": "press office", "call": "the desk, 04 000 0000"}}
        letter = actions.draft_letter([ReplyFile.objects.get(pk=file.pk)], by=by, **to)
        actions.queue_letter(letter, by=by)
"""
COUNT = """
import json
from collections import Counter
from factcheck.letters.models import Letter, Outgoing
from factcheck.reply.models import Attempt, ReplyFile
told = {"letters": Counter(Letter.objects.values_list("state", flat=True))}
told["mail"] = Counter(Outgoing.objects.values_list("state", flat=True))
told["doubt"] = list(Outgoing.objects.filter(state="uncertain").values_list("message_id", flat=True))
told["sent"] = list(Outgoing.objects.filter(state="sent").values_list("message_id", flat=True))
told["attempts"] = Attempt.objects.count()
print("TOLD" + json.dumps(told))
"""
HOLDER = """
import os, subprocess, sys
subprocess.Popen([sys.executable, "-m", "factcheck.beside", str(os.getpid())]).wait()
"""


@pytest.fixture
def newsroom(committed_database, monkeypatch):
    """A newsroom of its own in other processes, and the mail server it sends to."""
    with postbox() as box:
        monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{box.port}")
        yield committed_database, box


def shell(database, code):
    return database.manage("shell", "-c", code)


def told(database):
    return json.loads(shell(database, COUNT).split("TOLD")[1])


def start(database, *options):
    command = [sys.executable, "manage.py", "work", *options]
    return subprocess.Popen(
        command, cwd=ROOT, env=database.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def wait_until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)


def message_ids(box):
    return [message["Message-ID"] for message in box.messages]


def test_hundred_letters_killed_in_the_middle_go_once_or_are_named(newsroom):
    database, box = newsroom
    shell(database, SEED.format(count=100))
    for kill_at in (20, 45, 70):
        worker = start(database)
        wait_until(lambda at=kill_at: len(box.arrived) >= at)
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()
    database.manage("work", "--once")
    after, arrived = told(database), message_ids(box)
    assert len(arrived) == len(set(arrived)), "a letter was sent twice"
    assert after["mail"].get("sent", 0) + after["mail"].get("uncertain", 0) == 100 == sum(after["mail"].values())
    assert after["mail"].get("uncertain", 0) <= 3  # one for each kill, at the most
    assert set(arrived) - set(after["doubt"]) == set(after["sent"])
    assert after["attempts"] == after["mail"]["sent"]


def test_two_workers_share_the_letters(newsroom):
    database, box = newsroom
    shell(database, SEED.format(count=30))
    workers = [start(database), start(database)]
    wait_until(lambda: len(box.arrived) >= 30)
    for worker in workers:
        worker.terminate()
    for worker in workers:
        output, _none = worker.communicate(timeout=60)
        assert worker.returncode == 0, output.decode()
    arrived = message_ids(box)
    assert (len(arrived), len(set(arrived))) == (30, 30)
    assert told(database)["letters"] == {"sent": 30}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_worker_that_is_asked_to_stop_finishes_the_letter_in_hand(newsroom, number):
    database, box = newsroom
    shell(database, SEED.format(count=30))
    worker = start(database)
    wait_until(lambda: len(box.arrived) >= 5)
    worker.send_signal(number)
    output, _none = worker.communicate(timeout=30)
    assert worker.returncode == 0, output.decode()
    after = told(database)
    assert after["mail"]["sent"] == len(box.arrived)
    assert after["mail"]["sent"] + after["mail"]["queued"] == 30


@pytest.fixture
def beside(committed_database):
    """A process that `manage.py work` is kept running beside, and everything that it says."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        cwd=ROOT,
        env=committed_database.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    yield holder
    holder.kill()
    holder.communicate()


def under(pid):
    """The processes that `pid` started and that still run, as numbers."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text() if Path(f"/proc/{pid}").exists() else ""
    return [int(child) for child in told.split() if runs(child)]


def runs(pid):
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def kept_beside(holder):
    """(the keeper's number, the worker's)."""
    wait_until(lambda: under(holder.pid) and under(under(holder.pid)[0]))
    [keeper] = under(holder.pid)
    return keeper, under(keeper)[0]


def test_worker_beside_a_server_ends_with_it(beside):
    keeper, worker = kept_beside(beside)
    os.kill(beside.pid, signal.SIGKILL)
    wait_until(lambda: not runs(keeper) and not runs(worker))


def test_worker_beside_a_server_that_dies_is_started_again(beside):
    keeper, worker = kept_beside(beside)
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: under(keeper) not in ([], [worker]))
    os.kill(keeper, signal.SIGTERM)
    output, _none = beside.communicate(timeout=60)
    assert b"manage.py work ended by itself" in output
    assert not runs(keeper)
