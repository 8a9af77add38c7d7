"""A right of reply from letter to page: put by a letter that leaves by SMTP, answered on the private page and by mail, confirmed,
printed in the words its state allows, and answered once more when readers have the page."""

import os
import re
import subprocess
import sys
import time
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from ..letters.postbox import postbox
from ..scratch import MANAGE
from . import steps
from .conftest import server_url
from .keyboard import press
from .looking import HEIGHT, follow, found_wrong
from .people import Newsroom
from .site import served

pytestmark = pytest.mark.browser

AGENCY = "Immigration New Zealand"
ON_PAGE = "Absolutely under no circumstances would INZ ever profile people based on race or ethnicity alone."
BY_MAIL = "We did not hold any data on Uyghur people, and we have looked again."
LATE = "We have counted now: nobody was declined for being Uyghur."
ROLE = "border and visa operations manager"
ARRIVES_WITHIN = 300  # seconds, on a busy machine
CLAIM = """
from django.utils import timezone
from factcheck.claims import actions as claims
from factcheck.claims.models import Speaker
from factcheck.desk import review, scale
from factcheck.evidence import actions as evidence
from factcheck.newsroom.models import User
by = User.objects.get(username="journalist")
agency = Speaker.objects.get(name="Immigration New Zealand")
claim = claims.log_claim(by=by, wording="The agency turned people away because they were Uyghur", type="allegation",
    speaker_unknown=True, accused=[agency])
claim = review.start(claim, by=by, why_chosen="It accuses a public agency.")
evidence.add(claim, by=by, title="What the agency told RNZ", kind="statement", publisher="RNZ", shows="It keeps no figures.")
review.propose_verdict(claim, by=by, rating=scale.current().ratings.get(code="unproven"), finding="Nothing in hand shows it.",
    explanation="We read what there is.", evidence_as_of=timezone.localdate(), few_sources_reason="One statement is all there is.")
print(claim.pk)
"""


@pytest.fixture
def box():
    with postbox() as arrived:
        yield arrived


@pytest.fixture
def mailing(browser, box, tmp_path, monkeypatch):
    """The example, served with its mail going to a server on this machine."""
    monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{box.port}")
    with served(tmp_path, server_url()) as site:
        yield site


def test_agency_is_asked_by_letter_and_its_answers_reach_the_page(mailing, visit, box):
    newsroom = Newsroom(mailing, visit, {})
    claim = f"/desk/claims/claim/{mailing.database.manage('shell', '--no-imports', '-c', CLAIM).split()[-1]}/change/"
    file = a_journalist_puts_it_by_letter(newsroom["journalist"], claim)
    letter = the_letter_that_arrived(box)
    the_agency_answers_on_its_private_page(visit(mailing), letter)
    it_answers_by_mail(mailing.database, letter, "answer-1", BY_MAIL)
    an_editor_confirms_what_came(newsroom["editor"], answers=2, kind="Denial")
    what_is_printed_is_chosen(newsroom["journalist"], file)
    newsroom["journalist"].goto(claim)
    steps.do(newsroom["journalist"], "Submit for review")
    it_is_found_fair_signed_off_and_published(newsroom, file, claim)
    reader = visit(mailing)
    a_reader_reads_it(reader)

    it_answers_by_mail(mailing.database, letter, "answer-2", LATE)
    an_editor_confirms_what_came(newsroom["editor"], answers=1, kind="New information")
    newsroom["journalist"].goto(claim)
    steps.do(newsroom["journalist"], "Draft the update", done="The update is drafted and in review.")
    it_is_found_fair_signed_off_and_published(newsroom, file, claim)
    a_reader_reads_the_late_answer_first_and_the_notice_of_it(reader)


