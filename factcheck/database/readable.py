"""A new table that those may read who read an old one: an upgrade must not shut readers' pages out until grants are given."""

from django.db import migrations

READERS = """SELECT DISTINCT grantee FROM information_schema.role_table_grants
WHERE table_schema = current_schema() AND table_name = %s AND privilege_type = 'SELECT' AND grantee <> current_user"""


def readable_as(connection, table, old):
    """On PostgreSQL, let every role that may read the table `old` read `table`, too. On SQLite there are no roles."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(READERS, [old])
        for (role,) in cursor.fetchall():
            to = "PUBLIC" if role == "PUBLIC" else connection.ops.quote_name(role)
            cursor.execute(f"GRANT SELECT ON {connection.ops.quote_name(table)} TO {to}")


class ReadableAs(migrations.RunPython):
    """A migration operation: whoever reads the table `old` may read `table`."""

    def __init__(self, table, old):
        self.table, self.old = table, old
        super().__init__(
            lambda apps, editor: readable_as(editor.connection, table, old), migrations.RunPython.noop, elidable=True
        )

    def deconstruct(self):
        return self.__class__.__name__, [self.table, self.old], {}

    def describe(self):
        return f"Let whoever reads {self.old} read {self.table}"
