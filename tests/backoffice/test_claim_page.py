"""The claim's page: the record as a form, what hangs from it, what is missing, and two people at once."""

import pytest
from django.urls import reverse

from factcheck.claims import actions
from factcheck.claims.models import Claim, Concerned
from factcheck.desk import publish, review
from factcheck.reply import actions as reply
from tests.builders import add_evidence, ask, propose

from .steps import claim_url, fields_of, send, text_of, written

FORM = 'id="claim_form"'


def page_of(at_desk, person, claim):
    return at_desk(person).get(claim_url(claim))


def test_page_shows_the_record_and_everything_that_hangs_from_it(desk, at_desk):
    text = text_of(page_of(at_desk, desk.journalist, desk.claim))
    for head in ("What is claimed", "Who said it, where and when", "Why and by when", "Accused or concerned"):
        assert head in text
    for part in (
        desk.claim.wording,
        desk.parts.item.title,
        "Immigration New Zealand Answered",
        "Unproven",
        "proposed verdict",
    ):
        assert part in text


def test_every_field_of_the_form_has_a_label(desk, at_desk):
    page = page_of(at_desk, desk.journalist, desk.claim).content.decode()
    for name in ("wording", "speaker", "topics", "accused", "concerned", "legal_risk", "said_precision"):
        assert f'for="id_{name}"' in page


def test_checklist_says_every_reason_and_what_was_let_pass_by_whom(desk, at_desk):
    desk.parts.item.delete()
    assert "There is no public evidence." in text_of(page_of(at_desk, desk.editor, desk.claim))
    review.override(desk.claim, by=desk.senior_editor, gate="evidenced", reason="It is before the courts.")
    assert "Let pass by senior-editor: It is before the courts." in text_of(page_of(at_desk, desk.editor, desk.claim))


def test_checklist_of_a_ready_claim_says_that_nothing_stands(desk, at_desk):
    desk.cleared()
    assert "between this claim and its readers Nothing." in text_of(page_of(at_desk, desk.editor, desk.claim))


def test_sign_off_that_no_longer_counts_says_what_changed(desk, at_desk):
    desk.cleared()
    assert "Counts: nothing changed since." in text_of(page_of(at_desk, desk.editor, desk.claim))
    actions.edit_claim(desk.claim, by=desk.journalist, why_chosen="For another reason.")
    assert "No longer counts. Changed since: why it was chosen." in text_of(page_of(at_desk, desk.editor, desk.claim))


def test_next_step_that_is_not_open_yet_says_what_it_waits_for(desk, at_desk, senior_editor):
    desk.submit()
    actions.edit_claim(desk.claim, by=desk.editor, why_chosen="For another reason.")
    text = text_of(page_of(at_desk, desk.editor, desk.claim))
    assert "Sign off: not yet You wrote or edited part of this, so somebody else has to sign it off." in text


def test_published_claim_links_to_its_page_and_shows_no_form(desk, at_desk):
    desk.published()
    page = page_of(at_desk, desk.journalist, desk.claim)
    assert f'href="/claims/{desk.fresh().check_slug}/"' in page.content.decode()
    assert "Choose “Correct” first" in text_of(page)
    assert b'name="_save"' not in page.content
    assert desk.claim.wording in text_of(page)


def test_saving_goes_through_the_action_and_back_to_the_claim(desk, at_desk):
    answer = send(at_desk(desk.editor), claim_url(desk.claim), FORM, wording="Worded better", said_where="on the radio")
    assert (answer.status_code, answer["Location"]) == (302, claim_url(desk.claim))
    claim = desk.fresh()
    assert (claim.wording, claim.said_where, claim.version) == ("Worded better", "on the radio", 3)
    assert claim.history.first().history_user == desk.editor


def test_saving_an_untouched_form_writes_nothing(desk, at_desk):
    before = written()
    assert send(at_desk(desk.editor), claim_url(desk.claim), FORM).status_code == 302
    assert written() == before


def test_second_of_two_saves_is_refused_with_what_the_other_changed_and_loses_nothing(desk, at_desk):
    first, second, url = at_desk(desk.editor), at_desk(desk.journalist), claim_url(desk.claim)
    typed = {**fields_of(second.get(url), FORM), "wording": "What the second person typed", "said_where": "at a rally"}
    assert send(first, url, FORM, wording="What the first person saved", short_form="The first").status_code == 302
    before = written()
    answer = second.post(url, typed)
    assert answer.status_code == 409
    text = text_of(answer)
    assert '<h1 class="wording" dir="auto">What the first person saved</h1>' in answer.content.decode()
    assert "Somebody else saved this while you were writing" in text
    assert "What the first person saved" in text
    again = fields_of(answer, FORM)
    assert (again["wording"], again["said_where"]) == ("What the second person typed", "at a rally")
    assert again["short_form"] == "The first"  # untouched by the second: it comes along
    assert written() == before
    assert second.post(url, again).status_code == 302
    assert (desk.fresh().wording, desk.claim.short_form) == ("What the second person typed", "The first")


