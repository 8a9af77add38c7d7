"""Keeps `manage.py work` running beside a server: `python -m factcheck.beside PID`. It ends with the process of that number,
which has to be the one that started it.

Where the worker dies by itself (killed, or out of memory), it says so and starts another after a pause. It knows nothing of
the newsroom and does nothing else, so that it takes little memory and there is hardly anything that could end it first.
"""

import os
import signal
import subprocess
import sys
import time

PAUSE = 10  # seconds, so that one that cannot live is not started over and over


class Keeper:
    """`worker` is the command to keep running; it gets this process's number behind it. `parent` is whose end ends it."""

    def __init__(self, worker, parent, pause=PAUSE):
        self.worker, self.parent, self.pause = worker, parent, pause
        self.running, self.stopping = None, False

    def keep(self):
        """Returns when it was asked to stop, or the parent is gone; the worker has ended then."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        while not self.is_over():
            self.running = subprocess.Popen([*self.worker, str(os.getpid())])
            self._watch()
            if not self.is_over():
                print(f"manage.py work ended by itself; again in {self.pause} seconds.", file=sys.stderr, flush=True)
                self._wait(self.pause)

    def is_over(self):
        return self.stopping or os.getppid() != self.parent

    def stop(self, *_signal):
        self.stopping = True

    def _watch(self):
        while self.running.poll() is None:
            if self.is_over():
                self.running.terminate()  # it finishes the e-mail in hand
                self.running.wait()
            time.sleep(0.2)

    def _wait(self, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.is_over():
            time.sleep(0.2)


if __name__ == "__main__":
    Keeper([sys.executable, "manage.py", "work", "--beside"], parent=int(sys.argv[1])).keep()
