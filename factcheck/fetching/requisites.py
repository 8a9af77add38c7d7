"""What a page needs to be shown as it was: stylesheets, pictures, scripts, fonts, and what stylesheets need in turn."""

import re
from urllib.parse import urljoin

IN_CSS = re.compile(r"""url\(\s*["']?([^"'()\s]{1,2000})["']?\s*\)|@import\s+["']([^"'\s]{1,2000})["']""", re.I)
SHOWN = (
    ("//img|//input[@type='image']|//script", "src"),
    (
        "//link[contains(concat(' ', translate(@rel, 'STYLEHCON', 'stylehcon'), ' '), ' stylesheet ') or contains(@rel, 'icon')]",
        "href",
    ),
    ("//video", "poster"),
)


def needed_by(tree, url):
    """The addresses that an HTML tree is shown with, in their order, each once. `url` is the page's own."""
    base = _joined(url, next(iter(tree.xpath("//base/@href")), "")) or url
    found = [_joined(base, address) for address in _named_in(tree)]
    return list(dict.fromkeys(address for address in found if address))


def _named_in(tree):
    for where, attribute in SHOWN:
        for element in tree.xpath(where):
            yield element.get(attribute) or ""
    for candidates in tree.xpath("//img/@srcset|//picture/source/@srcset"):
        yield from (candidate.split()[0] for candidate in candidates.split(", ") if candidate.split())
    for style in [*tree.xpath("//style/text()"), *tree.xpath("//@style")]:
        yield from _in_css(style)


def needed_by_css(css, url):
    """The addresses that a stylesheet (its text, and its own address) asks for."""
    found = [_joined(url, address) for address in _in_css(css)]
    return list(dict.fromkeys(address for address in found if address))


def _in_css(css):
    return [first or second for first, second in IN_CSS.findall(css)]


def _joined(base, address):
    """The whole address, without its fragment; "" for what is none that could be fetched."""
    try:
        whole = urljoin(base, address.strip()).partition("#")[0]
    except ValueError:
        return ""
    return whole if address.strip() and whole.startswith(("http://", "https://")) else ""
