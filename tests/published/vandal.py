"""Somebody with the database's own password, who took the triggers off first."""

from django.db import connection, transaction

from factcheck.database.append_only import allow_changes
from factcheck.published import provable
from factcheck.published.models import LedgerEntry

STANDING = ("published_edition", "published_notice", "published_ledgerentry")


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def take_triggers_off():
    """A test that commits has them put back when its tables are emptied; any other is rolled back."""
    for table in STANDING:
        allow_changes(connection, table)


def alter(which, **values):
    """Change what the row of an edition, known by its key, says."""
    _update("published_edition", which, values)


def alter_entry(which, **values):
    """Change what the row of an entry, known by its number, says."""
    _update("published_ledgerentry", which, values, key="number")


def _update(table, which, values, key="id"):
    columns = ", ".join(f"{name} = %s" for name in values)
    sql(f"UPDATE {table} SET {columns} WHERE {key} = %s", *values.values(), which)


def chain_anew(after=0):
    """Write the hashes of every entry behind number `after` anew, so that the chain holds again."""
    entries = LedgerEntry.objects.select_related("edition__page", "edition__notice").order_by("number")
    previous = entries.get(number=after).hash if after else "0" * 64
    for entry in list(entries.filter(number__gt=after)):
        entry.previous_hash = previous
        notice = getattr(entry.edition, "notice", None)
        entry.sha256 = provable.digest(provable.text(entry.kind, entry.rule, entry.edition, notice))
        entry.hash = previous = provable.hash_of(entry)
        alter_entry(entry.number, sha256=entry.sha256, previous_hash=entry.previous_hash, hash=entry.hash)
