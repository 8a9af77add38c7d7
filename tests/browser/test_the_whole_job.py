"""The whole job as five people do it, from a line in a list to a corrected page before readers. Through the pages only, and at
the desk by keyboard alone."""

import re
from datetime import date

import pytest

from factcheck.desk.models import Jigsaw
from tests.builders import ANSWER

from . import steps
from .keyboard import press
from .looking import barriers, follow

pytestmark = pytest.mark.browser

WORDING = (
    "The Chinese Communist Party influenced New Zealand immigration and prevented Uyghur people from getting visas"
)
SHORT = "The party kept Uyghur people from New Zealand visas"
AGENCY, PARTY = "Immigration New Zealand", "Chinese Communist Party"
STATEMENT = {
    "Title": "What the agency told RNZ",
    "Kind": "Statement",
    "The passage relied on": "INZ did not hold any data on Uyghur people",
    "Language of the passage": "en",
    "What it shows": "The agency keeps no figures by ethnicity.",
}
VERDICT = {
    "Finding": "No record in hand shows it, and none rules it out.",
    "Explanation": "We read what there is.",
    "What could not be established": "Whether any application was declined for this reason.",
    "Evidence as of": date(2022, 9, 9),
}
ROLE = "border and visa operations manager"


class Claim:
    """The claim of this walk: where it is at the desk and, once published, where readers have it."""

    def __init__(self, newsroom):
        self.newsroom, self.path, self.address = newsroom, "", ""

    def opened_by(self, username):
        page = self.newsroom[username]
        page.goto(self.path)
        return page

    def file_opened_by(self, username, party):
        page = self.opened_by(username)
        press(page, f"Open the right of reply of {party}")
        return page


@pytest.fixture
def later_reader(visit, site):
    """Somebody who has not read the page before: a browser keeps a page for a minute without asking again."""
    return visit(site)


def test_claim_goes_from_a_line_in_a_list_to_a_corrected_page(newsroom, reader, later_reader):
    claim = Claim(newsroom)
    a_journalist_logs_it(claim)
    starts_research_and_adds_evidence(claim)
    names_the_accused(claim)
    asks_the_agency_and_records_its_answer(claim)
    proposes_a_verdict_and_submits(claim)
    but_may_not_sign_it_off(claim)
    an_editor_finds_the_excerpt_fair_and_sees_what_is_missing(claim)
    the_senior_editor_waives_for_the_party(claim)
    editor_and_legal_sign_off_what_readers_will_see(claim)
    an_edit_after_that_blocks_publication_and_says_what_changed(claim)
    editor_and_legal_sign_off_what_readers_will_see(claim)
    the_editor_publishes(claim)
    a_reader_reads_it(claim, reader)
    the_senior_editor_corrects_it(claim)
    others_sign_the_correction_and_publish_it(claim)
    a_later_reader_finds_the_correction_and_the_old_edition(later_reader)


def a_journalist_logs_it(claim):
    page = claim.newsroom["journalist"]
    page.goto("/desk/claims/story/add/")
    steps.save(page, {"Headline": "Visas, and who was refused one", "Outlet": "RNZ"})
    page.goto("/desk/claims/story/")
    press(page, "Visas, and who was refused one")
    press(page, "Log its claims")
    steps.log_fast(page, (WORDING, "Allegation", "Jo*", "Immigration"))
    assert "It looks like:" in page.locator(".looks-like").inner_text()
    steps.fill(page, {"Another claim": True})
    steps.send_lines(page)
    assert "1 claim is logged." in page.locator("[role=status]").inner_text()
    press(page, WORDING)
    claim.path = re.search(r"/desk/.*", page.url)[0]


def starts_research_and_adds_evidence(claim):
    page = claim.opened_by("journalist")
    steps.do(page, "Start research", {"Why we check it": "It accuses a public agency."}, done="In research.")
    steps.add_evidence(page, STATEMENT)


def names_the_accused(claim):
    page = claim.opened_by("journalist")
    who = {"Role at the time": "Uyghur person in New Zealand"}
    steps.save(page, {"Short form": SHORT, **who, "Legal risk": True, "Accused": AGENCY})
    steps.save(claim.opened_by("journalist"), {"Accused": PARTY})
    page = claim.opened_by("journalist")
    assert f"{AGENCY} is accused" in "".join(steps.checklist(page))


def asks_the_agency_and_records_its_answer(claim):
    press(claim.opened_by("journalist"), f"Ask {PARTY}")
    steps.confirm(claim.newsroom["journalist"], "Open a right of reply")
    page = claim.opened_by("journalist")
    press(page, f"Ask {AGENCY}")
    steps.confirm(page, "Open a right of reply")
    steps.put_to_the_party(page, WORDING)
    steps.record_answer(page, ANSWER, "Nicola Hogg", ROLE)


def decides_what_could_give_jo_away(claim):
    details = dict.fromkeys((str(detail.label).capitalize() for detail in Jigsaw.Detail), "Does not arise")
    told = {
        "What readers get instead, and why": "Only what is in the report.",
        "Who else could be hurt": "Nobody is known.",
    }
    page = claim.opened_by("journalist")
    steps.do(page, "Decide identifying details", details | told, done="Decided.")


