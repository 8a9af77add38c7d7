"""Working a page by keyboard alone, as somebody does who has no hand free for a mouse, or cannot use one."""

# What the focused element is called: by its label, by its own words, or by the group it stands in.
FOCUSED = """() => {
  let one = document.activeElement;
  while (one && one.shadowRoot && one.shadowRoot.activeElement) one = one.shadowRoot.activeElement;
  const called = (by) => [...(one[by] || [])].map((label) => label.innerText).join(" ");
  const named = (one.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean)
    .map((id) => document.getElementById(id)?.innerText || "").join(" ");
  return (one.getAttribute("aria-label") || called("labels") || named || one.innerText || one.value || "").trim();
}"""
MOST = 300  # more stops than any page of ours has


def tab_to(page, name):
    """Go with Tab to the next stop whose name begins with `name`. Fails where none does: nobody could get there."""
    met = []
    for _stop in range(MOST):
        page.keyboard.press("Tab")
        met.append(page.evaluate(FOCUSED))
        if met[-1].casefold().startswith(name.casefold()):
            return
    raise AssertionError(f"Tab never comes to “{name}”. It comes to: {list(dict.fromkeys(met))}")


def type_in(page, name, text):
    """Put `text` into a field in place of what it holds."""
    tab_to(page, name)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def choose(page, name, option):
    """Choose in a list by its first letters."""
    tab_to(page, name)
    page.keyboard.type(option)


def press(page, name):
    """Press a button, or follow a link, and wait for the page it leads to."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
