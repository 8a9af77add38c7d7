"""Was this logged already? Claims whose wording shares most of its words with a new one, in the same story or another."""

from difflib import SequenceMatcher

from factcheck.claims.models import Claim
from factcheck.database.fulltext import most_alike, words_in

ALIKE = 0.62  # share of words in common, from which two wordings are pointed out
SHORTEST_COMMON = 4  # letters from which on two words may be forms of one: visa, visas


def find(wording, limit=3):
    """The claims that look like `wording`, the closest first. Three queries at most."""
    candidates = most_alike(Claim.objects.select_related("story"), wording, limit=10)
    found = [(likeness(wording, claim.wording), claim) for claim in candidates]
    return [claim for share, claim in sorted(found, key=lambda pair: -pair[0]) if share >= ALIKE][:limit]


def likeness(one, other):
    """How alike two wordings are, from 0 to 1: by their words in any order, or letter by letter where that is more."""
    words, others = words_in(one), words_in(other)
    if not (words and others):
        return 0.0
    shared = sum(any(_same(word, o) for o in others) for word in words)
    by_words = 2 * shared / (len(words) + len(others))
    return max(by_words, SequenceMatcher(None, " ".join(words), " ".join(others), autojunk=False).ratio() - 0.1)


def _same(word, other):
    short, long = sorted((word, other), key=len)
    return short == long or (len(short) >= SHORTEST_COMMON and long.startswith(short) and len(long) - len(short) <= 2)
