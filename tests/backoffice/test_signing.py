"""What an editor answers for is what readers get: the pages of sign-off, publication and correction."""

import re

import pytest
from django.test import Client

from factcheck.claims import actions
from factcheck.desk import publish
from factcheck.newsroom.actions import hire
from factcheck.newsroom.models import User
from factcheck.newsroom.roles import Role
from factcheck.published.models import Edition
from tests.builders import ANSWER, Desk, add_evidence, ask, decide_details, propose

from .steps import claim_url, fields_of, send, text_of, written

FORM = "verb-form"
NOTICE = {"was_wrong": "Said so.", "says_now": "Says this.", "why": "A reader wrote."}


def readers_article(page):
    """The words of the reader's article on a page, from the claim to where else it was said."""
    text = text_of(page)
    return text[text.index("The claim ") : text.index("None that we know of.")]


@pytest.mark.parametrize("code", ["sign-off", "publish"])
def test_page_shows_what_readers_will_get_word_for_word(desk, at_desk, code):
    desk.submit()
    if code == "publish":
        desk.sign_off()
    shown = at_desk(desk.editor).get(claim_url(desk.claim, code))
    if code == "sign-off":
        desk.sign_off()
    desk.publish()
    printed = Client().get(f"/claims/{desk.fresh().check_slug}/")
    assert ANSWER in readers_article(shown)
    assert readers_article(shown) == readers_article(printed)


def test_readers_page_is_shown_in_the_readers_own_look_apart_from_the_desks(desk, at_desk):
    desk.submit()
    page = at_desk(desk.editor).get(claim_url(desk.claim, "sign-off")).content.decode()
    shadow = page[page.index('<template shadowrootmode="open">') : page.index("</template>")]
    assert "website/website.css" in shadow
    assert desk.claim.wording in shadow


def test_signing_through_the_page_clears_the_claim_for_publication(desk, at_desk):
    desk.submit()
    client = at_desk(desk.editor)
    assert send(client, claim_url(desk.claim, "sign-off"), FORM, note="Read twice.").status_code == 302
    assert desk.fresh().status == "cleared"
    assert send(client, claim_url(desk.claim, "publish"), FORM).status_code == 302
    assert desk.fresh().status == "published"
    assert Client().get(f"/claims/{desk.claim.check_slug}/").status_code == 200


def test_what_changed_while_it_was_read_is_not_signed_and_shown_afresh(desk, at_desk):
    desk.submit()
    client, url = at_desk(desk.editor), claim_url(desk.claim, "sign-off")
    typed = {**fields_of(client.get(url), FORM), "note": "I have read it."}
    actions.edit_claim(desk.claim, by=desk.journalist, wording="Worded otherwise since")
    actions.edit_claim(desk.claim, by=desk.journalist, wording=desk.claim.wording, why_chosen="Another reason.")
    before = written()
    answer = client.post(url, typed)
    assert answer.status_code == 409
    assert "It was changed while you were reading." in text_of(answer)
    assert "Another reason." in readers_article(answer)
    assert written() == before
    again = fields_of(answer, FORM)
    assert again["note"] == "I have read it."
    assert client.post(url, again).status_code == 302


def test_journalist_cannot_sign_off_their_own_claim(desk, at_desk):
    desk.submit()
    client, before = at_desk(desk.journalist), written()
    assert (
        client.post(claim_url(desk.claim, "sign-off"), {"fingerprint": desk.dossier().fingerprint}).status_code == 403
    )
    assert written() == before


def test_superuser_who_edited_it_cannot_sign_it_off(desk, at_desk):
    """Whatever else they are: as a journalist and editor and superuser in one person."""
    everything = User.objects.create_superuser("all-powerful")
    everything.groups.set(desk.editor.groups.model.objects.filter(name__in=[Role.SENIOR_EDITOR, Role.LEGAL]))
    actions.edit_claim(desk.claim, by=everything, why_chosen="I say so.")
    desk.submit()
    client, before = at_desk(everything), written()
    for code in ("sign-off", "sign-off-legal", "override"):
        given = {"fingerprint": desk.dossier().fingerprint, "gate": "evidenced", "reason": "I say so."}
        for answer in (client.get(claim_url(desk.claim, code)), client.post(claim_url(desk.claim, code), given)):
            assert answer.status_code == 403
            assert "You wrote or edited part of this" in text_of(answer)
    assert written() == before


