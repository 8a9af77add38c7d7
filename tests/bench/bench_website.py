"""Figures for the readers' door over 100,000 editions. Run by hand; nothing in the suite collects it.

    python -m tests.bench.bench_website [--editions 100000] [--database URL] [--requests 300]

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
    _prepare(asked.editions)
    _measure(asked.editions, asked.requests)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--editions", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--database", default="")
    return parser.parse_args()


def _prepare(editions):
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from factcheck.published.models import Check

    from .load import load

    settings.STATIC_ROOT = Path(tempfile.mkdtemp())
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    if not Check.objects.exists():
        began = time.perf_counter()
        for done in load(editions):
            print(f"\r{done:,} editions, {time.perf_counter() - began:.0f} s", end="", flush=True)
        print()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _measure(editions, requests):
    from factcheck.wsgi import application

    from .load import Invention
    from .timing import measure

    chance, invention = random.Random(2), Invention()
    numbers = [chance.randint(1, editions) for _ in range(requests)]
    words = chance.choices(invention.words, cum_weights=invention.weights, k=requests)
    rare = chance.sample(invention.words[2_000:], requests)
    for name, addresses in {
        "claim page": [f"/claims/bench-{n}/" for n in numbers],
        "front page": ["/"] * requests,
        "list, unfiltered": ["/claims/"] * requests,
        "list, by rating": [f"/claims/?rating={('true', 'false', 'mixed')[n % 3]}" for n in numbers],
        "list, by speaker": [f"/claims/?speaker=speaker-{n % 2000 + 1}" for n in numbers],
        "list, by topic": [f"/claims/?topic=topic-{n % 60 + 1}" for n in numbers],
        "list, by rating, type and topic": [
            f"/claims/?rating=true&type=event&topic=topic-{n % 60 + 1}" for n in numbers
        ],
        "list, by day said": [
            f"/claims/?said_from={2005 + n % 20}-01-01&said_to={2005 + n % 20}-12-31" for n in numbers
        ],
        "speaker page": [f"/speakers/speaker-{n % 2000 + 1}/" for n in numbers],
        "topic page": [f"/topics/topic-{n % 60 + 1}/" for n in numbers],
        "search, words of all kinds": [f"/claims/?q={word}" for word in words],
        "search, rare words": [f"/claims/?q={word}" for word in rare],
        "search, two words and a rating": [
            f"/claims/?q={a}+{b}&rating=false" for a, b in zip(words, rare, strict=True)
        ],
        "corrections": ["/corrections/"] * requests,
        "feed": ["/feeds/claims.atom"] * requests,
    }.items():
        measure(application, name, addresses)


if __name__ == "__main__":
    main()
