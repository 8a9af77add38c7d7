"""Readers and somebody of the staff who go on asking while a database is away, and what they were answered."""

import json
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from django.test import Client

from tests.entering import come_in

from .addresses import VISA

PAGES = ("/", "/claims/", f"/claims/{VISA}/", "/claims/?q=visas", "/feeds/claims.atom", "/sitemap.xml", "/desk/")
API = ("/api/v1/claims/", f"/api/v1/claims/{VISA}/")
ASKED = PAGES + API


@dataclass(frozen=True)
class Answer:
    address: str
    status: int | str  # or what broke off
    headers: dict
    text: str
    seconds: float

    @property
    def is_away(self):
        """Whether it says so as it should: 503, when to come again, and a sentence; no page of an error 500."""
        if (self.status, self.headers.get("Retry-After")) != (503, "30"):
            return False
        if "no-store" not in self.headers["Cache-Control"]:
            return False
        if self.address in API:
            said = self.headers["Content-Type"] == "application/problem+json" and json.loads(self.text)["detail"]
            return said == "The database is away for a moment. Try again in half a minute."
        policy = self.headers["Content-Security-Policy"]
        return "We cannot look this up just now" in self.text and "default-src 'none'" in policy


def come_in_as_editor():
    """Run in a process of its own, through `manage.py shell`: print the cookie of an editor who has logged in."""
    from factcheck.newsroom import actions
    from factcheck.newsroom.models import Role, User

    editor = User.objects.filter(username="outage").first()
    editor = editor or actions.hire(by=None, username="outage", roles=[Role.EDITOR])
    cookies = come_in(Client(headers={"host": "127.0.0.1"}), editor).cookies
    print(json.dumps("; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())))


class Askers:
    """Somebody at each address, who asks again and again from the beginning of the block to its end."""

    def __init__(self, port, cookie, addresses=ASKED):
        self.port, self.cookie, self.addresses, self.answers = port, cookie, addresses, []
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._ask_on, args=[address]) for address in addresses]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *problem):
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=90)

    def _ask_on(self, address):
        while not self._over.is_set():
            self.answers.append(self.ask(address))
            time.sleep(0.2)

    def ask(self, address):
        began, headers = time.monotonic(), {"Cookie": self.cookie} if address.startswith("/desk/") else {}
        try:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
                connection.request("GET", address, headers=headers)
                answer = connection.getresponse()
                told = answer.status, dict(answer.headers), answer.read().decode()
        except (OSError, HTTPException) as problem:
            told = type(problem).__name__, {}, ""
        return Answer(address, *told, time.monotonic() - began)

    def ask_all(self):
        return [self.ask(address) for address in self.addresses]


def cookie_of_an_editor(database):
    said = database.manage(
        "shell", "--no-imports", "--command", "from tests.website import outage; outage.come_in_as_editor()"
    )
    return json.loads(said)
