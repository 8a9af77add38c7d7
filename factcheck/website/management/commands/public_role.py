from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from factcheck.published import role


class Command(BaseCommand):
    """On PostgreSQL: what the readers' role is granted. On SQLite there are no roles, and it says what holds there instead."""

    help = (
        "Print the grants of a PostgreSQL role that can read the published tables and nothing else; --apply runs them."
    )

    def add_arguments(self, parser):
        parser.add_argument("--name", default="factcheck_public", help="The role. Default: factcheck_public.")
        parser.add_argument("--apply", action="store_true", help="Run them, all or none.")

    def handle(self, *args, name, apply, **options):
        if connection.vendor != "postgresql":
            self.stdout.write(
                "SQLite has no roles: every connection of the readers' pages refuses all but published tables itself."
            )
            return
        try:
            said = role.statements(connection, name)
        except ValueError as wrong:
            raise CommandError("Give the role a name of its own: lower-case letters, digits and _.") from wrong
        if apply:
            self._apply(name)
        else:
            self.stdout.write("".join(f"{statement};\n" for statement in said), ending="")

    def _apply(self, name):
        try:
            role.apply(connection, name)
        except DatabaseError as refused:
            raise CommandError(f"Nothing was changed: {str(refused).strip()}") from refused
        self.stdout.write(
            f"{name} can read the published tables and nothing else. Give it a password: \\password {name}"
        )