def a_journalist_puts_it_by_letter(page, claim):
    page.goto(claim)
    steps.press(page, f"Ask {AGENCY}")
    steps.confirm(page, "Open a right of reply")
    steps.do(page, "Draft an allegation", {"What is put to them": "That it turned people away for being Uyghur."})
    deadline = datetime.now(steps.NEWSROOM_TIME) + timedelta(days=5)
    steps.do(page, "Set the deadline", {"Deadline": deadline, "Why this deadline is fair": "Five days."})
    steps.do(page, "Ready to put", done="Ready to put.")
    file = page.url
    reach = {
        "E-mail address": "media@agency.example",
        "To which role": "press office",
        "Whom to call": "The desk, 04 000 0000",
    }
    steps.do(page, "Write a letter", reach, done="The draft is written.")
    steps.do(page, "Send the letter")
    return file


def the_letter_that_arrived(box):
    until = time.monotonic() + ARRIVES_WITHIN
    while not box.arrived and time.monotonic() < until:
        time.sleep(0.5)
    [letter] = box.messages
    assert letter["To"].addresses[0].addr_spec == "media@agency.example"
    return letter


def the_agency_answers_on_its_private_page(page, letter):
    text = letter.get_body(("plain",)).get_content()
    page.goto(re.search(r"/reply/[\w-]+/", text)[0])
    page.get_by_label("Your statement").fill(ON_PAGE)
    page.get_by_label("Your name").fill("Nicola Hogg")
    page.get_by_label("Your role").fill(ROLE)
    for button in ("Check what you wrote", "Send this answer"):
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()
    assert page.locator("h1").inner_text() == "We have your answer"


def it_answers_by_mail(database, letter, name, words):
    answer = EmailMessage()
    answer["From"], answer["To"] = "Media <media@agency.example>", str(letter["Reply-To"] or letter["From"])
    answer["Subject"], answer["In-Reply-To"] = f"Re: {letter['Subject']}", letter["Message-ID"]
    answer["Message-ID"] = f"<{name}@agency.example>"
    answer.set_content(words)
    ran = subprocess.run(
        [sys.executable, MANAGE, "receive_mail"],
        input=answer.as_bytes(),
        env={**os.environ, **database.environment},
        capture_output=True,
        timeout=ARRIVES_WITHIN,
    )
    assert ran.returncode == 0, ran.stderr.decode()


def an_editor_confirms_what_came(page, answers, kind):
    for left in range(answers, 0, -1):
        page.goto("/desk/inbox/filing/")
        unread = page.locator("main .item a", has_text=AGENCY)
        assert unread.count() == left
        follow(unread.first)
        told = {"Kind": kind, "In what role": ROLE}
        steps.do(page, "Confirm the answer", told, done="The answer is on the record.")


def what_is_printed_is_chosen(page, file):
    page.goto(file)
    steps.do(page, "Choose what is printed", {"What is printed": BY_MAIL}, done="Another editor has to find it fair.")


def it_is_found_fair_signed_off_and_published(newsroom, file, claim):
    newsroom["editor"].goto(file)
    steps.do(newsroom["editor"], "Find it fair", done="Found fair.")
    page = newsroom["senior-editor"]
    page.goto(claim)
    press(page, "Sign off")
    assert found_wrong(page) == []
    page.set_viewport_size({"width": 1366, "height": HEIGHT})
    steps.confirm(page, "Sign off", done="Signed off.")
    steps.do(page, "Publish", done="Published.")


def a_reader_reads_it(page):
    page.goto("/claims/")
    follow(page.get_by_role("link", name="The agency turned people away").first)
    said = page.locator(".replies").inner_text()
    assert f"{AGENCY} said:" in said
    assert BY_MAIL in said
    assert ROLE in said
    assert "After publication" not in said


def a_reader_reads_the_late_answer_first_and_the_notice_of_it(page):
    page.reload()
    said = page.locator(".replies").inner_text()
    assert re.search(rf"After publication, on .*, {AGENCY} said:", said)
    assert said.index(LATE) < said.index(BY_MAIL)
    page.goto("/corrections/")
    newest = page.locator("main").inner_text()
    assert f"It prints the answer of {AGENCY} in full." in newest
    assert found_wrong(page) == []
