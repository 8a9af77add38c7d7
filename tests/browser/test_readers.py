"""The readers' door in a real browser: every address, on a phone and on a desk, in light and in dark, with and without script."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from factcheck.website.paging import SIZE
from factcheck.website.urls import urlpatterns
from tests.website.addresses import HTML

from .conftest import server_url
from .looking import follow, found_wrong
from .site import served
from .watching import Watch

pytestmark = pytest.mark.browser

MANY = SIZE + 5
NAMES = [pattern.name for pattern in urlpatterns]
# The example releases no file, so nothing leads to one or to its sum; and it names nobody to tell of a hole.
NOT_LINKED = {"claim_file", "claim_sums", "security_txt", "oembed", "copies"}  # the last two answer a question
FOR_MACHINES = {*NAMES} - {*HTML} - NOT_LINKED
HREF = re.compile(r'(?:href="|<loc>)([^"#<]+)')


@pytest.fixture(scope="package")
def addresses(browser, site):
    """Every address that a reader can come to by links from the front page and the sitemap: {name: [paths]}."""
    context = browser.new_context(base_url=site.address)
    found, waiting = {name: [] for name in NAMES}, ["/", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt"]
    while waiting:
        path = waiting.pop()
        found[resolve(path).url_name].append(path)
        links = _paths_in(context.request.get(path).text(), site)
        waiting += sorted(links - {seen for paths in found.values() for seen in paths} - set(waiting))
    context.close()
    return found


def _paths_in(text, site):
    """The readers' pages that a page links to, without what narrows or pages a list."""
    links = (urlsplit(link.removeprefix(site.address)) for link in HREF.findall(text))
    return {link.path for link in links if not link.scheme and not link.netloc and _name(link.path) in NAMES}


def _name(path):
    try:
        return resolve(path).url_name
    except Resolver404:
        return None


@pytest.mark.parametrize("name", [name for name in HTML if name not in NOT_LINKED])
def test_page_stops_nobody_and_fits_every_window(name, addresses, reader):
    assert addresses[name], f"no link leads to a page called {name}"
    wrong = []
    for path in addresses[name]:
        assert reader.goto(path).status == 200
        wrong += found_wrong(reader)
    assert not wrong, "\n".join(wrong)
    assert reader.context.cookies() == []


def test_page_that_is_not_there_stops_nobody(reader):
    assert reader.goto("/claims/never-published/").status == 404
    assert found_wrong(reader) == []


@pytest.mark.parametrize("name", sorted(FOR_MACHINES))
def test_address_for_machines_answers_without_a_cookie(name, addresses, reader):
    path = addresses[name][0]
    assert reader.request.get(path).status == 200  # asked, not shown: a browser styles XML in its own way
    assert reader.context.cookies() == []


# Without script


PRINT_MANY = f"""
from tests.published.documents import FALSE, at, notice, numbered_document, publish
for number in range(1, {MANY + 1}):
    publish(numbered_document(number), at=at(hour=9 + number // 60))
publish(numbered_document(1, wording="Otherwise worded"), notice=notice(), at=at(20))
publish(numbered_document(number + 1, short_form="Another finding", rating=FALSE), at=at(21))
"""


def print_many(database):
    """More claims than one page holds, one of them rated otherwise, one corrected; instead of the worked example."""
    word = database.folder / "word"
    word.write_text("tohu-wairua-ngeru-9\n")
    database.manage("up", "--no-serve", "--empty", "--admin-name", "chief", "--admin-password-file", str(word))
    database.manage("shell", "--no-imports", "-c", PRINT_MANY)


@pytest.fixture(scope="module")
def crowded(browser, tmp_path_factory):
    with served(tmp_path_factory.mktemp("crowded"), server_url(), print_many) as site:
        yield site


@pytest.fixture
def without_script(visit, crowded):
    page = visit(crowded, java_script_enabled=False)
    page.goto("/claims/")
    return page


def rows(page):
    return page.locator("ol.rows > li")


def test_list_is_paged_without_script(without_script):
    newest = rows(without_script).first.inner_text()
    assert rows(without_script).count() == SIZE
    follow(without_script.get_by_role("link", name="Older"))
    assert rows(without_script).count() == MANY + 1 - SIZE
    follow(without_script.get_by_role("link", name="Back to the newest"))
    assert rows(without_script).first.inner_text() == newest


def test_list_is_narrowed_without_script_and_the_address_can_be_shared(without_script, visit, crowded):
    without_script.get_by_label("Rating", exact=True).select_option(label="False")
    follow(without_script.get_by_role("button", name="Show"))
    assert rows(without_script).count() == 1
    friend = visit(crowded)
    friend.goto(without_script.url)
    assert "Another finding" in rows(friend).inner_text()


def test_search_from_the_front_page_works_by_keyboard_without_script(without_script):
    without_script.goto("/")
    without_script.get_by_label("Search the fact-checks").focus()
    without_script.keyboard.type("another finding")
    without_script.keyboard.press("Enter")
    without_script.wait_for_url("**/claims/?q=another+finding")
    assert rows(without_script).count() == 1


def test_dates_open_without_script(without_script):
    without_script.get_by_text("Dates", exact=True).click()
    without_script.get_by_label("from").first.fill("2030-01-01")
    follow(without_script.get_by_role("button", name="Show"))
    assert rows(without_script).count() == 0
    assert "No published claim matches" in without_script.get_by_role("status").inner_text()


def test_reader_goes_from_a_correction_to_the_old_edition_without_script(without_script):
    follow(without_script.get_by_role("navigation", name="Main").get_by_role("link", name="Corrections"))
    follow(without_script.get_by_role("link", name="Claim number 1", exact=True))
    assert "Otherwise worded" in without_script.locator("h1").inner_text()
    follow(without_script.get_by_role("link", name="Read edition 1"))
    assert "Otherwise worded" not in without_script.locator("h1").inner_text()
    assert without_script.context.cookies() == []


# The tests' own eyes


SPOILT = [
    ("<script>document.title = 'ours no more'</script>", "Content-Security-Policy"),
    ("<p style='color: red'>Loud</p>", "Content-Security-Policy"),
    ("<img alt='' src='https://elsewhere.example/pixel.gif'>", "elsewhere.example"),
    ("<img alt='' src='/static/not-there.svg'>", "404"),
]


@pytest.mark.parametrize(("spoilt", "complaint"), SPOILT)
def test_watch_notices_what_no_page_may_hold(browser, site, spoilt, complaint):
    context = browser.new_context(base_url=site.address)
    watch, page = Watch(context, site.address), context.new_page()
    page.route("**/about/", lambda route: _spoil(route, spoilt))
    page.goto("/about/")
    page.wait_for_load_state("networkidle")
    context.close()
    assert any(complaint in told for told in watch.complaints), watch.complaints


def _spoil(route, spoilt):
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("</main>", f"{spoilt}</main>"))


def test_look_notices_a_page_that_is_too_wide_and_one_that_stops_somebody(reader):
    reader.goto("/about/")
    assert found_wrong(reader) == []
    reader.evaluate("document.querySelector('main').append(document.createElement('input'))")
    reader.evaluate("document.querySelector('h1').textContent = 'W'.repeat(400)")
    reader.evaluate("document.querySelector('h1').style.whiteSpace = 'nowrap'")
    wrong = "\n".join(found_wrong(reader))
    assert "label (critical)" in wrong
    assert "320px: " in wrong and "px too wide" in wrong