def proposes_a_verdict_and_submits(claim):
    decides_what_could_give_jo_away(claim)
    page = claim.opened_by("journalist")
    steps.do(page, "Propose verdict", VERDICT, picked="Unproven", done="The verdict is proposed.")
    steps.do(page, "Submit for review", done="Submitted for review.")


def but_may_not_sign_it_off(claim):
    page = claim.opened_by("journalist")
    assert page.get_by_role("link", name="Sign off").count() == 0
    assert page.goto(f"{claim.path.removesuffix('change/')}sign-off/").status == 403
    assert "Only these roles may do this: Editor, Senior editor." in page.locator("main").inner_text()


def an_editor_finds_the_excerpt_fair_and_sees_what_is_missing(claim):
    page = claim.opened_by("editor")
    assert any("fair" in line for line in steps.checklist(page))
    page = claim.file_opened_by("editor", AGENCY)
    steps.do(page, "Find it fair", done="Found fair.")
    steps.do(claim.opened_by("editor"), "Sign identifying details", done="Signed.")
    page = claim.opened_by("editor")
    assert not any("fair" in line for line in steps.checklist(page))
    assert any(f"The right of reply of {PARTY} is not settled" in line for line in steps.checklist(page))
    assert page.get_by_role("link", name="Sign off", exact=True).count() == 0


def the_senior_editor_waives_for_the_party(claim):
    page = claim.file_opened_by("senior-editor", PARTY)
    note = {"Note": "Nothing in hand holds an answer of the party to this."}
    steps.do(page, "Waive", note, picked="Their side", done="Waived, on the record.")


def editor_and_legal_sign_off_what_readers_will_see(claim):
    for username, verb in (("editor", "Sign off"), ("legal", "Sign off as legal")):
        page = claim.opened_by(username)
        press(page, verb)
        shown = as_readers_will_see_it(page)
        assert [words for words in (WORDING, "Unproven", ANSWER, ROLE, PARTY) if words not in shown] == []
        steps.confirm(page, verb, done="Signed off")


def as_readers_will_see_it(page):
    return page.locator(".as-read article.claim").inner_text()


def an_edit_after_that_blocks_publication_and_says_what_changed(claim):
    steps.save(claim.opened_by("journalist"), {"Short form": f"{SHORT}, says Jo"})
    page = claim.opened_by("editor")
    assert page.get_by_role("link", name="Publish", exact=True).count() == 0
    assert page.goto(f"{claim.path.removesuffix('change/')}publish/").status == 409
    assert "editor signed it off before it changed: the short form." in steps.refusal(page)


def the_editor_publishes(claim):
    page = claim.opened_by("editor")
    press(page, "Publish")
    assert ANSWER in as_readers_will_see_it(page)
    steps.confirm(page, "Publish", done="Published.")
    claim.address = page.get_by_role("link", name="The page readers have").first.get_attribute("href")


def a_reader_reads_it(claim, reader):
    reader.goto(claim.address)
    shown = reader.locator("main").inner_text()
    for words in (WORDING, "Unproven", ANSWER, ROLE, PARTY, "Nothing in hand holds an answer of the party to this."):
        assert words in shown
    assert reader.locator("a.star").count() and reader.context.cookies() == []
    reader.goto("/")
    assert reader.get_by_role("link", name=f"{SHORT}, says Jo").count() == 1


def the_senior_editor_corrects_it(claim):
    page = claim.opened_by("senior-editor")
    told = {"What it said": "Jo was called a Uyghur person.", "What it says now": "Jo is a Uyghur national."}
    told["Why"] = "A reader pointed it out."
    steps.do(page, "Correct", told, picked="Correction", done="Open for correction.")
    steps.save(claim.opened_by("senior-editor"), {"Role at the time": "Uyghur national in New Zealand"})
    steps.do(claim.opened_by("senior-editor"), "Submit for review")
    assert claim.opened_by("senior-editor").get_by_role("link", name="Sign off", exact=True).count() == 0


def others_sign_the_correction_and_publish_it(claim):
    steps.do(claim.opened_by("editor"), "Sign identifying details", done="Signed.")
    page = claim.opened_by("editor")
    press(page, "Sign off")
    [old, new] = page.locator(".compared tbody td").all_text_contents()
    assert ("only before: person" in old, "only now: national" in new) == (True, True)
    assert "A reader pointed it out." in page.locator(".as-read .banner").first.inner_text()
    assert barriers(page) == []
    steps.confirm(page, "Sign off")
    steps.do(claim.opened_by("legal"), "Sign off as legal")
    steps.do(claim.opened_by("editor"), "Publish", done="Published.")


def a_later_reader_finds_the_correction_and_the_old_edition(reader):
    assert "A reader pointed it out." in reader.request.get("/feeds/corrections.atom").text()
    reader.goto("/corrections/")
    newest = reader.locator("ol.log > li").first
    assert "Jo was called a Uyghur person." in newest.inner_text()
    follow(newest.get_by_role("link", name=SHORT).first)
    assert "Uyghur national in New Zealand" in reader.locator("header.claim-head").inner_text()
    follow(reader.get_by_role("link", name="Read edition 1"))
    assert "Uyghur person in New Zealand" in reader.locator("header.claim-head").inner_text()
