"""What a request costs the server that `up` starts, at several sizes. Run by hand; nothing in the suite collects it.

    python -m tests.bench.bench_serving [--claims 10000 100000 1000000] [--keep FOLDER] [--seconds 2]

The cost is processor time of the serving processes, read from /proc, however busy the machine is. Each size has two SQLite
databases of its own, of what is published and of a desk; those in `--keep` are filled once and used again. Pages are warm, as
each address was asked before, but for searches and what is "made anew": there each address is asked once.
"""

import argparse
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILL = """
from django.db import connection
from factcheck.published.models import Check
from tests.bench.load import load
if not Check.objects.exists():
    for done in load({claims}): pass
    connection.cursor().execute("ANALYZE")
"""
FILL_DESK = """
from django.db import connection
from factcheck.claims.models import Claim
from tests.bench.load_claims import load
if not Claim.objects.exists():
    for done in load({claims}): pass
    connection.cursor().execute("ANALYZE")
"""
COME_IN = """
from django.test import Client
from factcheck.newsroom.models import User
from tests.entering import come_in
cookies = come_in(Client(headers={"host": "127.0.0.1"}), User.objects.get(username="editor")).cookies
print("; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items()))
"""
RATINGS = ("true", "false", "mixed", "unproven", "on_record")
WANTED = {  # ms of processor time for each request
    "claim page": 0.8,
    "claim page, 304": 0.5,
    "list": 1.2,
    "list, by rating": 1.2,
    "list, deep page": 1.2,
    "list, deep page, made anew": None,
    "list with counts, made anew": 3,
    "JSON list": 1.2,
    "JSON list, made anew": None,
    "claim page, made anew": None,
    "feed": 2,
    "search, rare word": 2,
    "search, usual word": 8,
    "search, most common word": 20,
    "search, two common words": None,
}
WANTED_AT_THE_DESK = {"claim list": 45, "search": 65, "dashboard": None}


def main():
    asked = _arguments()
    folder = Path(asked.keep or tempfile.mkdtemp())
    os.environ.update(environment_of(folder / str(asked.claims[0])))
    import django

    django.setup()
    found = {}
    for claims in asked.claims:
        environment = environment_of(folder / str(claims))
        prepare(environment, claims)
        with Serving(environment) as server:
            found[claims] = {name: server.cost(*_addresses(name, claims), asked.seconds) for name in WANTED}
        found[claims] |= _at_the_desk(environment_of(folder / f"{claims}-desk"), claims)
        _print(found)


def _at_the_desk(environment, claims):
    from .load import Invention

    prepare(environment, claims, FILL_DESK)
    cookie = manage(environment, "shell", "--no-imports", "--command", COME_IN).strip().splitlines()[-1]
    invention = Invention()
    words = random.Random(2).choices(invention.words, cum_weights=invention.weights, k=100)
    addresses = {
        "claim list": ["/desk/claims/claim/"] * 60,
        "search": [f"/desk/claims/claim/?q={word}" for word in words],
        "dashboard": ["/desk/"] * 40,
    }
    with Serving(environment, cookie) as server:
        return {f"desk: {name}": server.cost(addresses[name], False, False, 60) for name in WANTED_AT_THE_DESK}


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--keep", default="")
    return parser.parse_args()


def environment_of(folder):
    folder.mkdir(parents=True, exist_ok=True)
    named = {"VAR_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/factcheck.sqlite3"}
    named["API_REQUESTS_A_MINUTE"] = "0"
    return {**os.environ, **named, "DJANGO_SETTINGS_MODULE": "factcheck.settings"}


def prepare(environment, claims, fill=FILL):
    for command in (
        ["migrate", "--verbosity=0"],
        ["collectstatic", "--no-input", "--verbosity=0"],
        ["shell", "--no-imports", "--command", fill.format(claims=claims)],
    ):
        manage(environment, *command)


