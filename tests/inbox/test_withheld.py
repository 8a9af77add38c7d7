"""What comes in may name a protected source: it is neither lost nor refused, and it is in no row and on no page (CS-7)."""

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.inbox import actions
from factcheck.inbox.models import Filing, Incoming, IncomingAnswer, Message
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import Refused
from tests.entering import give_app, show_second_factor
from tests.sources.cast import protect

from .messages import ANSWER, mail, part, several
from .steps import addressed, received

NAME = ("name", "Mihrigül Abdurehim")
TOLD = "We know that it was Mihrigul Abdurehim who said so."


@pytest.fixture
def source(vault, journalist, editor):
    return protect(journalist, editor, NAME)


def pages(person, *addresses):
    """What somebody gets there who just showed a second factor."""
    client = Client()
    client.force_login(person)
    give_app(person)
    show_second_factor(client, person)
    return [client.get(each) for each in addresses]


def everywhere():
    rows = [*Message.objects.values(), *Incoming.objects.values(), *IncomingAnswer.objects.values()]
    return str([*rows, *JournalEntry.objects.values()])


def test_message_that_names_a_source_is_kept_without_its_words(source, sent_letter, asked_file, journalist_2):
    raw = addressed(
        several(part(TOLD), part(b"x", Content_Type="application/pdf; name=Mihrigul.pdf"), subject="Mihrigul"),
        sent_letter,
    )
    message = received(raw)
    filing = Filing.objects.get(file=asked_file)
    assert (message.flags[-1], message.text, filing.incoming.text) == ("withheld", "", "")
    assert "ihrigul" not in everywhere()
    for page in pages(
        journalist_2, reverse("admin:inbox_filing_changelist"), f"/desk/inbox/filing/{filing.pk}/change/"
    ):
        assert "ihrigul" not in page.content.decode()
    assert "Nothing is lost" in page.content.decode()


def test_message_as_it_came_is_for_custodians_alone(source, sent_letter, journalist, journalist_2):
    raw = addressed(mail(TOLD), sent_letter)
    url = reverse("admin:inbox_message_raw", args=[received(raw).pk])
    assert pages(journalist_2, url)[0].status_code == 403
    [saved] = pages(journalist, url)
    assert (saved.status_code, saved.content) == (200, raw)


def test_statement_that_names_a_source_is_taken_and_kept_without_its_words(source, asked, journalist, journalist_2):
    answers = {asked.allegations.get(): TOLD}
    incoming, made = actions.file_statement([asked], text=TOLD, by_name="Nicola Hogg", answers=answers, once="a" * 64)
    assert (made, incoming.is_withheld, incoming.text) == (True, True, "")
    assert "ihrigul" not in everywhere()
    url = reverse("admin:inbox_filing_save", args=[incoming.filings.get().pk])
    assert pages(journalist_2, url)[0].status_code == 403
    [saved] = pages(journalist, url)
    assert saved.content.decode().count(TOLD) == 2


def test_answer_is_confirmed_from_the_words_a_custodian_copies_out(source, asked, journalist):
    incoming, _made = actions.file_statement([asked], text=f"{ANSWER} {TOLD}")
    fields = {"kind": "denial", "by_role": "manager", "language": "en", "transcribed": True}
    filing = incoming.filings.get()
    assert actions.confirm(filing, by=journalist, verbatim=ANSWER, **fields).verbatim == ANSWER


def test_response_that_names_a_source_is_not_saved(source, asked, journalist):
    incoming, _made = actions.file_statement([asked], text=TOLD)
    fields = {"kind": "denial", "by_role": "manager", "language": "en", "transcribed": True}
    with pytest.raises(Exception, match="protected source"):
        actions.confirm(incoming.filings.get(), by=journalist, verbatim=TOLD, **fields)
    assert Filing.objects.get().state == "unread"


def test_nothing_is_withheld_of_what_names_nobody(source, asked):
    incoming, _made = actions.file_statement([asked], text=ANSWER)
    assert (incoming.is_withheld, incoming.text) == (False, ANSWER)
    with pytest.raises(Refused):
        actions.file_statement([asked], text=" ")
