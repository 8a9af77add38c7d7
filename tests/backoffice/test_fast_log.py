"""Many claims on one page: all logged or none, nothing typed lost, what was logged before pointed out."""

import pytest

from factcheck.claims import actions
from factcheck.claims.models import Claim, Speaker, Topic
from factcheck.newsroom.models import JournalEntry
from factcheck.sources.actions import give_pseudonym

from .steps import fields_of, text_of

FORM = 'id="lines"'


@pytest.fixture
def story(journalist):
    return actions.add_story(by=journalist, headline="A debate in the House")


def url_of(story):
    return f"/desk/claims/story/{story.pk}/log/"


def lines(*claims, **shared):
    """What the form sends for these lines."""
    sent = {"line-TOTAL_FORMS": "5", "line-INITIAL_FORMS": "0", "log": "1", "said_precision": "day", **shared}
    for number in range(5):
        line = {"wording": "", "type": "", "speaker": "", "kind": "person", "topics": ""}
        line |= claims[number] if number < len(claims) else {}
        sent |= {f"line-{number}-{name}": value for name, value in line.items()}
    return sent


def claim(wording, **fields):
    return {"wording": wording, "type": "event", **fields}


def counts():
    return [model.objects.count() for model in (Claim, Speaker, Topic, JournalEntry)]


def test_lines_become_claims_of_the_story_with_their_speakers_and_topics(story, at_desk, journalist):
    minister = actions.add_speaker(by=journalist, name="Nanaia Mahuta")
    sent = lines(
        claim("Exports doubled", type="statistic", speaker="nanaia mahuta", topics="Trade, Foreign policy"),
        claim("The bill was never read", speaker="Ministry of Justice", kind="government", topics="trade"),
        claim("Somebody was paid", speaker="?"),
        said_where="in the House",
        said_on="2022-09-06",
    )
    answer = at_desk(journalist).post(url_of(story), sent)
    assert (answer.status_code, answer["Location"]) == (302, url_of(story))
    third, second, first = Claim.objects.filter(story=story)
    assert (first.speaker, first.said_where, str(first.said_on)) == (minister, "in the House", "2022-09-06")
    assert (second.speaker.name, second.speaker.kind) == ("Ministry of Justice", "government")
    assert (third.speaker, third.speaker_unknown) == (None, True)
    assert [topic.name for topic in first.topics.all()] == ["Foreign policy", "Trade"]
    assert [topic.name for topic in second.topics.all()] == ["Trade"]


def test_page_says_how_many_were_logged_and_lists_them(story, at_desk, journalist):
    client = at_desk(journalist)
    page = client.post(url_of(story), lines(claim("Exports doubled"), claim("Imports fell")), follow=True)
    text = text_of(page)
    assert "2 claims are logged." in text
    assert text.index("Logged in this story") < text.index("Imports fell") < text.index("Exports doubled")


def test_new_name_in_two_lines_is_one_speaker(story, at_desk, journalist):
    sent = lines(claim("Exports doubled", speaker="Sam Vincent"), claim("Imports fell", speaker="sam  vincent"))
    assert at_desk(journalist).post(url_of(story), sent).status_code == 302
    assert Speaker.objects.get().name == "Sam Vincent"


def test_pseudonym_is_chosen_by_its_star(story, at_desk, journalist):
    jo = give_pseudonym(by=journalist, shown_as="Jo", note="Name has been changed")
    assert at_desk(journalist).post(url_of(story), lines(claim("They asked me", speaker="Jo*"))).status_code == 302
    assert Claim.objects.get().speaker.pseudonym == jo


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Jo", "Jo is a pseudonym. Write Jo* to choose it"),
        ("Nobody*", "Nobody goes by the pseudonym Nobody*."),
        (
            "John Smith",
            "2 speakers have this name. Write which one: John Smith [john-smith], John Smith [john-smith-2].",
        ),
        ("John Smith [nobody]", "There is no speaker at the address “nobody”."),
        ("x" * 181, "at most 180 characters"),
    ],
)
def test_name_that_says_too_little_is_refused_in_a_sentence(story, at_desk, journalist, typed, told):
    give_pseudonym(by=journalist, shown_as="Jo", note="Name has been changed")
    for _each in range(2):
        actions.add_speaker(by=journalist, name="John Smith")
    before = counts()
    answer = at_desk(journalist).post(url_of(story), lines(claim("Exports doubled"), claim("Said", speaker=typed)))
    assert answer.status_code == 400
    assert told in text_of(answer)
    assert fields_of(answer, FORM)["line-1-speaker"] == typed
    assert counts() == before


def test_one_of_two_namesakes_is_chosen_by_address(story, at_desk, journalist):
    wanted = [actions.add_speaker(by=journalist, name="John Smith") for _each in range(2)][1]
    sent = lines(claim("Exports doubled", speaker="John Smith [john-smith-2]"))
    assert at_desk(journalist).post(url_of(story), sent).status_code == 302
    assert Claim.objects.get().speaker == wanted


