"""What the leak guard looks for: the forms in which a protected name, address or number could turn up in a text.

`forms` makes them from what the vault holds; `forms_in` makes, from a text, everything that could be one. Both are compared
as keyed tokens and never as words. A form is (namespace, text): a name's token is no number's.
"""

import re
from itertools import permutations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .spelling import SECOND_SPELLING, all_common, consonants, join, plain, skeleton, stands_alone

WORD, PROPER, WHOLE, CHUNK, PHONE, MAIL, LINK = "word", "proper", "whole", "chunk", "phone", "mail", "link"

SHORTEST_INSIDE = (
    6  # letters of a skeleton that is looked for inside longer words, too: in handles, addresses, file names
)
SHORTEST_TOGETHER = 4  # letters of two parts of a name, written together
LONGEST = 32  # letters, digits or consonants of a form
SHORTEST_WHOLE = 5  # consonants of a whole name, below which vowels are not ignored
PHONE_DIGITS = 8  # the last digits of a number, which are the same with and without the country's code
HEAD = 3  # characters by which a form is known to begin like a guarded one
MOST_WORDS = 4  # in how many pieces a form may come apart: "Abd ur Reh im"

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LETTERS = re.compile(r"[A-Za-z]+")
_CHUNK = re.compile(r"[a-z0-9]+")
_DIGITS = re.compile(r"\d(?:[\s().\-/]{0,3}\d){5,30}")
_AT, _DOT = r"\s{0,2}(?:@|[(\[{]\s?at\s?[)\]}]|\sat\s)\s{0,2}", r"\s{0,2}(?:\.|[(\[{]\s?dot\s?[)\]}]|\sdot\s)\s{0,2}"
_MAIL = re.compile(rf"([a-z0-9][\w.+-]{{0,63}}){_AT}([a-z0-9-]{{1,63}}(?:{_DOT}[a-z0-9-]{{1,63}}){{1,5}})")
_LINK = re.compile(r"(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}/[^\s<>\"']{1,300})")


class Kind(models.TextChoices):
    """What a guarded term is."""

    NAME = "name", _("name")
    HANDLE = "handle", _("handle")
    MAIL = "mail", _("e-mail address")
    PHONE = "phone", _("telephone number")
    NUMBER = "number", _("number of a document")
    LINK = "link", _("web address")


class TooCommon(ValidationError):
    """A term that would stop the whole newsroom, or nothing at all."""


def forms(kind, term, *, alone=False):
    """{form: whether it is looked for inside longer words} of one term. Raises TooCommon where none is left.

    A part of a name that is short or in everybody's mouth is looked for together with another part only, unless `alone`.
    """
    made = _FORMS[kind](term, alone)
    if not made:
        raise TooCommon(
            _("This is too short or too common to be looked for by itself. Give it together with more of the name.")
            if kind == Kind.NAME
            else _("This is too short to be looked for: it would stop texts that have nothing to do with it.")
        )
    return made


def parts_alone(term):
    """The parts of a name that are looked for by themselves, and those that are not, as they were written."""
    words = _LETTERS.findall(plain(term))
    rare = [word for word in words if stands_alone(skeleton(word))]
    return rare, [word for word in words if word not in rare]


def _name_forms(term, alone):
    made = {}
    for spelled in {term, term.casefold().translate(SECOND_SPELLING)}:
        parts = [skeleton(word) for piece in plain(spelled).split() for word in [_one_word(piece)] if word]
        words = [skeleton(word) for word in _LETTERS.findall(_CAMEL.sub(" ", plain(spelled)))]
        hyphened = [skeleton(word) for word in _LETTERS.findall(plain(spelled))]
        for bones in {*parts, *hyphened}:
            if stands_alone(bones) or (alone and len(bones) > 1):
                made[WORD, bones] = _inside(bones)
        made |= _together(parts) | _together(words)
    return made


def _one_word(piece):
    return "".join(_LETTERS.findall(piece))


def _together(parts):
    """Two parts of a name in either order, and all of them: as one word, and by their consonants."""
    made = {}
    pairs = list(permutations([p for p in dict.fromkeys(parts) if len(p) > 1][:6], 2))
    for several in [*pairs, tuple(parts)] if len(parts) > 1 else []:
        how, joined, coarse = _how(several, parts), join(several), join(map(consonants, several))
        if SHORTEST_TOGETHER <= len(joined) <= LONGEST:
            made[how, joined] = _inside(joined)
        if how == WORD and SHORTEST_WHOLE <= len(coarse) <= LONGEST:
            made[WHOLE, coarse] = False
    return made


def _how(several, parts):
    """Two common words the other way round are a name only where both are capitals: King Will, and not "the king will"."""
    turned = parts.index(several[0]) > parts.index(several[-1])
    return PROPER if turned and not any(map(stands_alone, several)) else WORD


def _inside(bones):
    """Whether it may be looked for inside longer words: long enough, and inside no common word."""
    return len(bones) >= SHORTEST_INSIDE and bones not in all_common()


def _handle_forms(term, alone):
    chunk = "".join(_CHUNK.findall(plain(term).lower()))
    if any(c.isdigit() for c in chunk):
        made = {(CHUNK, chunk): False} if 5 <= len(chunk) <= LONGEST else {}
        letters = skeleton("".join(_LETTERS.findall(chunk)))
        return made | ({(WORD, letters): True} if len(letters) >= SHORTEST_INSIDE and _inside(letters) else {})
    bones = skeleton(chunk)
    rare = stands_alone(bones) or (alone and len(bones) > 1)
    return {(WORD, bones): _inside(bones)} if rare and len(bones) <= LONGEST else {}


