"""What the party sees on its private page, and what becomes of what it says."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.inbox import actions as inbox
from factcheck.inbox.models import Filing, Incoming
from factcheck.letters.models import Outgoing
from factcheck.reply import actions as reply
from factcheck.reply.models import Response

from .steps import PUTS, fields_of, text_of, written

pytestmark = pytest.mark.django_db


def test_page_shows_what_is_put_and_until_when_with_the_weekday_in_their_zone(party, letter):
    text = text_of(party.client.get(party.url))
    for wording, puts in PUTS.items():
        assert wording in text
        for put in puts:
            assert put in text
    local = timezone.localtime(letter.deadline_at, ZoneInfo("Pacific/Auckland"))
    assert f"Please answer by {local:%A} {local.day} {local:%B %Y, %H:%M} NZDT (Pacific/Auckland)" in text
    assert "This is not a public page." in text
    assert "Nothing you write is published by itself." in text


def test_deadline_is_told_in_the_zone_of_whoever_is_asked(party, letter):
    type(letter).objects.filter(pk=letter.pk).update(zone="America/New_York")
    local = timezone.localtime(letter.deadline_at, ZoneInfo("America/New_York"))
    assert f"{local:%A} {local.day} {local:%B %Y, %H:%M} EST (America/New_York)" in text_of(party.client.get(party.url))


def test_answers_point_by_point_arrive_unread_with_every_file_they_are_about(party, files):
    page = party.send(point_1="It did not.", point_3="Nobody was misled.", by_role="press officer", by_name="N. Hogg")
    assert "We have your answer" in text_of(page)
    incoming = Incoming.objects.get()
    assert {row.allegation.text: row.text for row in incoming.answers.all()} == {
        "That it kept people out.": "It did not.",
        "That it misled the minister in May.": "Nobody was misled.",
    }
    assert (incoming.by_name, incoming.by_role, incoming.channel) == ("N. Hogg", "press officer", "web_form")
    assert [(f.file, f.state) for f in incoming.filings.order_by("file")] == [(file, "unread") for file in files]


def test_nothing_is_published_or_counted_as_a_response_by_itself(party, put):
    before = [file.state for file in put]
    party.send(statement="We reject all of it.")
    assert not Response.objects.exists()
    assert [type(file).objects.get(pk=file.pk).state for file in put] == ["sent", "sent"] != before


def test_what_was_sent_can_be_confirmed_by_a_person(party, put, journalist):
    party.send(point_1="It did not.", statement="We reject all of it.")
    filing = Filing.objects.get(file=put[0])
    said = {"verbatim": "It did not.\n\nWe reject all of it.", "kind": "denial", "by_role": "press", "language": "en"}
    response = inbox.confirm(filing, by=journalist, **said)
    assert (response.late, type(put[0]).objects.get(pk=put[0].pk).state) == (False, "responded")


def test_statement_alone_a_decline_alone_and_a_wish_for_time_alone_are_enough(party):
    until = timezone.localtime(timezone.now() + timedelta(days=9), ZoneInfo("Pacific/Auckland")).replace(second=0)
    party.send(statement="We reject it.")
    party.send(declined="on")
    party.send(until=f"{until:%Y-%m-%dT%H:%M}", because="The minister is away.")
    statement, decline, wish = Incoming.objects.order_by("pk")
    assert statement.text == "We reject it."
    assert decline.declined
    assert (wish.more_time_until, wish.more_time_because) == (until.replace(microsecond=0), "The minister is away.")


def test_time_is_asked_for_in_the_partys_own_zone(party, letter, clock):
    type(letter).objects.filter(pk=letter.pk).update(zone="America/New_York")
    clock.move_to(datetime(2026, 10, 1, tzinfo=ZoneInfo("UTC")))
    party.send(until="2026-11-20T17:00")
    asked = Incoming.objects.get().more_time_until
    assert asked == datetime(2026, 11, 20, 17, tzinfo=ZoneInfo("America/New_York"))


def test_page_to_check_shows_everything_and_sends_nothing(party):
    before = written()
    page = party.check(point_2="We keep figures.", statement="See them.", by_name="N. Hogg", authority="for the agency")
    text = text_of(page)
    for said in ("We keep figures.", "See them.", "N. Hogg", "for the agency", "Nothing has been sent yet."):
        assert said in text
    assert "We put to you That it kept no figures. We keep figures." in text
    assert written() == before


def test_change_goes_back_with_everything_still_there(party):
    checked = party.check(point_1="It\r\ndid not.", declined="", until="2031-01-02T09:30", because="Holidays.")
    again = fields_of(party.press(checked, "change"))
    assert (again["point-1"], again["until"], again["because"]) == ("It\ndid not.", "2031-01-02T09:30", "Holidays.")


def test_second_answer_adds_and_the_page_says_when_the_first_came(party):
    party.send(statement="The first.")
    page = text_of(party.client.get(party.url))
    assert "Another one adds to them and replaces none" in page
    assert "The first." not in page  # whoever has the address now need not be who answered
    party.send(statement="The second.")
    assert list(Incoming.objects.order_by("pk").values_list("text", flat=True)) == ["The first.", "The second."]


def test_after_the_deadline_an_answer_is_taken_and_marked_as_late(party, put, letter, clock, journalist):
    clock.move_to(letter.deadline_at + timedelta(hours=1))
    assert "your answer will be marked as late" in text_of(party.client.get(party.url))
    assert "so it is marked as late" in text_of(party.send(statement="At last."))
    filing = Filing.objects.get(file=put[0])
    said = {"verbatim": "At last.", "kind": "statement", "by_role": "press", "language": "en"}
    assert inbox.confirm(filing, by=journalist, **said).late


def test_granted_time_moves_the_deadline_that_the_page_tells(party, put, letter, journalist):
    later = letter.deadline_at + timedelta(days=2)
    for file in put:
        asked = {"asked_at": timezone.now(), "asked_by_role": "press office", "granted": True, "reason": "Asked."}
        reply.decide_extension(file, by=journalist, new_deadline_at=later, **asked)
    local = timezone.localtime(later, ZoneInfo("Pacific/Auckland"))
    assert f"{local:%A} {local.day} {local:%B %Y, %H:%M}" in text_of(party.client.get(party.url))


def test_time_granted_for_one_of_two_is_told_for_that_one(party, put, letter, journalist):
    later = letter.deadline_at + timedelta(days=2)
    asked = {"asked_at": timezone.now(), "asked_by_role": "press office", "granted": True, "reason": "Asked."}
    reply.decide_extension(put[0], by=journalist, new_deadline_at=later, **asked)
    assert "For “The agency kept people from getting visas” you were given until" in text_of(
        party.client.get(party.url)
    )


def test_party_that_was_asked_again_in_other_words_is_told_so(party, put, journalist):
    claims.edit_claim(put[0].claim, by=journalist, wording="Other words")
    fields = {"channel": "email", "to_role": "press office", "text": "Again.", "outcome": "delivered"}
    reply.put(put[0], by=journalist, at=timezone.now(), **fields)
    assert text_of(party.client.get(party.url)).count("We have put this to you in other words since.") == 1


def test_only_whoever_just_sent_it_sees_the_words_again(party, letter):
    answer = party.press(party.check(statement="We reject it."), "send")
    assert "We reject it." in text_of(party.client.get(answer["Location"]))
    for strange in ("", "?of=", "?of=nonsense", f"?of={Incoming.objects.get().pk}"):
        shown = party.client.get(f"{party.url}received/{strange}")
        assert (shown.status_code, shown["Location"]) == (302, party.url)


def test_words_are_shown_again_for_an_hour_and_no_longer(party, clock):
    answer = party.press(party.check(statement="We reject it."), "send")
    clock.shift(timedelta(minutes=61))
    assert party.client.get(answer["Location"]).status_code == 302


# The receipt


def test_receipt_goes_to_where_the_letter_went_with_exactly_what_was_said(party, letter):
    said = "It did not.\n\n  Not “once”, & never <b>ever</b>."
    party.send(point_1=said, by_name="N. Hogg", by_role="press officer", authority="for the agency")
    receipt = Outgoing.objects.get(purpose="receipt")
    assert (receipt.to_address, receipt.automatic, receipt.letter) == ("media@agency.example", True, letter)
    for words in (said, "That it kept people out.", "N. Hogg", "press officer", "for the agency"):
        assert words in receipt.body
    assert "marked as late" not in receipt.body


def test_receipt_to_another_address_tells_the_first_without_the_words(party):
    party.send(statement="We reject it.", receipt_to="Hogg@elsewhere.example")
    receipts = {row.to_address: row.body for row in Outgoing.objects.filter(purpose="receipt")}
    assert set(receipts) == {"Hogg@elsewhere.example", "media@agency.example"}
    assert "We reject it." in receipts["Hogg@elsewhere.example"]
    assert "We reject it." not in receipts["media@agency.example"]
    assert "H…@elsewhere.example" in receipts["media@agency.example"]


def test_receipts_go_to_a_handful_of_addresses_and_no_more(party):
    for number in range(5):
        party.send(statement=f"Answer {number}.", receipt_to=f"person-{number}@elsewhere.example")
    refused = party.check(statement="Another.", receipt_to="one-more@elsewhere.example")
    assert refused.status_code == 400
    assert "Receipts have gone to several addresses already." in text_of(refused)
    assert party.check(statement="Another.", receipt_to="person-1@elsewhere.example").status_code == 200
    assert party.check(statement="Another.").status_code == 200
