"""Backups of newsrooms at work: consistent, without keys, refused when anything is wrong, and safe to kill."""

import io
import os
import secrets
import signal
import subprocess
import sys
import tarfile
import time

import pytest

from factcheck.safekeeping.sealing import Opening, Sealing, key_from, new_key

from ..scratch import MANAGE, ScratchDatabase
from ..setup.conftest import on_this_server

HIRE = """
from factcheck.newsroom import actions
from factcheck.newsroom.models import User
from factcheck.files.shelf import shelf
actions.hire(by=None, username="first", roles=["journalist"])
print(shelf("evidence").keep(b"what we found").name)
"""
TEN_WRITERS = """
import pathlib, threading
from django.db import connection
from factcheck.newsroom import actions
stop = pathlib.Path({stop!r})
def write(who):
    for number in range(100_000):
        if stop.exists():
            break
        actions.hire(by=None, username=f"writer-{{who}}-{{number}}", roles=["journalist"])
    connection.close()
threads = [threading.Thread(target=write, args=[who]) for who in range(10)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""
AGREES = """
from factcheck.newsroom.models import JournalEntry, User
hired = {entry.record for entry in JournalEntry.objects.filter(verb="hired")}
people = {f"user:{pk}" for pk in User.objects.values_list("pk", flat=True)}
without = User.objects.filter(groups=None).count()
print("agrees" if hired == people and not without else "differs", len(people))
"""


@pytest.fixture
def newsroom(tmp_path):
    (tmp_path / "first").mkdir()
    with ScratchDatabase(tmp_path / "first", on_this_server()) as database:
        database.manage("migrate", "--verbosity=0")
        database.file = database.manage("shell", "--no-imports", "-c", HIRE).strip()
        yield database


@pytest.fixture
def elsewhere(tmp_path):
    (tmp_path / "second").mkdir()
    with ScratchDatabase(tmp_path / "second", on_this_server()) as database:
        yield database


@pytest.fixture
def key(tmp_path):
    (tmp_path / "key").write_text(new_key())
    return ["--key-file", str(tmp_path / "key")]


@pytest.fixture
def goal(tmp_path):
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups" / "one"


def master(key):
    with open(key[1]) as file:  # noqa: PTH123
        return key_from(file.read())


def inside(goal, key):
    """{name: content} of a backup."""
    with goal.open("rb") as file, tarfile.open(fileobj=Opening(file, master(key)), mode="r|") as packed:
        return {entry.name: packed.extractfile(entry).read() for entry in packed}


def files_of(database):
    return sorted(p for p in (database.folder / "var").rglob("*") if p.is_file() and p.name != "secret-key")


def start(database, *arguments):
    return subprocess.Popen(
        [sys.executable, MANAGE, *arguments],
        env=database.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )


def kill_when(process, seen):
    """Kill a process at once when `seen()` first says so. Fails where it ended before."""
    while not seen():
        assert process.poll() is None, process.stdout.read()
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_backup_while_ten_write_is_of_one_moment(newsroom, elsewhere, key, goal, tmp_path):
    stop = tmp_path / "stop"
    writers = start(newsroom, "shell", "--no-imports", "-c", TEN_WRITERS.format(stop=str(stop)))
    try:
        count = "from factcheck.newsroom.models import User; print(User.objects.count())"
        while int(newsroom.manage("shell", "--no-imports", "-c", count)) < 20:
            assert writers.poll() is None
        newsroom.manage("backup", str(goal), *key)
        meanwhile = int(newsroom.manage("shell", "--no-imports", "-c", count))
    finally:
        stop.touch()
        said = writers.communicate(timeout=120)[0]
    assert writers.returncode == 0, said
    assert "entries hold" in elsewhere.manage("restore", str(goal), *key)
    agrees, people = elsewhere.manage("shell", "--no-imports", "-c", AGREES).split()
    assert agrees == "agrees"
    assert 20 <= int(people) < meanwhile


def test_files_come_back_under_their_names_and_no_key_is_inside(newsroom, elsewhere, key, goal, monkeypatch):
    monkeypatch.setenv("VAULT_KEYS", vault_key := "vault-" + "k" * 37 + "=")
    newsroom.manage("backup", str(goal), *key)
    held = inside(goal, key)
    assert set(held) == {"database", f"files/evidence/{newsroom.file}", "manifest.json"}
    secret = (newsroom.folder / "var" / "secret-key").read_bytes()
    for content in held.values():
        assert secret not in content
        assert vault_key.encode() not in content
        assert master(key) not in content
    said = elsewhere.manage("restore", str(goal), *key)
    assert "custody events hold" in said
    restored = elsewhere.folder / "var" / "files" / "evidence" / newsroom.file
    assert restored.read_bytes() == b"what we found"
    assert restored.stat().st_mode & 0o777 == 0o400


def test_nobodys_session_is_in_it(newsroom, key, goal):
    session = (
        "from importlib import import_module; from django.conf import settings;"
        "s = import_module(settings.SESSION_ENGINE).SessionStore(); s['mark'] = 'x'; s.create();"
        "from factcheck.newsroom.models import CacheEntry; from django.core.cache import cache; cache.set('kept', 'x');"
        "print(s.get_model_class().objects.count(), CacheEntry.objects.count())"
    )
    assert newsroom.manage("shell", "--no-imports", "-c", session).split() == ["1", "1"]
    newsroom.manage("backup", str(goal), *key)
    assert b":1:kept" not in inside(goal, key)["database"]


def damaged(goal, how, key):
    data = goal.read_bytes()
    if how == "cut":
        goal.write_bytes(data[:-1])
    elif how == "begun":
        goal.write_bytes(data[:10])
    elif how == "changed":
        goal.write_bytes(data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :])
    elif how == "empty":
        goal.write_bytes(b"")
    elif how == "manifest":  # sealed with the right key, and yet not what its manifest says
        repacked(goal, key, database=b"another database")
    elif how == "added":
        repacked(goal, key, **{"files/evidence/ab/cdef": b"slipped in"})


def repacked(goal, key, **changes):
    held = {**inside(goal, key), **changes}
    with goal.open("wb") as file:
        sealing = Sealing(file, master(key))
        with tarfile.open(fileobj=sealing, mode="w|") as packed:
            for name, content in held.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                packed.addfile(entry, io.BytesIO(content))
        sealing.finish()


@pytest.fixture(scope="module")
def one_backup(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    (folder / "key").write_text(new_key())
    key = ["--key-file", str(folder / "key")]
    with ScratchDatabase(folder, on_this_server()) as database:
        database.manage("migrate", "--verbosity=0")
        database.manage("shell", "--no-imports", "-c", HIRE)
        database.manage("backup", str(folder / "backup"), *key)
    return (folder / "backup").read_bytes(), key


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("cut", "changed or cut short"),
        ("begun", "only the beginning of one"),
        ("empty", "no backup that this program made"),
        ("changed", "changed or cut short"),
        ("manifest", "does not hold what its manifest says"),
        ("added", "does not hold what its manifest says"),
    ],
)
def test_backup_with_something_wrong_is_refused_and_leaves_nothing(one_backup, elsewhere, goal, how, sentence):
    data, key = one_backup
    goal.write_bytes(data)
    damaged(goal, how, key)
    said = elsewhere.manage("restore", str(goal), *key, expect=1)
    assert sentence in said
    assert said.count("\n") == 1
    assert files_of(elsewhere) == []


def test_key_that_is_wrong_missing_or_none_is_told(one_backup, elsewhere, goal, tmp_path):
    data, _key = one_backup
    goal.write_bytes(data)
    (tmp_path / "other").write_text(new_key())
    (tmp_path / "nonsense").write_text("open sesame")
    for options, sentence in (
        (["--key-file", str(tmp_path / "other")], "made with another key"),
        (["--key-file", str(tmp_path / "nonsense")], "That is no key of a backup"),
        (["--key-file", str(tmp_path / "nowhere")], "No such file"),
        ([], "Give the key"),
    ):
        assert sentence in elsewhere.manage("restore", str(goal), *options, expect=1)
    assert files_of(elsewhere) == []


def test_key_is_taken_from_the_environment(one_backup, elsewhere, goal, monkeypatch):
    data, key = one_backup
    goal.write_bytes(data)
    with open(key[1]) as file:  # noqa: PTH123
        monkeypatch.setenv("BACKUP_KEY", file.read().strip())
    assert "It is whole" in elsewhere.manage("restore", str(goal), "--only-check")
    assert files_of(elsewhere) == []


def test_place_with_files_in_it_is_refused(one_backup, elsewhere, goal):
    data, key = one_backup
    goal.write_bytes(data)
    kept = elsewhere.folder / "var" / "files" / "mail" / "ab" / "abcdef"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"a letter")
    assert "There are files on the shelf “mail” already" in elsewhere.manage("restore", str(goal), *key, expect=1)
    assert files_of(elsewhere) == [kept]


BIG = 96 * 1024 * 1024


@pytest.fixture
def big(newsroom):
    """A newsroom with enough files that a backup takes a while."""
    folder = newsroom.folder / "var" / "files" / "evidence" / "ab"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(6):
        (folder / f"ab{number}").write_bytes(secrets.token_bytes(BIG // 6))
    return newsroom


def test_backup_that_is_killed_leaves_nothing_that_looks_whole(big, key, goal):
    process = start(big, "backup", str(goal), *key)
    kill_when(process, lambda: any(p.stat().st_size > BIG // 4 for p in goal.parent.iterdir()))
    [left] = goal.parent.iterdir()
    assert left.name.endswith(".unfinished")
    assert not goal.exists()
    os.utime(left, (0, 0))
    big.manage("backup", str(goal), *key)
    assert list(goal.parent.iterdir()) == [goal]


def test_restore_that_is_killed_is_begun_anew(big, elsewhere, key, goal):
    big.manage("backup", str(goal), *key)
    shelf = elsewhere.folder / "var" / "files" / "evidence" / "ab"
    process = start(elsewhere, "restore", str(goal), *key)
    kill_when(process, lambda: (shelf / "ab1").exists())
    said = elsewhere.manage("restore", str(goal), *key)
    assert "entries hold" in said
    first, second = ([p.name for p in files_of(place) if "files" in p.parts] for place in (big, elsewhere))
    assert first == second
    assert not (elsewhere.folder / "var" / "restore-begun").exists()
