"""What changed between two texts: those that were judged, in the words of the trade, and any two, word by word."""

import json
import re
from difflib import SequenceMatcher

from django.utils.translation import gettext_lazy as _

PARTS = {
    "wording": _("the wording of the claim"),
    "short_form": _("the short form"),
    "type": _("the type"),
    "speaker": _("the speaker"),
    "said": _("where and when it was said"),
    "quotation": _("the quotation"),
    "appearances": _("the other appearances"),
    "story": _("the story"),
    "topics": _("the topics"),
    "accused": _("who is accused"),
    "links": _("the links to other claims"),
    "why_chosen": _("why it was chosen"),
    "legal_risk": _("the legal-risk flag"),
    "verdict": _("the verdict"),
    "evidence": _("the evidence"),
    "replies": _("the right of reply"),
    "notice": _("the notice to readers"),
    "jigsaw": _("the list of identifying details"),
    "overrides": _("the overrides"),
    "written_by": _("who worked on it"),
}


def what_changed(before, after):
    """The parts in which two canonical texts of a dossier differ, as words; "something else" for what has no name here."""
    old, new = (_flat(json.loads(text)) for text in (before, after))
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return list(dict.fromkeys(str(PARTS.get(name, _("something else"))) for name in names))


def _flat(judged):
    return judged.pop("claim") | judged


def field_changes(before, after):
    """Where two documents differ: [(path, old, new)], leaf by leaf, lists compared place by place."""
    return list(_walk("", before, after))


def _walk(path, old, new):
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            yield from _walk(f"{path}.{key}".lstrip("."), old.get(key), new.get(key))
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        for place in range(max(len(old), len(new))):
            yield from _walk(
                f"{path}.{place}", old[place] if place < len(old) else None, new[place] if place < len(new) else None
            )
    else:
        yield path, old, new


def words(before, after):
    """Two texts word by word: ([(differs, words)] of the old one, [(differs, words)] of the new one), spaces and all.

    A lone space that stayed between two words that did not is part of the difference: one run is read out, not five.
    """
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    taken, given = [], []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        space_between = what == "equal" and not "".join(old[a:b]).strip() and a > 0 and b < len(old)
        _extend(taken, what != "equal" or space_between, "".join(old[a:b]))
        _extend(given, what != "equal" or space_between, "".join(new[c:d]))
    return taken, given


def _extend(parts, differs, text):
    """Add text to the last part where it is of the same kind, else as a part of its own."""
    if parts and parts[-1][0] == differs:
        parts[-1] = (differs, parts[-1][1] + text)
    elif text:
        parts.append((differs, text))
