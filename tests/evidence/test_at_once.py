"""Two people bring the very same file at the very same moment: it is one file, whole, and neither sees an error."""

import json
import subprocess
import sys

import pytest

ROUNDS = 8
READY = """
import django; django.setup()
from factcheck.claims import actions as claims
from factcheck.evidence import actions
from factcheck.newsroom import actions as newsroom
by = newsroom.hire(by=None, username="journalist", roles=["journalist"])
for number in range(3):
    claim = claims.log_claim(by=by, wording=f"The agency keeps no figures ({number})", type="statistic")
    actions.add(claim, by=by, title=f"Letter {number}")
"""
BRING = """
import django; django.setup()
import io, json, sys
from factcheck.evidence import exhibits
from factcheck.evidence.models import Item
from factcheck.newsroom.models import User
from factcheck.newsroom.refusals import Refused
by, told = User.objects.get(username="journalist"), []
items = [Item.objects.get(title=title) for title in (sys.argv[1], "Letter 2")]
uploads = [
    (item, exhibits.inspect(io.BytesIO(f"Minutes {kind} {number}".encode()), "minutes.txt"))
    for number in range(int(sys.argv[2])) for kind, item in zip(("of two items", "of one item"), items)
]
print("ready", flush=True)
for item, upload in uploads:
    sys.stdin.readline()
    try:
        exhibits.receive(item, by=by, upload=upload)
        told.append("kept")
    except Refused as refusal:
        told.append(str(refusal.reasons[0]))
    print("done", flush=True)
print(json.dumps(told), flush=True)
"""
FOUND = """
import django; django.setup()
import json
from factcheck.evidence import custody
from factcheck.evidence.models import Exhibit, File
from factcheck.files.shelf import shelf
names = sorted(shelf("evidence").names())
print(json.dumps({
    "originals": File.objects.filter(derived_from=None).count(),
    "copies": File.objects.exclude(derived_from=None).count(),
    "exhibits": Exhibit.objects.count(),
    "strays": len(set(names) - set(File.objects.values_list("stored_as", flat=True))),
    "damaged": sum(shelf("evidence").measure(f.stored_as) != (f.sha256, f.size) for f in File.objects.all()),
    "custody_broken": custody.walk().broken,
}))
"""


def run(code, environment):
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def start(item, environment):
    command = [sys.executable, "-c", BRING, item, str(ROUNDS)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen(command, env=environment, text=True, **pipes)


def brought_together(people):
    """What each was told, upload by upload, where both begin each upload at the same moment."""
    assert [person.stdout.readline() for person in people] == ["ready\n"] * 2
    for _upload in range(2 * ROUNDS):
        for person in people:
            person.stdin.write("go\n")
            person.stdin.flush()
        assert [person.stdout.readline() for person in people] == ["done\n"] * 2
    return [json.loads(person.stdout.readline()) for person in people]


@pytest.mark.django_db(transaction=True)
def test_same_bytes_brought_by_two_processes_at_once_are_one_file(committed_database):
    surroundings = committed_database.environment
    run(READY, surroundings)
    with start("Letter 0", surroundings) as one, start("Letter 1", surroundings) as other:
        told = brought_together([one, other])
    assert (one.returncode, other.returncode) == (0, 0)
    for first, second in zip(told[0][::2], told[1][::2], strict=True):
        assert (first, second) == ("kept", "kept")  # with an item each
    for pair in zip(told[0][1::2], told[1][1::2], strict=True):
        assert sorted(pair) == ["This very file is with this item already, as “minutes.txt”.", "kept"]
    assert json.loads(run(FOUND, surroundings)) == {
        "originals": 2 * ROUNDS,
        "copies": 2 * ROUNDS,
        "exhibits": 3 * ROUNDS,
        "strays": 0,
        "damaged": 0,
        "custody_broken": None,
    }