def test_edit_after_sign_off_blocks_publication_and_says_what_changed(desk, at_desk):
    desk.cleared()
    actions.edit_claim(desk.claim, by=desk.journalist, short_form="Shorter")
    client = at_desk(desk.editor)
    for answer in (client.get(claim_url(desk.claim, "publish")), client.post(claim_url(desk.claim, "publish"))):
        assert answer.status_code == 409
        assert "editor signed it off before it changed: the short form." in text_of(answer)
    assert not Edition.objects.exists()


def correction(desk, **changes):
    desk.published()
    publish.correct(
        desk.claim,
        by=desk.senior_editor,
        kind="correction",
        was_wrong="Said so.",
        says_now="Says this.",
        why="A reader wrote.",
    )
    actions.edit_claim(desk.claim, by=desk.journalist, **changes)
    desk.fresh()


def test_correction_shows_old_and_new_side_by_side_and_the_notice_as_read(desk, at_desk):
    correction(desk, speaker_role="Uyghur student in New Zealand")
    decide_details(desk)
    desk.submit()
    page = at_desk(desk.editor).get(claim_url(desk.claim, "sign-off"))
    row = re.search(r'<th scope="row">Speaker.*?</tr>', page.content.decode(), re.S)[0]
    assert 'Uyghur <del><span class="visually-hidden">only before: </span>national</del> in New Zealand' in row
    assert 'Uyghur <ins><span class="visually-hidden">only now: </span>student</ins> in New Zealand' in row
    assert (
        "The notice that readers will get Correction What it said Said so. What it says now Says this. Why A reader"
        in text_of(page)
    )


def test_new_evidence_is_one_row_of_what_changes(desk, at_desk):
    desk.published()
    publish.correct(desk.claim, by=desk.senior_editor, kind="update", why="A paper came.")
    add_evidence(desk, title="The memo itself")
    page = at_desk(desk.journalist).get(claim_url(desk.claim, "notice")).content.decode()
    assert len(re.findall(r'<th scope="row">Evidence', page)) == 1
    assert "The memo itself" in re.search(r'<th scope="row">Evidence 2.*?</tr>', page, re.S)[0]


def test_minor_edit_that_changes_a_name_is_refused_at_sign_off(desk, at_desk):
    desk.published()
    publish.correct(desk.claim, by=desk.senior_editor, kind="minor_edit")
    propose(desk, explanation="We read what Amnesty has.")
    desk.fresh()
    desk.submit()
    answer = at_desk(desk.editor).get(claim_url(desk.claim, "sign-off"))
    assert answer.status_code == 409
    assert "A minor edit changes no wording" in text_of(answer)


def test_retraction_takes_two_people_and_the_page_says_so(desk, at_desk):
    desk.published()
    senior = at_desk(desk.senior_editor)
    given = {"why": "The document was forged.", "was_wrong": "That it was found."}
    assert senior.post(claim_url(desk.claim, "propose-retraction"), given).status_code == 302
    own = senior.post(claim_url(desk.claim, "retract"))
    assert own.status_code == 403
    assert "You proposed this retraction" in text_of(own)
    another = hire(by=None, username="another-senior", roles=[Role.SENIOR_EDITOR])
    asked = at_desk(another).get(claim_url(desk.claim, "retract"))
    assert "The document was forged." in text_of(asked)
    assert at_desk(another).post(claim_url(desk.claim, "retract")).status_code == 302
    assert "We have retracted this fact-check." in text_of(Client().get(f"/claims/{desk.fresh().check_slug}/"))


def test_claim_without_a_verdict_has_no_page_to_show_yet(desk, at_desk):
    bare = actions.log_claim(by=desk.journalist, wording="Nobody judged this", type="event", why_chosen="Scale.")
    page = at_desk(desk.journalist).get(claim_url(bare))
    assert page.status_code == 200
    assert "No verdict is proposed." in text_of(page)


def test_denial_on_the_file_suggests_no_rating(desk, at_desk):
    fresh = actions.log_claim(
        by=desk.journalist, wording="Said and denied", type="allegation", accused=[desk.parts.agency]
    )
    ask(Desk(desk.journalist, desk.editor, desk.senior_editor, desk.legal, fresh), desk.parts.agency)
    form = fields_of(at_desk(desk.journalist).get(claim_url(fresh, "propose-verdict")), FORM)
    assert "rating" not in form
    assert {form["finding"], form["explanation"]} == {""}


def test_sign_off_that_an_edition_was_printed_on_is_said_to_be_so(desk, at_desk):
    desk.published()
    assert "Edition 1 was printed on it." in text_of(at_desk(desk.editor).get(claim_url(desk.claim)))
