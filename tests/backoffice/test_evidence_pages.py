"""Evidence through its pages: added from the claim, edited without overwriting anybody, withdrawn with a reason."""

from django.urls import reverse

from factcheck.evidence.models import Item

from .steps import address, claim_url, fields_of, send, text_of, written

FORM, VERB = 'id="item_form"', "verb-form"
ADD = "/desk/evidence/item/add/"


def test_evidence_is_added_from_the_claims_page_and_leads_back_there(desk, at_desk):
    client = at_desk(desk.journalist)
    url = f"{ADD}?claim={desk.claim.pk}"
    assert url in client.get(claim_url(desk.claim)).content.decode()
    given = {"title": "The memo", "stance": "supports", "shows": "It was ordered.", "url": "https://memo.example/1"}
    answer = send(client, url, FORM, **given)
    assert (answer.status_code, answer["Location"]) == (302, f"{claim_url(desk.claim)}#evidence")
    item = Item.objects.get(title="The memo")
    assert (item.claim, item.stance, item.history.first().history_user) == (desk.claim, "supports", desk.journalist)
    assert "The memo Supports the claim" in text_of(client.get(claim_url(desk.claim)))


def test_edit_tells_the_second_of_two_people_and_keeps_what_they_typed(desk, at_desk):
    url = address("evidence_item", desk.parts.item)
    first, second = at_desk(desk.editor), at_desk(desk.journalist)
    typed = {**fields_of(second.get(url), FORM), "shows": "What the second typed"}
    assert send(first, url, FORM, shows="What the first saved").status_code == 302
    before = written()
    answer = second.post(url, typed)
    assert answer.status_code == 409
    assert "What the first saved" in text_of(answer)
    again = fields_of(answer, FORM)
    assert again["shows"] == "What the second typed"
    assert written() == before
    assert second.post(url, again).status_code == 302
    desk.parts.item.refresh_from_db()
    assert desk.parts.item.shows == "What the second typed"


def test_withdrawn_evidence_stays_on_the_page_with_its_reason(desk, at_desk):
    client, url = at_desk(desk.journalist), address("evidence_item", desk.parts.item, "withdraw")
    assert client.post(url, {"because": ""}).status_code == 400
    assert send(client, url, VERB, because="It was forged.").status_code == 302
    assert "It was forged." in text_of(client.get(claim_url(desk.claim)))
    assert client.get(url).status_code == 409
    assert b'name="_save"' not in client.get(address("evidence_item", desk.parts.item)).content


def test_evidence_of_a_published_claim_is_read_only_and_a_late_save_keeps_what_was_typed(desk, at_desk):
    client, url = at_desk(desk.journalist), address("evidence_item", desk.parts.item)
    typed = {**fields_of(client.get(url), FORM), "shows": "Typed before"}
    desk.published()
    page = client.get(url)
    assert b'name="_save"' not in page.content
    assert desk.parts.item.shows in text_of(page)
    answer = client.post(url, typed)
    assert answer.status_code == 409
    assert fields_of(answer, FORM)["shows"] == "Typed before"


def test_who_only_reads_cannot_write_evidence(desk, at_desk, administrator, superuser):
    url, before = address("evidence_item", desk.parts.item), written()
    for who, status in ((desk.legal, 200), (administrator, 403), (superuser, 403)):
        client = at_desk(who)
        assert client.get(url).status_code == status
        for page in (url, ADD, address("evidence_item", desk.parts.item, "withdraw")):
            assert client.post(page, {"title": "Mine", "because": "So."}).status_code == 403
        assert client.get(reverse("admin:evidence_item_withdraw", args=[desk.parts.item.pk])).status_code == 403
    assert written() == before


def test_evidence_is_never_deleted(desk, at_desk):
    url = f"/desk/evidence/item/{desk.parts.item.pk}/delete/"
    assert at_desk(desk.senior_editor).post(url, {"post": "yes"}).status_code == 403
    assert Item.objects.count() == 1
