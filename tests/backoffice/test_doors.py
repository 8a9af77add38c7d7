"""Every address of the staff door, every role: one table says who gets in, and the walk compares."""

import io

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.backoffice.site import desk_site
from factcheck.claims import actions as claims
from factcheck.desk import publish
from factcheck.desk.models import Override
from factcheck.evidence import checking, exhibits
from factcheck.evidence.models import Item
from factcheck.inbox.actions import file_statement
from factcheck.letters import outgoing
from factcheck.letters.models import Letter, LetterFile
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom import invitations
from factcheck.newsroom.models import JournalEntry, User
from factcheck.newsroom.roles import Role
from factcheck.published.models import Check
from factcheck.reply import actions as reply
from factcheck.reply.models import EarlierExcerpt
from tests.inbox.messages import part, several
from tests.inbox.steps import received
from tests.sources.cast import key, protect

from ..headers import missing_headers, strangers_told
from .doors import ALL, WITHOUT_LOG_IN, whole_table
from .steps import written


def names(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


@pytest.fixture
def people(db, superuser):
    """Somebody of each role who wrote no part of anything."""
    letters = zip("JESLA", Role, strict=True)
    hired = {letter: newsroom.hire(by=None, username=f"walker-{role}", roles=[role]) for letter, role in letters}
    return {**hired, "X": superuser}


def watch_of(desk):
    with_link = Item.objects.create(claim=desk.claim, title="A page", url="https://office.example/report")
    return checking.watch(with_link, by=desk.journalist)


@pytest.fixture
def things(desk, settings):
    """One row of everything that an address can be about."""
    settings.VAULT_KEYS = [key()]
    desk.published()
    publish.correct(desk.claim, by=desk.editor, kind="correction", was_wrong="That.", says_now="This.", why="A reader.")
    other = claims.log_claim(by=desk.journalist, wording="It holds no data", type="statistic", story=desk.parts.story)
    override = Override.objects.create(
        claim=desk.claim,
        gate="evidenced",
        sentences=["There is none."],
        for_edition=1,
        reason="It is sealed.",
        by=desk.senior_editor,
    )
    file = desk.parts.file
    letter = Letter.objects.create(
        party=file.party,
        subject="Request for comment",
        body="Dear press office",
        to_role="press office",
        to_address="media@agency.example",
        zone="Pacific/Auckland",
        country="NZ",
        deadline_at=file.deadline_at,
        drafted_by=desk.journalist,
    )
    LetterFile.objects.create(letter=letter, file=file, wording=desk.claim.wording)
    return {
        "claims_claim": desk.claim,
        "claims_story": desk.parts.story,
        "claims_speaker": desk.parts.agency,
        "claims_topic": desk.parts.topic,
        "claims_appearance": claims.add_appearance(desk.claim, by=desk.journalist, where="On the radio"),
        "claims_claimlink": claims.link_claims(desk.claim, by=desk.journalist, to=other, relation="split_from"),
        "evidence_item": desk.parts.item,
        "evidence_watch": watch_of(desk),
        "evidence_exhibit": exhibits.receive(
            desk.parts.item, by=desk.journalist, upload=exhibits.inspect(io.BytesIO(b"The letter."), "letter.txt")
        ),
        "reply_replyfile": file,
        "letters_letter": letter,
        "letters_outgoing": outgoing.queue(
            purpose="letter", once="a", to_address="a@agency.example", subject="S", body="B", letter=letter
        ),
        "reply_allegation": reply.draft_allegation(file, by=desk.journalist, text="And this."),
        "reply_response": file.responses.get(),
        "reply_earlierexcerpt": EarlierExcerpt.objects.create(
            file=file, response=file.responses.get(), text="Absolutely", chosen_by=desk.journalist
        ),
        **came_in(file),
        "sources_pseudonym": desk.parts.jo,
        "sources_source": protect(desk.journalist, desk.editor),
        "desk_override": override,
        "desk_rating": desk.claim.verdicts.first().rating,
        "published_check": Check.objects.get(),
        "newsroom_journalentry": JournalEntry.objects.first(),
        "newsroom_user": desk.journalist,
        "newsroom_invitation": invited(),
    }


def invited():
    administrator = newsroom.hire(by=None, username="walker-who-invites", roles=["administrator"])
    return invitations.invite(by=administrator, email="new@record.example", roles=["journalist"])[0]


def came_in(file):
    """An answer that nobody has read, and a message with something attached to it that matches nothing."""
    incoming, _made = file_statement([file], text="We said so before.")
    message = received(several(part("See attached."), part(b"%PDF", Content_Type="application/pdf")))
    attachment = message.attachments.get()
    return {"inbox_filing": incoming.filings.get(), "inbox_message": message, "inbox_attachment": attachment}


def address(name, things):
    if name == "autocomplete":
        return reverse("admin:autocomplete") + "?app_label=claims&model_name=claim&field_name=speaker"
    if name == "view_on_site":
        return reverse("admin:view_on_site", args=[1, 1])
    if name == "app_list":
        return reverse("admin:app_list", args=["claims"])
    if "_report" in name:
        return reverse(f"admin:{name}")
    about = max((kind for kind in things if name.startswith(f"{kind}_")), key=len, default=None)
    if about is None or name.endswith(("_changelist", "_add")):
        return reverse(f"admin:{name}")
    thing = things[about]
    return reverse(f"admin:{name}", args=[thing.ref if about == "sources_source" else thing.pk])


def test_table_names_every_address():
    assert set(names(desk_site.get_urls())) == set(whole_table()) | WITHOUT_LOG_IN


def test_nobody_gets_in_without_a_log_in(things):
    before = written()
    for name in whole_table():
        for answer in (
            Client().get(address(name, things), secure=True),
            Client().post(address(name, things), secure=True),
        ):
            assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/desk/login/"), name
            assert missing_headers(answer, staff=True) == [], name
    assert written() == before


@pytest.mark.parametrize("letter", ALL)
def test_role_opens_what_the_table_says(things, people, at_desk, letter):
    client, before = at_desk(people[letter]), written()
    for name, (opens, _sends) in whole_table().items():
        answer = client.get(address(name, things), secure=True)
        assert answer.status_code < 500, name
        assert (answer.status_code != 403) == (letter in opens), (name, answer.status_code)
        assert missing_headers(answer, staff=True) == [], name
        assert strangers_told(answer) == [], name
    assert written() == before


@pytest.mark.parametrize("letter", ALL)
def test_role_sends_nothing_that_the_table_does_not_say(things, people, at_desk, letter):
    client, before = at_desk(people[letter]), (written(), User.objects.filter(is_active=True).count())
    for name, (_opens, sends) in whole_table().items():
        if letter not in sends:
            assert client.post(address(name, things)).status_code in (403, 405), name  # 405: takes nothing from anybody
    assert (written(), User.objects.filter(is_active=True).count()) == before


def test_somebody_who_was_let_go_is_out_at_once(editor, administrator, at_desk):
    client = at_desk(editor)
    assert client.get(reverse("admin:index")).status_code == 200
    newsroom.let_go(editor, by=administrator)
    assert client.get(reverse("admin:index")).status_code == 302
