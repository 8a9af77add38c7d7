"""What a careful reader would notice on a page: barriers to access, a page wider than its window."""

from axe_playwright_python.sync_playwright import Axe

WIDTHS, NARROWEST, SCHEMES, HEIGHT = (390, 1366), 320, ("light", "dark"), 844
STOPS_SOMEBODY = ("serious", "critical")

# Loading styles ahead is for rules we do not ask for, and does it in a way that our own policy forbids.
OPTIONS = {"resultTypes": ["violations"], "preload": False}

_axe = Axe()
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# An element that sticks out names what to mend; what scrolls inside its own box does not widen the page.
_STICKING_OUT = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""


def follow(link):
    """Click, and be on the page that this leads to."""
    with link.page.expect_navigation():
        link.click()


def barriers(page):
    """Serious and critical findings of axe on this page as it is now, a line each."""
    violations = _axe.run(page, options=OPTIONS).response["violations"]
    return [
        f"{found['id']} ({found['impact']}): {node['target']} {node['html'][:160]} {node.get('failureSummary', '')}"
        for found in violations
        if found["impact"] in STOPS_SOMEBODY
        for node in found["nodes"]
    ]


def overflow(page):
    """What makes the page scroll sideways at its present width; nothing where it does not."""
    wider = page.evaluate(_WIDER)
    return [f"{wider}px too wide: {page.evaluate(_STICKING_OUT)}"] if wider > 0 else []


def found_wrong(page):
    """Everything wrong with an open page, on a phone and on a desk's screen, in light and in dark."""
    wrong = []
    for width in (NARROWEST, *WIDTHS):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wrong += [f"{page.url} at {width}px: {what}" for what in overflow(page)]
        for scheme in SCHEMES if width in WIDTHS else ():
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{page.url} at {width}px, {scheme}: {what}" for what in barriers(page)]
    return wrong
