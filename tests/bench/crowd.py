"""Many readers at once, each with a connection kept open, and what they were answered."""

import random
import threading
import time
from collections import Counter
from contextlib import closing
from http.client import HTTPConnection, HTTPException

READ = ("/", "/claims/", "/claims/?q=visas", "/corrections/", "/feeds/claims.atom", "/api/v1/claims/", "/ledger/")


def get(port, address, connection=None):
    """(status, headers, text) of one request, on a `connection` that is kept open or on one for it alone."""
    if connection is None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as once:
            return _asked(once, address)
    try:
        return _asked(connection, address)
    except (ConnectionError, HTTPException):  # the server ends a connection that rested for two seconds
        connection.close()
        return _asked(connection, address)


def _asked(connection, address):
    connection.request("GET", address)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read().decode()


class Crowd:
    """`with Crowd(port, clients) as crowd:` reads until the block ends; `statuses` counts what came, `broken` what did not.

    `bare` counts answers that say the server is busy and not when to come again.
    """

    def __init__(self, port, clients, addresses=READ, rest=0.0):
        self.port, self.addresses, self.rest = port, addresses, rest
        self.statuses, self.broken, self.bare, self.longest = Counter(), Counter(), 0, 0.0
        self._over, self._lock = threading.Event(), threading.Lock()
        self._readers = [threading.Thread(target=self._read, args=[number]) for number in range(clients)]

    def __enter__(self):
        for reader in self._readers:
            reader.start()
        return self

    def __exit__(self, *problem):
        self._over.set()
        for reader in self._readers:
            reader.join(timeout=90)

    def _read(self, number):
        chance, connection = random.Random(number), HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not self._over.is_set():
            began = time.monotonic()
            try:
                status, headers, _text = get(self.port, chance.choice(self.addresses), connection)
            except (OSError, HTTPException) as problem:
                connection.close()
                self._note(self.broken, type(problem).__name__, began)
            else:
                self._note(self.statuses, status, began, bare=status == 503 and not headers.get("Retry-After"))
            time.sleep(self.rest)
        connection.close()

    def _note(self, counter, what, began, bare=False):
        with self._lock:
            counter[what] += 1
            self.bare += bare
            self.longest = max(self.longest, time.monotonic() - began)
