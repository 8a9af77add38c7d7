"""The baked site as a reader meets it: served by the real nginx, with the application stopped, on a phone and on a desk."""

import shutil

import pytest

from tests.baking.nginx import Nginx
from tests.website.addresses import VISA

from .conftest import server_url
from .looking import WIDTHS, follow
from .site import Site, served
from .test_readers import print_many, rows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed, and this is about it."),
]
EXAMPLE = "from tests.website.addresses import publish_the_example; publish_the_example()"


@pytest.fixture(scope="module")
def copy(browser, tmp_path_factory):
    """A Site of files: the example and more than one page of claims, baked, when nothing but nginx is there any more."""
    work = tmp_path_factory.mktemp("copy")
    work.chmod(0o755)
    nginx = Nginx(work / "baked", work / "nginx")
    with served(tmp_path_factory.mktemp("live"), server_url(), print_many) as site:
        site.database.settings["SITE_URL"] = f"http://127.0.0.1:{nginx.port}"
        site.database.manage("shell", "--no-imports", "-c", EXAMPLE)
        site.database.manage("collectstatic", "--no-input", "--verbosity=0")
        site.database.manage("bake", str(work / "baked"))
    with nginx.running():
        yield Site(f"http://127.0.0.1:{nginx.port}", None)


def opened(page, link):
    follow(link)
    assert page.locator("h1").count() == 1, page.url
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, page.url


@pytest.mark.parametrize("width", WIDTHS)
def test_reader_walks_the_whole_copy_with_the_application_stopped(visit, copy, width):
    page = visit(copy, width=width)
    page.goto("/")
    main = page.get_by_role("navigation", name="Main")
    opened(page, main.get_by_role("link", name="Claims"))
    newest = rows(page).first.inner_text()
    opened(page, page.get_by_role("link", name="Older"))
    assert rows(page).first.inner_text() != newest
    opened(page, page.get_by_role("link", name="Back to the newest"))
    assert rows(page).first.inner_text() == newest
    for name in ("Stories", "Corrections", "Ratings", "About"):
        opened(page, main.get_by_role("link", name=name, exact=True))
    opened(page, page.get_by_role("link", name="Ledger of everything printed"))


@pytest.mark.parametrize("width", WIDTHS)
def test_claim_in_the_copy_leads_to_its_editions_story_speaker_topic_and_documents(visit, copy, width):
    page = visit(copy, width=width)
    for address in ("claims/{}/", "claims/{}/editions/1/"):
        page.goto(f"/{address.format(VISA)}")
        assert page.locator("h1").count() == 1
    for kind in ("stories", "speakers", "topics"):
        page.goto(f"/claims/{VISA}/")
        opened(page, page.locator(f"main a[href^='/{kind}/']").first)
    page.goto(f"/claims/{VISA}/")
    asked = [page.locator("meta[property='og:image']").get_attribute("content")]
    asked += [one.get_attribute("href") for one in page.locator("link[rel='alternate'][href*='/feeds/']").all()]
    asked += [f"/claims/{VISA}/evidence.json", "/ledger/head.json", "/feeds/claims.json", "/feeds/claims.atom"]
    for address in asked:
        answer = page.request.get(address)
        assert answer.status == 200 and answer.body(), address
    assert all(page.request.get(one).json() for one in asked if one.endswith(".json"))


def test_search_in_the_copy_is_told_to_be_for_the_live_site_and_leads_on(visit, copy):
    page = visit(copy, width=390)
    page.goto("/")
    page.get_by_label("Search the fact-checks").fill("another finding")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/?q=another+finding")
    assert "A copy of this site cannot answer this" in page.locator("h1").inner_text()
    opened(page, page.get_by_role("link", name="Every claim, the newest first"))
    assert rows(page).count() > 1
