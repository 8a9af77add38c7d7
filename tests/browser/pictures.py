"""`python -m tests.browser.pictures` takes the README's pictures anew, from a newly set up worked example."""

import tempfile
from pathlib import Path
from urllib.parse import urlencode

from . import chromium
from .people import log_in
from .site import served

FOLDER = Path(__file__).parent / "pictures"
DESK, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}


def take():
    """All of them, into `FOLDER`."""
    FOLDER.mkdir(exist_ok=True)
    path = chromium.installed() or exit("No Chromium is installed.")
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site, chromium.opened(path) as browser:
        of_readers_pages(browser, site)
        of_the_desk(browser, site)


def of_readers_pages(browser, site):
    for name, viewport, scheme in (("claim", DESK, "light"), ("claim-on-a-phone", PHONE, "dark")):
        page = opened(browser, site, viewport, scheme)
        page.goto(visa_claim(page))
        shot(page, name)
        page.goto("/claims/")
        shot(page, name.replace("claim", "claims"))
        page.context.close()


def visa_claim(page):
    """The address of the published claim about visas, found as a reader finds it."""
    page.goto(f"/claims/?{urlencode({'q': 'visas', 'rating': 'unproven'})}")
    return page.locator("ol.rows a").first.get_attribute("href")


def of_the_desk(browser, site):
    page = opened(browser, site, DESK, "light")
    log_in(page, "editor", site.password)
    shot(page, "dashboard")
    page.goto("/desk/claims/claim/")
    shot(page, "claim-list")
    page.goto("/desk/claims/claim/?status=in_review")
    page.locator("#result_list a.wording").first.click()
    shot(page, "claim-at-the-desk")
    page.get_by_role("link", name="Sign off", exact=True).click()
    shot(page, "sign-off")


def opened(browser, site, viewport, scheme):
    context = browser.new_context(base_url=site.address, viewport=viewport, color_scheme=scheme)
    return context.new_page()


def shot(page, name):
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    take()
