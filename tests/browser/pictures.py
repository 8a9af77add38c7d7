"""`python -m tests.browser.pictures` takes the README's pictures anew, from a newly set up worked example."""

import tempfile
from pathlib import Path
from urllib.parse import urlencode

from . import chromium
from .people import FIRST, go, log_in
from .site import served

FOLDER = Path(__file__).parent / "pictures"
DESK, TALL = {"width": 1366, "height": 900}, {"width": 1366, "height": 1230}
PHONE = {"width": 390, "height": 844}


def take():
    """All of them, into `FOLDER`."""
    FOLDER.mkdir(exist_ok=True)
    path = chromium.installed() or exit("No Chromium is installed.")
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site, chromium.opened(path) as browser:
        of_readers_pages(browser, site)
        of_the_desk(browser, site)


def of_readers_pages(browser, site):
    page = opened(browser, site, TALL, "light")
    page.goto(visa_claim(page))
    shot(page, "claim", begins_at=".claim-head .label")
    phone = opened(browser, site, PHONE, "dark")
    phone.goto(page.url)
    shot(phone, "claim-on-a-phone", begins_at=".verdict")


def visa_claim(page):
    """The address of the published claim about visas, found as a reader finds it."""
    page.goto(f"/claims/?{urlencode({'q': 'visas', 'rating': 'unproven'})}")
    return page.locator("ol.rows a").first.get_attribute("href")


def of_the_desk(browser, site):
    page = opened(browser, site, DESK, "light")
    log_in(page, "senior-editor", site.password)
    shot(page, "dashboard")
    go(page, "/desk/claims/claim/")
    shot(page, "claim-list")
    go(page, "/desk/claims/claim/?status=in_review&flag=legal", FIRST)
    shot(page, "claim-at-the-desk")
    page.set_viewport_size(TALL)
    go(page, page.url, "Sign off")
    shot(page, "sign-off")


def opened(browser, site, viewport, scheme):
    context = browser.new_context(base_url=site.address, viewport=viewport, color_scheme=scheme)
    return context.new_page()


def shot(page, name, begins_at="body"):
    page.locator(begins_at).first.evaluate("(first) => first.scrollIntoView()")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    take()
