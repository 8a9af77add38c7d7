"""What was destroyed is taken out of the database's own files as well, as far as it can be told to (CS-12)."""

import logging
import re
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from .models import Source

logger = logging.getLogger(__name__)
HOLDING_KEYS = ("sources_source", "sources_sealed", "sources_guardedterm", "sources_guardtoken", "sources_strongbox")
FOR_A_TABLE = 300  # milliseconds: whoever asks for a whole table, or file, holds up all who come after
AT_ONCE = "10s"  # for all of it while somebody waits at a page: less than that page's patience (database.patient)


def to_be_overwritten():
    """Sources that are destroyed and whose rows may still lie in the database's files."""
    return Source.objects.filter(destroyed_at__isnull=False, overwritten_at=None)


def overwrite_at_once():
    """What a page tries for moments, behind the destruction. What it does not come to is `overwrite_some`'s."""
    _overwrite(at_most=AT_ONCE)


def overwrite_some(worker=None):
    """Write anew what is left of destroyed sources, if nobody is in the way. Returns whether that was done."""
    return to_be_overwritten().exists() and _overwrite()


def _overwrite(at_most="0"):
    """Whether it is done. `at_most` is PostgreSQL's statement_timeout; "0" is as long as it takes."""
    sources = list(to_be_overwritten())
    try:
        done = _anew(at_most) if connection.vendor == "postgresql" else _truncated()
    except OperationalError as why:
        done, because = False, str(why).strip()
    else:
        because = "somebody may still read it"
    if not done:
        logger.warning("what was destroyed is not overwritten yet, and will be tried again: %s", because)
        return False
    for source in sources:
        source.overwritten_at = timezone.now()
        source.save(update_fields=["overwritten_at"])
    return True


@transaction.atomic
def _anew(at_most):
    # CLUSTER writes a table anew as VACUUM FULL does, a plain VACUUM leaves the bytes where they were; and of the two it alone
    # goes into a transaction, without which a pooler would hand these bounds on to somebody else.
    with connection.cursor() as cursor, _heard() as details:
        cursor.execute(f"SET LOCAL lock_timeout = {FOR_A_TABLE}")
        cursor.execute(f"SET LOCAL statement_timeout = '{at_most}'")
        for table in HOLDING_KEYS:
            cursor.execute(f"CLUSTER VERBOSE {table} USING {table}_pkey")
    return not any(re.match(r"\D*[1-9]", each) for each in details)


@contextmanager
def _heard():
    """What CLUSTER tells: how many deleted rows it took along ("0 dead row versions …"), as an older query could ask for them."""
    details, line = [], connection.connection

    def hear(said):
        details.extend((said.message_detail or "").splitlines()[:1])

    line.add_notice_handler(hear)
    try:
        yield details
    finally:
        line.remove_notice_handler(hear)


def _truncated():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {FOR_A_TABLE}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # deleted rows are overwritten: secure_delete is on
            return not cursor.fetchone()[0]  # busy
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
