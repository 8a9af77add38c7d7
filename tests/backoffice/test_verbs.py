"""Who may do what to a claim, through the pages: one table, asked by the buttons, by every GET and by every POST."""

import re

import pytest

from factcheck.backoffice.claim_verbs import CLAIM_VERBS
from factcheck.claims.actions import edit_claim, log_claim, need_update
from factcheck.desk import late_answers, publish, review
from factcheck.desk.models import Jigsaw
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.models import User
from factcheck.newsroom.roles import Role
from factcheck.published.models import Edition
from tests.builders import decide_details
from tests.desk.late_steps import later

from .steps import claim_url, fields_of, send, text_of, written

AUTHORS = {"journalist", "journalist-2", "editor", "senior-editor"}
EDITORS = {"editor", "senior-editor"}


def logged(desk):
    desk.claim = log_claim(by=desk.journalist, wording="It keeps no figures", type="statistic", why_chosen="Scale.")


def researching(desk):
    """As it comes."""


def in_review(desk):
    desk.submit()


def in_legal_review(desk):
    review.edit_claim(desk.claim, by=desk.journalist, legal_risk=True)
    desk.submit()


def cleared(desk):
    desk.cleared()


def published(desk):
    desk.published()


def in_correction(desk):
    desk.published()
    publish.correct(desk.claim, by=desk.editor, kind="correction", was_wrong="That.", says_now="This.", why="A reader.")


def retraction_proposed(desk):
    desk.published()
    publish.propose_retraction(desk.claim, by=desk.editor, why="It cannot stand.")


def closed(desk):
    review.close(desk.claim, by=desk.journalist, closed_as="dropped", note="No longer news.")


def answered_late(desk):
    desk.published()
    later(desk.parts.file, desk.journalist)
    desk.fresh()


def _drafter():
    """Somebody who writes and is nobody of the table."""
    there = User.objects.filter(username="drafter").first()
    return there or newsroom.hire(by=None, username="drafter", roles=[Role.JOURNALIST])


def update_drafted(desk):
    answered_late(desk)
    desk.claim = late_answers.draft_update(desk.claim, by=_drafter())


def marked(desk):
    desk.published()
    desk.claim = need_update(desk.claim, by=desk.journalist, because="A reader wrote.")


def details_decided(desk):
    decide_details(desk, by=_drafter(), signed_by=newsroom.hire(by=None, username="signer", roles=[Role.JOURNALIST]))
    edit_claim(desk.claim, by=_drafter(), speaker_role="A Uyghur living in New Zealand")


def lacking_evidence(desk):
    desk.parts.item.delete()


# verb -> (the state it is for, what the form wants, who may). Everybody else is answered 403.
TABLE = {
    "start": (logged, {"why_chosen": "Scale."}, AUTHORS),
    "update": (answered_late, {}, AUTHORS),
    "sign-update": (update_drafted, {}, EDITORS),
    "no-update": (marked, {"because": "It is right as it is."}, EDITORS),
    "propose-verdict": (researching, {"finding": "Nothing shows it."}, AUTHORS),
    "submit": (researching, {}, AUTHORS),
    "details": (researching, dict.fromkeys(Jigsaw.Detail.values, "absent") | {"others": "Nobody."}, AUTHORS),
    "sign-details": (details_decided, {}, AUTHORS),
    "sign-off": (in_review, {}, EDITORS),
    "sign-off-legal": (in_legal_review, {}, {"legal"}),
    "publish": (cleared, {}, EDITORS),
    "correct": (published, {"kind": "clarification", "why": "Clearer."}, EDITORS),
    "notice": (in_correction, {"kind": "update", "why": "News."}, AUTHORS),
    "stand-by": (in_correction, {}, EDITORS),
    "send-back": (in_review, {"note": "More, please."}, EDITORS | {"legal"}),
    "override": (lacking_evidence, {"gate": "evidenced", "reason": "It is in the courts."}, {"senior-editor"}),
    "assign": (researching, {"priority": "1"}, AUTHORS),
    "reopen": (closed, {"note": "It is news again."}, EDITORS),
    "close": (researching, {"closed_as": "dropped", "note": "No longer news."}, AUTHORS),
    "propose-retraction": (published, {"why": "It cannot stand."}, EDITORS),
    "give-up-retraction": (retraction_proposed, {}, EDITORS),
    "retract": (retraction_proposed, {}, {"senior-editor"}),
}