def test_two_people_who_name_parties_at_once_both_get_theirs(desk, at_desk, journalist):
    party, embassy = (actions.add_speaker(by=journalist, name=name, kind="organisation") for name in ("A", "B"))
    first, second, url = at_desk(desk.editor), at_desk(desk.journalist), claim_url(desk.claim)
    opened = [fields_of(client.get(url), FORM) for client in (first, second)]
    agency = str(desk.parts.agency.pk)
    for client, form, added in zip((first, second), opened, (party, embassy), strict=True):
        assert client.post(url, {**form, "accused": [agency, str(added.pk)]}).status_code == 302
    assert {c.party for c in desk.claim.concerned.all()} == {desk.parts.agency, party, embassy}


def test_party_can_be_moved_from_accused_to_concerned_and_taken_out(desk, at_desk):
    client, agency = at_desk(desk.journalist), str(desk.parts.agency.pk)
    assert send(client, claim_url(desk.claim), FORM, accused=[], concerned=[agency]).status_code == 302
    assert desk.claim.concerned.get().concerned_as == Concerned.As.CONCERNED
    assert send(client, claim_url(desk.claim), FORM, concerned=[]).status_code == 302
    assert not desk.claim.concerned.exists()


def test_party_named_twice_is_refused_in_a_sentence(desk, at_desk):
    agency = str(desk.parts.agency.pk)
    answer = send(at_desk(desk.journalist), claim_url(desk.claim), FORM, accused=[agency], concerned=[agency])
    assert answer.status_code == 400
    assert "Either accused or concerned, not both: Immigration New Zealand." in text_of(answer)


def test_form_opened_before_publication_is_refused_after_it_and_keeps_what_was_typed(desk, at_desk):
    desk.cleared()
    client, url = at_desk(desk.journalist), claim_url(desk.claim)
    typed = {**fields_of(client.get(url), FORM), "wording": "Typed for an hour"}
    desk.publish()
    before = written()
    answer = client.post(url, typed)
    assert answer.status_code == 409
    assert "This claim is published." in text_of(answer)
    assert fields_of(answer, FORM)["wording"] == "Typed for an hour"
    assert written() == before


@pytest.mark.parametrize("who", ["legal", "administrator", "superuser"])
def test_claim_cannot_be_written_by_those_who_do_not_write(desk, at_desk, request, who):
    client, before = at_desk(request.getfixturevalue(who)), written()
    assert client.post(claim_url(desk.claim), {"wording": "Mine", "version": "2"}).status_code == 403
    assert client.post("/desk/claims/claim/add/", {"wording": "Mine", "type": "event"}).status_code == 403
    assert written() == before


def test_new_claim_is_logged_with_its_people_and_topics(desk, at_desk):
    given = {
        "wording": "Nobody was asked before the file was closed",
        "type": "event",
        "accused": [str(desk.parts.agency.pk)],
        "topics": [str(desk.parts.topic.pk)],
    }
    answer = send(at_desk(desk.journalist), "/desk/claims/claim/add/", FORM, **given)
    claim = Claim.objects.first()
    assert (answer.status_code, answer["Location"]) == (302, claim_url(claim))
    assert (claim.wording, claim.logged_by) == (given["wording"], desk.journalist)
    assert [c.party for c in claim.concerned.all()] == [desk.parts.agency]
    assert list(claim.topics.all()) == [desk.parts.topic]


def test_new_claim_that_looks_like_another_is_pointed_out_before_it_is_saved(desk, at_desk):
    client, before = at_desk(desk.journalist), written()
    alike = desk.claim.wording.replace("stopped Uyghur people", "stopped the Uyghur people").upper()
    given = {"wording": alike, "type": "allegation"}
    answer = send(client, "/desk/claims/claim/add/", FORM, **given)
    assert answer.status_code == 400
    assert desk.claim.wording in text_of(answer)
    assert written() == before
    again = client.post("/desk/claims/claim/add/", {**fields_of(answer, FORM), "anyway": "on"})
    assert again.status_code == 302
    assert Claim.objects.first().wording == alike


