"""The first page of the desk costs the same at any size: each list begins in an index, and nothing is counted to its end."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.backoffice import lists
from factcheck.claims import actions as claims
from factcheck.reply import actions as reply
from factcheck.reply.models import ReplyFile
from tests.website.test_speed import is_there, plan

HOME = "/desk/"
GROW = "claims_claim|claims_historicalclaim|reply_replyfile|evidence_|letters_|inbox_|published_|newsroom_journalentry"
# whose page, the index, what is walked in its order
WALKS = [
    ("editor", "claim_pressing", "'cleared' ORDER BY U0.\"priority\""),
    ("editor", "claim_by_status", "'in_review' ORDER BY"),
    ("editor", "claim_by_assignee", "'researching' ORDER BY U0.\"priority\"|'researching') ORDER BY U0.\"priority\""),
    ("editor", "claim_update_pressing", '"update_needed_at" IS NOT NULL ORDER BY U0."priority"'),
    ("editor", "claim_reopened_pressing", '"reopened_at" IS NOT NULL ORDER BY U0."priority"'),
    ("editor", "replyfile_by_deadline", "'extended') ORDER BY U0.\"deadline_at\""),
    ("editor", "watch_by_state", "'gone' ORDER BY U0.\"since_at\" DESC"),
    ("editor", "message_to_sort", '"to_sort"'),
    ("legal", "claim_for_legal", '"legal_risk") ORDER BY'),
]


def plans(client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(HOME).status_code == 200
    return {sql: plan(sql) for sql in (query["sql"] for query in captured) if sql.startswith("SELECT")}


def reads_to_the_end(step):
    """A table that grows, read without an index, or with one that cannot say where to begin and is not the order either."""
    if connection.vendor == "postgresql":
        return re.search(rf"Seq Scan on ({GROW})", step)
    return re.match(rf"SCAN ({GROW})\w*$", step)


@pytest.mark.parametrize("who", ["editor", "journalist", "legal", "senior_editor"])
def test_no_list_of_the_first_page_is_read_to_its_end(desk, at_desk, who):
    found = plans(at_desk(getattr(desk, who)))
    assert len(found) > 20
    assert [(sql, step) for sql, steps in found.items() for step in steps if reads_to_the_end(step)] == []


@pytest.mark.parametrize(("who", "index", "order"), WALKS)
def test_first_of_a_list_is_found_in_its_own_index(desk, at_desk, who, index, order):
    asked = {
        s: steps for s, steps in plans(at_desk(getattr(desk, who))).items() if any(o in s for o in order.split("|"))
    }
    assert asked
    if connection.vendor == "postgresql":  # which of several indexes it takes for a few rows is its own affair
        assert is_there(index)
        return
    assert all(any(index in step for step in steps) for steps in asked.values()), asked


# three parts of two claims: how many parts are looked at for each of so many claims
@pytest.mark.parametrize(
    ("count_to", "parts", "told"), [(2, 5, "2"), (3, 1, "2"), (2, 1, "2+"), (1, 5, "1+"), (1, 1, "1+")]
)
def test_claims_are_counted_no_further_than_so_many_parts_of_them(desk, monkeypatch, count_to, parts, told):
    ministry = claims.add_speaker(by=desk.journalist, name="The ministry", kind="organisation")
    reply.open_file(desk.claim, by=desk.journalist, party=ministry)
    another = claims.log_claim(by=desk.journalist, wording="Another", type="event", why_chosen="Scale.")
    reply.open_file(another, by=desk.journalist, party=desk.parts.agency)
    assert ReplyFile.objects.count() == 3
    monkeypatch.setattr(lists, "COUNT_TO", count_to)
    monkeypatch.setattr(lists, "PARTS", parts)
    assert lists.told_claims(ReplyFile.objects) == told
