"""A picture and a PDF of a stored page, made by Chromium from the archive file alone.

Runs as a process of its own (`pictures.py` starts it): `rendering FOLDER URL CHROMIUM`. Every request of the page is
answered from the archive or not at all; scripts stay off, so that the page is what it was; and for whatever Chromium might
ask for by itself, all names lead nowhere and the only way out is a closed door.
"""

import contextlib
import os
import sys
from pathlib import Path
from urllib.parse import urljoin

from .warc import answers

SHUT = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--disable-background-networking",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
WIDTH, HEIGHT, TALLEST = 1280, 900, 16_000  # px
MILLISECONDS = 20_000
HOPS = 8


def stored_in(path):
    """What an archive file holds, by address: (status, media type, place it redirects to, body)."""
    stored = {}
    with path.open("rb") as file:
        for url, status, headers, body in answers(file):
            named = {name.lower(): value for name, value in headers}
            stored.setdefault(url, (status, named.get("content-type", ""), named.get("location", ""), body))
    return stored


def _found(stored, url):
    """The stored answer for an address, past its redirects; None where there is none."""
    for _hop in range(HOPS):
        answer = stored.get(url.partition("#")[0])
        if answer is None or not (300 <= answer[0] < 400 and answer[2]):
            return answer
        url = urljoin(url, answer[2])
    return None


def render(folder, url, chromium):
    """Write picture.png and page.pdf into `folder` (a Path), from page.warc.gz in it."""
    from playwright.sync_api import sync_playwright

    stored = stored_in(folder / "page.warc.gz")

    def answer(route):
        found = _found(stored, route.request.url)
        if found is None:
            # "No content" leaves the page standing where it wants to lead its reader on; a refusal would replace it.
            route.fulfill(status=204) if route.request.is_navigation_request() else route.abort()
            return
        status, media_type, _place, body = found
        headers = {"content-type": media_type, "access-control-allow-origin": "*"}
        route.fulfill(status=status, headers=headers, body=body)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=SHUT, chromium_sandbox=os.geteuid() != 0, timeout=MILLISECONDS
        )
        context = browser.new_context(
            java_script_enabled=False, service_workers="block", viewport={"width": WIDTH, "height": HEIGHT}
        )
        context.route("**/*", answer)
        page = context.new_page()
        page.goto(url, wait_until="load", timeout=MILLISECONDS)
        _picture(page, folder / "picture.png")
        page.pdf(path=folder / "page.pdf", format="A4", print_background=True)
        browser.close()


def _picture(page, path):
    """The whole page, but no more of it than a picture can be tall."""
    tall = page.evaluate("document.documentElement.scrollHeight")
    with contextlib.suppress(TypeError):
        page.set_viewport_size({"width": WIDTH, "height": max(HEIGHT, min(int(tall), TALLEST))})
    page.screenshot(path=path, timeout=MILLISECONDS)


if __name__ == "__main__":
    render(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
