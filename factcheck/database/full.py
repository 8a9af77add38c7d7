"""Whether something failed because a disk is full: SQLite's, PostgreSQL's, or that of files."""

import errno
import sqlite3

FULL = (errno.ENOSPC, errno.EDQUOT)
# The second: no room for the index of what is being written.
SQLITE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
POSTGRESQL = "53100"  # disk_full


def disk_is_full(problem):
    """Whether this exception, or one that it came of, says so."""
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in FULL:
            return True
        if getattr(problem, "sqlite_errorcode", None) in SQLITE or getattr(problem, "sqlstate", None) == POSTGRESQL:
            return True
        problem = problem.__cause__ or problem.__context__
    return False
