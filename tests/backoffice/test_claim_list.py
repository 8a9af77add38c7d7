"""The list of claims: what each filter finds, what a row shows, and what it costs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.desk import publish, review
from factcheck.reply import actions as reply
from tests.builders import ask, propose

from .steps import text_of

LIST = "/desk/claims/claim/"


@pytest.fixture
def listed(at_desk):
    """The wordings that the list shows a person for some filters, in their order."""

    def shown(person, **asked):
        answer = at_desk(person).get(LIST, asked)
        assert answer.status_code == 200
        return re.findall(r'class="wording" href="[^"]*">([^<]*)</a>', answer.content.decode())

    return shown


@pytest.fixture
def several(desk):
    """The desk's claim in research, and others that differ from it in what the filters ask."""
    log = claims.log_claim
    today = timezone.localdate()
    desk.opinion = log(
        by=desk.journalist, wording="Trade should stop", type="opinion", due_on=today - timedelta(days=1)
    )
    desk.event = log(by=desk.editor, wording="A law is coming", type="event", assignee=desk.editor, legal_risk=True)
    desk.closed = log(by=desk.journalist, wording="It was long ago", type="statistic", due_on=today)
    review.close(desk.closed, by=desk.journalist, closed_as="dropped", note="No longer news.")
    return desk


JO = "The Chinese Communist Party influenced New Zealand immigration and stopped Uyghur people from getting visas"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["It was long ago", "A law is coming", "Trade should stop", JO]),
        ({"status": "open"}, ["A law is coming", "Trade should stop", JO]),
        ({"status": "logged"}, ["A law is coming", "Trade should stop"]),
        ({"status": "closed"}, ["It was long ago"]),
        ({"status": "dropped"}, ["It was long ago"]),
        ({"status": "duplicate"}, []),
        ({"reply": "responded"}, [JO]),
        ({"reply": "sent"}, []),
        ({"rating": "unproven"}, [JO]),
        ({"rating": "true"}, []),
        ({"rating": "none"}, ["It was long ago", "A law is coming", "Trade should stop"]),
        ({"type": "opinion"}, ["Trade should stop"]),
        ({"assignee": "me"}, ["A law is coming"]),
        ({"assignee": "editor"}, ["A law is coming"]),
        ({"assignee": "nobody"}, ["It was long ago", "Trade should stop", JO]),
        ({"due": "past"}, ["Trade should stop"]),
        ({"due": "today"}, []),
        ({"due": "none"}, ["A law is coming", JO]),
        ({"flag": "legal"}, ["A law is coming"]),
        ({"flag": "update"}, []),
        ({"waiting": "mine"}, ["A law is coming"]),
        ({"q": "law coming"}, ["A law is coming"]),
        ({"q": "law visas"}, []),
        ({"q": "?!"}, []),
        ({"q": "uyghur", "type": "allegation", "status": "open"}, [JO]),
        # what no filter knows finds nothing, and never fails
        ({"status": "nonsense"}, []),
        ({"reply": "nonsense"}, []),
        ({"rating": "nonsense"}, []),
        ({"type": "nonsense"}, []),
        ({"assignee": "nobody-here"}, []),
        ({"due": "nonsense"}, []),
        ({"flag": "nonsense"}, []),
        ({"waiting": "legal"}, []),
        ({"story": "999999999999999999999999"}, []),
        ({"speaker": "x"}, []),
        ({"topic": "-1"}, []),
        ({"p": "-3"}, ["It was long ago", "A law is coming", "Trade should stop", JO]),
        ({"p": "99"}, []),
    ],
    ids=str,
)
def test_filter_finds_its_claims_and_no_others(several, listed, asked, found):
    assert listed(several.editor, **asked) == found


def test_filter_of_a_story_a_speaker_or_a_topic_comes_from_its_page(several, listed, at_desk):
    parts = several.parts
    for name, thing, page in (
        ("story", parts.story, "claims_story_changelist"),
        ("speaker", several.claim.speaker, "claims_speaker_changelist"),
        ("topic", parts.topic, "claims_topic_changelist"),
    ):
        link = f"{LIST}?{name}={thing.pk}"
        assert f'href="{link}"' in at_desk(several.editor).get(reverse(f"admin:{page}")).content.decode()
        assert listed(several.editor, **{name: thing.pk}) == [JO]


def test_search_finds_a_claim_by_its_reference(several, listed):
    assert listed(several.editor, q=f" claim:{several.opinion.ref} ") == ["Trade should stop"]


def test_filter_of_rating_goes_by_the_latest_verdict(desk, listed):
    propose(desk, "mixed")
    assert (listed(desk.editor, rating="unproven"), listed(desk.editor, rating="mixed")) == ([], [JO])


