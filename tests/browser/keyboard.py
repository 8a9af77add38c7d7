"""Working a page by keyboard alone, as somebody does who has no hand free for a mouse, or cannot use one."""

from datetime import date, datetime

# What the focused element is called (its label, its own words, what it is labelled by), and what kind of thing it is.
FOCUSED = """() => {
  let one = document.activeElement;
  while (one && one.shadowRoot && one.shadowRoot.activeElement) one = one.shadowRoot.activeElement;
  const labels = [...(one.labels || [])].map((label) => label.innerText).join(" ");
  const pointed = (one.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean)
    .map((id) => document.getElementById(id)?.innerText || "").join(" ");
  const name = one.getAttribute("aria-label") || labels || pointed || one.innerText || one.value || one.title || "";
  return {name: name.trim().replace(/\\s+/g, " "), kind: one.getAttribute("role") || one.type || one.localName};
}"""


def stops(page):
    """Every stop that Tab makes, once round the page from where it is now."""
    ends = 0
    while ends < 2:  # behind the last stop the page itself has the focus, and then the first has it again
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        ends += stop["kind"] == "body"
        yield stop


def tab_to(page, name):
    """Go with Tab to the next stop called `name`, or `name` and more. Returns its kind; fails where nobody could get there."""
    met = []
    for stop in stops(page):
        if _is(stop["name"], name):
            return stop["kind"]
        met.append(stop["name"][:60])
    raise AssertionError(f"Tab never comes to “{name}”. It comes to: {list(dict.fromkeys(met))}")


def _is(met, name):
    met, name = met.casefold(), name.casefold()
    return met == name or met.startswith((f"{name} ", f"{name}:"))


def fill(page, fields):
    """Go through a form from field to field: {what the field is called: what to put there}."""
    for name, value in fields.items():
        KEYS.get(tab_to(page, name), _write)(page, value)


def _write(page, text):
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def _day(page, day: date):
    page.keyboard.type(f"{day:%m%d%Y}")


def _moment(page, moment: datetime):
    _day(page, moment)
    page.keyboard.press("Tab")  # a year may have six figures, so it does not go on by itself
    page.keyboard.type(f"{moment:%I%M%p}")


def _tick(page, ticked):
    assert ticked is True
    page.keyboard.press("Space")


def _find(page, words):
    """In a box that finds as one types: open it, type, take the first that is found."""
    page.keyboard.press("Enter")
    page.keyboard.type(words)
    page.locator(".select2-results__option--highlighted", has_text=words).wait_for()
    page.keyboard.press("Enter")


KEYS = {
    "date": _day,
    "datetime-local": _moment,
    "checkbox": _tick,
    "select-one": lambda page, words: page.keyboard.type(words),
    "combobox": _find,
    "searchbox": _find,
}


def pick(page, option):
    """Choose among radio buttons: Tab comes to the group, the arrows go through it."""
    if any(stop["kind"] == "radio" for stop in stops(page)):
        return _go_through(page, option)
    raise AssertionError("Tab never comes to a choice.")


def _go_through(page, option):
    met = []
    while (name := page.evaluate(FOCUSED)["name"]) not in met:
        if _is(name, option):
            return page.keyboard.press("Space")
        met.append(name)
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"“{option}” is not among the choices: {met}")


def press(page, name):
    """Press a button or follow a link, and wait for the page it leads to."""
    tab_to(page, name)
    with page.expect_navigation() as led:
        page.keyboard.press("Enter")
    assert led.value is None or led.value.status < 500, page.url
