"""Tables whose rows stand for ever: the database itself refuses UPDATE and DELETE.

Used by migrations: `operations = [..., AppendOnly("newsroom_journalentry")]`. The rule holds for plain SQL too, on SQLite
and PostgreSQL alike; whoever drops the triggers to change a row is still found by `verify_journal`.
"""

from django.db import migrations

REFUSAL = "rows of this table are append-only"

SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table}: {refusal}'); END"""

POSTGRES = """CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table}: {refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"""


def refuse_changes(connection, table):
    """Install the triggers on `table` (its name in the database)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES.format(table=table, refusal=REFUSAL))
        else:
            for verb in ("update", "delete"):
                cursor.execute(SQLITE.format(table=table, verb=verb, refusal=REFUSAL))


def allow_changes(connection, table):
    """Take the triggers off `table` again: a migration backwards, or a test that plays the vandal."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for trigger in ("change", "truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{trigger} ON {table}")
            cursor.execute(f"DROP FUNCTION IF EXISTS {table}_append_only()")
        else:
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


class AppendOnly(migrations.RunPython):
    """A migration operation: from here on `table` only grows."""

    def __init__(self, table):
        self.table = table
        super().__init__(
            lambda apps, editor: refuse_changes(editor.connection, table),
            lambda apps, editor: allow_changes(editor.connection, table),
        )

    def deconstruct(self):
        return self.__class__.__name__, [self.table], {}

    def describe(self):
        return f"Refuse UPDATE and DELETE on {self.table}"


class MayChange(migrations.RunPython):
    """A migration operation: `table` may change, before it gets other columns; an `AppendOnly` behind those closes it again.

    SQLite makes such a table anew, and would lose the triggers without a word.
    """

    def __init__(self, table):
        self.table = table
        super().__init__(
            lambda apps, editor: allow_changes(editor.connection, table),
            lambda apps, editor: refuse_changes(editor.connection, table),
        )

    def deconstruct(self):
        return self.__class__.__name__, [self.table], {}

    def describe(self):
        return f"Allow UPDATE and DELETE on {self.table}, for this migration"
