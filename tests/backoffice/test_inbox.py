"""The inbox at the desk: what waits, what a message says and does not do, and how a person makes a response of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.inbox.actions import file_statement
from factcheck.inbox.models import Filing, Message
from factcheck.reply.models import Allegation, Response
from tests.inbox.messages import ANSWER, mail, part, several
from tests.inbox.steps import received

from .steps import address, fields_of

INBOX = "/desk/inbox/filing/"


@pytest.fixture
def filing(asked):
    incoming, _made = file_statement(
        [asked], text=ANSWER, by_name="Nicola Hogg", by_role="border and visa operations manager"
    )
    return incoming.filings.get()


@pytest.fixture
def message(db):
    """From nobody known, to nobody of ours."""
    return received(
        mail(f"<b>{ANSWER}</b>\n\nOn Tue, 4 Oct 2022 at 10:00, The Record <a@b.example> wrote:\n> We put this.")
    )


def test_answer_is_confirmed_with_the_words_that_the_page_fills_in(filing, journalist, at_desk):
    client = at_desk(journalist)
    page = client.get(address("inbox_filing", filing, "confirm"))
    given = fields_of(page) | {"kind": "denial"}
    assert (given["verbatim"], given["by_name"]) == (ANSWER, "Nicola Hogg")
    answered = client.post(address("inbox_filing", filing, "confirm"), given)
    assert answered.headers["Location"] == address("reply_replyfile", filing.file)
    response = Response.objects.latest("pk")
    assert (response.verbatim, response.kind, response.filing) == (ANSWER, "denial", filing)


def test_words_that_were_put_into_it_come_back_with_the_reason(filing, journalist, at_desk):
    client, count = at_desk(journalist), Response.objects.count()
    given = fields_of(client.get(address("inbox_filing", filing, "confirm"))) | {
        "kind": "denial",
        "verbatim": "We are sorry.",
    }
    answered = client.post(address("inbox_filing", filing, "confirm"), given)
    assert (answered.status_code, Response.objects.count()) == (409, count)
    assert "do not stand in what came" in answered.content.decode()
    assert "We are sorry." in answered.content.decode()


def test_message_is_moved_to_where_it_belongs_and_confirmed_there(message, asked, journalist, at_desk):
    client = at_desk(journalist)
    answered = client.post(
        address("inbox_message", message, "belongs"), {"to": asked.pk, "because": "From their press office."}
    )
    filing = Filing.objects.get(file=asked)
    assert answered.headers["Location"] == address("inbox_filing", filing)
    assert fields_of(client.get(address("inbox_filing", filing, "confirm")))["verbatim"] == f"<b>{ANSWER}</b>"


def test_message_that_is_nothing_leaves_the_list_and_stays(message, journalist, at_desk):
    client = at_desk(journalist)
    assert address("inbox_message", message) in client.get(INBOX).content.decode()
    client.post(address("inbox_message", message, "nothing"), {"because": "An advertisement."})
    assert address("inbox_message", message) not in client.get(INBOX).content.decode()
    assert "An advertisement." in client.get(address("inbox_message", message)).content.decode()


def test_letter_that_came_back_is_attached_as_a_failed_attempt(asked, journalist, at_desk):
    daemon = {"sender": "MAILER-DAEMON@mail.example", "subject": "failure notice", "To": "x@newsroom.example"}
    message = received(mail("It could not be delivered.", **daemon))
    at_desk(journalist).post(address("inbox_message", message, "belongs"), {"to": asked.pk, "because": "Ours."})
    assert [attempt.outcome for attempt in asked.attempts.all()] == ["delivered", "bounced"]
    assert not Filing.objects.exists()


def test_page_shows_text_as_text_and_folds_history(message, journalist, at_desk):
    page = at_desk(journalist).get(address("inbox_message", message)).content.decode()
    assert f"&lt;b&gt;{ANSWER}&lt;/b&gt;" in page
    assert f"<b>{ANSWER}</b>" not in page
    assert page.index("<details") < page.index("We put this.") < page.index("</details>")


@pytest.mark.parametrize(
    "name, type_", [("page.html", "text/html"), ("seal.svg", "image/svg+xml"), ("a.pdf", "application/pdf")]
)
def test_attachment_is_handed_out_as_data_whatever_it_claims_to_be(name, type_, journalist, at_desk):
    evil = part(
        b"<script>alert(1)</script>", Content_Type=type_, Content_Disposition=f'attachment; filename="../{name}"'
    )
    attachment = received(several(part(ANSWER), evil)).attachments.get()
    answered = at_desk(journalist).get(reverse("admin:inbox_attachment_save", args=[attachment.pk]))
    assert answered.content == b"<script>alert(1)</script>"
    assert answered.headers["Content-Type"] == "application/octet-stream"
    assert answered.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answered.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answered.headers["Content-Security-Policy"]


def test_message_is_saved_as_it_came(journalist, at_desk):
    raw = mail(ANSWER)
    message = received(raw)
    answered = at_desk(journalist).get(reverse("admin:inbox_message_raw", args=[message.pk]))
    assert (answered.content, answered.headers["Content-Type"]) == (raw, "application/octet-stream")


def test_name_of_an_attachment_cannot_add_a_line_to_the_head(journalist, at_desk):
    named = "attachment; filename*=UTF-8''a%0D%0AX-Evil:%201%0D%0A.pdf"
    attachment = received(
        several(part(ANSWER), part(b"x", Content_Type="application/pdf", Content_Disposition=named))
    ).attachments.get()
    answered = at_desk(journalist).get(reverse("admin:inbox_attachment_save", args=[attachment.pk]))
    assert "X-Evil" not in answered.headers


def queries_of(client, url):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_inbox_asks_as_often_for_three_rows_as_for_one(asked, filing, message, journalist, at_desk):
    client = at_desk(journalist)
    client.get(INBOX)
    one = queries_of(client, INBOX)
    for number in (2, 3):
        file_statement([asked], text=f"{ANSWER} {number}")
        received(mail(f"{ANSWER} {number}", Message_ID=f"<answer-{number}@agency.example>"))
        received(mail("Away", subject="Out of office", Message_ID=f"<away-{number}@agency.example>"))
    assert queries_of(client, INBOX) == one == 7


def test_lists_of_every_message_asks_as_often_for_three_rows_as_for_one(message, journalist, at_desk):
    client, url = at_desk(journalist), reverse("admin:inbox_message_changelist")
    client.get(url)
    one = queries_of(client, url)
    for number in (2, 3):
        received(mail(f"{ANSWER} {number}", Message_ID=f"<answer-{number}@agency.example>"))
    assert queries_of(client, url) == one
    assert Message.objects.count() == 3


def test_pages_of_an_answer_ask_as_often_for_three_allegations_as_for_one(filing, journalist, at_desk):
    client, url = at_desk(journalist), address("inbox_filing", filing)
    client.get(url)
    one = queries_of(client, url)
    Allegation(file=filing.file, text="And that.", position=2).save()
    Allegation(file=filing.file, text="And those.", position=3).save()
    assert queries_of(client, url) == one


def test_first_page_of_the_desk_counts_what_waits(filing, message, journalist, at_desk):
    page = " ".join(at_desk(journalist).get("/desk/").content.decode().split())
    assert 'Answers that nobody has read <span class="number">1</span>' in page
    assert 'Messages to be sorted <span class="number">1</span>' in page


def test_answer_that_asks_for_time_as_well_waits_at_the_desk_for_the_decision(asked, journalist, at_desk):
    incoming, _made = file_statement([asked], text=ANSWER, by_role="manager", more_time_because="The weekend.")
    filing, client = incoming.filings.get(), at_desk(journalist)
    refused = client.get(address("inbox_filing", filing, "confirm"))
    assert (refused.status_code, "Decide on that first" in refused.content.decode()) == (409, True)
    given = fields_of(client.get(address("inbox_filing", filing, "decide-time"))) | {
        "granted": "0",
        "reason": "They had a week.",
    }
    assert "answers_too" not in given
    assert client.post(address("inbox_filing", filing, "decide-time"), given).status_code == 302
    assert client.get(address("inbox_filing", filing, "confirm")).status_code == 200
    assert "That is decided" in client.get(address("inbox_filing", filing)).content.decode()


def test_person_says_of_a_message_that_asks_for_time_whether_it_answers_too(message, asked, journalist, at_desk):
    client = at_desk(journalist)
    client.post(address("inbox_message", message, "belongs"), {"to": asked.pk, "because": "It is theirs."})
    filing, count = Filing.objects.get(), asked.extensions.count()
    page = client.get(address("inbox_filing", filing, "decide-time"))
    given = fields_of(page) | {"granted": "0", "reason": "They had a week.", "asked_by_role": "manager"}
    client.post(address("inbox_filing", filing, "decide-time"), given | {"answers_too": "on"})
    filing.refresh_from_db()
    assert (filing.state, asked.extensions.count()) == ("unread", count + 1)
