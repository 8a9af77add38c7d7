"""The people of the example at their browsers."""

from .looking import follow

LOGIN = "/desk/login/?next=/desk/"
FIRST = "the first of the list"


class Newsroom:
    """Gives everybody a browser of their own, logged in: `newsroom["editor"]` is the editor's page."""

    def __init__(self, site, visit, keys):
        self.site, self._visit, self._keys, self._pages = site, visit, keys, {}

    def __getitem__(self, username):
        if username not in self._pages:
            self._pages[username] = self.comes_in(username)
        return self._pages[username]

    def comes_in(self, username, **options):
        """One more browser for this person. They type their password the first time only."""
        page = self._visit(self.site, storage_state=self._keys.get(username), **options)
        if username not in self._keys:
            log_in(page, username, self.site.password)
            self._keys[username] = page.context.storage_state()
        return page


def log_in(page, username, password):
    """By keyboard alone."""
    page.goto(LOGIN)
    page.get_by_label("Log-in name").focus()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "login" not in page.url, page.locator("main").inner_text()


def go(page, start, *links):
    """To `start`, and from there by links, as somebody would who looks for it. A name that ends in … goes on."""
    page.goto(start)
    for name in links:
        follow(_link(page, name))


def _link(page, name):
    if name == FIRST:
        return page.locator("#result_list tbody a").first
    return page.locator("main").get_by_role("link", name=name.rstrip("…"), exact=not name.endswith("…")).first
