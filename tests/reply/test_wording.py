"""RR-5, RR-6: what readers are told is never harsher than the facts."""

from datetime import UTC, datetime

import pytest

from factcheck.reply.states import State
from factcheck.reply.wording import Facts, harsher_than_allowed, public_line

FIRST, LAST = datetime(2022, 9, 1, 3, tzinfo=UTC), datetime(2022, 9, 4, 3, tzinfo=UTC)
ASKED = {"roles": ("press office", "chief executive"), "channels": ("e-mail", "phone"), "attempted_at": (FIRST, LAST)}
ONCE = {"roles": ("press office",), "channels": ("phone",), "attempted_at": (FIRST,)}
QUOTED = {"quoted_at": LAST}
LATE = {"quoted_at": LAST, "after_publication": True}
SILENT = (
    "The agency (press office and chief executive) did not respond to 2 requests for comment, "
    "made by e-mail and phone between 1 September 2022 and 4 September 2022."
)

LINES = [
    (State.RESPONDED, {}, "The agency said:"),
    (State.RESPONDED, QUOTED, "The agency said:"),
    (State.RESPONDED, LATE, "After publication, on 4 September 2022, The agency said:"),
    (State.PARTIAL, {}, "The agency answered some of what we put. The answer:"),
    (
        State.PARTIAL,
        {"unanswered": ("That it knew.", "That it hid it.")},
        "The agency answered some of what we put, and did not address “That it knew” and “That it hid it”. The answer:",
    ),
    (
        State.PARTIAL,
        {"unanswered": ("That it knew.",), **LATE},
        "The agency answered some of what we put, and did not address “That it knew”. "
        "After publication, on 4 September 2022, The agency said:",
    ),
    (State.DECLINED, ASKED, "The agency declined to comment."),
    (State.DECLINED, QUOTED, "The agency declined to comment. On 4 September 2022, The agency said:"),
    (State.NO_RESPONSE, ASKED, SILENT),
    (State.NO_RESPONSE, {**ASKED, **QUOTED}, f"{SILENT} On 4 September 2022, The agency said:"),
    (
        State.NO_RESPONSE,
        ONCE,
        "The agency (press office) did not respond to 1 request for comment, made by phone on 1 September 2022.",
    ),
    (State.NO_RESPONSE, {}, "The agency did not respond to our request for comment."),
    (State.UNDELIVERABLE, {}, "We were unable to reach The agency."),
    (State.UNDELIVERABLE, ONCE, "We were unable to reach The agency (press office)."),
    (State.WAIVED, {}, "We did not ask The agency before publication."),
    (
        State.WAIVED,
        ONCE,
        "We asked The agency (press office) for comment on 1 September 2022, and did not wait for the answer.",
    ),
    (State.DRAFTING, QUOTED, ""),
    (State.SENT, ASKED, ""),
]


@pytest.mark.parametrize(("state", "facts", "line"), LINES)
def test_public_line_says_what_its_state_allows(state, facts, line):
    assert line == public_line(Facts(state=state, party="The agency", **facts))


@pytest.mark.parametrize(("state", "facts", "_line"), LINES)
def test_written_line_is_never_harsher_than_its_own_state(state, facts, _line):
    assert harsher_than_allowed(state, public_line(Facts(state=state, party="The agency", **facts))) == ""


@pytest.mark.parametrize(
    "word", ["declined", "refused", "no comment", "failed", "ignored", "evaded", "admitted", "lied"]
)
def test_silence_is_never_told_as_more_than_silence(word):
    assert harsher_than_allowed(State.NO_RESPONSE, f"The agency {word}.")


@pytest.mark.parametrize(
    ("state", "line", "harsh"),
    [
        (State.DECLINED, "The agency declined to say more.", False),
        (State.DECLINED, "The agency refused to answer.", True),
        (State.RESPONDED, "The agency did not respond.", True),
        (State.RESPONDED, "The agency rejects this:", False),
        (State.RESPONDED, "The agency claimed:", True),
        (State.NO_RESPONSE, "The agency would not comment.", True),
        (State.NO_RESPONSE, "The agency stayed silent.", True),
        (State.PARTIAL, "The agency did not address “That it refused to say so.” and said:", False),
        (State.PARTIAL, "The agency “refused” to say so.", True),
        (State.NO_RESPONSE, "The agency had not answered by Friday.", False),
        (State.WAIVED, "", False),
    ],
)
def test_edited_line_is_held_to_its_state(state, line, harsh):
    assert bool(harsher_than_allowed(state, line)) is harsh
