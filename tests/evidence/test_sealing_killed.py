"""`seal_files` is killed at random, again and again: in the end everything is sealed, nothing lies open and nothing is lost."""

import json
import random
import signal
import subprocess
import sys

import pytest

from tests.sources.cast import key

FILES, KILLS = 12, 6
READY = """
import django; django.setup()
from factcheck.claims import actions as claims
from factcheck.evidence import actions
from factcheck.newsroom import actions as newsroom
from tests.evidence.confiding import bring
by = newsroom.hire(by=None, username="journalist", roles=["journalist"])
claim = claims.log_claim(by=by, wording="The agency keeps no figures", type="statistic")
for number in range(%d):
    item = actions.add(claim, by=by, title=f"Letter {number}", kind="document")
    bring(item, by, f"Case 4711, letter {number}.\\n".encode() * 200_000)
    actions.edit(item, by=by, confidential=True)
"""
SEAL = """
import django; django.setup()
from django.core.management import call_command
print("ready", flush=True)
call_command("seal_files")
"""
FOUND = """
import django; django.setup()
import json
from factcheck.evidence import sealing, verifying
from factcheck.evidence.models import Exhibit
from factcheck.files.shelf import shelf
from tests.evidence.confiding import bytes_of, lies_open
found = verifying.verify()
named = {name for e in Exhibit.objects.all() for name in (e.file.stored_as, e.copy.stored_as)}
strays = set(shelf("evidence").names()) - named
opened = [bytes_of(file) for e in Exhibit.objects.order_by("pk") for file in (e.file, e.copy)]
told = [f"Case 4711, letter {n}.\\n".encode() * 200_000 for n in range(%d) for _twice in range(2)]
def sealed(name):
    with shelf("evidence").open(name) as file:
        return file.read(21) == b"factcheck sealed file"
print(json.dumps({
    "problems": found.problems, "waiting": found.open, "whole": opened == told,
    "open": lies_open(b"Case 4711"), "strays_open": sum(not sealed(name) for name in strays),
}))
"""


def python(code, environment):
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.django_db(transaction=True)
def test_sealing_that_is_killed_goes_on_where_it_was(committed_database):
    settings = {"DJANGO_SETTINGS_MODULE": "factcheck.settings", "VAULT_KEYS": key()}
    environment, chance = committed_database.environment | settings, random.Random(20221125)
    python(READY % FILES, environment)
    killed = 0
    for _kill in range(KILLS):
        running = subprocess.Popen([sys.executable, "-c", SEAL], env=environment, stdout=subprocess.PIPE, text=True)
        with running:
            assert running.stdout.readline() == "ready\n"
            try:
                running.wait(timeout=chance.uniform(0.02, 0.5))
            except subprocess.TimeoutExpired:
                running.kill()
        killed += running.returncode == -signal.SIGKILL
    python(SEAL, environment)
    found = json.loads(python(FOUND % FILES, environment))
    print(f"{killed} kills; {found}")
    assert killed >= 2
    assert found == {"problems": [], "waiting": 0, "whole": True, "open": False, "strays_open": 0}
