"""A protected source through its pages: opened, written, read once, shared, held, destroyed. Custody alone opens them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import Speaker
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.models import JournalEntry
from factcheck.sources import destruction, identity
from factcheck.sources.actions import give_pseudonym
from factcheck.sources.custody import for_custodians, grant
from factcheck.sources.models import Source, Stopped
from tests.entering import give_app, show_second_factor
from tests.sources.cast import key, protect

from .steps import fields_of, send, text_of, written

NAME = "Mihrigül Abdurehim"
FORM = "verb-form"


@pytest.fixture
def source(settings, journalist, editor):
    settings.VAULT_KEYS = [key()]
    source = protect(journalist, editor)
    identity.write(source, by=journalist, real_name=NAME, risks="A brother in Ürümchi")
    return source


def url_of(source, code="page"):
    return reverse(f"admin:sources_source_{code.replace('-', '_')}", args=[source.ref])


def came_in(at_desk, person, ago=0):
    client = at_desk(person)
    give_app(person)
    show_second_factor(client, person, ago=ago)
    return client


def test_source_is_opened_and_written_and_nothing_of_it_comes_back(settings, journalist, editor, at_desk):
    settings.VAULT_KEYS = [key()]
    client = came_in(at_desk, journalist)
    answer = send(client, reverse("admin:sources_source_add"), FORM, editor=str(editor.pk))
    source = Source.objects.get()
    assert answer["Location"] == url_of(source)
    answer = send(client, url_of(source, "write"), FORM, real_name=NAME, other_names="Jo")
    assert answer["Location"] == url_of(source)
    page = client.get(url_of(source))
    assert "1 lines are too short" in text_of(page)
    for address in ("page", "write", "read", "unguard"):
        assert "Mihrig" not in client.get(url_of(source, address)).content.decode(), address


def test_reading_is_a_post_shown_once_and_kept_nowhere(source, editor, at_desk):
    client = came_in(at_desk, editor)
    assert NAME not in client.get(url_of(source, "read")).content.decode()
    shown = send(client, url_of(source, "read"), FORM, purpose="To call them back.")
    assert (shown.status_code, NAME in shown.content.decode()) == (200, True)
    assert "no-store" in shown["Cache-Control"]
    assert NAME not in client.get(url_of(source)).content.decode()
    assert "To call them back." in text_of(client.get(url_of(source)))


def test_other_custodian_sees_that_it_was_read(source, journalist, editor, at_desk):
    send(came_in(at_desk, editor), url_of(source, "read"), FORM, purpose="To call them back.")
    told = text_of(came_in(at_desk, journalist).get(url_of(source)))
    assert "editor read the identity of this source To call them back." in told


@pytest.mark.parametrize("code", ["read", "write", "guard", "unguard", "grant", "propose-destruction"])
def test_without_a_fresh_second_factor_one_is_asked_for(source, journalist, at_desk, code):
    answer = came_in(at_desk, journalist, ago=301).get(url_of(source, code))
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_second_factor_that_went_stale_loses_nothing_and_shows_nothing(source, journalist, at_desk):
    client = came_in(at_desk, journalist)
    fields = fields_of(client.get(url_of(source, "write")), FORM)
    show_second_factor(client, journalist, ago=301)
    answer = client.post(url_of(source, "write"), {**fields, "reached": "By letter"})
    assert (answer.status_code, "By letter" in answer.content.decode()) == (403, True)
    answer = client.post(url_of(source, "read"), {**fields, "purpose": "To call."})
    assert (answer.status_code, "Mihrig" in answer.content.decode()) == (403, False)
    assert not JournalEntry.objects.filter(verb="read the identity of").exists()


@pytest.mark.parametrize("username", ["journalist-2", "senior-editor", "legal", "administrator", "root"])
def test_nobody_else_reads_and_the_try_is_on_the_record(source, people, at_desk, username):
    client, before = came_in(at_desk, people[username]), written()
    answer = client.post(url_of(source, "read"), {"purpose": "I am curious."})
    assert (answer.status_code, "Mihrig" in answer.content.decode()) == (403, False)
    assert JournalEntry.objects.get(verb="was refused the identity of").actor == username
    assert written() == before


def test_older_sources_are_on_further_pages(monkeypatch, source, journalist, editor, at_desk):
    monkeypatch.setattr("factcheck.backoffice.vault_pages.PER_PAGE", 1)
    newer, client, url = protect(journalist, editor), at_desk(journalist), reverse("admin:sources_source_changelist")
    assert str(newer) in text_of(client.get(url)) and str(source) not in text_of(client.get(url))
    assert str(source) in text_of(client.get(url, {"page": "2"}))


def test_reasons_are_for_custodians_and_not_in_the_journal_that_others_read(
    source, journalist, senior_editor, legal, at_desk
):
    grant(source, by=journalist, person=legal, because="A letter from a court.")
    identity.read(source, by=journalist, purpose="To call them back.")
    told = text_of(came_in(at_desk, journalist).get(url_of(source)))
    assert "A letter from a court." in told and "To call them back." in told
    client = at_desk(senior_editor)
    journal = text_of(client.get(reverse("admin:newsroom_journalentry_changelist")))
    assert "read the identity of" in journal
    for told in (journal, text_of(client.get(url_of(source)))):
        assert "A letter from a court." not in told and "To call them back." not in told


def test_custodians_see_whose_text_was_stopped_and_nobody_else_does(source, journalist, journalist_2, at_desk):
    form = {"name": "Mihrigul Abdurehim", "kind": "person"}
    answer = send(at_desk(journalist_2), reverse("admin:claims_speaker_add"), "speaker_form", **form)
    assert (answer.status_code, Speaker.objects.count()) == (400, 0)
    assert "could tell who a protected source is" in text_of(answer) and "Abdurehim”" not in text_of(answer)
    stopped = Stopped.objects.get()
    assert (stopped.source, stopped.person) == (source, journalist_2)
    told = "Whose texts it stopped"
    assert told in text_of(came_in(at_desk, journalist).get(url_of(source)))
    assert told not in text_of(at_desk(journalist_2).get(url_of(source)))


def test_pseudonym_made_out_of_the_name_is_told_to_the_custodian(settings, journalist, editor, at_desk):
    settings.VAULT_KEYS = [key()]
    mina = give_pseudonym(by=journalist, shown_as="Mina", note="Name has been changed")
    source, client = protect(journalist, editor, pseudonym=mina), came_in(at_desk, journalist)
    send(client, url_of(source, "write"), FORM, real_name=NAME)
    assert "shares its first letters" in text_of(client.get(url_of(source)))
    assert "shares its first letters" in text_of(send(client, url_of(source, "read"), FORM, purpose="To see."))


def test_page_says_to_others_who_knows_and_nothing_more(source, legal, at_desk):
    told = text_of(at_desk(legal).get(url_of(source)))
    assert "journalist" in told and "editor" in told
    assert "What was promised" not in told and "guarded" not in told


def test_custodian_is_added_and_taken_off(source, journalist, legal, at_desk):
    client = came_in(at_desk, journalist)
    send(client, url_of(source, "grant"), FORM, person=str(legal.pk), because="A letter from a court.")
    assert "Mihrig" in send(came_in(at_desk, legal), url_of(source, "read"), FORM, purpose="For it.").content.decode()
    custody = source.custodies.get(person=legal)
    send(client, url_of(source, "revoke"), FORM, custody=str(custody.pk), because="It is answered.")
    assert came_in(at_desk, legal).get(url_of(source, "read")).status_code == 403


def test_promise_is_recorded_and_approved(source, journalist, editor, at_desk):
    today = timezone.localdate().isoformat()
    facts = {"basis": "not_named", "promised_on": today, "promised_by": str(journalist.pk)}
    answer = send(came_in(at_desk, journalist), url_of(source, "promise"), FORM, **facts)
    assert answer.status_code == 302, text_of(answer)
    send(came_in(at_desk, editor), url_of(source, "approve"), FORM)
    assert "approved by editor" in text_of(came_in(at_desk, journalist).get(url_of(source)))


def test_term_is_taken_off_by_its_number(source, journalist, at_desk):
    client, term = came_in(at_desk, journalist), source.terms.get()
    page = send(client, url_of(source, "read"), FORM, purpose="To see which.")
    assert f"No. {term.pk}, name: {NAME}" in text_of(page)
    answer = send(client, url_of(source, "unguard"), FORM, term=str(term.pk), because="Mihrigul is known.")
    assert (answer.status_code, source.terms.get().removed_at) == (400, None)
    assert send(client, url_of(source, "unguard"), FORM, term=str(term.pk), because="It is known.").status_code == 302
    assert source.terms.get().removed_at


def test_destruction_is_proposed_by_one_and_confirmed_by_another(source, journalist, editor, at_desk):
    first, second = came_in(at_desk, journalist), came_in(at_desk, editor)
    fields = {"because": "They asked.", "reference": str(source)}
    answer = send(first, url_of(source, "propose-destruction"), FORM, **{**fields, "reference": "00000000"})
    assert (answer.status_code, Source.objects.get().proposed_at) == (400, None)
    assert send(first, url_of(source, "propose-destruction"), FORM, **fields).status_code == 302
    for code in ("confirm-destruction", "destroy"):
        assert first.get(url_of(source, code)).status_code == 409, code
    asked = text_of(second.get(url_of(source, "confirm-destruction")))
    assert "journalist proposed on" in asked and "They asked." in asked
    answer = send(second, url_of(source, "confirm-destruction"), FORM, reference=str(source))
    assert (answer.status_code, bool(Source.objects.get().destroyed_at)) == (302, True)
    said = ("Destroyed by editor", "as journalist had proposed", "Nothing: what was kept is destroyed", "written anew")
    assert [words for words in said if words not in text_of(first.get(url_of(source)))] == []
    Source.objects.update(overwritten_at=timezone.now())  # nothing was until now, since no test commits
    assert "written anew" not in text_of(first.get(url_of(source)))
    assert first.get(url_of(source, "read")).status_code == 409


def test_proposal_is_taken_back_by_the_other_custodian(source, journalist, editor, at_desk):
    destruction.propose_destruction(source, by=journalist, because="They asked.")
    client = came_in(at_desk, editor)
    assert send(client, url_of(source, "keep"), FORM, because="It is needed.").status_code == 302
    assert not Source.objects.get().proposed_at
    assert "instead of destroying it, this source It is needed." in text_of(
        came_in(at_desk, journalist).get(url_of(source))
    )


def test_proposal_and_its_reason_are_for_custodians(source, journalist, senior_editor, at_desk):
    destruction.propose_destruction(source, by=journalist, because="They asked.")
    for url in (url_of(source), reverse("admin:sources_source_changelist"), reverse("admin:index")):
        told = text_of(at_desk(senior_editor).get(url))
        assert "They asked." not in told and "Destruction proposed" not in told and "proposes to destroy" not in told


def test_legal_hold_refuses_to_propose(source, journalist, legal, at_desk):
    client = came_in(at_desk, journalist)
    send(at_desk(legal), url_of(source, "hold"), FORM, because="A court may ask.")
    assert client.get(url_of(source, "propose-destruction")).status_code == 409
    send(at_desk(legal), url_of(source, "lift-hold"), FORM, because="It will not.")
    assert client.get(url_of(source, "propose-destruction")).status_code == 200


def test_only_custodian_has_to_say_that_they_are_it(source, journalist, editor, at_desk):
    newsroom.let_go(editor, by=None)
    client, fields = came_in(at_desk, journalist), {"because": "They asked.", "reference": str(source)}
    assert client.get(url_of(source, "propose-destruction")).status_code == 409
    assert send(client, url_of(source, "destroy"), FORM, **fields).status_code == 400
    assert send(client, url_of(source, "destroy"), FORM, alone="on", **fields).status_code == 302
    assert "Destroyed by journalist alone" in text_of(client.get(url_of(source)))


def test_dashboard_tells_custodians_what_others_did_by_reference_alone(
    source, journalist, journalist_2, editor, at_desk
):
    identity.read(source, by=editor, purpose="To call them back.")
    destruction.propose_destruction(source, by=editor, because="They asked.")
    home = reverse("admin:index")
    told = text_of(came_in(at_desk, journalist).get(home))
    assert "proposes to destroy: confirm it, or keep it 1 " + str(source) in told
    assert f"editor read the identity of {source}" in told
    for words in ("To call them back.", "They asked.", "Mihrig"):
        assert words not in told
    assert str(source) not in text_of(at_desk(journalist_2).get(home))
    assert "proposes to destroy" not in text_of(came_in(at_desk, editor).get(home))


def test_dashboard_has_everything_that_others_did_the_latest_in_sight(source, journalist, editor, at_desk):
    for _time in range(8):
        identity.read(source, by=editor, purpose="To call them back.")
    page = came_in(at_desk, journalist).get(reverse("admin:index")).text
    shown, _more, hidden = page.partition("The 2 before them")
    read = f"<strong>{editor}</strong> read the identity of"
    assert (shown.count(read), hidden.partition("</details>")[0].count(read)) == (6, 2)


def test_who_can_never_be_a_custodian_is_told_that_and_not_to_ask(source, administrator, journalist_2):
    assert for_custodians(journalist_2).endswith("A custodian can make you one, with a reason.")
    assert "nobody’s custodian" in for_custodians(administrator) and "make you one" not in for_custodians(administrator)


def test_dashboard_reminds_custodians_by_reference_alone(source, journalist, journalist_2, at_desk):
    destruction.set_review(source, by=journalist, review_on=timezone.localdate() + timedelta(days=5))
    home = reverse("admin:index")
    assert str(source) in text_of(came_in(at_desk, journalist).get(home))
    assert str(source) not in text_of(at_desk(journalist_2).get(home))


def test_without_a_key_the_pages_say_so(settings, source, journalist, at_desk):
    settings.VAULT_KEYS = []
    client = came_in(at_desk, journalist)
    assert "The vault has no key" in text_of(client.get(reverse("admin:sources_source_changelist")))
    assert client.get(url_of(source, "read")).status_code == 409
    answer = client.post(reverse("admin:sources_source_add"), {"editor": "0"})
    assert answer.status_code == 409


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_the_same(settings, journalist, editor, at_desk, django_assert_num_queries, rows):
    settings.VAULT_KEYS = [key()]
    for _row in range(rows):
        protect(journalist, editor)
    client = came_in(at_desk, journalist)
    with django_assert_num_queries(7):
        assert client.get(reverse("admin:sources_source_changelist")).status_code == 200


def test_box_over_a_form_names_each_field_that_is_wrong(source, journalist, at_desk):
    answer = send(came_in(at_desk, journalist), url_of(source, "write"), FORM, real_name="x" * 5_001)
    box = answer.text.partition('id="reasons"')[2].partition("</div>")[0]
    assert '<a href="#id_real_name">Real name</a>' in box and "xxx" not in box


def test_address_of_no_source_is_a_404(journalist, at_desk):
    answer = at_desk(journalist).get("/desk/sources/protected/6f1c2a30-0000-4000-8000-000000000000/")
    assert answer.status_code == 404


def test_a_look_that_was_refused_is_on_the_record_too(source, administrator, at_desk):
    assert at_desk(administrator).get(url_of(source, "read")).status_code == 403
    entry = JournalEntry.objects.get(verb="was refused the identity of")
    assert (entry.actor_id, entry.record) == (administrator.pk, f"source:{source.ref}")
