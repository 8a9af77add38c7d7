"""The UN report that the worked example cites, on a server that stands in for its own: captured at the desk, altered there, and
found changed, at the desk with what differs, and by readers."""

import time

import pytest

from factcheck.backoffice import seeding
from tests.fetching.web import Answer, Web

from .conftest import server_url
from .keyboard import fill, press, tab_to
from .looking import found_wrong
from .people import log_in
from .site import PASSWORD, served
from .steps import do, refusal

pytestmark = pytest.mark.browser

REPORT = "/en/documents/country-reports/ohchr-assessment-human-rights-concerns-xinjiang-uyghur-autonomous-region"
PAGE = """<!DOCTYPE html><html lang="en"><head><title>OHCHR Assessment of human rights concerns</title>
<meta property="og:site_name" content="OHCHR"><meta property="article:published_time" content="2022-08-31"></head><body><main>
<h1>OHCHR Assessment of human rights concerns</h1><p>Serious human rights violations {happened}.</p>
<p>This page stands in for the one that the worked example cites, on a server of the test.</p></main></body></html>"""
MINUTES = """<!DOCTYPE html><html lang="en"><head><title>Council minutes</title><meta name="author" content="Jane Roe">
<meta property="og:site_name" content="City Council"><meta property="article:published_time" content="2022-05-31"></head>
<body><article><h1>Council minutes</h1><p>The bus was late on every day of May.</p></article></body></html>"""
SAID, SAYS = "have been committed in XUAR", "may have been committed in XUAR"
ADDRESS = f"https://www.ohchr.org{REPORT}"
EXAMPLE = """
from pathlib import Path
from factcheck.backoffice import seeding, setting_up
seeding.shipped = lambda scale_only: [seeding.SCALE, Path("{story}")]
setting_up.load_example("{password}")
"""
CITED = """
from factcheck.evidence.models import Item
item = Item.objects.filter(url="{url}", passage__contains="{said}", claim__status="published").first()
print(f"CITED {{item.pk}} /claims/{{item.claim.check_slug}}/")
"""
NEXT_ROUND = """
from django.utils import timezone
from factcheck.evidence.models import Host, Watch
Watch.objects.update(due_at=timezone.now())
Host.objects.update(busy_until=timezone.now())
"""


@pytest.fixture(scope="module")
def cited(browser, tmp_path_factory):
    """The worked example, but for the address of the report's server; that server; the item that cites it and readers' page."""
    web = Web({REPORT: Answer(PAGE.format(happened=SAID)), "/minutes": Answer(MINUTES)})
    story = tmp_path_factory.mktemp("story") / seeding.shipped()[1].name
    story.write_text(seeding.shipped()[1].read_text().replace(ADDRESS, web.url(REPORT)))

    def prepare(database):
        database.manage("migrate", "--verbosity=0")
        database.manage("shell", "-c", EXAMPLE.format(story=story, password=PASSWORD))

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ALLOW_PRIVATE_CAPTURE", f"127.0.0.1:{web.port}")
        with served(tmp_path_factory.mktemp("cited"), server_url(), prepare) as site:
            yield site, web, *told(site, CITED.format(url=web.url(REPORT), said=SAID), "CITED")
    web.close()


def told(site, code, word):
    """What a piece of code says behind `word`, run on the site's database."""
    said = site.database.manage("shell", "-c", code)
    return said.partition(word)[2].split("\n")[0].split()


def wait_for(page, words):
    """Reload until the page says it: the worker beside the server does it in its own time, and the machine may be busy."""
    deadline = time.monotonic() + 240
    while words not in page.locator("main").inner_text():
        assert time.monotonic() < deadline, page.locator("main").inner_text()
        time.sleep(1)
        page.reload()


def test_cited_report_is_captured_and_found_changed_when_it_is(cited, visit):
    site, web, item, address = cited
    page, reader = visit(site), visit(site)
    log_in(page, "journalist", site.password)
    page.goto(f"/desk/evidence/item/{item}/change/")
    assert web.called_on == []  # nothing goes out until somebody asks
    do(page, "Capture the page", done="The copy is being made.")
    wait_for(page, "found in the copy, word for word")
    wait_for(page, "Last looked at")
    assert page.locator("#files").get_by_text("image/png").count() == 1  # pictured from the copy
    assert found_wrong(page) == []
    reader.goto(address)
    assert "has changed since we cited it" not in reader.locator("main").inner_text()

    web.pages[REPORT] = Answer(PAGE.format(happened=SAYS))
    site.database.manage("shell", "-c", NEXT_ROUND)
    wait_for(page, "The passage relied on is not there any more.")
    [[before, after]] = [row.locator("td").all_inner_texts() for row in page.locator(".differences tbody tr").all()]
    assert (SAID in before, SAYS in after) == (True, True)
    assert found_wrong(page) == []
    reader.reload()
    assert "This page has changed since we cited it" in reader.locator("main").inner_text()
    assert found_wrong(reader) == []
    for report in ("/desk/evidence/watch/", "/desk/"):
        page.goto(report)
        assert page.get_by_role("link", name="OHCHR Assessment").count() > 0
        assert found_wrong(page) == []
    assert "custody events hold" in site.database.manage("verify_evidence")


def test_pasted_link_becomes_a_record_with_its_copy(cited, visit):
    site, web, *_cited = cited
    page = visit(site)
    log_in(page, "journalist", site.password)
    page.goto("/desk/claims/claim/?status=researching")
    page.goto(page.locator("a.wording").first.evaluate("(link) => link.pathname"))
    press(page, "From a link")
    assert found_wrong(page) == []
    passage = {"The passage relied on": "The bus was on time", "Language of the passage": "en"}
    fill(page, {"Web address": web.url("/minutes"), **passage})
    press(page, "Add evidence from a link")
    assert "Not found on the page, word for word. Check the wording." in refusal(page)
    assert found_wrong(page) == []
    tab_to(page, "The passage relied on")  # where the refusal says so, and from there to the box itself
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("The bus was late on every day of May")
    press(page, "Add evidence from a link")
    assert "Added, with what the page says of itself." in page.locator("[role=status]").inner_text()
    filled = {
        name: page.get_by_label(name, exact=True).input_value()
        for name in ("Title", "Author or publisher", "Published on")
    }
    assert filled == {
        "Title": "Council minutes",
        "Author or publisher": "Jane Roe, City Council",
        "Published on": "2022-05-31",
    }
    wait_for(page, "found in the copy, word for word")
    fill(page, {"What it shows": "No bus was on time."})
    press(page, "Save")
    assert "Council minutes" in page.locator("#evidence").inner_text()
