"""Who is at work: a worker has a name, and holds a lock for as long as it lives, so that another on the same machine knows
at once when it was killed. On other machines its time has to run out (`LEASE`)."""

import fcntl
import os
import re
import secrets
import socket
from datetime import timedelta

from django.conf import settings

LEASE = timedelta(minutes=10)  # longer than any one thing takes: the mail server may think for a while


class Worker:
    """One running `manage.py work`, or one test. `stopping` is asked between two things to do."""

    def __init__(self):
        self.name = f"{_host()}-{os.getpid()}-{secrets.token_hex(4)}"
        self.stopping = False
        self._lock = _open(self.name, os.O_CREAT | os.O_RDWR)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def stop(self, *_signal):
        self.stopping = True

    def close(self):
        (_folder() / self.name).unlink(missing_ok=True)
        os.close(self._lock)


def is_gone(name):
    """Whether the worker of this name is certainly dead: it ran on this machine, and nobody holds its lock."""
    if not name.startswith(f"{_host()}-"):
        return False
    try:
        lock = _open(name, os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    (_folder() / name).unlink(missing_ok=True)
    return True


def _host():
    return re.sub(r"[^A-Za-z0-9.]", "_", socket.gethostname())[:60]


def _folder():
    folder = settings.VAR_DIR / "workers"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _open(name, flags):
    return os.open(_folder() / name, flags | os.O_CLOEXEC, 0o600)
