"""What `manage.py work` does, in this order, over and over: the table of chores.

Whoever has due work adds a row. A chore does one due thing and says whether there was one. What is due it finds by a query
of its own, so that a worker can be killed at any moment and another can do the rest; it must bear being done by two workers
at once.
"""

from collections.abc import Callable
from dataclasses import dataclass

from factcheck.evidence import archiving, capturing, checking, sealing, timestamps, withholding
from factcheck.letters import reminders, sending
from factcheck.newsroom import sessions
from factcheck.sources import overwriting

from . import digest, fetching


@dataclass(frozen=True)
class Chore:
    """One kind of due work. `do(worker)` does one thing of it and returns whether there was one (letters.workers.Worker).

    What is `slow` waits for somebody else's server, or has many things to do: after each of them the rest has its turn, so
    that no letter waits for a hundred pages.
    """

    name: str
    do: Callable
    slow: bool = False


CHORES = (
    Chore("settle", sending.settle_one),
    Chore("fetch mail", fetching.fetch_some),
    Chore("remind", reminders.queue_one),
    Chore("digest", digest.queue_one),
    Chore("send", sending.send_one),
    Chore("seal", sealing.seal_one, slow=True),
    Chore("discard", sealing.discard_one, slow=True),
    Chore("withhold", withholding.withhold_one, slow=True),
    Chore("capture", capturing.capture_one, slow=True),
    Chore("archive", archiving.archive_one, slow=True),
    Chore("check", checking.check_one, slow=True),
    Chore("overwrite", overwriting.overwrite_some),
    Chore("sessions", sessions.clear_some),
    Chore("time-stamp", timestamps.stamp_one),
)
