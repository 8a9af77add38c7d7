"""Several people who print at the same moment: nobody waits for somebody who waits for them, and the ledger is one chain."""

import subprocess
import sys

TURNS = 8
PRESS = f"""
import sys, django; django.setup()
from django.db import transaction
from factcheck.newsroom import journal
from factcheck.newsroom.models import User
from factcheck.published import press
from tests.published.documents import at, notice, numbered_document, publish
name, first_the_journal = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
for turn in range({TURNS}):
    with transaction.atomic():
        if first_the_journal == "yes":  # as a file of stories does, whose claims are logged before one is published
            press.queue()
            journal.write(by=None, verb="logged", record=User(pk=1))
        document = numbered_document(int(name), why_chosen=f"turn {{turn}}")
        publish(document, notice=notice() if turn else None, at=at(9, hour=turn))
        journal.write(by=None, verb="printed edition", record=User(pk=1))
"""
TELL = "from factcheck.published import proving; proof = proving.prove(); print(proof.faults, proof.entries)"


def start(database, *arguments):
    environment = database.environment | {"DJANGO_SETTINGS_MODULE": "factcheck.settings"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-c", PRESS, *arguments], env=environment, text=True, **pipes)


def test_presses_at_once_make_one_chain_and_none_stands_in_the_others_way(committed_database):
    presses = [start(committed_database, str(name), first) for name, first in enumerate(("no", "no", "yes", "yes"), 1)]
    assert [press.stdout.readline() for press in presses] == ["ready\n"] * 4
    for press in presses:
        press.stdin.write("go\n")
        press.stdin.flush()
    said = [press.communicate(timeout=240)[1] for press in presses]
    assert [press.returncode for press in presses] == [0] * 4, said
    printed = 4 * (1 + 2 * (TURNS - 1))
    told = committed_database.manage("shell", "--no-imports", "--command", TELL)
    assert told.strip() == f"[] {printed}"
    assert committed_database.manage("verify_journal").startswith(f"{(2 + 2 + 1 + 1) * TURNS} entries hold.")