def test_claim_is_never_deleted_at_the_desk(desk, at_desk):
    client = at_desk(desk.senior_editor)
    assert client.get(f"/desk/claims/claim/{desk.claim.pk}/delete/").status_code == 403
    assert client.post(f"/desk/claims/claim/{desk.claim.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Claim.objects.filter(pk=desk.claim.pk).exists()


def test_page_asks_the_database_the_same_however_much_hangs_from_the_claim(desk, at_desk, django_assert_num_queries):
    client = at_desk(desk.legal)
    client.get(claim_url(desk.claim))  # what Django remembers for good is asked here
    with django_assert_num_queries(57):
        client.get(claim_url(desk.claim))
    for number in range(3):
        add_evidence(desk, title=f"Item {number}")
        ask(desk, actions.add_speaker(by=desk.journalist, name=f"Party {number}"))
        propose(desk)
    with django_assert_num_queries(57):
        client.get(claim_url(desk.claim))


def test_appearance_and_link_are_added_and_taken_off_on_pages_of_their_own(desk, at_desk):
    client, other = at_desk(desk.journalist), actions.log_claim(by=desk.journalist, wording="Another", type="event")
    added = send(
        client, claim_url(desk.claim, "appearance"), "verb-form", where="On television", url="https://tv.example/1"
    )
    assert (added.status_code, added["Location"]) == (302, claim_url(desk.claim))
    seen = desk.claim.appearances.get()
    assert (
        send(client, f"/desk/claims/claim/appearance/{seen.pk}/edit/", "verb-form", where="On air").status_code == 302
    )
    assert desk.claim.appearances.get().where == "On air"
    assert send(client, f"/desk/claims/claim/appearance/{seen.pk}/remove/", "verb-form").status_code == 302
    assert not desk.claim.appearances.exists()
    given = {"relation": "split_from", "to": str(other.pk)}
    assert send(client, claim_url(desk.claim, "link"), "verb-form", **given).status_code == 302
    assert "was split from" in text_of(client.get(claim_url(other)))
    link = desk.claim.links.get()
    assert send(client, f"/desk/claims/claim/link/{link.pk}/remove/", "verb-form").status_code == 302
    assert not desk.claim.links.exists()


def test_claim_cannot_be_linked_to_itself(desk, at_desk):
    given = {"relation": "split_from", "to": str(desk.claim.pk)}
    answer = send(at_desk(desk.journalist), claim_url(desk.claim, "link"), "verb-form", **given)
    assert answer.status_code == 400
    assert "A claim cannot be linked to itself." in text_of(answer)


def test_duplicate_is_closed_as_one_of_another_claim(desk, at_desk):
    other = actions.log_claim(by=desk.journalist, wording="Another", type="event")
    client, given = at_desk(desk.journalist), {"closed_as": "duplicate", "note": "The same again."}
    answer = client.post(claim_url(other, "close"), given)
    assert answer.status_code == 400
    assert "Say which claim it is a duplicate of." in text_of(answer)
    assert client.post(claim_url(other, "close"), {**given, "duplicate_of": str(desk.claim.pk)}).status_code == 302
    assert other.links.get().to == desk.claim


def test_notice_rewritten_by_two_people_tells_the_second(desk, at_desk):
    desk.published()
    publish.correct(desk.claim, by=desk.editor, kind="correction", was_wrong="Old.", says_now="New.", why="Found.")
    first, second, url = at_desk(desk.editor), at_desk(desk.journalist), claim_url(desk.claim, "notice")
    typed = {**fields_of(second.get(url), "verb-form"), "why": "The second reason"}
    assert send(first, url, "verb-form", why="The first reason").status_code == 302
    answer = second.post(url, typed)
    assert answer.status_code == 409
    assert "The first reason" in text_of(answer)
    again = fields_of(answer, "verb-form")
    assert again["why"] == "The second reason"
    assert second.post(url, again).status_code == 302
    assert publish.open_notice(desk.claim).why == "The second reason"


def test_waiver_is_offered_on_the_claims_page_to_a_senior_editor_who_wrote_none_of_it(desk, at_desk):
    party = actions.add_speaker(by=desk.journalist, name="The Chinese Communist Party", kind="party")
    actions.name_party(desk.claim, by=desk.journalist, party=party)
    file = reply.open_file(desk.claim, by=desk.journalist, party=party)
    address = reverse("admin:reply_replyfile_waive", args=[file.pk])
    assert address in at_desk(desk.senior_editor).get(claim_url(desk.claim)).content.decode()
    assert address not in at_desk(desk.editor).get(claim_url(desk.claim)).content.decode()
