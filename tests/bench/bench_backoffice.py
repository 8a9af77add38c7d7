"""Figures for the staff door over 100,000 claims. Run by hand; nothing in the suite collects it.

    python -m tests.bench.bench_backoffice [--claims 100000] [--database URL] [--requests 100]

The database is one of its own: SQLite in a temporary folder, or any empty one by its URL. Named again, it is kept as it was filled.
"""

import argparse
import os
import random
import tempfile
import time
from pathlib import Path


def main():
    asked = _arguments()
    os.environ["DATABASE_URL"] = asked.database or f"sqlite:///{tempfile.mkdtemp()}/bench.sqlite3"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    import django

    django.setup()
    _prepare(asked.claims)
    _measure(asked.claims, asked.requests)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--database", default="")
    return parser.parse_args()


def _prepare(claims):
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from factcheck.claims.models import Claim

    from .load_claims import load

    settings.STATIC_ROOT = Path(tempfile.mkdtemp())
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    if not Claim.objects.exists():
        began = time.perf_counter()
        for done in load(claims):
            print(f"\r{done:,} claims, {time.perf_counter() - began:.0f} s", end="", flush=True)
        print()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _logged_in(application, username):
    """The application as this person's browser sees it."""
    from django.test import Client

    from factcheck.newsroom.models import User
    from tests.entering import come_in

    client = come_in(Client(), User.objects.get(username=username))
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return lambda environ, start: application({**environ, "HTTP_COOKIE": cookie}, start)


def _measure(claims, requests):
    from factcheck.wsgi import application

    from .load import Invention
    from .timing import measure

    editor = _logged_in(application, "editor")
    chance, invention = random.Random(2), Invention()
    numbers = [chance.randint(1, claims) for _ in range(requests)]
    words = chance.choices(invention.words, cum_weights=invention.weights, k=requests)
    rare = chance.sample(invention.words[2_000:], requests)
    where = "/desk/claims/claim/"
    for name, addresses in {
        "dashboard": ["/desk/"] * requests,
        "claim list": [where] * requests,
        "claim list, page 1,000": [f"{where}?p=1000"] * requests,
        "by status": [f"{where}?status={('logged', 'in_review', 'published')[n % 3]}" for n in numbers],
        "open, soonest due first": [f"{where}?status=open&o=6" for n in numbers],
        "reopened": [f"{where}?status=again"] * requests,
        "by reply state": [f"{where}?reply={('sent', 'responded', 'needs_reput')[n % 3]}" for n in numbers],
        "by reply deadline": [f"{where}?reply={('overdue', 'soon')[n % 2]}" for n in numbers],
        "by rating": [f"{where}?rating={('true', 'mixed', 'unproven')[n % 3]}" for n in numbers],
        "without a verdict": [f"{where}?rating=none"] * requests,
        "by type": [f"{where}?type={('event', 'allegation')[n % 2]}" for n in numbers],
        "by assignee": [f"{where}?assignee=journalist-{n % 20}&status=open" for n in numbers],
        "by due day": [f"{where}?due={('past', 'today', 'week', 'none')[n % 4]}" for n in numbers],
        "by flag": [f"{where}?flag={('legal', 'update', 'urgent')[n % 3]}" for n in numbers],
        "waiting to be signed off": [f"{where}?waiting=sign-off"] * requests,
        "by story": [f"{where}?story={n % 5000 + 1}" for n in numbers],
        "by speaker": [f"{where}?speaker={n % 2000 + 1}" for n in numbers],
        "search, words of all kinds": [f"{where}?q={word}" for word in words],
        "search, rare words": [f"{where}?q={word}" for word in rare],
        "search, in an open claim": [f"{where}?q={word}&status=open" for word in words],
        "claim page": [f"{where}{n}/change/" for n in numbers],
        "stories": ["/desk/claims/story/"] * requests,
        "speakers, as one types": [
            f"/desk/autocomplete/?app_label=claims&model_name=claim&field_name=speaker&term=speaker+{n % 2000}"
            for n in numbers
        ],
    }.items():
        measure(editor, name, addresses)


if __name__ == "__main__":
    main()
