"""What stands behind an address, read once and strictly: what cannot be meant is refused in a sentence, and never guessed at."""

import unicodedata
from urllib.parse import parse_qsl

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

MOST = 200  # parameters of one address
CUT = 60  # characters of a name that a refusal repeats


class NotUnderstood(BadRequest):
    """What was asked cannot be meant. The message is a sentence for whoever asked; `parameter` is the one it is about."""

    def __init__(self, message, parameter=""):
        super().__init__(message)
        self.parameter = parameter


def read(request, names, strict=False):
    """Of what stands behind an address, what is asked by these `names`: a QueryDict in one order, each name once.

    An empty value asks for nothing. `strict` refuses every other name as well. Raises NotUnderstood for a name that comes
    twice, for what is not UTF-8, and for characters that no text has.
    """
    asked = QueryDict(mutable=True)
    query = request.META.get("QUERY_STRING", "")
    pairs = _pairs(query) if query else []
    if strict:
        _refuse_strangers(pairs, names)
    for name in names if pairs else ():
        values = [value for given, value in pairs if given == name]
        if len(values) > 1:
            raise NotUnderstood(_("“%s” was given more than once. Give it once.") % name, name)
        if values and values[0]:
            asked[name] = _text(name, values[0])
    return asked


def _pairs(query):
    # A server hands the address on as Latin-1, whatever its bytes are; what is not UTF-8 in them is found below.
    text = query.encode("latin-1", "replace").decode("utf-8", "surrogateescape")
    try:
        return parse_qsl(text, keep_blank_values=True, errors="surrogateescape", max_num_fields=MOST)
    except ValueError as wrong:
        raise NotUnderstood(_("There are too many parameters behind this address.")) from wrong


def _refuse_strangers(pairs, names):
    strange = next((name for name, _value in pairs if name not in names), None)
    if strange is None:
        return
    known = ", ".join(sorted(names)) or _("none")
    words = {"name": _harmless(strange), "known": known}
    raise NotUnderstood(_("There is no parameter “%(name)s” here. There are: %(known)s.") % words, _harmless(strange))


def _text(name, value):
    if any("\udc80" <= character <= "\udcff" for character in value):
        raise NotUnderstood(_("“%s” is not in UTF-8.") % name, name)
    if "\x00" in value:
        raise NotUnderstood(_("“%s” holds a null character, which no text has.") % name, name)
    return value


def _harmless(text):
    """A stranger's word as a sentence can repeat it: cut, and without what cannot be seen or written."""
    return "".join(c if unicodedata.category(c)[0] != "C" else "�" for c in text[:CUT])
