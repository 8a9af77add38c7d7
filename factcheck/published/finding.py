"""Finding by words: which published checks match best, in a fixed number of queries."""

from django.db.models import Q

from factcheck.database.fulltext import best as best_matches
from factcheck.database.fulltext import words_in

from .models import Check
from .printed import printed
from .reading import shown


def best(text):
    """The Best checks for every word of `text`; see `factcheck.database.fulltext.best`. A fixed number of queries.

    Where the words are everywhere, those that have them in the claim itself come before the others, the newest first.
    """
    found = best_matches(printed(Check), text)
    if found.weighed or not found.keys:
        return found
    said = printed(Check).filter(pk__in=found.keys).order_by()
    for word in words_in(text):
        said = said.filter(Q(title__icontains=word) | Q(wording__icontains=word))
    there = set(said.values_list("pk", flat=True))
    return found._replace(keys=sorted(found.keys, key=lambda key: key not in there))


def in_this_order(keys):
    """The checks with these keys, as lists show them, in the order of the keys. One query."""
    there = {check.pk: check for check in shown().order_by().filter(pk__in=keys)}
    return [there[key] for key in keys if key in there]
