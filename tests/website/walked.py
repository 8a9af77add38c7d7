"""Run in a process of its own, through `manage.py shell`: the public site opened through the readers' database alone."""

import contextlib
import json

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.test import Client

from factcheck.published import reading
from tests.machines import addresses as machines

from .addresses import ADDRESSES, path, publish_the_example

ASKED = [
    "/claims/?q=visas",
    "/claims/?q=visas&rating=unproven&topic=immigration",
    "/corrections/?kind=correction",
    "/sitemap.xml?part=0",
    *map(machines.path, machines.ADDRESSES),
    "/api/",
    "/api/v1/claims/?q=visas&topic=immigration&updated_since=2022-01-01T00:00:00Z",
]


def publish():
    """What there is to read: written by the press, through the newsroom's own database."""
    publish_the_example()


def _refused(execute, sql, *rest):
    raise AssertionError(f"a reader's page asked the newsroom's own database: {sql}")


@contextlib.contextmanager
def nothing_of_the_newsrooms():
    """Whoever asks the newsroom's own database fails."""
    with connections["default"].execute_wrapper(_refused):
        yield


def open_everything():
    """Print {address: status} of every public address."""
    with nothing_of_the_newsrooms():
        print(json.dumps(_opened(Client(headers={"host": "127.0.0.1"}))))


def _opened(client):
    """{address: status}, each read to its end, because what is streamed asks the database while it is sent."""
    found = {}
    for address in [*map(path, ADDRESSES), *ASKED]:
        answer = client.get(address)
        assert b"".join(answer), address
        found[address] = answer.status_code
    return found


def try_everything_else():
    """Print what could be read or written that should not: nothing."""
    tables = [kind._meta.db_table for kind in apps.get_models(include_auto_created=True)]
    strange = [table for table in [*tables, "django_migrations"] if not table.startswith("published_")]
    tried = [f'SELECT 1 FROM "{table}" LIMIT 1' for table in strange]
    tried += [
        f'SELECT 1 FROM published_check WHERE EXISTS (SELECT 1 FROM "{strange[0]}")',
        "INSERT INTO published_imprint (id, changed_at) VALUES (7, '2026-01-01')",
        "UPDATE published_check SET title = 'x'",
        "DELETE FROM published_notice",
        "CREATE TABLE published_more (id integer)",
        "CREATE TEMPORARY TABLE published_more (id integer)",
        "DROP TABLE published_linkstate",
    ]
    assert len(tried) > 40
    print(json.dumps([sql for sql in tried if _goes_through(sql)]))


def _goes_through(sql):
    try:
        with connections["public"].cursor() as cursor:
            if connections["public"].vendor == "postgresql":  # a role may say that it wants to write, and still may not
                cursor.execute("SET default_transaction_read_only = off")
            cursor.execute(sql)
    except DatabaseError:
        return False
    return True


SHUT = ["/desk/", "/desk/login/", "/desk/claims/claim/", "/reply/x/", "/admin/"]


def open_everything_alone():
    """Print {address: status} of every public address, and of some that are for people who log in."""
    client = Client(headers={"host": "127.0.0.1"})
    print(json.dumps({"open": _opened(client), "shut": {address: client.get(address).status_code for address in SHUT}}))


def what_it_has():
    """Print what this process has of the newsroom: keys, apps, steps on the way of a request, the engine of its database."""
    from django.conf import settings

    print(
        json.dumps(
            {
                "keys": {name: _has(settings, name) for name in ("SECRET_KEY", "VAULT_KEYS", "BACKUP_KEY")},
                "apps": [app.name for app in apps.get_app_configs()],
                "middleware": settings.MIDDLEWARE,
                "engine": connections["default"].settings_dict["ENGINE"],
            }
        )
    )


def _has(settings, name):
    try:
        return bool(getattr(settings, name))
    except ImproperlyConfigured:  # Django's answer to whoever asks for a key that is not there
        return False


def headers_of_a_page():
    """Print the headers of a page that is the same whatever is published."""
    answer = Client(headers={"host": "127.0.0.1"}).get("/about/")
    print(json.dumps(dict(answer.headers)))


def check_while_another_asks():
    """Print what `check_published` reads, while somebody else has the server's connection: how many claims, or why not all."""
    import psycopg  # only where the tests run on PostgreSQL

    found = reading.every_current()
    read, other = [next(found).check.slug], connections["public"].copy()
    other.set_autocommit(False)
    try:
        other.cursor().execute("SELECT 1")  # a transaction, and so the connection until it ends
        read += [one.check.slug for one in found]
    except (DatabaseError, psycopg.Error) as problem:
        print(json.dumps(str(problem)))
    else:
        print(json.dumps(len(read)))
    finally:
        other.close()
