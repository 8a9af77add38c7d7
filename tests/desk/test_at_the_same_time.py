"""Two people at once, and a process killed in the middle: one deed is done whole, the other not at all."""

import signal
import subprocess
import sys
import textwrap

PREPARE = """
import django; django.setup()
from django.utils import timezone
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.roles import Role
from tests.builders import make_publishable_claim
people = [newsroom.hire(by=None, username=role.value, roles=[role]) for role in Role if role != Role.ADMINISTRATOR]
desk = make_publishable_claim(*people)
"""

FIND = """
import sys, django; django.setup()
from factcheck.claims.models import Claim
from factcheck.newsroom.models import User
claim, editor = Claim.objects.get(), User.objects.get(username="editor")
from factcheck.desk import publish, review
from factcheck.desk.gathering import gather
from factcheck.newsroom.refusals import Refused
print("ready", flush=True)
sys.stdin.readline()
"""


def python(database, code, **pipes):
    command = [sys.executable, "-c", textwrap.dedent(code)]
    return subprocess.Popen(
        command, env=database.environment | {"DJANGO_SETTINGS_MODULE": "factcheck.settings"}, text=True, **pipes
    )


def run(database, code):
    process = python(database, code, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said, _nothing = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said.strip()


def together(database, code, copies=3):
    """Start `copies` processes, wait until each is ready, and let them all go at once. Returns what each printed."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    processes = [python(database, FIND + code, **pipes) for _ in range(copies)]
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * copies
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0] * copies, answers
    return [out.strip() for out, _err in answers]


COUNT = """
import django; django.setup()
from factcheck.published.models import Check, Edition
from factcheck.claims.models import Claim
from factcheck.desk.models import SignOff
claim = Claim.objects.get()
print(Check.objects.count(), Edition.objects.count(), SignOff.objects.count(), claim.status)
"""


def test_three_who_publish_at_once_print_one_edition(committed_database):
    run(committed_database, PREPARE + "desk.cleared()")
    outcome = together(
        committed_database,
        """
try:
    publish.publish(claim, by=editor); print("published")
except Refused as refusal:
    print(refusal)
""",
    )
    assert outcome.count("published") == 1
    assert outcome.count("“Publish” is not possible for a claim that is “Published”.") == 2
    assert run(committed_database, COUNT) == "1 1 1 published"
    assert "entries hold" in committed_database.manage("verify_journal")


def test_three_sign_offs_by_one_person_at_once_are_one(committed_database):
    run(committed_database, PREPARE + "desk.submit()")
    outcome = together(
        committed_database,
        """
try:
    review.sign_off(claim, by=editor, fingerprint=gather(claim).fingerprint); print("signed")
except Refused as refusal:
    print("refused")
""",
    )
    assert sorted(outcome) == ["refused", "refused", "signed"]
    assert run(committed_database, COUNT) == "0 0 1 cleared"


def test_publishing_that_is_killed_before_it_ends_leaves_everything_as_it_was(committed_database):
    run(committed_database, PREPARE + "desk.cleared()")
    before = run(committed_database, COUNT)
    process = python(
        committed_database,
        FIND
        + """
from django.db import transaction
with transaction.atomic():
    publish.publish(claim, by=editor)
    print("printed, not yet committed", flush=True)
    sys.stdin.readline()
""",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    process.stdin.write("go\n")
    process.stdin.flush()
    assert [process.stdout.readline().split(",")[0] for _ in range(2)] == ["ready\n", "printed"]
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    assert run(committed_database, COUNT) == before == "0 0 1 cleared"
    assert "entries hold" in committed_database.manage("verify_journal")
