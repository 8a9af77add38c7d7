"""Every setting comes from the environment, works when left out, and is refused with a sentence when it cannot be meant."""

import ast
import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from ..scratch import MANAGE

ROOT = Path(settings.BASE_DIR)
KEPT = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
VAULT_KEY = "dGhlIHZhdWx0LCBmb3IgdGVzdHMgYWxvbmUsIDMyIGI="
LONG = "k3y-" * 12 + "and some more"


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """An environment in which nothing of ours is set but where data is kept."""
    for name in names_read():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    return monkeypatch


def load():
    """settings.py once more, read in the environment as it is now."""
    spec = spec_from_file_location("factcheck.settings_again", ROOT / "factcheck" / "settings.py")
    again = module_from_spec(spec)
    spec.loader.exec_module(again)
    return vars(again)


def names_read():
    """Every variable that settings.py reads: the first argument of each call of a reader, `env.<reader>("NAME", ...)`."""
    for node in ast.walk(ast.parse((ROOT / "factcheck" / "settings.py").read_text())):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).startswith(("env.", "going_out."))
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.args[0].value


def test_settings_with_nothing_set(environment, tmp_path):
    loaded = load()
    assert loaded["DEBUG"] is False
    assert loaded["TIME_ZONE"] == "Pacific/Auckland"
    assert loaded["DATABASES"]["default"]["NAME"] == str(tmp_path / "var" / "factcheck.sqlite3")
    assert set(loaded["ALLOWED_HOSTS"]) == {"localhost", "127.0.0.1", "[::1]"}


def test_secret_key_is_made_once_and_kept_private(environment, tmp_path):
    first, second = load()["SECRET_KEY"], load()["SECRET_KEY"]
    kept = tmp_path / "var" / "secret-key"
    assert first == second == kept.read_text()
    assert len(first) >= 50
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)


WRONG = [
    ("VAULT_KEYS", ["short", VAULT_KEY[:-1], f"{VAULT_KEY},", f"{VAULT_KEY} {VAULT_KEY}"]),
    ("SECRET_KEY", ["short", "", "a" * 60, "django-insecure-" + LONG]),
    ("DEBUG", ["maybe", "", "2"]),
    ("ALLOWED_HOSTS", ["", ",", "a.example,,b.example", "https://a.example", "a.example:80", "a b", "a.example/x"]),
    ("CSRF_TRUSTED_ORIGINS", ["a.example", "ftp://a.example", "https://a.example/path", "https://a.example,,"]),
    ("DATABASE_URL", ["nonsense", "", "mysql://u:p@h/n", "postgres://h", "postgres://h:port/n", "sqlite://host/x"]),
    ("CACHE_URL", ["", "nonsense", "memcached://h", "redis://", "redis://a b", "file:///tmp"]),
    ("WEBSITE_ONLY", ["maybe", "2"]),
    ("PUBLIC_DATABASE_URL", ["nonsense", "mysql://u:p@h/n", "postgres://h", "sqlite://host/x"]),
    ("SITE_URL", ["", "a.example", "ftp://a.example", "https://", "https://a.example/x", "https://u:p@a.example"]),
    ("SITE_URL", ["https://a.example:99999", "https://a.example?x=1", "https://a example", "https://[::1"]),
    ("NEWSROOM_NAME", ["", " ", "two\nlines", "x" * 201]),
    ("TIME_ZONE", ["Mars/Olympus", "", "../../etc/passwd", "NZDT"]),
    (
        "FILES_URL",
        ["nonsense", "s3://host/bucket", "s3://k:s@host", "s3://k:s@host:port/bucket", "s3://k:s@h/b?region"],
    ),
    (
        "MAILBOX_URL",
        ["nonsense", "imaps://host", "imaps://u:p@", "imap://u:p@mail.example", "imaps://u:p@h:port", "pop://u:p@h"],
    ),
    ("EMAIL_URL", ["", "nonsense", "http://a.example", "smtp://", "smtp://h:port"]),
    ("LARGEST_UPLOAD_MB", ["0", "2001", "much", ""]),
    ("CAPTURE_BEFORE_PUBLISHING", ["perhaps", ""]),
    ("TIMESTAMP_ROOTS", ["/no/such/file", "relative.pem"]),
    ("TIMESTAMP_URL", ["nonsense", "ftp://tsa.example", "https://tsa.example"]),
    ("VAR_DIR", ["", "relative/path"]),
    ("SIGN_OFFS_NEEDED", ["0", "-1", "one", "", "6", "1.5"]),
    ("REPLY_MINIMUM_HOURS", ["0", "a day", ""]),
    ("REPLY_MINIMUM_WORKING_HOURS", ["-1", "81", "a day"]),
    ("ATTEMPTS_BEFORE_SILENCE", ["1", "21", "five"]),
    ("HOLIDAYS_COUNTRY", ["XX", "", "New Zealand"]),
    ("HOLIDAYS_REGION", ["Mordor", "AUKLAND"]),
    ("LETTERS_FROM", ["", "nobody", "a@b@c"]),
    ("LETTERS_REPLY_TO", ["nobody", "@", "a@b@c"]),
    ("LETTERS_CALL", ["two\nlines", "x" * 201]),
    ("REMINDER_HOURS", ["0", "169", "a day"]),
    ("DIGEST_HOUR", ["24", "-1", "08:00"]),
    ("REPLY_PAGE_DAYS", ["0", "731", "soon"]),
    ("REPORT_ERRORS_TO", ["", "nobody", "a@b@c"]),
    (
        "SECURITY_CONTACT",
        ["security@example.org", "http://a.example", "mailto:nobody", "https://", "mailto:a@b.c\nX: y"],
    ),
    ("SECURITY_POLICY", ["a page", "https://a b"]),
    ("LICENCE_URL", ["a page", "mailto:a@example.org", "https://a b", "http://example.org/"]),
    ("LICENCE_NAME", ["two\nlines", "x" * 201]),
    ("BACKUP_KEY", ["short", "é" * 43, "x" * 45]),
    ("SECOND_FACTOR_FOR_ALL", ["maybe"]),
    (
        "SSO_URL",
        [
            "nonsense",
            "https://login.example",
            "https://client@login.example",
            "http://client:secret@login.example",
            "https://client:secret@login.example/?realm=a",
            "https://client:secret@login.example:port/",
        ],
    ),
    ("SSO_NAME", ["", "x" * 201]),
    ("SSO_SECOND_FACTOR", ["maybe"]),
]


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG for value in values])
def test_wrong_value_is_refused_in_a_sentence_that_names_it(environment, name, value):
    environment.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} must [^\n]+\.$") as refused:
        load()
    repeated = len(value) > 8 and value in str(refused.value)  # what was typed may be a secret
    assert not repeated


