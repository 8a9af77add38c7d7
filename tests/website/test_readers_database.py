"""Readers' pages read through a database of their own: the published tables, and no other, whoever writes the query."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from factcheck.published import role

from .conftest import ON_SERVER, run


def test_every_public_address_is_read_through_it(readers):
    opened = run(readers, "open_everything")
    assert len(opened) > 15
    assert {address: status for address, status in opened.items() if status != 200} == {
        "/.well-known/security.txt": 404
    }


def test_no_other_table_can_be_read_and_none_can_be_written(readers):
    assert run(readers, "try_everything_else") == []


def test_a_page_that_asked_the_newsrooms_own_database_would_be_found(readers):
    said = readers.manage(
        "shell",
        "--no-imports",
        "--command",
        "from tests.website import walked\n"
        "from factcheck.newsroom.models import User\n"
        "with walked.nothing_of_the_newsrooms(): User.objects.exists()",
        expect=1,
    )
    assert "a reader's page asked the newsroom's own database" in said


def test_a_role_gets_every_published_table_and_no_other(db):
    said = role.statements(connection, "readers")
    [granted] = [line for line in said if line.startswith("GRANT SELECT")]
    tables = {name for name in connection.introspection.table_names() if name.startswith("published_")}
    named = {name.strip(' "') for name in granted.split(" ON ")[1].split(" TO ")[0].split(",")}
    assert named == {
        name for name in tables if "_words" not in name
    }  # SQLite's indexes of words are tables of their own
    assert 'ALTER ROLE "readers" SET default_transaction_read_only = on' in said


def test_the_command_prints_what_it_would_run(db):
    out = StringIO()
    call_command("public_role", stdout=out)
    if ON_SERVER:
        assert out.getvalue() == "".join(f"{line};\n" for line in role.statements(connection, "factcheck_public"))
    else:
        assert out.getvalue().startswith("SQLite has no roles")


@pytest.mark.parametrize("name", ["", "x; DROP TABLE y", 'a"b', "Ä", "x" * 64, connection.settings_dict["USER"]])
def test_a_role_that_cannot_be_meant_is_refused(db, name):
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        role.statements(connection, name)
