"""Run in a process of its own, through `manage.py shell`: bakes that are killed, each a step later than the one before."""

import os
import signal
import sys
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from tests.published.documents import at, notice, numbered_document, publish, visa_document
from tests.website.addresses import publish_the_example

STEPS = ("open", "os.rename", "os.remove", "os.mkdir")  # what a bake does to its folder, as Python tells of it


def publish_more():
    publish_the_example()
    for number in range(1, 4):
        publish(numbered_document(number), at=at(14, hour=number))


def correct():
    """Change much of what was baked: one claim corrected, one new."""
    publish(visa_document(why_chosen="It accuses three."), notice=notice(), at=at(15))
    publish(numbered_document(9), at=at(16))


def kill_bakes(folder, apart):
    """Bake in processes of their own that are killed, kill -9, at step 1, 1 + apart, and so on, until one comes to its end.

    Returns how many were killed.
    """
    connections.close_all()
    killed, step = 0, 1
    while _ends_by_kill(folder, step):
        killed, step = killed + 1, step + apart
    return killed


def _ends_by_kill(folder, step):
    child = os.fork()
    if not child:
        _die_at(folder, step)
        call_command("bake", folder, stdout=open(os.devnull, "w"))  # noqa: PTH123, SIM115  (this process is gone in a moment)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or status == 0, status
    return os.WIFSIGNALED(status)


def _die_at(folder, step):
    left = [step]

    def count(event, told):
        if event in STEPS and folder in str(told[0]):
            left[0] -= 1
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def kill_and_correct(folder, apart):
    """Print how many bakes were killed: of a new folder, and of the same after a correction."""
    first = kill_bakes(folder, apart)
    correct()
    print(first, kill_bakes(folder, apart))
    assert not (Path(folder) / ".baked" / "half-written").exists()
