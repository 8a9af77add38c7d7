"""A pseudonym is not made out of the name it stands for: not its first letters, not its initials (CS-13)."""

from .spelling import plain

FIRST = 3  # letters that a pseudonym and a name must not begin with alike
MOST_INITIALS = 2  # initials in common that tell, in a pseudonym of several words; in one of a single word, one does


def is_derived(pseudonym, names):
    """Whether `pseudonym` gives away one of `names` (iterable of str, as they are written in the vault)."""
    ours = _words(pseudonym)
    return any(_begin_alike(ours, theirs) or _initials_alike(ours, theirs) for theirs in map(_words, names))


def _words(name):
    return [word for word in "".join(c if c.isalpha() else " " for c in plain(name).lower()).split() if word]


def _begin_alike(ours, theirs):
    return not _starts(ours).isdisjoint(_starts(theirs))


def _starts(words):
    return {word[:FIRST] for word in words if len(word) >= FIRST}


def _initials_alike(ours, theirs):
    common = {word[0] for word in ours} & {word[0] for word in theirs}
    return len(common) >= min(MOST_INITIALS, len(ours)) > 0