RIGHT = [
    ("SECRET_KEY", LONG, LONG),
    ("SECRET_KEY", "$" + LONG, "$" + LONG),
    ("VAULT_KEYS", "", []),
    ("VAULT_KEYS", f"{VAULT_KEY}, {VAULT_KEY}", [VAULT_KEY, VAULT_KEY]),
    ("DEBUG", "On", True),
    ("DEBUG", "0", False),
    ("ALLOWED_HOSTS", "a.example, .b.example,[::1]", ["a.example", ".b.example", "[::1]"]),
    ("ALLOWED_HOSTS", "*", ["*"]),
    (
        "CSRF_TRUSTED_ORIGINS",
        "https://*.a.example,https://b.example:8443",
        ["https://*.a.example", "https://b.example:8443"],
    ),
    ("CSRF_TRUSTED_ORIGINS", "", []),
    ("SITE_URL", "https://a.example/", "https://a.example"),
    ("SITE_URL", "http://[::1]:8000", "http://[::1]:8000"),
    ("NEWSROOM_NAME", " Te Pūrongo ", "Te Pūrongo"),
    ("TIME_ZONE", "Europe/London", "Europe/London"),
    ("SIGN_OFFS_NEEDED", "2", 2),
    ("REPLY_MINIMUM_HOURS", "48", 48),
    ("HOLIDAYS_REGION", "WGN", "WGN"),
    ("LETTERS_REPLY_TO", "@replies.example", "@replies.example"),
    ("LETTERS_CALL", "", ""),
    ("INTERNET_ARCHIVE_KEYS", "AbC123:dEf-456", "AbC123:dEf-456"),
    ("USER_AGENT", "Herald/1 (+https://herald.example)", "Herald/1 (+https://herald.example)"),
]


@pytest.mark.parametrize(("name", "value", "meant"), RIGHT)
def test_right_value_is_taken(environment, name, value, meant):
    environment.setenv(name, value)
    assert load()[name] == meant


def test_five_attempts_are_wanted_where_nobody_says_otherwise(environment):
    assert load()["ATTEMPTS_BEFORE_SILENCE"] == 5


def test_mail_address_is_taken_apart(environment):
    environment.setenv("EMAIL_URL", "smtp+tls://desk:pa%24s@mail.example")
    loaded = load()
    assert (loaded["EMAIL_HOST"], loaded["EMAIL_PORT"], loaded["EMAIL_USE_TLS"]) == ("mail.example", 587, True)
    assert (loaded["EMAIL_HOST_USER"], loaded["EMAIL_HOST_PASSWORD"]) == ("desk", "pa$s")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_address_is_taken_apart(environment, tmp_path, scheme):
    (tmp_path / "psycopg.py").write_text("")  # stands for the driver where the extra is not installed
    environment.syspath_prepend(tmp_path)
    environment.setenv("DATABASE_URL", f"{scheme}://desk:pa%24s@db.example:5433/checks?sslmode=require")
    database = load()["DATABASES"]["default"]
    assert database["ENGINE"] == "factcheck.database.patient"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "checks")
    assert (database["USER"], database["PASSWORD"]) == ("desk", "pa$s")
    assert database["OPTIONS"] == {"sslmode": "require", "connect_timeout": 5} | KEPT


