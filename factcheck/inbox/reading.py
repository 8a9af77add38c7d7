"""Reading one message, in a process of its own that has so much memory and time and no more.

`python -m factcheck.inbox.reading` takes a message on standard input and prints what it says, as JSON; with a number, the
bytes of the attachment at that place. Nothing of the database or the settings is here: a message that breaks the reader
breaks this process and nothing else. What the caller makes of that is in `bounded.py`.
"""

import hashlib
import json
import resource
import sys
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32

from . import kinds, parts
from .headers import addresses, date_of, first, message_ids, raw_values, told_date

CPU_SECONDS, MEMORY = 20, 1024 * 1024 * 1024
HEAD = 256 * 1024  # bytes of a message that is not read further than its head
TEXT_KEPT = 200_000
TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "To", "Cc", "Resent-To")


def read(data):
    """Everything that `data` (bytes) says, as a dict of plain values. Raises whatever the parser does at its end."""
    # The older policy, on purpose: the newer parses every line of a head as it is asked for, and there are lines on which
    # that fails or takes minutes. `headers` and `parts` read what is needed, cut before it is read.
    message = BytesParser(policy=compat32).parsebytes(data)
    taken = parts.taken_apart(message)
    text, flags = parts.told(taken)
    rows, odd = parts.attachments(taken)
    kind, sure = kinds.kind_of(message, taken, text)
    told = {**head(message), "kind": kind, "sure": sure, "text": text[:TEXT_KEPT], "attachments": rows}
    told["flags"] = sorted(flags | odd | set(told["flags"]) | _odd_in(message, text, rows, data))
    told["returned"] = kinds.returned(message, taken, text)
    return told | {"content_sha256": _content_hash(told)}


def head(message):
    """What the head of a message says, whatever its body is."""
    [(name, address)] = addresses(message, "From", "Sender")[:1] or [("", "")]
    dated = date_of(message)
    return {
        "subject": first(message, "Subject")[:500],
        "from_name": name[:250],
        "from_address": address,
        "sent_to": list(dict.fromkeys(address for _name, address in addresses(message, *TO)))[:100],
        "message_id": (message_ids(message, "Message-ID") or [""])[0],
        "in_reply_to": message_ids(message, "In-Reply-To"),
        "references": message_ids(message, "References"),
        "checked": raw_values(message, "Authentication-Results")[:10],
        "dated": told_date(dated),
        "flags": [] if dated else ["no-date"],
    }


def head_only(data):
    """What can be told of a message that is not read: too large, or too much for the reader."""
    message = BytesHeaderParser(policy=compat32).parsebytes(data[:HEAD])
    told = {**head(message), "kind": "", "sure": True, "text": "", "attachments": [], "returned": {}}
    return told | {"content_sha256": hashlib.sha256(data).hexdigest()}


def _odd_in(message, text, rows, data):
    flags = {"no-sender"} if not addresses(message, "From") else set()
    flags |= {"cut"} if len(text) > TEXT_KEPT else set()
    flags |= {"nul"} if b"\0" in data else set()
    flags |= {"nothing-in-body"} if rows and not text.strip() else set()
    flags |= {"empty"} if not rows and not text.strip() else set()
    return flags


def _content_hash(told):
    """One hash for one message, whatever roads it took: what it says and carries, and not the trace of its way."""
    said = [told[name] for name in ("message_id", "from_address", "subject", "dated", "text")]
    said += [row["sha256"] for row in told["attachments"]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def attachment(data, place):
    """The bytes of the attachment at `place`."""
    return parts.content_of(parts.taken_apart(BytesParser(policy=compat32).parsebytes(data)).leaves[place])


def main():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    data = sys.stdin.buffer.read()
    if sys.argv[1:]:
        sys.stdout.buffer.write(attachment(data, int(sys.argv[1])))
    else:
        json.dump(read(data), sys.stdout)


if __name__ == "__main__":
    main()
