"""Proof that every message is kept as it came: its bytes hashed anew and held against the hash the record has of them (RR-11)."""

from dataclasses import dataclass

from factcheck.evidence.keeping import Altered
from factcheck.files.sealed import NotOpened
from factcheck.files.shelf import measure, shelf
from factcheck.letters import shut_away
from factcheck.letters.models import Outgoing
from factcheck.sources.keys import VaultShut

from .mail import Message
from .models import Incoming
from .withheld import FLAG

# Every row that names a file on the shelf of mail, and the field that does.
NAMED_BY = ((Message, "kept_as"), (Incoming, "withheld_as"), (Outgoing, "held_as"))


@dataclass(frozen=True)
class Verified:
    """How many messages hold, a sentence for each that does not, and the names of files that no row names.

    `unopened` are those among them that are sealed, whose key is not here or is destroyed: only their length is known to hold.
    """

    messages: int
    unopened: int
    problems: tuple[str, ...]
    strays: tuple[str, ...]


def verify():
    """Hash every message that came in, and look for files that a process which was stopped half-way left behind."""
    held, unopened, problems = 0, 0, []
    messages = Message.objects.only("pk", "kept_as", "sha256", "size", "flags").order_by("pk")
    for message in messages.iterator(chunk_size=500):
        holds = as_it_came(message)
        if holds is None:
            holds = shut_away.lies_whole(message.kept_as, message.size)
            unopened += holds
        held += holds
        if not holds:
            wrong = "was changed" if shelf("mail").holds(message.kept_as) else "is missing"
            problems.append(f"The file of message {message.pk} {wrong}.")
    problems += _missing(Incoming, "withheld_as", "withheld answer") + _missing(
        Outgoing, "held_as", "letter to be sent"
    )
    return Verified(held, unopened, tuple(problems), tuple(shelf("mail").strays(_named())))


def as_it_came(message):
    """Whether what lies on the shelf is the message, byte for byte; None where it is sealed and cannot be opened here.

    A file that is gone is not.
    """
    opened = shut_away.opened if FLAG in message.flags else shelf("mail").open
    try:
        with opened(message.kept_as) as file:
            return measure(file) == (message.sha256, message.size)
    except VaultShut:
        return None
    except (FileNotFoundError, Altered, NotOpened):
        return False


def _missing(model, field, called):
    """A sentence for each row whose file is gone. These have no hash: they are the only copy of what was withheld."""
    named = model.objects.exclude(**{field: ""}).order_by("pk").values_list("pk", field)
    return [f"The words of {called} {pk} are missing." for pk, name in named if not shelf("mail").holds(name)]


def _named():
    return {name for model, field in NAMED_BY for name in model.objects.values_list(field, flat=True) if name}


def sweep(strays):
    """Remove what no row names and what has lain there for a day."""
    for name in strays:
        shelf("mail").remove(name)
