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
            while not worker.stopping and not _left_alone(parent):
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


def run(worker, parent=None):
    """Do everything that is due, chore by chore. One that fails holds up no other. Returns the names of those that failed."""
    failed = []
    for chore in CHORES:
        close_old_connections()
        try:
            while not worker.stopping and not _left_alone(parent) and chore.do(worker):
                pass
        except Exception:
            logger.exception("the chore “%s” failed and will be tried again", chore.name)
            failed.append(chore.name)
    return failed
