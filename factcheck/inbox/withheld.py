"""Words that came in and could tell who a protected source is: kept on the shelf, sealed, and shown to no one but a custodian.

They are never refused, because an answer must not be lost, and because a refusal would tell the accused whom we protect.
The record gets the message without its words; whoever reads the inbox is told that, and nothing else (CS-7).
"""

import json

from factcheck.letters import shut_away
from factcheck.newsroom.checks import texts_of
from factcheck.reply.models import Allegation
from factcheck.sources import leak_guard

FLAG = "withheld"
WORDS = ("subject", "from_name", "from_address", "sent_to", "message_id", "checked", "text", "content_sha256")


def without_words(message, attachments):
    """Take every word out of a message and its attachments' names, where one of them tells too much.

    Returns the texts that did, for whom it is shut away; () where nothing is taken out.
    """
    texts = texts_of(message) | {f"attachment {row.place}": row.name for row in attachments}
    if not leak_guard.hits(texts):
        return ()
    for name in WORDS:
        setattr(message, name, "")
    for row in attachments:
        row.name, row.type = f"attachment-{row.place}", "application/octet-stream"
    message.flags = sorted({*message.flags, FLAG})
    return tuple(texts.values())


def statement_without_words(incoming, answers):
    """The same for a statement: what was said goes onto the shelf as it came. Returns the answers that may be kept."""
    texts = texts_of(incoming) | {f"answer {row.pk}": text for row, text in answers.items()}
    if incoming.message or not leak_guard.hits(texts):
        return answers
    said = {name: text for name, text in texts_of(incoming).items() if text}
    said["answers"] = [{"allegation": row.pk, "text": text} for row, text in answers.items()]
    written = json.dumps(said, ensure_ascii=False, indent=1).encode()
    incoming.withheld_as = shut_away.keep(written, texts.values()).name
    for name in ("text", "more_time_because", "by_name", "by_role", "authority", "by_address", "language"):
        setattr(incoming, name, "")
    return {}


def as_said(incoming):
    """A statement as it was given, from the shelf where it is withheld: ({field: text}, [(Allegation, answer)]).

    For whoever said it: a receipt without their words would tell them whom we protect. Raises VaultShut.
    """
    if not incoming.withheld_as:
        answers = incoming.answers.select_related("allegation")
        return texts_of(incoming), [(answer.allegation, answer.text) for answer in answers]
    with shut_away.opened(incoming.withheld_as) as file:
        said = json.load(file)
    put = Allegation.objects.in_bulk([answer["allegation"] for answer in said["answers"]])
    return said, [(put[answer["allegation"]], answer["text"]) for answer in said.pop("answers")]


def may_be_read_by(texts, person):
    """Whether whoever asks is a custodian of every source that these texts could tell of."""
    return leak_guard.tells_only(texts, person)
