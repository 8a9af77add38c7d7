"""The frame of the desk: logging in, refusals, what is kept nowhere, and the records that are read or written through it."""

import re

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from factcheck.claims import actions as claims
from factcheck.claims.models import Speaker, Story, Topic
from factcheck.desk import review
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.models import JournalEntry
from factcheck.published.models import Check
from factcheck.reply import actions as reply
from factcheck.reply import rulings
from factcheck.sources.models import Pseudonym

from .steps import address, fields_of, send, text_of, written

PASSWORD = "correct horse battery"


@pytest.fixture
def client(journalist, at_desk):
    return at_desk(journalist)


# Getting in, and being told no


def test_log_in_leads_to_the_page_that_was_asked_for(journalist):
    newsroom.give_password(journalist, by=None, password=PASSWORD)
    browser, asked = Client(), "/desk/claims/claim/?status=open"
    form = fields_of(browser.get(asked, follow=True), "login-form")
    answer = browser.post("/desk/login/", {**form, "login": "journalist", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, asked)
    assert browser.cookies["sessionid"]["path"] == browser.cookies["csrftoken"]["path"] == settings.STAFF_PATH


def test_wrong_password_is_told_in_a_sentence(journalist):
    answer = Client().post("/desk/login/", {"login": "journalist", "password": "wrong"})
    assert "No account has this log-in name and password" in text_of(answer)
    assert "Error: Log in" in text_of(answer)


def test_every_answer_of_the_desk_is_kept_nowhere_and_allows_nothing_foreign(client):
    pages = ("/desk/", "/desk/login/", "/desk/nowhere/", "/desk/newsroom/user/", "/desk/claims/claim/9/change/")
    for answer in [*(client.get(page) for page in pages), Client().get("/desk/"), Client().get("/desk/nowhere/")]:
        assert "no-store" in answer.headers["Cache-Control"], answer.request
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"].split("; "), answer.request


def test_form_without_its_token_is_refused_on_a_page_of_ours(journalist):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(journalist)
    answer = browser.post("/desk/claims/topic/add/", {"name": "Immigration"})
    assert (answer.status_code, Topic.objects.count()) == (403, 0)
    assert "The form could not be trusted" in text_of(answer)
    assert "no-store" in answer.headers["Cache-Control"]


def test_page_that_is_not_there_is_answered_by_the_desk(client):
    answer = client.get("/desk/claims/nothing/")
    assert (answer.status_code, "There is no such page at the desk" in text_of(answer)) == (404, True)
    assert 'href="/desk/claims/claim/"' in answer.content.decode()


def test_refusal_says_whose_it_is_to_do(client, editor):
    answer = client.post(reverse("admin:newsroom_user_let_go", args=[editor.pk]))
    assert (answer.status_code, "Only administrators may do this" in text_of(answer)) == (403, True)


def test_line_of_pages_shows_what_each_role_may_open(at_desk, journalist, legal, administrator, superuser):
    def pages(person):
        page = at_desk(person).get("/desk/").content.decode()
        nav = re.search(r'<nav class="masthead-nav".*?</nav>', page, re.S)[0]
        return re.findall(r">([^<]+)</a>", nav)[1:-1]  # without the desk itself and the readers' pages

    record = [
        "Inbox",
        "Claims",
        "Stories",
        "Speakers",
        "Topics",
        "Letters",
        "Links",
        "Pseudonyms",
        "Protected sources",
        "Overrides and waivers",
        "Ratings",
        "Published",
    ]
    assert pages(journalist) == record
    assert pages(legal) == [*record, "Journal", "People"]
    assert pages(administrator) == ["Published", "Journal", "People"]
    assert pages(superuser) == []


# Records around claims


def test_story_speaker_topic_and_pseudonym_are_written_by_actions(client):
    assert send(client, "/desk/claims/story/add/", "story_form", headline="A report", outlet="RNZ").status_code == 302
    assert send(client, "/desk/claims/topic/add/", "topic_form", name="Immigration").status_code == 302
    given = {"shown_as": "Jo", "note": "Name has been changed"}
    assert send(client, "/desk/sources/pseudonym/add/", "pseudonym_form", **given).status_code == 302
    jo = Pseudonym.objects.get()
    assert send(client, "/desk/claims/speaker/add/", "speaker_form", pseudonym=jo.pk).status_code == 302
    assert (Story.objects.get().slug, Topic.objects.get().slug, Speaker.objects.get().slug) == (
        "a-report",
        "immigration",
        "jo",
    )
    verbs = list(JournalEntry.objects.order_by("number").values_list("verb", flat=True))[-4:]
    assert verbs == ["added story", "added topic", "gave pseudonym", "added speaker"]
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        ("story", {"headline": ""}, "This field is required"),
        ("story", {"headline": "A report", "slug": "taken"}, "Story with this Address already exists"),
        ("story", {"headline": "A report", "url": "javascript:alert(1)"}, "begins with http:// or https://"),
        ("story", {"headline": "A report", "published_on": "2999-01-01"}, "This day is still to come"),
        ("story", {"headline": "A report", "published_on": "yesterday"}, "Enter a valid date"),
        ("story", {"headline": "x" * 100_000}, "at most 250 characters"),
        ("story", {"headline": "A report", "note": "x" * 100_000}, "at most 1000 characters"),
        ("speaker", {"name": ""}, "Give a name or a pseudonym, and never both"),
        ("speaker", {"name": "A party", "kind": "nonsense"}, "not one of the available choices"),
        ("speaker", {"name": "A party", "pseudonym": "99"}, "not one of the available choices"),
        ("topic", {"name": "Taken"}, "Topic with this Name already exists"),
        ("topic", {"name": "No\x00body"}, "Null characters are not allowed"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bad_input_is_refused_with_a_sentence_and_nothing_is_lost(client, journalist, kind, given, sentence):
    claims.add_story(by=journalist, headline="Taken")
    claims.add_topic(by=journalist, name="Taken")
    before, url = written(), f"/desk/claims/{kind}/add/"
    answer = send(client, url, f"{kind}_form", **given)
    assert answer.status_code == 400
    assert sentence in text_of(answer)
    kept = fields_of(answer, f"{kind}_form")
    typed = {name: text for name, text in given.items() if name not in ("kind", "pseudonym") and "\x00" not in text}
    assert {name: kept[name] for name in typed} == typed
    assert written() == before


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "‮gnihton", "شىنجاڭ", "Z̷͚̐a̴̺͝lgo", "“quotes” & <b>"])
def test_any_text_is_kept_and_shown_as_it_was_typed(client, text):
    send(client, "/desk/claims/story/add/", "story_form", headline=text)
    story = Story.objects.get()
    assert story.headline == text
    page = client.get(address("claims_story", story))
    assert fields_of(page, "story_form")["headline"] == text
    assert "<script>alert(1)" not in page.content.decode()


