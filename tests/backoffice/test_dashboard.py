"""The first page: every number is a link, the list behind it shows exactly that many, and each role sees its own."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.desk import publish, review
from factcheck.reply import actions as reply
from tests.builders import ask

from .steps import text_of

HOME = "/desk/"


def numbers(page):
    """{address: number} of everything that the dashboard counts."""
    text = page.content.decode()
    piles = re.findall(r'<h3><a href="([^"]+)">[^<]*<span class="number">([^<]+)</span>', text)
    stages = re.findall(r'<a href="([^"]+)"><span class="number">([^<]+)</span>', text)
    return {address.replace("&amp;", "&"): number for address, number in [*piles, *stages]}


def how_many(page):
    return len(re.findall('class="wording" href=', page.content.decode()))


@pytest.fixture
def busy(desk, time_machine):
    """Something in every queue: a claim in each status, deadlines near and past, an update, a retraction."""
    log = claims.log_claim
    logged = log(by=desk.journalist, wording="Just logged", type="event", assignee=desk.journalist, why_chosen="Scale.")
    closed = log(by=desk.journalist, wording="Dropped", type="event", assignee=desk.editor, why_chosen="Scale.")
    review.close(closed, by=desk.journalist, closed_as="dropped", note="No longer news.")
    reopened = log(by=desk.editor, wording="Dropped, then news again", type="event", why_chosen="Scale.")
    review.close(reopened, by=desk.editor, closed_as="dropped", note="No longer news.")
    review.reopen(reopened, by=desk.editor, note="It is news again.")
    desk.published()
    claims.need_update(desk.claim, by=None, because="They wrote after publication.")
    publish.propose_retraction(desk.claim, by=desk.editor, why="It cannot stand.")
    for number, days in enumerate((3, 4)):
        waiting = log(by=desk.journalist, wording=f"Asked {number}", type="allegation", why_chosen="Scale.")
        desk.claim = review.start(waiting, by=desk.journalist)
        file = ask(desk, desk.parts.agency, answer="")
        if days > 3:
            more_time(desk, file)
    in_review(desk, logged)
    time_machine.move_to(timezone.now() + timedelta(days=3, hours=1))
    return desk


def more_time(desk, file):
    reply.decide_extension(
        file,
        by=desk.editor,
        asked_at=timezone.now(),
        asked_by_role="press office",
        granted=True,
        new_deadline_at=file.deadline_at + timedelta(days=1),
        reason="They asked for it.",
    )


def in_review(desk, claim, **fields):
    """A claim without parts, submitted; flagged for legal."""
    claim = claims.edit_claim(claim, by=desk.journalist, legal_risk=True, **fields)
    return review.submit(review.start(claim, by=desk.journalist), by=desk.journalist)


# the address of each number -> what it is for this person
SEEN = {
    "editor": {"status=logged": 0, "status=researching": 3, "status=in_review": 1, "status=cleared": 0,
               "status=published": 1, "status=closed": 1, "waiting=sign-off": 1, "waiting=publish": 0, "waiting=mine": 0,
               "reply=overdue": 1, "reply=soon": 1, "flag=update": 1, "status=again": 1},
    "journalist": {"waiting=mine": 1, "status=published": 1},
    "senior-editor": {"waiting=retraction": 1, "waiting=sign-off": 1, "waiting=publish": 0, "waiting=mine": 0},
    "legal": {"waiting=legal": 1, "status=in_review": 1},
}  # fmt: skip


@pytest.mark.parametrize("name", SEEN)
def test_every_number_is_a_list_of_exactly_that_many(busy, at_desk, name):
    person = {"editor": busy.editor, "journalist": busy.journalist, "legal": busy.legal}.get(name, busy.senior_editor)
    client = at_desk(person)
    counted = numbers(client.get(HOME))
    for asked, number in SEEN[name].items():
        assert counted[f"/desk/claims/claim/?{asked}"] == str(number), asked
    for address, number in counted.items():
        assert how_many(client.get(address)) == int(number), address


def test_queue_of_another_role_is_not_offered(busy, at_desk):
    counted = numbers(at_desk(busy.journalist).get(HOME))
    assert {address for address in counted if "waiting" in address} == {"/desk/claims/claim/?waiting=mine"}


def test_numbers_past_a_thousand_are_told_as_more_on_both_pages(desk, at_desk, monkeypatch):
    monkeypatch.setattr("factcheck.backoffice.lists.COUNT_TO", 2)
    monkeypatch.setattr("factcheck.backoffice.claim_list.ClaimListAdmin.list_per_page", 2)
    for number in range(4):
        claims.log_claim(by=desk.journalist, wording=f"Claim {number}", type="event")
    client = at_desk(desk.editor)
    assert numbers(client.get(HOME))["/desk/claims/claim/?status=logged"] == "2+"
    assert "2+ in all" in text_of(client.get("/desk/claims/claim/?status=logged"))


def test_administrator_sees_nothing_of_the_record(busy, administrator, at_desk):
    page = at_desk(administrator).get(HOME)
    assert numbers(page) == {}
    assert "Dropped, then news again" not in text_of(page)
    assert "Lately, in the journal" in text_of(page)


def test_somebody_without_a_role_is_told_so(superuser, at_desk):
    assert "You have no role in this newsroom yet" in text_of(at_desk(superuser).get(HOME))


def test_last_published_and_corrected_are_there(desk, at_desk):
    desk.published()
    page = text_of(at_desk(desk.legal).get(HOME))
    assert "The CCP kept Uyghurs from getting New Zealand visas" in page.partition("Last published")[2]
    assert "Unproven" in page.partition("Last published")[2]


# What a role's own queues cost differs; how much is in them does not.
COSTS = {"journalist": 39, "editor": 53, "senior-editor": 55, "legal": 49, "administrator": 7}


@pytest.mark.parametrize("name", COSTS)
def test_dashboard_costs_the_same_however_much_there_is(busy, administrator, at_desk, name):
    people = {
        p.get_username(): p for p in (busy.journalist, busy.editor, busy.senior_editor, busy.legal, administrator)
    }
    client = at_desk(people[name])
    for more in (0, 12):
        for number in range(more):
            fields = {
                "wording": f"More {number}",
                "type": "allegation",
                "assignee": busy.editor,
                "why_chosen": "Scale.",
            }
            busy.claim = review.start(claims.log_claim(by=busy.journalist, **fields), by=busy.journalist)
            ask(busy, busy.parts.agency, answer="")
            claims.edit_claim(busy.claim, by=busy.journalist, legal_risk=True)
            review.submit(busy.claim, by=busy.journalist)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(HOME).status_code == 200
        assert len(captured) == COSTS[name]