def test_reply_that_has_to_be_put_again_is_shown_and_found(desk, listed, at_desk):
    claims.edit_claim(desk.claim, by=desk.journalist, wording="It turned people away")
    assert listed(desk.editor, reply="needs_reput") == ["It turned people away"]
    assert listed(desk.editor, reply="responded") == []
    assert "Needs to be put again" in text_of(at_desk(desk.editor).get(LIST)).partition("in all")[2]


def test_reply_deadlines_are_found_when_they_are_near_and_when_they_are_past(desk, listed, time_machine):
    file = ask(desk, claims.add_speaker(by=desk.journalist, name="The party", kind="party"), answer="")
    reply.decide_extension(
        file,
        by=desk.editor,
        asked_at=timezone.now(),
        asked_by_role="press office",
        granted=True,
        new_deadline_at=file.deadline_at + timedelta(days=1),
        reason="They asked.",
    )
    assert (listed(desk.editor, reply="soon"), listed(desk.editor, reply="overdue")) == ([], [])
    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert (listed(desk.editor, reply="soon"), listed(desk.editor, reply="overdue")) == ([JO], [])
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert (listed(desk.editor, reply="soon"), listed(desk.editor, reply="overdue")) == ([], [JO])


def test_claim_under_correction_and_one_closed_before_are_reopened(desk, listed):
    other = claims.log_claim(by=desk.journalist, wording="It was dropped", type="statistic", why_chosen="Scale.")
    assert listed(desk.editor, status="again") == []
    review.close(other, by=desk.journalist, closed_as="dropped", note="No longer news.")
    review.reopen(other, by=desk.editor, note="It is news again.")
    desk.published()
    assert listed(desk.editor, status="again") == ["It was dropped"]
    publish.correct(desk.claim, by=desk.editor, kind="update", why="There is news.")
    assert listed(desk.editor, status="again") == ["It was dropped", JO]


def _queries(client, **asked):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(LIST, asked).status_code == 200
    return captured


# Session, person, roles; ratings and people of the filters; claims with what is about them, verdicts, reply files. A
# search asks first how common its words are, and on SQLite how common what begins like its last one.
ASKING_FIRST = 2 if connection.vendor == "sqlite" else 1
COSTS = [
    ({}, 8),
    ({"q": "visas"}, 8 + ASKING_FIRST),
    ({"reply": "responded", "status": "open"}, 8),
    ({"rating": "unproven"}, 8),
]


def test_list_costs_the_same_at_three_rows_as_at_thirty(clock, desk, at_desk, listed):  # a session notes each minute
    client = at_desk(desk.editor)
    for rows, more in ((3, 2), (30, 27)):
        _log(desk, more)
        for asked, queries in COSTS:
            assert len(listed(desk.editor, **asked)) == rows, asked
            assert len(_queries(client, **asked)) == queries, asked


def _log(desk, count):
    """Claims that have everything a row can show."""
    for number in range(count):
        claim = claims.log_claim(
            by=desk.journalist,
            wording=f"Visas {number}",
            type="allegation",
            speaker=desk.claim.speaker,
            story=desk.parts.story,
            assignee=desk.editor,
            topics=[desk.parts.topic],
            why_chosen="Scale.",
        )
        desk.claim = review.start(claim, by=desk.journalist)
        ask(desk, desk.parts.agency)
        propose(desk)


def test_list_never_counts_the_whole_table(desk, at_desk, monkeypatch):
    for number in range(60):
        claims.log_claim(by=desk.journalist, wording=f"Claim {number}", type="statistic")
    monkeypatch.setattr("factcheck.backoffice.lists.COUNT_TO", 55)
    counts = [q["sql"] for q in _queries(at_desk(desk.editor)) if "COUNT(" in q["sql"] and "claims_claim" in q["sql"]]
    assert len(counts) == 1
    assert "LIMIT 56" in counts[0]
    first = at_desk(desk.editor).get(LIST)
    assert "55+ in all" in text_of(first)
    assert 'rel="next" href="?p=2"' in first.content.decode()
    second = at_desk(desk.editor).get(LIST, {"p": 2})
    assert len(re.findall('class="wording"', second.content.decode())) == 11
    assert 'rel="next"' not in second.content.decode()


def test_markup_in_a_claim_is_shown_as_it_was_typed(desk, at_desk):
    claims.log_claim(by=desk.journalist, wording="<script>alert(1)</script> & more", type="statistic")
    page = at_desk(desk.editor).get(LIST).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "<script>alert" not in page