def test_address_is_given_once(client, journalist):
    story = claims.add_story(by=journalist, headline="A report")
    url = address("claims_story", story)
    assert "slug" not in fields_of(client.get(url), "story_form")
    assert send(client, url, "story_form", headline="Another", slug="another").status_code == 302
    story.refresh_from_db()
    assert (story.headline, story.slug) == ("Another", "a-report")


def test_lists_are_searched_and_cost_the_same_at_three_rows_as_at_thirty(client, journalist, django_assert_num_queries):
    def make(numbers):
        for number in numbers:
            claims.add_story(by=journalist, headline=f"Story {number}")
            claims.add_topic(by=journalist, name=f"Topic {number}")
            claims.add_speaker(by=journalist, name=f"Speaker {number}")

    for numbers in (range(3), range(3, 30)):
        make(numbers)
        for kind in ("story", "topic", "speaker"):
            with django_assert_num_queries(4):
                assert text_of(client.get(f"/desk/claims/{kind}/")).count(f"{kind.title()} ") >= len(numbers)
    assert "1 in all" in text_of(client.get("/desk/claims/speaker/", {"q": "Speaker 17"}))


# What is only read


def test_history_tells_what_changed_and_who_changed_it(desk, at_desk, django_assert_num_queries):
    claims.edit_claim(desk.claim, by=desk.editor, said_where="to <RNZ>", type="event", topics=[])
    client = at_desk(desk.legal)
    with django_assert_num_queries(11):
        page = client.get(address("claims_claim", desk.claim, "history"))
    told = text_of(page)
    assert "editor Topics Immigration empty" in told
    assert re.search(r"editor Type Allegation of wrongdoing Event Said where to RNZ to <RNZ>", told)
    assert re.search(r"journalist made it .*Speaker Jo\* .*Story Uyghurs in New Zealand on the UN report", told)
    assert "<RNZ>" not in page.content.decode()


def test_history_is_paged(client, journalist):
    story = claims.add_story(by=journalist, headline="Version 0")
    for number in range(1, 60):
        claims.edit_surroundings(story, by=journalist, headline=f"Version {number}")
    url = address("claims_story", story, "history")
    first, second = text_of(client.get(url)), text_of(client.get(url, {"p": "2"}))
    assert ("Version 58 Version 59" in first, "Older →" in first, "made it" in first) == (True, True, False)
    assert ("Version 8 Version 9" in second, "made it" in second) == (True, True)
    assert client.get(url, {"p": "nonsense"}).status_code == client.get(url, {"p": "99"}).status_code == 200