def test_readers_database_is_the_newsrooms_own_opened_read_only(environment, tmp_path):
    readers = load()["DATABASES"]["public"]
    assert (readers["ENGINE"], readers["NAME"]) == (
        "factcheck.database.read_only",
        f"file:{tmp_path}/var/factcheck.sqlite3?mode=ro",
    )


def test_readers_database_can_be_another_one(environment, tmp_path):
    (tmp_path / "psycopg.py").write_text("")  # as above
    environment.syspath_prepend(tmp_path)
    environment.setenv(
        "PUBLIC_DATABASE_URL", "postgres://readers@replica.example/checks?sslmode=require&connect_timeout=2"
    )
    databases = load()["DATABASES"]
    assert (databases["public"]["HOST"], databases["public"]["USER"]) == ("replica.example", "readers")
    own = {"sslmode": "require", "connect_timeout": 2, "options": "-c default_transaction_read_only=on"}
    assert databases["public"]["OPTIONS"] == own | KEPT
    assert databases["default"]["ENGINE"] == "django.db.backends.sqlite3"


def test_postgresql_without_its_driver_names_the_extra(environment):
    environment.setitem(sys.modules, "psycopg", None)
    environment.setenv("DATABASE_URL", "postgres://desk@db.example/checks")
    with pytest.raises(
        ImproperlyConfigured, match=r"DATABASE_URL asks for PostgreSQL, .* pip install -e '\.\[postgres\]'\.$"
    ):
        load()


def test_site_over_tls_locks_cookies_and_redirects(environment):
    environment.setenv("SITE_URL", "https://checks.example.org")
    loaded = load()
    assert loaded["SESSION_COOKIE_SECURE"] and loaded["CSRF_COOKIE_SECURE"] and loaded["SECURE_SSL_REDIRECT"]
    assert loaded["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert "checks.example.org" in loaded["ALLOWED_HOSTS"]


def test_site_without_tls_trusts_no_proxy(environment):
    assert "SECURE_PROXY_SSL_HEADER" not in load()


@pytest.mark.parametrize(("name", "value"), [("DEBUG", "true"), ("ALLOWED_HOSTS", "*")])
def test_site_over_tls_refuses_what_is_for_trying_out(environment, name, value):
    environment.setenv("SITE_URL", "https://checks.example.org")
    environment.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=f"^{name} must"):
        load()


def manage(environment, *arguments, **variables):
    for name, value in variables.items():
        environment.setenv(name, value)
    return subprocess.run([sys.executable, MANAGE, *arguments], capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("command", [["check"], ["migrate"], ["up", "--no-serve"], ["help"], []])
def test_command_line_with_a_wrong_setting_prints_the_sentence_alone(environment, command):
    ran = manage(environment, *command, TIME_ZONE="Mars/Olympus")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert re.fullmatch(r"TIME_ZONE must be a time zone [^\n]+\.\n", ran.stderr), ran.stderr


def test_server_with_a_wrong_setting_prints_the_sentence_and_ends(environment):
    environment.setenv("DEBUG", "maybe")
    environment.chdir(ROOT)
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:factcheck.serving",
        "-b",
        "127.0.0.1:0",
        "factcheck.wsgi",
    ]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (1, "DEBUG must be true or false.\n")


def test_var_that_cannot_be_written_is_told_in_a_sentence(environment, tmp_path):
    (tmp_path / "file").write_text("")
    ran = manage(environment, "check", VAR_DIR=str(tmp_path / "file" / "var"))
    assert ran.returncode == 1
    assert re.fullmatch(r"The secret key cannot be kept in [^\n]+: not a directory\. [^\n]+\n", ran.stderr), ran.stderr


def test_check_deploy_with_a_production_environment_says_nothing(environment):
    production = {"SITE_URL": "https://checks.example.org", "SECRET_KEY": LONG, "ALLOWED_HOSTS": "checks.example.org"}
    ran = manage(environment, "check", "--deploy", "--fail-level", "DEBUG", **production)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    assert ran.stdout == "System check identified no issues (0 silenced).\n"


def test_every_setting_has_its_row_in_the_readme_and_every_row_its_setting():
    section = (ROOT / "README.md").read_text().split("\n## Settings\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([A-Z_]+)` \|", section, re.M)
    assert sorted(rows) == sorted(set(names_read()))
