"""Whoever may read the old table may read the new one: on PostgreSQL every role of them; SQLite has no roles."""

import pytest
from django.db import connection

from factcheck.database.readable import ReadableAs, readable_as

pytestmark = pytest.mark.django_db


def may_read(role, table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, 'SELECT')", [role, table])
        return cursor.fetchone()[0]


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def every_reader_of_the_old_table_reads_the_new_one():
    run(
        'CREATE ROLE "Röle of readers"',
        "CREATE ROLE strangers",
        "CREATE TABLE old_one (id integer)",
        "CREATE TABLE new_one (id integer)",
        'GRANT SELECT ON old_one TO "Röle of readers"',
        "GRANT INSERT ON old_one TO strangers",
    )
    readable_as(connection, "new_one", "old_one")
    assert may_read("Röle of readers", "new_one")
    assert not may_read("strangers", "new_one")


def nobody_gets_more_than_to_read():
    run(
        "CREATE ROLE readers_of_old",
        "CREATE TABLE old_one (id integer)",
        "CREATE TABLE new_one (id integer)",
        "GRANT ALL ON old_one TO readers_of_old",
    )
    readable_as(connection, "new_one", "old_one")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants "
            "WHERE table_name = 'new_one' AND grantee = 'readers_of_old'"
        )
        assert cursor.fetchall() == [("SELECT",)]


def what_everybody_may_read_everybody_may_read():
    run(
        "CREATE ROLE anybody",
        "CREATE TABLE old_one (id integer)",
        "CREATE TABLE new_one (id integer)",
        "GRANT SELECT ON old_one TO PUBLIC",
    )
    readable_as(connection, "new_one", "old_one")
    assert may_read("anybody", "new_one")


if connection.vendor == "postgresql":
    test_every_reader_of_the_old_table_reads_the_new_one = every_reader_of_the_old_table_reads_the_new_one
    test_nobody_gets_more_than_to_read = nobody_gets_more_than_to_read
    test_what_everybody_may_read_everybody_may_read = what_everybody_may_read_everybody_may_read
else:

    def test_where_there_are_no_roles_nothing_is_asked(django_assert_num_queries):
        with django_assert_num_queries(0):
            readable_as(connection, "new_one", "old_one")


def test_it_says_what_it_does_in_a_plan_of_migrations():
    assert ReadableAs("new_one", "old_one").describe() == "Let whoever reads old_one read new_one"
