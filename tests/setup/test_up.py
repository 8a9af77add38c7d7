"""`manage.py up`, as somebody runs it who has just cloned the repository: in a process of its own, out of an empty folder."""

import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from ..scratch import MANAGE

PEOPLE = ["administrator", "editor", "journalist", "journalist-2", "legal", "senior-editor"]
ASK_PEOPLE = """
import json
from factcheck.newsroom.models import User
people = User.objects.order_by("username")
print(json.dumps([[one.username, sorted(one.roles), one.is_staff, one.is_superuser, one.password] for one in people]))
"""


lets_in = PBKDF2PasswordHasher().verify  # what a process of its own hashes with; the tests' own hasher is a fast one


def people(database):
    return json.loads(database.manage("shell", "--no-imports", "-c", ASK_PEOPLE).splitlines()[-1])


@pytest.fixture
def admin_file(tmp_path):
    file = tmp_path / "password"
    file.write_text("tohu-wairua-ngeru-9\n")
    return str(file)


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@contextmanager
def serving(database, *options):
    """`up`, serving; gives the process and what it printed until it served."""
    command = [sys.executable, MANAGE, "up", *options]
    server = subprocess.Popen(
        command,
        env=database.environment,
        cwd="/",
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    try:
        for line in server.stdout:
            said.append(line)
            if line.startswith("Serving at"):
                break
        assert said and said[-1].startswith("Serving at"), "".join(said)
        yield server, "".join(said)
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


def fetch(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def any_alive(pids):
    return any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_example_has_one_person_for_each_role_and_a_second_journalist(example):
    rows = people(example)
    assert [(name, roles) for name, roles, *_ in rows] == [(name, [name.removesuffix("-2")]) for name in PEOPLE]
    assert {(staff, superuser) for _n, _r, staff, superuser, _p in rows} == {(True, False)}


def test_example_prints_a_password_that_lets_everybody_in(example):
    printed = dict(re.findall(r"^ {4}(\S+) +(\S+)$", example.said, re.M))
    assert sorted(printed) == PEOPLE
    for name, _roles, _staff, _superuser, password in people(example):
        assert lets_in(printed[name], password)


def test_var_is_private(example):
    var = example.folder / "var"
    assert var.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in var.rglob("*"))
    assert (var / "static" / "staticfiles.json").exists()


def test_second_run_keeps_everything_and_says_so(example):
    before = people(example)
    said = example.manage("up", "--no-serve", "--demo-password", "another")
    assert re.fullmatch(r"Kept as it was, passwords too\. Claims: [1-9][0-9]*; people: 6\.\n", said)
    assert people(example) == before


def test_example_leaves_a_journal_that_holds(example):
    assert re.match(r"[0-9]{2,} entries hold\.", example.manage("verify_journal"))


def test_example_is_served_and_ctrl_c_stops_it_cleanly(example, free_port):
    with serving(example, "--port", free_port) as (server, said):
        assert said.splitlines()[-1].startswith(f"Serving at http://127.0.0.1:{free_port} ")
        assert "Unproven" in fetch(free_port, "/claims/")
        assert "stylesheet" in fetch(free_port, "/desk/login/")
        workers = children(server.pid)
        os.killpg(server.pid, signal.SIGINT)  # as a terminal does: to every process of the group
        rest = server.communicate(timeout=30)[0]
    assert (server.returncode, rest) == (0, "Stopped.\n")
    assert workers and not any_alive(workers)


def test_killed_server_leaves_no_worker_behind(example, free_port):
    with serving(example, "--port", free_port) as (server, _said):
        fetch(free_port, "/claims/")
        workers = children(server.pid)
        server.kill()
        server.wait()
    end = time.monotonic() + 20
    while any_alive(workers) and time.monotonic() < end:
        time.sleep(0.2)
    assert workers and not any_alive(workers)


def test_port_in_use_is_told_before_anything_is_made(untouched):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = untouched.manage("up", "--port", str(port), expect=1)
    assert said == f"Cannot serve at 127.0.0.1 port {port}: Address already in use. Try another --port.\n"
    assert [path.name for path in (untouched.folder / "var").iterdir()] == ["secret-key"]


@pytest.mark.parametrize(
    "options", [["--port", "0"], ["--port", "99999"], ["--bind", "not an address"], ["--bind", "192.0.2.1"]]
)
def test_port_or_address_that_cannot_be_served_is_told(untouched, options):
    assert re.fullmatch(r"(--port must|Cannot serve at)[^\n]+\.\n", untouched.manage("up", *options, expect=1))


def test_var_that_is_no_folder_is_told(untouched, monkeypatch):
    (untouched.folder / "var").write_text("")
    monkeypatch.setenv("SECRET_KEY", "k3y-" * 12 + "and more")
    assert (
        untouched.manage("up", "--no-serve", expect=1) == f"{untouched.folder / 'var'} cannot be used: File exists.\n"
    )


def test_database_that_is_none_is_told(untouched):
    (untouched.folder / "letter").write_text("Dear editor, " * 100)
    untouched.url = f"sqlite:///{untouched.folder / 'letter'}"
    said = untouched.manage("up", "--no-serve", expect=1)
    assert said == "The database cannot be used: file is not a database.\n"


def test_database_server_that_cannot_be_reached_is_told(untouched):
    untouched.url = "postgres://desk:se-cret@127.0.0.1:1/factcheck"
    said = untouched.manage("up", "--no-serve", expect=1)
    # Without the extra there is no driver to reach it with, which is another sentence.
    assert re.fullmatch(r"(The database cannot be used: |DATABASE_URL asks for PostgreSQL)[^\n]+\.\n", said), said
    assert "se-cret" not in said


def test_empty_without_a_terminal_asks_for_options(untouched):
    said = untouched.manage("up", "--no-serve", "--empty", expect=1)
    assert re.fullmatch(r"--empty asks [^\n]+ give --admin-name and --admin-password-file\.\n", said)


def test_empty_with_a_weak_password_is_refused_and_makes_nobody(untouched, tmp_path):
    (tmp_path / "weak").write_text("short\n")
    options = ["--empty", "--admin-name", "chief", "--admin-password-file", str(tmp_path / "weak")]
    assert "too short" in untouched.manage("up", "--no-serve", *options, expect=1)
    assert people(untouched) == []


def test_empty_makes_one_administrator_and_no_example(untouched, admin_file):
    options = ["--empty", "--admin-name", "chief", "--admin-password-file", admin_file]
    said = untouched.manage("up", "--no-serve", *options)
    assert said == "Made the administrator chief. The database is empty otherwise.\n"
    [(name, roles, staff, superuser, password)] = people(untouched)
    assert (name, roles, staff, superuser) == ("chief", ["administrator"], True, False)
    assert lets_in("tohu-wairua-ngeru-9", password)
    assert untouched.manage("up", "--no-serve") == "Kept as it was, passwords too. Claims: 0; people: 1.\n"


def test_empty_at_a_terminal_asks_for_name_and_password_twice(untouched):
    said, status = at_a_terminal(untouched, "chief", "tohu-wairua-ngeru-9", "tohu-wairua-ngeru-9")
    assert status == 0, said
    assert "Made the administrator chief." in said
    assert "tohu" not in said
    assert [row[0] for row in people(untouched)] == ["chief"]


def test_empty_at_a_terminal_with_two_different_passwords_makes_nobody(untouched):
    said, status = at_a_terminal(untouched, "chief", "tohu-wairua-ngeru-9", "tohu-wairua-ngeru-8")
    assert (status, people(untouched)) == (1, [])
    assert "The two passwords differ" in said


def at_a_terminal(database, *answers):
    """Run `up --empty` on a terminal of its own and answer each question in turn."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, str(MANAGE), "up", "--no-serve", "--empty"], database.environment)
    said, questions = "", 0
    try:
        while chunk := os.read(terminal, 1000):
            said += chunk.decode()
            if said.count(": ") > questions and questions < len(answers):
                os.write(terminal, f"{answers[questions]}\n".encode())
                questions += 1
    except OSError:  # the terminal closes when the command ends
        pass
    os.close(terminal)
    return said, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
