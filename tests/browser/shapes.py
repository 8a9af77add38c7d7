"""The ratings' shapes as masks for share pictures, drawn by Chromium from the sheet that pages show.

`python -m tests.browser.shapes` draws them anew into factcheck/website/shapes.
"""

import re
from pathlib import Path

from . import chromium

ROOT = Path(__file__).resolve().parents[2]
SHEET = (ROOT / "factcheck" / "static" / "look" / "shapes.svg").read_text()
MASKS = ROOT / "factcheck" / "website" / "shapes"
NAMES = re.findall(r'<symbol id="([a-z-]+)"', SHEET)
SIDE = 96  # pixels, as they stand in the picture

PAGE = """<style>html, body {{ margin: 0; background: #000; color: #fff; --card: #000 }} svg.shown {{ display: block }}</style>
<div hidden>{sheet}</div><svg class="shown" width="{side}" height="{side}"><use href="#{name}"/></svg>"""


def masks(browser):
    """The PNG of each shape, white on black, by name."""
    page = browser.new_page(viewport={"width": SIDE, "height": SIDE})
    drawn = {}
    for name in NAMES:
        page.set_content(PAGE.format(sheet=SHEET, name=name, side=SIDE))
        drawn[name] = page.screenshot()
    page.close()
    return drawn


if __name__ == "__main__":
    with chromium.opened(chromium.installed()) as browser:
        for name, png in masks(browser).items():
            (MASKS / f"{name}.png").write_bytes(png)
