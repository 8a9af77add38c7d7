"""Which field of the record is what kind of text. What is not named here is internal: a field that is new stays in the house."""

from .case import Kind

S, P, A, C = Kind.SHOWN, Kind.PERSON, Kind.ADDRESS, Kind.AS_CAME

_SHOWN = {
    "replyfile": "state wording_put deadline_at deadline_basis public_line excerpt waiver_reason waiver_note "
    "excerpt_chosen_at found_fair_at waived_at not_required_at remind",
    "allegation": "text material wording put_at dropped_at",
    "attempt": "at channel to_role text outcome",
    "extension": "asked_by_role granted reason asked_at new_deadline_at",
    "response": "kind channel by_name by_role authority verbatim language translation on_record late received_at",
    "earlierexcerpt": "text dropped_at",
    "ruling": "wording_before wording_now reason at",
    "letter": "kind state subject to_role party_name zone country region deadline_at sent_at cleared_at",
    "letterfile": "wording",
    "outgoing": "purpose state message_id subject body due_at tried_at sent_at",
    "pagekey": "expires_at revoked_at",
    "incoming": "channel declined received_at asks_for_time more_time_until",
    "filing": "state settled_at",
    "message": "kind matched received_at size",
    "signoff": "capacity fingerprint at",
    "override": "gate at",
    "plannednotice": "kind settled_at settled_as",
    "claim": "status check_slug update_needed_at reopened_at",
}
_OTHERWISE = {
    "attempt": {"to_name": P, "address_used": A},
    "letter": {"to_name": P, "to_address": A, "call": A, "reply_ref": A},
    "outgoing": {"to_name": P, "to_address": A, "reply_to": A, "in_reply_to": A},
    "incoming": {"text": C, "by_name": C, "by_role": C, "authority": C, "by_address": A, "more_time_because": C},
    "message": {
        "subject": C,
        "text": C,
        "from_name": P,
        "from_address": A,
        "sent_to": A,
        "message_id": A,
        "checked": A,
    },
}
KINDS = {model: {**dict.fromkeys(names.split(), S), **_OTHERWISE.get(model, {})} for model, names in _SHOWN.items()}
# What an off-the-record answer may say of itself: that there was one, and when.
OF_OFF_RECORD = frozenset({"on_record", "received_at", "late"})
# What a journal entry says beside the fields of a row.
SAID_BESIDE = dict.fromkeys(
    ["edition", "digest", "gate", "let_pass", "capacity", "fingerprint", "answers", "asks_for_time"], S
)
# Rows about the claim as a whole. Everything else hangs from a right of reply, a letter or a message.
OF_THE_CLAIM = frozenset({"claim", "signoff", "override", "plannednotice"})
# When what a row tells of happened; of all others, when it was written down.
HAPPENED = {"attempt": "at", "response": "received_at", "incoming": "received_at"}
# Names of rows and counters that say nothing to a reader, and moments that the line gives by itself.
SILENT = {"id", "version", "position", "judged", "nonce", "token_sha256", "once", "taken_by", "kept_as"}
SILENT |= {"logged_at", "opened_at", "chosen_at", "decided_at", "planned_at", "drafted_at", "issued_at", "queued_at"}
SILENT |= {"filed_at"}


def kind_of(model, name):
    """The Kind of a field, by the model's name in the journal."""
    return KINDS.get(model, {}).get(name, Kind.INTERNAL)
