import logging
import os
import signal
import threading

from django.core.management import BaseCommand
from django.db import close_old_connections

from factcheck.backoffice.chores import CHORES
from factcheck.letters.workers import Worker

logger = logging.getLogger("factcheck.work")
PAUSE = 5  # seconds between two looks for due work


class Command(BaseCommand):
    help = (
        "Finds what is due (letters, reminders, digests and the other chores) and does it. Stopped, it finishes the thing in "
        "hand; killed at any moment, the next one does the rest. Several may run at once."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now and end; for cron")
        parser.add_argument("--beside", type=int, metavar="PID", help="end when this parent process does; for `up`")

    def handle(self, **options):
        worker, wake, failed = Worker(), threading.Event(), []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: (worker.stop(), wake.set()))
        parent = options["beside"]
        try:
            while not _ends(worker, parent):
                failed = run(worker, parent)
                if options["once"]:
                    break
                wake.wait(PAUSE if parent is None else 1)
        finally:
            worker.close()
        if options["once"] and failed:
            raise SystemExit(f"Not everything could be done: {', '.join(failed)}.")


def _left_alone(parent):
    return parent is not None and os.getppid() != parent


def run(worker, parent=None, chores=CHORES):
    """Do everything that is due, in rounds: all of each chore that is quick, one thing of each that is slow.

    A chore that fails holds up no other and is left alone until the next run. Returns the names of those that failed.
    """
    failed, more = [], True
    while more and not _ends(worker, parent):
        left = [chore for chore in chores if chore.name not in failed]
        turns = [_turn(chore, worker, parent, failed) for chore in left]
        more = any(turns)
    return failed


def _turn(chore, worker, parent, failed):
    """One chore's turn in a round. Returns whether there may be more of it."""
    close_old_connections()
    try:
        while not _ends(worker, parent) and chore.do(worker):
            if chore.slow:
                return True
    except Exception:  # whatever one chore meets, letters and deadlines of the others must not wait for it
        logger.exception("the chore “%s” failed and will be tried again", chore.name)
        failed.append(chore.name)
    return False


def _ends(worker, parent):
    return worker.stopping or _left_alone(parent)
