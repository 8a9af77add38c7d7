"""WEBSITE_ONLY: a process that has readers' pages and nothing else, neither a door for the staff nor a key."""

import pytest

from .conftest import run

KEYS = ("SECRET_KEY", "VAULT_KEYS", "BACKUP_KEY")


@pytest.fixture
def alone(readers, monkeypatch):
    """The same database, known to the process by the readers' own address alone."""
    public = readers.settings.get("PUBLIC_DATABASE_URL", readers.url)
    kept = dict(readers.settings)
    readers.settings.update(WEBSITE_ONLY="1", PUBLIC_DATABASE_URL=public, DATABASE_URL="sqlite:////no/such/folder/x")
    (readers.folder / "var" / "secret-key").unlink(missing_ok=True)  # of the process that published
    for name in KEYS:
        monkeypatch.setenv(name, "not a key at all")  # it would be refused, if anybody read it
    yield readers
    readers.settings.clear()
    readers.settings.update(kept)


def test_it_opens_readers_pages_and_no_other(alone):
    said = run(alone, "open_everything_alone")
    assert {a: s for a, s in said["open"].items() if s != 200} == {"/.well-known/security.txt": 404}
    assert set(said["shut"].values()) == {404}


def test_it_has_no_key_no_log_in_and_no_way_to_the_newsrooms_database(alone):
    said = run(alone, "what_it_has")
    assert said["keys"] == dict.fromkeys(KEYS, False)
    assert said["engine"] == "django.db.backends.dummy"
    assert not [app for app in said["apps"] if any(word in app for word in ("auth", "admin", "session", "newsroom"))]
    assert not [step for step in said["middleware"] if any(word in step for word in ("Session", "Auth", "Csrf"))]
    assert not (alone.folder / "var" / "secret-key").exists()


def test_it_keeps_every_header_of_the_whole_site(alone, client, db):
    assert _told(run(alone, "headers_of_a_page")) == _told(client.get("/about/").headers)


def _told(headers):
    return {name: sorted(headers[name].split("; ")) for name in headers if name not in ("ETag", "Content-Length")}
