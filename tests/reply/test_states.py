"""Where a right of reply can go from where it is (C3), written down a second time, by hand."""

import pytest

from factcheck.newsroom.refusals import Refused
from factcheck.reply.states import RESOLVED, TRANSITIONS, State, after, require_possible

ANYWHERE = (
    "required drafting ready sent extended partial responded declined no_response undeliverable waived not_required"
)
WAYS = f"""
draft: required drafting ready > drafting
ready: drafting > ready
put: ready sent extended partial responded declined no_response undeliverable > sent
put_in_vain: ready undeliverable > undeliverable
give_up: sent extended > undeliverable
reach: undeliverable > sent
extend: sent extended no_response > extended
extend_for_the_rest: partial > partial
extend_to_add: responded > responded
answer: {ANYWHERE} > responded
answer_in_part: {ANYWHERE} > partial
decline: {ANYWHERE} > declined
answer_off_record: partial responded declined no_response undeliverable > sent
fall_silent: sent extended > no_response
waive: required drafting ready sent extended > waived
not_require: required drafting ready > not_required
require: waived not_required > required
"""


def _written_down():
    for line in WAYS.strip().splitlines():
        event, way = line.split(": ")
        sources, target = way.split(" > ")
        yield from (((source, event), target) for source in sources.split())


TARGETS = dict(_written_down())


@pytest.mark.parametrize("state", [state.value for state in State])
@pytest.mark.parametrize("event", TRANSITIONS)
def test_event_leads_where_it_should_or_nowhere(state, event):
    assert after(state, event) == TARGETS.get((state, event), state)


def test_every_event_is_written_down():
    assert {event for _state, event in TARGETS} == set(TRANSITIONS)


def test_every_resolved_state_can_be_reached():
    assert {target for _sources, target in TRANSITIONS.values()} >= RESOLVED


def test_way_that_the_table_does_not_know_is_refused_in_words(file):
    with pytest.raises(Refused, match="cannot be done while the right of reply is “Required”"):
        require_possible(file, "put")