def manage(environment, *command):
    said = [sys.executable, "manage.py", *command]
    return subprocess.run(said, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _addresses(name, claims):
    """The addresses that stand for a kind of page, and whether each is asked once before it is measured."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

    from factcheck.website.paging import ORDER
    from factcheck.website.places import spelled

    from .load import BEGAN, Invention

    chance, invention = random.Random(name), Invention()
    numbers = [chance.randint(1, claims) for _ in range(4_000 if "anew" in name else 100)]
    hours = [(BEGAN + timedelta(hours=number), number) for number in numbers]
    places = [f"/claims/?page={spelled(*hour, ORDER)}" for hour in hours]
    kinds = {
        "claim page": [f"/claims/bench-{number}/" for number in numbers],
        "list": ["/claims/"],
        "list, by rating": [f"/claims/?rating={rating}" for rating in ("true", "false", "mixed")],
        "list, deep page": places,
        "feed": ["/feeds/claims.atom"],
        "list with counts": [f"/claims/?topic=topic-{n % 60 + 1}&rating={r}" for n in range(60) for r in RATINGS],
        "JSON list": [f"/api/v1/claims/?speaker=speaker-{number % 2_000 + 1}" for number in numbers],
        "search, rare word": [f"/claims/?q={word}" for word in chance.sample(invention.words[50_000:], 300)],
        "search, usual word": [f"/claims/?q={word}" for word in invention.words[200:260]],
        "search, most common word": [f"/claims/?q={invention.words[0]}&after={20 * n}" for n in range(1, 50)],
        "search, two common words": [f"/claims/?q={invention.words[0]}+{w}" for w in invention.words[100:150]],
    }
    addresses = kinds[name.removesuffix(", made anew").removesuffix(", 304")]
    warm = "anew" not in name and "search" not in name
    return list(dict.fromkeys(addresses)), warm, "304" in name


class Serving:
    """The server, as `up` starts it, with the processor time that it and its workers have had."""

    def __init__(self, environment, cookie=""):
        self.cookie = {"Cookie": cookie} if cookie else {}
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.environment = environment

    def __enter__(self):
        command = ["-m", "gunicorn", "-c", "python:factcheck.serving", "-b", f"127.0.0.1:{self.port}", "factcheck.wsgi"]
        self.process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=self.environment)
        for _ in range(600):
            try:
                with closing(HTTPConnection("127.0.0.1", self.port)) as first:
                    self._get(first, "/about/")
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise SystemExit("the server did not come to serve")

    def __exit__(self, *problem):
        self.process.terminate()
        self.process.wait(timeout=60)

    def _get(self, connection, address, **headers):
        try:
            connection.request("GET", address, headers={**headers, **self.cookie})
            answer = connection.getresponse()
        except ConnectionError:  # the server ends a connection that rested for two seconds
            connection.close()
            connection.request("GET", address, headers={**headers, **self.cookie})
            answer = connection.getresponse()
        answer.read()
        if answer.status not in (200, 304):
            raise SystemExit(f"{address}: {answer.status}")
        return answer

    def worked(self):
        """Seconds of processor time so far, of every thread of the server and its workers."""
        parent = self.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        stats = (stat for pid in [parent, *children] for stat in Path(f"/proc/{pid}/task").glob("*/schedstat"))
        return sum(int(stat.read_text().split()[0]) for stat in stats) / 1e9

    def cost(self, addresses, warm, conditional, seconds):
        """Milliseconds of processor time for each request: the addresses in turn, for so long or, if not warm, once each."""
        connections = [HTTPConnection("127.0.0.1", self.port) for _ in range(4)]  # every worker comes to its turn
        tags = {}
        for connection in connections * 3 if warm else ():
            for address in addresses:
                tags[address] = self._get(connection, address).headers["ETag"]
        asked, worked, until = 0, self.worked(), time.monotonic() + seconds
        while time.monotonic() < until and (warm or asked < len(addresses)):
            address = addresses[asked % len(addresses)]
            headers = {"If-None-Match": tags[address]} if conditional else {}
            self._get(connections[asked % 4], address, **headers)
            asked += 1
        return (self.worked() - worked) / asked * 1000


def _print(found):
    sizes = list(found)
    print(
        "".join(f"| {head} " for head in ["ms of processor time", "wanted", *(f"{s:,}" for s in sizes), "growth"]), "|"
    )
    print("|---" * (len(sizes) + 3) + "|")
    desk = {f"desk: {name}": wanted for name, wanted in WANTED_AT_THE_DESK.items()}
    for name, wanted in {**WANTED, **desk}.items():
        costs = [found[size][name] for size in sizes]
        cells = [name, str(wanted or ""), *(f"{cost:.2f}" for cost in costs), f"{costs[-1] / costs[0]:.1f} ×"]
        print("".join(f"| {cell} " for cell in cells), "|")


if __name__ == "__main__":
    main()
