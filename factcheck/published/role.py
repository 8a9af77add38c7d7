"""The role of PostgreSQL that readers' pages log in with: it can read the published tables and do nothing else."""

import re

from django.apps import apps
from django.db import transaction

NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
MAKE = "DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
# What everybody may do in a new database is taken away, too: temporary tables, and before version 15 tables of their own.
GRANTS = (
    "ALTER ROLE {role} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS",
    "ALTER ROLE {role} SET default_transaction_read_only = on",
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO {role}",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
    "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
    "GRANT SELECT ON {tables} TO {role}",
)


def statements(connection, role):
    """The statements that make `role` what it should be in this database, whatever it was before.

    Raises ValueError where `role` is no name of lower-case letters, digits and _, and where it is the one that owns the
    tables, which would lock the newsroom out.
    """
    if not NAME.fullmatch(role) or role == connection.settings_dict["USER"]:
        raise ValueError(role)
    quote = connection.ops.quote_name
    tables = sorted(quote(kind._meta.db_table) for kind in apps.get_app_config("published").get_models())
    names = {"role": quote(role), "database": quote(connection.settings_dict["NAME"]), "tables": ", ".join(tables)}
    return [statement.format(**names) for statement in (MAKE, *GRANTS)]


def apply(connection, role):
    """Run them, all or none."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements(connection, role):
            cursor.execute(statement)