def _mail_forms(term, alone):
    found = _MAIL.search(plain(term).lower())
    if not found:
        raise ValidationError(_("“Name at host”, please: an e-mail address has an @ in it."))
    local, address = _mail_parts(found)
    return {(MAIL, address): False} | _handle_forms(local, False)


def _mail_parts(found):
    local = found[1].partition("+")[0]
    host = re.sub(r"[^a-z0-9.-]", "", re.sub(r"[(\[{]\s?dot\s?[)\]}]|\sdot\s", ".", found[2]))
    return local, f"{local.replace('.', '')}@{host.strip('.')}"


def _phone_forms(term, alone):
    digits = "".join(c for c in plain(term) if c.isdigit())
    return {(PHONE, digits[-PHONE_DIGITS:]): False} if len(digits) >= 6 else {}


def _number_forms(term, alone):
    chunk = "".join(_CHUNK.findall(plain(term).lower()))
    usable = 5 <= len(chunk) <= LONGEST and any(c.isdigit() for c in chunk)
    return {(CHUNK, chunk): False} if usable else {}


def _link_forms(term, alone):
    found = _LINK.search(plain(term).lower())
    if not found:
        raise ValidationError(_("Give the address of one page, with what comes behind the host’s name."))
    return {(LINK, _tidy_link(found[1])): False}


def _tidy_link(address):
    return re.split(r"[?#]", address)[0].removeprefix("www.").rstrip("/.,;:!)")


_FORMS = {
    Kind.NAME: _name_forms,
    Kind.HANDLE: _handle_forms,
    Kind.MAIL: _mail_forms,
    Kind.PHONE: _phone_forms,
    Kind.NUMBER: _number_forms,
    Kind.LINK: _link_forms,
}


def forms_in(text, begins):
    """Everything in a text that could be a form: {form}, and the long words to be looked into, as skeletons.

    `begins(namespace, head)` says whether any guarded form of this namespace begins with these HEAD characters. It is what
    keeps a long text cheap: most of what one could read in it begins like nothing that is guarded.
    """
    ascii_text = plain(text)
    lower = ascii_text.lower()
    letters = _LETTERS.findall(ascii_text)
    words = [skeleton(word) for word in _spelled_out(_LETTERS.findall(_CAMEL.sub(" ", ascii_text)))]
    long_words = {bones for bones in map(skeleton, letters) if len(bones) > SHORTEST_INSIDE}
    found = {*_runs(WORD, words, 1, begins), *_runs(WHOLE, [*map(consonants, words)], 2, begins)}
    for names in re.findall(r"[A-Z]\w*(?:\W{1,3}[A-Z]\w*)+", ascii_text):
        found.update(_runs(PROPER, [*map(skeleton, _LETTERS.findall(names))], 2, begins))
    for near in _without_initials(words):
        found |= {*_runs(WORD, near, 2, begins), *_runs(WHOLE, [*map(consonants, near)], 2, begins)}
    return found | {*_chunks(lower), *_phones(ascii_text), *_mails(lower), *_links(lower)}, long_words


def _without_initials(words):
    """What stands round each single letter, without it: Mihrigul B. Tursun."""
    for at in {at for at, word in enumerate(words) if len(word) == 1}:
        around = words[max(0, at - MOST_WORDS + 1) : at + MOST_WORDS]
        yield [word for word in around if len(word) > 1]


def _runs(namespace, words, least, begins):
    """Up to MOST_WORDS words that follow each other, as one: "Abd ur Reh im"."""
    count = len(words)
    promising = {word for word in set(words) if len(word) < HEAD or begins(namespace, word[:HEAD])}
    for start in [at for at, word in enumerate(words) if word in promising]:
        joined = ""
        for end in range(start, min(start + MOST_WORDS, count)):
            word = words[end]
            joined += word[1:] if joined and word and joined[-1] == word[0] else word
            if len(joined) > LONGEST or (len(joined) >= HEAD and not begins(namespace, joined[:HEAD])):
                break
            if end - start + 1 >= least:
                yield namespace, joined


def inside(long_word, begins):
    """The forms that may be looked for inside a longer word, a handle or the name of a file."""
    for start in range(len(long_word) - SHORTEST_INSIDE + 1):
        if begins(WORD, long_word[start : start + HEAD]):
            for end in range(start + SHORTEST_INSIDE, min(start + LONGEST, len(long_word)) + 1):
                yield WORD, long_word[start:end]


def _spelled_out(words):
    """The words, with single letters in a row (T u r s u n) put together."""
    row = []
    for word in [*words, ""]:
        if len(word) == 1:
            row.append(word)
            continue
        if len(row) > 2:
            yield "".join(row)
        else:
            yield from row
        row = []
        if word:
            yield word


def _chunks(lower):
    chunks = _CHUNK.findall(lower)
    for at in [at for at, chunk in enumerate(chunks) if not chunk.isalpha()]:
        for start in range(max(0, at - MOST_WORDS + 1), at + 1):
            for end in range(at + 1, min(start + MOST_WORDS, len(chunks)) + 1):
                joined = "".join(chunks[start:end])
                if 5 <= len(joined) <= LONGEST:
                    yield CHUNK, joined


def _phones(ascii_text):
    for found in _DIGITS.finditer(ascii_text):
        digits = "".join(c for c in found[0] if c.isdigit())
        if len(digits) < PHONE_DIGITS:
            yield PHONE, digits
        for start in range(len(digits) - PHONE_DIGITS + 1):
            yield PHONE, digits[start : start + PHONE_DIGITS]


def _mails(lower):
    for found in _MAIL.finditer(lower):
        yield MAIL, _mail_parts(found)[1]


def _links(lower):
    for found in _LINK.finditer(lower):
        yield LINK, _tidy_link(found[1])
