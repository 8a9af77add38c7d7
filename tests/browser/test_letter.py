"""A journalist puts the visa allegation to the agency, from the file to the mail server by keyboard alone, and logs a call."""

import time
from datetime import datetime, timedelta

import pytest

from tests.letters.postbox import postbox

from .conftest import server_url
from .keyboard import fill, press
from .looking import found_wrong
from .people import log_in
from .site import served
from .steps import do

pytestmark = pytest.mark.browser

SETUP = """
from factcheck.claims import actions as claims
from factcheck.desk import review
from factcheck.newsroom.models import User
from factcheck.reply import actions as reply

by = User.objects.get(username="journalist")
fields = {
    "wording": "The Chinese Communist Party stopped Uyghur people from getting visas for New Zealand",
    "type": "allegation",
    "speaker": Speaker.objects.exclude(pseudonym=None).first(),
    "why_chosen": "It accuses a public agency.",
}
agency = Speaker.objects.get(name="Immigration New Zealand")
claim = review.start(claims.log_claim(by=by, accused=[agency], **fields), by=by)
file = reply.open_file(claim, by=by, party=agency)
reply.draft_allegation(file, by=by, text="That the agency declined visas under the influence of the party.")
print(f"FILE {file.pk}")
"""


@pytest.fixture(scope="module")
def posted(browser, tmp_path_factory):
    """The worked example, served with a mail server of its own; and the page of a file with something to put."""
    with postbox() as box, pytest.MonkeyPatch.context() as environment:
        environment.setenv("EMAIL_URL", f"smtp://127.0.0.1:{box.port}")
        with served(tmp_path_factory.mktemp("post"), server_url()) as site:
            said = site.database.manage("shell", "-c", SETUP)
            yield site, box, f"/desk/reply/replyfile/{said.split('FILE ')[1].split()[0]}/change/"


def test_letter_goes_from_the_file_to_the_mail_server_and_a_call_is_logged_in_seconds(posted, visit):
    site, box, home = posted
    page = visit(site)
    log_in(page, "journalist", site.password)
    page.goto(home)
    do(page, "How to reach them", {"Role": "press office", "E-mail address": "media@agency.example", "Region": "WGN"})
    friday = datetime.now() + timedelta(days=9)
    do(page, "Set the deadline", {"Deadline": friday.replace(hour=17, minute=0)})
    do(page, "Write a letter", {"Whom to call": "the desk, 04 000 0000"})
    assert page.get_by_role("status").inner_text() == "The draft is written. Read it, and edit it."
    assert found_wrong(page) == []
    do(page, "Send the letter")
    wait_until_sent(page)
    page.reload()
    [message] = box.messages
    assert "That the agency declined visas" in message.get_body(("plain",)).get_content()
    assert found_wrong(page) == []
    page.goto(home)
    assert found_wrong(page) == []
    began = time.monotonic()
    fill(page, {"Channel": "phone", "Outcome": "no answer"})
    press(page, "Log it")
    took = time.monotonic() - began
    attempts = page.get_by_role("region", name="How they were asked").inner_text()
    assert attempts.count("press office") >= 2
    assert "no answer" in attempts
    assert took < 10, f"{took:.1f} seconds"


def wait_until_sent(page):
    for _each in range(60):
        if page.locator(".badges").inner_text().strip() == "Sent":
            return
        time.sleep(0.5)
        page.reload()
    raise AssertionError(page.locator("main").inner_text())