def test_journal_is_found_by_claim_by_person_and_by_record(desk, at_desk):
    client, url = at_desk(desk.editor), reverse("admin:newsroom_journalentry_changelist")
    other = claims.log_claim(by=desk.editor, wording="Another thing", type="event")

    def verbs(**asked):
        return re.findall(r'class="field-shown_deed">([^<]+?) <a', client.get(url, asked).content.decode())

    assert verbs(q=str(other.ref)) == verbs(q=f"claim:{other.ref}") == ["logged claim"]
    assert verbs(q="editor")[0] == "logged claim"
    assert set(verbs(q=f"speaker:{desk.parts.agency.pk}")) == {"added speaker"}
    assert verbs(q="nobody") == []
    assert len(verbs()) == JournalEntry.objects.count()


def test_journal_entry_is_shown_with_its_place_in_the_chain(desk, at_desk):
    entry = JournalEntry.objects.first()
    page = text_of(at_desk(desk.editor).get(address("newsroom_journalentry", entry)))
    assert entry.hash in page
    assert entry.previous_hash in page


def test_overrides_and_waivers_are_on_one_report(desk, at_desk, senior_editor):
    other = newsroom.hire(by=None, username="senior-editor-2", roles=["senior-editor"])
    party = claims.add_speaker(by=desk.journalist, name="The party", kind="party")
    claims.name_party(desk.claim, by=desk.journalist, party=party)
    file = reply.open_file(desk.claim, by=desk.journalist, party=party)
    rulings.waive(file, by=senior_editor, reason="already_on_record", note="Its position is public.")
    desk.parts.item.delete()
    review.override(desk.claim, by=other, gate="evidenced", reason="The papers are sealed.")
    page = text_of(at_desk(desk.legal).get(reverse("admin:desk_override_changelist")))
    assert re.search(r"senior-editor-2 Override: .* There is no public evidence\. The papers are sealed\.", page)
    assert re.search(r"senior-editor Waiver: The party is not asked .*on the record Its position is public\.", page)
    assert page.index("Override: ") < page.index("Waiver: ")


def test_report_is_paged_by_moment(desk, at_desk, monkeypatch, senior_editor):
    monkeypatch.setattr("factcheck.backoffice.answered_for.PER_PAGE", 1)
    for name in ("One", "Two"):
        party = claims.add_speaker(by=desk.journalist, name=name, kind="party")
        claims.name_party(desk.claim, by=desk.journalist, party=party)
        file = reply.open_file(desk.claim, by=desk.journalist, party=party)
        rulings.waive(file, by=senior_editor, reason="already_on_record", note="Its position is public.")
    client, url = at_desk(desk.editor), reverse("admin:desk_override_changelist")
    first = client.get(url)
    assert ("Two is not asked" in text_of(first), "One is not asked" in text_of(first)) == (True, False)
    older = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1]
    assert "One is not asked" in text_of(client.get(url + older))
    assert "Two is not asked" in text_of(client.get(url, {"before": "nonsense"}))


def test_published_page_is_shown_with_its_editions_and_leads_to_both_doors(desk, at_desk, administrator):
    desk.published()
    check = Check.objects.get()
    page = at_desk(desk.journalist).get(address("published_check", check))
    assert f'href="/claims/{check.slug}/"' in page.content.decode()
    assert f"/desk/claims/claim/?q={check.claim_ref}" in page.content.decode()
    assert check.editions.get().digest in text_of(page)
    theirs = at_desk(administrator).get(address("published_check", check)).content.decode()
    assert "/desk/claims/claim/" not in theirs


def test_scale_is_read_with_its_meanings(desk, at_desk):
    page = text_of(at_desk(desk.legal).get(reverse("admin:desk_rating_changelist")))
    assert "Unproven Nothing proves or disproves it." in page


def test_field_that_finds_as_one_types_finds_speakers_by_name_and_pseudonym(desk, at_desk):
    asked = {"app_label": "claims", "model_name": "claim", "field_name": "speaker"}
    client, url = at_desk(desk.journalist), reverse("admin:autocomplete")
    for term, found in (("immig", "Immigration New Zealand"), ("jo", "Jo*")):
        answer = client.get(url, {**asked, "term": term}).json()
        assert [row["text"] for row in answer["results"]] == [found]
