"""Django's SQLite backend with a door-keeper in every connection: SQLite itself asks it before each step of a statement."""

import sqlite3

from django.db.backends.sqlite3 import base

READABLE = "published_"  # the tables that can be read, and with them their indexes of words
ALLOWED = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
    sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_SAVEPOINT,
}


def may(action, first, second, _database, _trigger):
    """SQLite's question of whether a statement may do this: `first` is the table or the pragma that it names."""
    if action == sqlite3.SQLITE_READ:
        allowed = first.startswith(READABLE) or first == "sqlite_master"
    elif action == sqlite3.SQLITE_PRAGMA:
        allowed = first == "data_version"  # by which an index of words knows that somebody else has written
    elif action == sqlite3.SQLITE_UPDATE:
        # Asked when an index of words is opened; nothing can be written there, or anywhere.
        allowed = first == "sqlite_master"
    else:
        allowed = action in ALLOWED
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA query_only = ON")
        connection.set_authorizer(may)
        return connection
