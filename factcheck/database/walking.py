"""The first rows of several lists at once, each of which has an index in the order that is asked for.

A database that is asked for the first six of "researching or in review" reads and sorts all of both; asked for the first six of
each, it walks two indexes for six steps.
"""


def first_of(lists, order, number):
    """The rows, in `order`, among which are the first `number` of all `lists`: querysets of one model. One statement.

    At most `number` rows of each list; the caller takes as many of them as it wants.
    """
    model = lists[0].model
    beginnings = [
        model.objects.order_by().filter(pk__in=each.order_by(*order).values("pk")[:number]).values("pk")
        for each in lists
    ]
    together = beginnings[0].union(*beginnings[1:], all=True) if len(beginnings) > 1 else beginnings[0]
    return model.objects.filter(pk__in=together).order_by(*order)
