"""Promise 4: one identity lies in the vault, and then every place where it could turn up is searched for it, in all its spellings.

A new address or command without its line in `places.py` fails. The walk prints how many places it searched.
"""

import io
import logging
from contextlib import redirect_stderr, redirect_stdout

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command, get_commands
from django.db import connection
from django.test import Client
from django.urls import reverse

from factcheck.logs import WithoutWords
from factcheck.sources import identity, leak_guard
from tests.backoffice.test_doors import address, people, things, whole_table  # noqa: F401 - fixtures
from tests.entering import give_app, show_second_factor
from tests.machines import addresses as machines
from tests.website import addresses as website

from .places import COMMANDS, ENTRANCE, every_name, known_names
from .spellings import IDENTITY, SPELLINGS, WORDS, found_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def canary(things):  # noqa: F811
    """The identity, written into the vault by a custodian."""
    source = things["sources_source"]
    identity.write(source, by=source.opened_by, **IDENTITY)
    return source


@pytest.fixture
def everything(superuser):
    """A superuser with every role and every permission there is, and custody of nobody."""
    superuser.groups.set(Group.objects.all())
    superuser.user_permissions.set(Permission.objects.all())
    return superuser


class Search:
    """Every place searched, and where something was found."""

    def __init__(self):
        self.places, self.found = set(), {}

    def look(self, place, content):
        self.places.add(place)
        if words := found_in(content):
            self.found[place] = words

    def answer(self, place, response):
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        body = b"".join(response.streaming_content) if response.streaming else response.content
        self.look(place, headers.encode() + b"\n" + body)


def test_every_address_is_walked():
    assert set(every_name()) - known_names() == set()


def test_every_command_is_run_or_says_why_not():
    assert {name for name, app in get_commands().items() if app.startswith("factcheck.")} == set(COMMANDS)


def test_search_finds_what_it_looks_for():
    """A search that could find nothing would find nothing."""
    assert len(SPELLINGS) == 456  # as the README says
    for word in WORDS:
        for text in (word, word.lower(), f"x{word}x".encode("utf-16-le"), f"<p>{word.upper()}</p>"):
            assert found_in(text), (word, text)


def test_identity_is_nowhere_but_in_the_vault(
    canary,
    people,  # noqa: F811
    things,  # noqa: F811
    everything,
    settings,
    log,
    mailoutbox,
    capsys,
):
    search = Search()
    website.publish_the_example()
    settings.SECURITY_CONTACT = "mailto:security@record.example"
    everybody = {**people, "X": everything, "custodian": canary.opened_by, "nobody": None}
    for letter, person in everybody.items():
        _walk_desk(search, letter, person, things)
    _walk_readers(search)
    _walk_the_rest(search, everybody)
    _provoke_errors(search, settings, canary)
    _run_commands(search)
    _search_database(search)
    for number, message in enumerate(mailoutbox):
        search.look(f"mail {number}", message.message().as_bytes())
    for number, line in enumerate(log.getvalue().splitlines()):
        search.look(f"log line {number}", line)
    with capsys.disabled():
        print(f"\nThe canary was looked for in {len(search.places)} places, in {len(SPELLINGS)} spellings.")
    assert search.found == {}
    assert len(search.places) > 6000  # as the README says


def test_custodian_does_read_it(canary):
    found = identity.read(canary, by=canary.opened_by, purpose="To see that it is there.")
    assert found_in("\n".join(found.values())) == sorted(set(WORDS) & set(found_in("\n".join(IDENTITY.values()))))
    assert leak_guard.hits([IDENTITY["real_name"]])


@pytest.fixture
def log():
    """Everything that is logged, as standard error would get it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutWords("{asctime} {levelname} {name}: {message}", style="{"))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def _client(person):
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
        give_app(person)
        show_second_factor(client, person)
    return client


def _walk_desk(search, letter, person, things):  # noqa: F811
    client = _client(person)
    for name in whole_table():
        url = address(name, things)
        search.answer(f"{letter} GET {url}", client.get(url))
        search.answer(f"{letter} POST {url}", client.post(url))
        if name.endswith("_changelist"):
            search.answer(f"{letter} GET {url}?q=", client.get(url, {"q": "q"}))


def _walk_readers(search):
    client = Client()
    addresses = [website.path(name) for name in website.ADDRESSES]
    addresses += [machines.path(name) for name in machines.ADDRESSES] + [reverse(machines.PAGE)]
    for url in addresses:
        answer = client.get(url)
        assert answer.status_code == 200, url  # what is not there could not tell
        search.answer(f"reader GET {url}", answer)
        search.answer(
            f"reader GET {url} of a search", client.get(url.partition("?")[0], {"q": "visa", "query": "visa"})
        )


def _walk_the_rest(search, everybody):
    for letter, person in everybody.items():
        client = _client(person)
        for name, given in ENTRANCE.items():
            url = reverse(name, args=given)
            search.answer(f"{letter} GET {url}", client.get(url))
            if name != "account_logout":
                search.answer(f"{letter} POST {url}", client.post(url))


def _provoke_errors(search, settings, canary):
    """Fail in the middle of reading and of writing the identity: the pages of the failure, and the log, say nothing of it."""
    templates, client = settings.TEMPLATES, _client(canary.opened_by)
    read, write = (reverse(f"admin:sources_source_{code}", args=[canary.ref]) for code in ("read", "write"))
    settings.TEMPLATES = [{**templates[0], "DIRS": []}]
    search.answer("500 while reading", client.post(read, {"purpose": "To call."}))
    settings.TEMPLATES = templates
    keys, settings.VAULT_KEYS = settings.VAULT_KEYS, []
    answer = client.post(write, {"real_name": "somebody"})
    search.answer("409 while writing without a key", answer)
    settings.VAULT_KEYS = keys
    search.answer("404", client.get("/desk/no/such/page/"))


def _run_commands(search):
    for name, arguments in [*COMMANDS.items(), ("dumpdata", []), ("check", [])]:
        if arguments is not None:
            out = io.StringIO()
            with redirect_stdout(out), redirect_stderr(out):
                call_command(name, *arguments, stdout=out, stderr=out)
            search.look(f"command {name}", out.getvalue())


def _search_database(search):
    """Every row of every table: history, journal, sessions, cache, search index; and the database's own bytes, on SQLite."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for number, row in enumerate(cursor.fetchall()):
                cells = (bytes(c) if isinstance(c, memoryview) else str(c).encode() for c in row)
                search.look(f"{table} {number}", b"\n".join(cells))
    if connection.vendor == "sqlite":
        search.look("the database’s own bytes", connection.connection.serialize())
