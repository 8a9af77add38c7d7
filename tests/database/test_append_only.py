"""Tables that only grow go on refusing changes, whatever migrations did to them since (promise 5)."""

import pytest
from django.apps import apps
from django.db import connection

from factcheck.database.rows import AppendOnlyModel

TABLES = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnlyModel))
TRIGGERS = {
    "sqlite": ({"update", "delete"}, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"),
    "postgresql": (
        {"change", "truncate"},
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_table_refuses_changes_after_every_migration(table):
    verbs, asked = TRIGGERS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(asked, [table])
        assert {name for (name,) in cursor.fetchall()} == {f"{table}_no_{verb}" for verb in verbs}
