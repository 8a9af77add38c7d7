"""Readers in a crowd while an editor corrects what they read. Run by hand; the suite runs it small (tests/website/test_crowd.py).

    python -m tests.bench.load_readers [--clients 200] [--seconds 60] [--corrections 50] [--database URL]

It serves a database of its own as `up` does, empty in the beginning: SQLite in a temporary folder, or any empty one by its URL. It
ends with 1 where anything but 200 was answered, a correction was not there on the next request, or the ledger does not hold.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from .bench_serving import ROOT, Serving
from .crowd import READ, Crowd, get

LISTEN = "from tests.bench import correcting; correcting.listen()"


def main():
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.database or f"sqlite:///{folder}/factcheck.sqlite3"
        environment = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": url}
        for command in (["migrate", "--verbosity=0"], ["collectstatic", "--no-input", "--verbosity=0"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
        told = under_load(environment, asked.clients, asked.seconds, asked.corrections)
    print(json.dumps(told, indent=1))
    whole = told["check_published"][0] == told["ledger script"][0] == 0
    fine = set(told["answers"]) == {200} and not told["broken"] and not told["not seen at once"]
    sys.exit(0 if whole and fine else 1)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--corrections", type=int, default=50)
    parser.add_argument("--database", default="")
    return parser.parse_args()


def under_load(environment, clients, seconds, corrections):
    """What became of it, as a dict: answers by status, what broke off, corrections not seen, the ledger from inside and outside."""
    environment = {**environment, "API_REQUESTS_A_MINUTE": "0"}  # the crowd comes from one address
    with Serving(environment) as server, an_editor(environment) as (slug, correct):
        pages = (f"/claims/{slug}/", f"/api/v1/claims/{slug}/")
        with Crowd(server.port, clients, READ + pages) as crowd:
            began, missed = time.monotonic(), []
            for number in range(corrections):
                words = correct()
                missed += [(page, words) for page in pages if words not in get(server.port, page)[2]]
                time.sleep(max(0, began + seconds * (number + 1) / corrections - time.monotonic()))
        inside = _ran([sys.executable, "manage.py", "check_published"], environment)
        outside = _ran([sys.executable, "-I", "-c", ledger_script(), f"http://127.0.0.1:{server.port}"], environment)
    return {
        "answers": dict(crowd.statuses),
        "a second": round(sum(crowd.statuses.values()) / seconds),
        "longest, s": round(crowd.longest, 2),
        "broken": dict(crowd.broken),
        "not seen at once": missed,
        "check_published": inside,
        "ledger script": outside,
    }


@contextmanager
def an_editor(environment):
    """A process of the desk: the address of what it published, and a function that corrects it and returns the new words."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", LISTEN]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) as editor:

        def correct():
            editor.stdin.write("\n")
            return json.loads(editor.stdout.readline())

        try:
            yield json.loads(editor.stdout.readline()), correct
        finally:
            editor.stdin.close()


def ledger_script():
    """The script that the README hands to outsiders."""
    section = Path(ROOT, "README.md").read_text().partition("\n## The ledger\n")[2]
    return re.search(r"^```python\n(.*?)^```", section, re.M | re.S)[1]


def _ran(command, environment):
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return ran.returncode, (ran.stdout + ran.stderr).strip()


if __name__ == "__main__":
    main()