def buttons(page):
    """The verbs that the claim's page offers."""
    offered = page.content.decode().partition('<p class="buttons">')[2].partition("</p>")[0]
    return set(re.findall(r"/([a-z-]+)/\"", offered))


def test_table_names_every_verb():
    assert set(TABLE) == {verb.code for verb in CLAIM_VERBS}


@pytest.mark.parametrize("code", TABLE)
def test_verb_is_open_to_those_in_the_table_and_to_nobody_else(desk, people, at_desk, code):
    prepare, given, allowed = TABLE[code]
    prepare(desk)
    url, before = claim_url(desk.claim, code), written()
    for name, person in people.items():
        client = at_desk(person)
        asked, page = client.get(url), client.get(claim_url(desk.claim))
        assert (asked.status_code == 200, code in buttons(page)) == (name in allowed, name in allowed), (
            name,
            text_of(asked),
        )
        if name not in allowed:
            answer = client.post(url, given)
            assert (asked.status_code, answer.status_code) == (403, 403), name
            assert re.search(r"Only these roles may do this|Your roles|You ", text_of(answer)), name
    assert written() == before


@pytest.mark.parametrize("code", TABLE)
def test_verb_is_done_by_somebody_who_may(desk, people, at_desk, code):
    prepare, given, allowed = TABLE[code]
    prepare(desk)
    before = written()
    answer = send(at_desk(people[max(allowed)]), claim_url(desk.claim, code), 'class="verb-form"', **given)
    assert (answer.status_code, answer.get("Location")) == (302, claim_url(desk.claim)), text_of(answer)
    assert written()[0] > before[0]


@pytest.mark.parametrize("code", TABLE)
def test_verb_that_does_not_fit_the_status_is_answered_with_the_reason_and_changes_nothing(desk, at_desk, people, code):
    """From a status that the verb does not know: 409 with a sentence, on GET and on POST."""
    fitting, given, allowed = TABLE[code]
    {published: researching}.get(fitting, published)(desk)
    client, url = at_desk(people[sorted(allowed)[0]]), claim_url(desk.claim, code)
    before, editions = written(), Edition.objects.count()
    asked = client.get(url)
    assert asked.status_code == 409
    answer = client.post(url, {**given, "fingerprint": desk.dossier().fingerprint})
    assert answer.status_code in (400, 409), text_of(answer)
    assert (written(), Edition.objects.count()) == (before, editions)


def test_verb_page_takes_no_other_method_and_no_foreign_form(desk, at_desk):
    client = at_desk(desk.journalist)
    assert client.put(claim_url(desk.claim, "submit")).status_code == 405
    client.handler.enforce_csrf_checks = True
    assert client.post(claim_url(desk.claim, "submit")).status_code == 403
    assert desk.fresh().status == "researching"


def test_verb_on_no_claim_is_not_found(desk, at_desk):
    assert at_desk(desk.journalist).get("/desk/claims/claim/99999/submit/").status_code == 404


def test_verb_page_sends_a_stranger_to_the_log_in(desk, client):
    answer = client.get(claim_url(desk.claim, "publish"))
    assert answer.status_code == 302
    assert "/desk/login/" in answer["Location"]


def test_link_on_the_checklist_opens_the_override_with_its_gate_chosen(desk, at_desk):
    lacking_evidence(desk)
    client = at_desk(desk.senior_editor)
    url = f"{claim_url(desk.claim, 'override')}?gate=evidenced"
    assert url in client.get(claim_url(desk.claim)).content.decode()
    assert fields_of(client.get(url), "verb-form")["gate"] == "evidenced"


def test_address_cannot_put_anything_else_into_a_form(desk, at_desk):
    desk.submit()
    page = at_desk(desk.editor).get(f"{claim_url(desk.claim, 'sign-off')}?fingerprint=0&note=Signed+unread")
    assert fields_of(page, "verb-form")["fingerprint"] == desk.dossier().fingerprint
    assert "Signed unread" not in text_of(page)
