"""What ten thousand tokens cost a save (CS-7). Prints; fails over 20 ms of processor time. Run by hand:

pytest -n0 -s tests/bench/bench_leak_guard.py
"""

import random
import time

import pytest

from factcheck.claims.models import Claim
from factcheck.newsroom import checks
from factcheck.sources import leak_guard
from factcheck.sources.guarding import guard_term
from factcheck.sources.models import GuardToken
from tests.sources.cast import key, protect

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
LIMIT_MS = 20
SYLLABLES = "ab dil gul nur meh rih tur sun qad ir kha lid zha xin wei lan osh bek sha ro mir al tay o yun".split(" ")  # noqa: SIM905
PROSE = (
    "The agency said it did not hold any data on how many people had applied for a visa in 2022, because it records "
    "nationality and not ethnicity; its manager, in a statement of 5 September, said that nobody was profiled. "
)


def _name(chance):
    return " ".join("".join(chance.choices(SYLLABLES, k=3)).title() for _part in range(2))


def _protect_many(by, editor, at_least):
    chance, source = random.Random(7), None
    while GuardToken.objects.count() < at_least:
        if source is None or source.terms.count() > 90:
            source = protect(by, editor)
        guard_term(source, by=by, kind="name", term=_name(chance))


def _cost(claim, text):
    """Milliseconds of one check of a claim's row with `text` in it, the slowest of ten; never a text seen before."""
    slowest = 0
    for turn in range(10):
        claim.quotation = f"{turn} {text}"
        started = time.process_time()
        checks.check_row(claim, by=None)
        slowest = max(slowest, (time.process_time() - started) * 1000)
    return slowest


def test_ten_thousand_tokens_cost_a_save_less_than_20_ms(settings, journalist, editor, capsys):
    settings.VAULT_KEYS = [key()]
    _protect_many(journalist, editor, 10_000)
    claim = Claim(wording="It keeps no figures", type="statistic", logged_by=journalist)
    started = time.process_time()
    leak_guard.hits(["warm"])
    loaded = (time.process_time() - started) * 1000
    figures = {size: _cost(claim, (PROSE * 100)[:size]) for size in (3_000, 20_000)}
    with capsys.disabled():
        print(f"\n{GuardToken.objects.count()} tokens, read once after a change in {loaded:.0f} ms")
        for size, cost in figures.items():
            print(f"a claim with {size:,} characters of quotation: {cost:.1f} ms")
    assert max(figures.values()) < LIMIT_MS
