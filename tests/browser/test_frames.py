"""A claim in a frame of another site's page: what its readers see and can do there, and that no other page gets into one."""

import http.server
import threading
from pathlib import Path

import pytest

from .looking import SCHEMES, WIDTHS, barriers, overflow

pytestmark = pytest.mark.browser


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """Another site: its one page is whatever `page` holds."""

    page = ""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.page.encode())

    def log_message(self, *_args):
        pass


@pytest.fixture
def elsewhere(browser, site):
    """Opens a page of another origin that holds this HTML, without the watch that our own pages are under."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(viewport={"width": 800, "height": 700})

    def opened(html):
        Elsewhere.page = f"<!doctype html><html lang=en><title>Elsewhere</title><h1>Elsewhere</h1>{html}"
        page = context.new_page()
        page.goto(f"http://localhost:{server.server_address[1]}/")
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    context.close()
    server.shutdown()
    server.server_close()


@pytest.fixture
def claim(reader):
    """The path of a claim that says Unproven, and the HTML that its page offers."""
    reader.goto("/claims/?rating=unproven")
    path = reader.locator("ol.rows a[href^='/claims/']").first.get_attribute("href")
    reader.goto(path)
    reader.locator(".share summary").click()
    return path, reader.locator(".share pre").inner_text()


def test_another_sites_page_shows_the_claim_by_the_html_that_we_offer(elsewhere, claim, site):
    path, html = claim
    page = elsewhere(html)
    frame = page.frame_locator("iframe")
    assert "Unproven" in frame.locator(".word").inner_text()
    assert frame.locator(".word").evaluate("one => getComputedStyle(one).color") == "rgb(60, 74, 140)"
    assert frame.locator(".shape").bounding_box()["width"] > 10
    with page.context.expect_page() as opened:
        frame.locator("h1 a").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == site.at(path)
    assert opened.value.evaluate("window.opener") is None
    assert page.context.cookies() == []


def test_no_other_page_can_be_shown_in_a_frame(elsewhere, claim, site):
    path, _html = claim
    for other in (path, "/", "/claims/", "/desk/login/", "/oembed", f"{path}editions/1/"):
        page = elsewhere(f'<iframe src="{site.at(other)}"></iframe>')
        assert page.frames[1].url.startswith("chrome-error:"), other
        page.close()


@pytest.mark.parametrize("width", [280, *WIDTHS])
def test_the_frame_stops_nobody_at_any_width(reader, claim, width, tmp_path):
    path, _html = claim
    reader.set_viewport_size({"width": width, "height": 480})
    reader.goto(path.replace("/claims/", "/embed/"))
    for scheme in SCHEMES:
        reader.emulate_media(color_scheme=scheme)
        assert overflow(reader) == barriers(reader) == []
        reader.screenshot(path=Path(tmp_path) / f"embed-{width}-{scheme}.png")
