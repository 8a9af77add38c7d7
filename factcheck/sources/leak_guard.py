"""The leak guard: no text that could tell who a protected source is, is saved, sent or published (CS-7). No override.

Everything saved through `newsroom.record.keep` and every journal entry is checked by itself. Text that leaves another way, or
comes in another way, is checked by its room:

- `check(texts, by=...)` before something is kept that is no row: the name and text of an uploaded file, rows of an import.
- `check_leaving(texts, by=...)` before something goes out: a letter, a public document, an export.

A hit says neither whom it concerns nor which word it was, except to a custodian of that source. Without the vault's key
there is nothing to compare with: work inside goes on, and nothing leaves while there is anybody to protect.
"""

import hashlib
import hmac
from functools import lru_cache

from django.utils.translation import gettext as _

from factcheck.newsroom.refusals import Refused

from .keys import VaultShut, open_key
from .models import GuardedTerm, GuardState, GuardToken
from .stopped import note
from .terms import HEAD, forms_in, inside

REMEMBERED = 2000  # texts known to be clean, by their hash: what is saved is often checked twice


class Leak(Refused):
    """A text would have told who a protected source is."""


class Unguarded(Refused):
    """There are protected sources and no key to check a text with, so nothing leaves."""


def check(texts, *, by=None):
    """Raise Leak where one of `texts` (a dict by field or file, or an iterable of str) could tell who a source is."""
    if found := hits(texts, by=by):
        raise Leak(*dict.fromkeys(found.values()))


def check_leaving(texts, *, by=None):
    """As `check`, and raise Unguarded where it cannot be checked: the vault's key is missing."""
    if found := _leaks(texts, by, is_stopped=True):
        raise (Leak if _open() else Unguarded)(*found)


def leaks(texts, *, by=None):
    """Why these texts may not leave, in sentences; () where nothing is against it. One query, and for hits of a custodian more."""
    return _leaks(texts, by, is_stopped=False)


def _leaks(texts, by, is_stopped):
    try:
        guard = _guard()
    except VaultShut:
        return (_no_key(),)
    return tuple(dict.fromkeys(_found(guard, texts, by, is_stopped).values()))


def _open():
    try:
        _guard()
    except VaultShut:
        return False
    return True


def _no_key():
    return _(
        "There are protected sources, and the leak guard has no key to check this with, so nothing leaves. Whoever runs "
        "the server sets VAULT_KEYS again."
    )


def hits(texts, *, by=None):
    """{field: sentence} for each of `texts` that could tell who a source is. Without a key, nothing is found. One query."""
    try:
        return _found(_guard(), texts, by, is_stopped=True)
    except VaultShut:
        return {}


def _found(guard, texts, by, is_stopped):
    named = texts if isinstance(texts, dict) else dict(enumerate(texts))
    found = {field: guard.find(str(text)) for field, text in named.items() if text} if guard else {}
    if is_stopped:
        note({term for matched in found.values() for term in matched}, by)
    return {field: _sentence(matched, by) for field, matched in found.items() if matched}


def tells_only(texts, person):
    """Whether every source that these texts could tell of has this person as a custodian. False without the vault's key."""
    from .custody import is_custodian

    told = told_of(texts)
    return told is not None and all(is_custodian(source, person) for source in told)


def tells_nobody_but(texts, source):
    """Whether these texts could tell of this source at the most. False without the vault's key."""
    told = told_of(texts)
    return told is not None and told <= {source}


def told_of(texts):
    """The sources that these texts could tell of, as a set; None without the vault's key."""
    try:
        guard = _guard()
    except VaultShut:
        return None
    matched = {term for text in texts for term in (guard.find(text) if guard else ())}
    return {term.source for term in GuardedTerm.objects.filter(pk__in=matched).select_related("source")}


def _sentence(matched, by):
    said = _(
        "This holds something that could tell who a protected source is, so it is neither saved nor sent. Take out "
        "names, addresses and numbers that readers do not need, or ask a custodian."
    )
    return " ".join([said, *_for_custodians(matched, by)])


def _for_custodians(matched, by):
    from .custody import is_custodian

    terms = GuardedTerm.objects.filter(pk__in=matched).select_related("source__pseudonym")
    for source in {term.source for term in terms} if by else ():
        if is_custodian(source, by):
            words = ", ".join(f"“{word}”" for term in terms if term.source == source for word in matched[term.pk])
            yield _("You are a custodian of %(source)s: it reads as %(words)s.") % {
                "source": source.pseudonym or source,
                "words": words,
            }


def generation():
    """What names the terms that are guarded now, a UUID; None where nothing is or the vault's key is missing. One query."""
    try:
        guard = _guard()
    except VaultShut:
        return None
    return guard.generation if guard else None


def token_of(form, sealed_key):
    """(token, head) of a form, under the tokens' own key. Raises VaultShut."""
    return _token(_opened(sealed_key), form), _head(_opened(sealed_key), form[0], form[1][:HEAD])


def _token(key, form):
    return hmac.digest(key, f"{form[0]}:{form[1]}".encode(), "sha256")[:16].hex()


def _head(key, namespace, head):
    return hmac.digest(key, f"head:{namespace}:{head}".encode(), "sha256")[:8].hex()


@lru_cache(maxsize=4)
def _opened_once(sealed_key, vault_keys):
    return open_key(sealed_key)


def _opened(sealed_key):
    from django.conf import settings

    return _opened_once(sealed_key, tuple(settings.VAULT_KEYS))


class Guard:
    """All tokens of one generation, in memory: a save compares with them and asks the database nothing."""

    def __init__(self, generation, key):
        self.generation, self.key = generation, key
        self.terms, self.insides, self.heads = {}, set(), set()
        for token, head, is_inside, term in GuardToken.objects.values_list("token", "head", "inside", "term_id"):
            self.terms.setdefault(token, []).append(term)
            self.heads.add(head)
            if is_inside:
                self.insides.add(token)
        self._begins, self._clean = {}, set()

    def begins(self, namespace, head):
        known = self._begins.get((namespace, head))
        if known is None:
            known = self._begins[namespace, head] = _head(self.key, namespace, head) in self.heads
        return known

    def find(self, text):
        """{number of a term: the readings of `text` that match it}."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        if digest in self._clean or not self.terms:
            return {}
        matched = self._matches(text)
        if not matched:
            if len(self._clean) >= REMEMBERED:
                self._clean.clear()
            self._clean.add(digest)
        return matched

    def _matches(self, text):
        matched = {}
        possible, long_words = forms_in(text, self.begins)
        for form in possible:
            self._note(form, self.terms, matched)
        for word in long_words:
            for form in inside(word, self.begins):
                self._note(form, self.insides, matched)
        return matched

    def _note(self, form, among, matched):
        token = _token(self.key, form)
        if token in among:
            for term in self.terms[token]:
                matched.setdefault(term, set()).add(form[1])


_current = None


def _guard():
    """The tokens in force, or None where nothing is guarded. One query. Raises VaultShut."""
    global _current
    state = GuardState.objects.filter(pk=1).values_list("generation", "sealed_key").first()
    if state is None:
        return None
    key = _opened(state[1])
    guard = _current
    if guard is None or (guard.generation, guard.key) != (state[0], key):
        guard = _current = Guard(state[0], key)
    return guard
