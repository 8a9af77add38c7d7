"""What a careful reader would notice on a page: barriers to access, a page wider than its window."""

from axe_playwright_python.base import AXE_SCRIPT

WIDTHS, NARROWEST, SCHEMES, HEIGHT = (390, 1366), 320, ("light", "dark"), 844
STOPS_SOMEBODY = ("serious", "critical")

# Loading styles ahead is for rules we do not ask for, and does it in a way that our own policy forbids.
OPTIONS = {"resultTypes": ["violations"], "preload": False}

_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Of what sticks out, the outermost names what to mend; what scrolls inside its own box does not widen the page.
_STICKING_OUT = """() => {
  const out = (one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
  const held = (one) => one !== document.body && (getComputedStyle(one).overflowX !== "visible" || held(one.parentElement));
  return [...document.querySelectorAll("body *")].filter((one) => out(one) && !held(one.parentElement))
    .slice(0, 5).map((one) => one.outerHTML.slice(0, 120));
}"""


def follow(link):
    """Click, and be on the page that this leads to."""
    with link.page.expect_navigation():
        link.click()


def barriers(page, rules=()):
    """Serious and critical findings of axe on this page as it is now, a line each; of all its rules, or of these alone."""
    options = {**OPTIONS, "runOnly": {"type": "rule", "values": list(rules)}} if rules else OPTIONS
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)  # by the debugger's own door, which no policy of the page closes
    violations = page.evaluate("async (options) => (await axe.run(options)).violations", options)
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
            rules = () if scheme == "light" else ("color-contrast",)  # nothing else is otherwise in the dark
            wrong += [f"{page.url} at {width}px, {scheme}: {what}" for what in barriers(page, rules)]
    return wrong
