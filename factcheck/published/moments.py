"""When something that readers see last changed. Asked on every request before anything else, and so written in SQL by hand:
to build such a query anew each time costs more than all the rest of a page that was made before."""

from datetime import UTC

from django.conf import settings
from django.db import connections

HIGHEST_EDITION = 2**31 - 1  # what the column can hold: a higher number is nobody's

PRESS = "SELECT changed_at FROM published_imprint WHERE id = 1"
PAGE = """SELECT changed_at, edition, (SELECT MAX(id) FROM published_speakerpage)
FROM published_check WHERE slug = %s AND edition >= %s"""


def last_change():
    """When the press last ran, as an aware datetime, or None. One query."""
    row = _row(PRESS)
    return row and _moment(row[0])


def changed(slug, number=None):
    """When the page at this address last changed, and what else it depends on: its edition, and whose parties have pages.

    None where there is no such page, or no edition `number` of it. One query.
    """
    if number is not None and not 0 < number <= HIGHEST_EDITION:
        return None
    row = _row(PAGE, slug, number or 1)
    return row and (_moment(row[0]), row[1:])


def _row(sql, *values):
    with connections[settings.READERS_DATABASE].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def _moment(value):
    # SQLite has no zones, and what Django keeps there is in UTC.
    return value if value.tzinfo else value.replace(tzinfo=UTC)
