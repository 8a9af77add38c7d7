"""Pages that stand in front of the page: log-in walls, consent notices, paywalls. They are not what a link was cited for.

Each rule wants two signs: what a wall has (a password box, a button to accept, the page's own word that it costs), and that
there is little else to read. A long article with a log-in box in its corner is an article.
"""

import re
from urllib.parse import urlsplit

from .declared import linked_data

LOGIN, CONSENT, PAYWALL = "login", "consent", "paywall"
WALLS = (LOGIN, CONSENT, PAYWALL)
LITTLE = 200  # words
AT_THE_DOOR = re.compile(r"/(log-?in|sign-?in|sso|auth|session/new|accounts?/login)(/|\.|$)", re.I)
ASKS_CONSENT = re.compile(
    r"before you continue|we value your privacy|we use cookies|accept (all )?cookies|cookie consent|manage (your )?consent"
    r"|consent to (the use|cookies)|your privacy choices|alle akzeptieren|tout accepter|aceptar todo|accetta tutt",
    re.I,
)
ACCEPTS = re.compile(r"\b(accept|agree|consent|allow|akzeptieren|accepter|aceptar|accetta)", re.I)
ASKS_MONEY = re.compile(
    r"subscri(be|bers?|ption) (now )?(to|for|required|only)|to (continue|keep) reading|already a subscriber|for subscribers",
    re.I,
)


def wall_of(tree, text, url):
    """Which wall an HTML tree with this readable text is, or ""."""
    little = len(text.split()) < LITTLE
    if little and (tree.xpath("//input[@type='password']") or _at_the_door(tree, url)):
        return LOGIN
    if _asks_consent(tree, url, little):
        return CONSENT
    if _says_it_costs(tree, little) or (little and ASKS_MONEY.search(_seen(tree))):
        return PAYWALL
    return ""


def _at_the_door(tree, url):
    return AT_THE_DOOR.search(urlsplit(url).path) and tree.xpath("//form")


def _asks_consent(tree, url, little):
    if (urlsplit(url).hostname or "").startswith("consent."):
        return True
    buttons = tree.xpath("//button|//input[@type='submit']|//input[@type='button']|//a[@role='button']")
    words = (f"{button.get('value') or ''} {button.text_content()}" for button in buttons)
    return little and ASKS_CONSENT.search(_seen(tree)) and any(ACCEPTS.search(each) for each in words)


def _seen(tree):
    """The words of the page without its scripts."""
    return " ".join(" ".join(tree.xpath("//body//text()[not(parent::script or parent::style)]")).split())


def _says_it_costs(tree, little):
    """By schema.org's `isAccessibleForFree` or Open Graph's content tier, while what it is about is not there to be read."""
    locked = tree.xpath("//meta[@property='article:content_tier' and @content='locked']")
    parts = [part for part in linked_data(tree) if _is_false(part.get("isAccessibleForFree"))]
    sealed = [part["cssSelector"] for part in parts if isinstance(part.get("cssSelector"), str)]
    return bool(locked or parts) and (little or any(_is_empty(tree, selector) for selector in sealed))


def _is_false(value):
    return value is False or (isinstance(value, str) and value.lower() in ("false", "http://schema.org/false"))


def _is_empty(tree, selector):
    """Whether the section that costs is missing or as good as empty. Understands `.class` and `#id`, as publishers write them."""
    name = selector.strip()[1:]
    if not re.fullmatch(r"[.#][\w-]+", selector.strip()):
        return False
    where = (
        "contains(concat(' ', @class, ' '), concat(' ', $name, ' '))" if selector.strip()[0] == "." else "@id = $name"
    )
    return not any(len(found.text_content().split()) > 20 for found in tree.xpath(f"//*[{where}]", name=name))