def test_one_bad_line_logs_nothing_and_loses_nothing(story, at_desk, journalist):
    before = counts()
    sent = lines(claim("Exports doubled", speaker="Somebody New", topics="Brand new"), claim("", speaker="Sam Vincent"))
    answer = at_desk(journalist).post(url_of(story), sent)
    assert answer.status_code == 400
    assert "Nothing was logged, and nothing you typed is lost." in text_of(answer)
    assert counts() == before
    again = fields_of(answer, FORM)
    assert {name: value for name, value in sent.items() if value and name != "log"}.items() <= again.items()


def test_claim_logged_before_is_pointed_out_in_this_story_or_another(story, at_desk, journalist):
    other = actions.add_story(by=journalist, headline="Last year’s debate")
    actions.log_claim(by=journalist, wording="Exports to China doubled in two years", type="statistic", story=other)
    client, before = at_desk(journalist), counts()
    sent = lines(claim("In two years, exports to China have doubled"), claim("Imports of timber fell"))
    answer = client.post(url_of(story), sent)
    assert answer.status_code == 409
    text = text_of(answer)
    assert "It looks like: Exports to China doubled in two years Logged · Last year’s debate" in text
    assert text.count("It looks like:") == 1
    assert counts() == before
    again = {**fields_of(answer, FORM), "line-0-anyway": "on"}
    assert client.post(url_of(story), again).status_code == 302
    assert Claim.objects.filter(story=story).count() == 2


def test_two_lines_that_say_the_same_are_pointed_out(story, at_desk, journalist):
    answer = at_desk(journalist).post(
        url_of(story), lines(claim("Exports to China doubled"), claim("Exports to China have doubled."))
    )
    assert answer.status_code == 409
    assert "It says nearly the same as line 1." in text_of(answer)
    assert not Claim.objects.exists()


def test_claims_that_share_a_few_words_are_not_called_alike(story, at_desk, journalist):
    actions.log_claim(by=journalist, wording="Exports to China doubled in two years", type="statistic")
    sent = lines(claim("China holds a million people in camps"), claim("Exports of milk to Australia halved"))
    assert at_desk(journalist).post(url_of(story), sent).status_code == 302


def test_more_lines_keep_what_was_typed_and_complain_of_nothing(story, at_desk, journalist):
    sent = {**lines(claim("Exports doubled", speaker="Sam", type="")), "more": "1"}
    answer = at_desk(journalist).post(url_of(story), sent)
    assert answer.status_code == 200
    form = fields_of(answer, FORM)
    assert (form["line-TOTAL_FORMS"], form["line-0-wording"], form["line-9-wording"]) == ("10", "Exports doubled", "")
    assert b"errorlist" not in answer.content
    assert not Claim.objects.exists()


def test_nothing_at_all_is_nothing_to_log(story, at_desk, journalist):
    answer = at_desk(journalist).post(url_of(story), lines())
    assert answer.status_code == 400
    assert "There is nothing to log yet" in text_of(answer)


@pytest.mark.parametrize("count", ["", "x", "-1", "101", "99999999"])
def test_form_whose_count_of_lines_was_tampered_with_logs_nothing(story, at_desk, journalist, count):
    sent = {**lines(claim("Exports doubled")), "line-TOTAL_FORMS": count}
    assert at_desk(journalist).post(url_of(story), sent).status_code == 400
    assert not Claim.objects.exists()


@pytest.mark.parametrize("who", ["legal", "administrator", "superuser"])
def test_page_is_for_those_who_write(story, at_desk, request, who):
    client, before = at_desk(request.getfixturevalue(who)), counts()
    for path in (url_of(story), f"{url_of(story)}names/"):
        assert client.get(path).status_code == 403
    assert client.post(url_of(story), lines(claim("Exports doubled"))).status_code == 403
    assert counts() == before


def test_names_are_offered_while_one_types(story, at_desk, journalist):
    for name in ("Nanaia Mahuta", "Nicola Hogg", "Sam Vincent"):
        actions.add_speaker(by=journalist, name=name)
    give_pseudonym(by=journalist, shown_as="Nia", note="Name has been changed")
    actions.add_topic(by=journalist, name="National security")
    client = at_desk(journalist)
    offered = client.get(f"{url_of(story)}names/", {"of": "speaker", "q": "n"}).json()["names"]
    assert offered == ["Nanaia Mahuta", "Nicola Hogg", "Sam Vincent", "Nia*"]
    assert client.get(f"{url_of(story)}names/", {"of": "speaker", "q": "nico"}).json() == {"names": ["Nicola Hogg"]}
    assert client.get(f"{url_of(story)}names/", {"of": "topics", "q": "sec"}).json() == {"names": ["National security"]}


def test_story_that_does_not_exist_is_not_found(at_desk, journalist):
    assert at_desk(journalist).get("/desk/claims/story/99999/log/").status_code == 404
