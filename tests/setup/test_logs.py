"""Promise 4: a protected identity is not in the logs, and not on an error page. Nor is the address of a private page."""

import logging
import subprocess
import sys

import pytest
from django.conf import settings
from gunicorn.config import Config

from factcheck.letters import keys
from factcheck.logs import without_tokens
from factcheck.server_log import ServerLog

SERVE_ONE_ERROR = """
import types
import django; django.setup()
from django.conf import settings
from django.test import Client
from django.urls import path
from factcheck import urls

def wrong(request):
    try:
        raise LookupError("no such row: Ann Other")
    except LookupError as lost:
        raise ValueError("Ann Other") from lost

settings.ROOT_URLCONF = types.ModuleType("addresses")
vars(settings.ROOT_URLCONF).update(vars(urls), urlpatterns=[path("wrong/", wrong), *urls.urlpatterns])
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
client = Client(raise_request_exception=False, headers={"host": "localhost"})
print(client.get("/missing/").status_code, client.get("/wrong/?q=Other").status_code)
"""


def test_server_error_is_logged_with_its_place_and_without_its_words(tmp_path, monkeypatch):
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    (tmp_path / "var" / "static").mkdir(parents=True)
    ran = subprocess.run(
        [sys.executable, "-c", SERVE_ONE_ERROR], cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60
    )
    assert ran.stdout == "404 500\n", ran.stderr
    assert "ERROR django.request: Internal Server Error: /wrong/" in ran.stderr
    assert "builtins.LookupError" in ran.stderr and "builtins.ValueError" in ran.stderr
    assert "in wrong" in ran.stderr
    assert "Other" not in ran.stderr
    assert "/missing/" not in ran.stderr


WORDS = "no such row: Ann Other"
TOKEN = "PJORkexJWvaiNIE8_BrCWYJSRVqMowyA9zeaiUb7Ilo"


@pytest.mark.parametrize(
    "line",
    [
        f"GET {keys.PATH}{TOKEN}/ HTTP/1.1",
        f"Internal Server Error: {keys.PATH}{TOKEN}/received/",
        f'"https://checks.example.org{keys.PATH}{TOKEN}"',
        f"GET /reply%2F{TOKEN}/",
        f"GET /Reply/{TOKEN}?of=1",
        f"GET /desk/invited/{TOKEN}/ HTTP/1.1",
        f'"https://checks.example.org/desk/invited/{TOKEN}/"',
        f"GET /desk/password/new/{TOKEN}/ HTTP/1.1",
        f"GET /desk%2Fpassword%2Fnew%2F{TOKEN}/",
    ],
)
def test_address_that_is_a_key_leaves_the_line_without_its_token(line):
    assert TOKEN not in without_tokens(line)
    assert without_tokens(line) == line.replace(TOKEN, "…")


@pytest.mark.parametrize(
    "line", ["GET /desk/reply/replyfile/12/change/", "GET /claims/reply/", "/reply/", "/desk/password/new/done/"]
)
def test_other_addresses_stay_in_the_line(line):
    assert without_tokens(line) == line


def test_gunicorn_logs_neither_the_token_nor_the_words_of_what_went_wrong(capfd):
    config = Config()
    config.set("accesslog", "-")
    config.set("loglevel", "debug")
    log = ServerLog(config)
    log.debug("%s %s", "GET", f"{keys.PATH}{TOKEN}/")
    log.access_log.info("%(r)s from %(f)s", {"r": f"GET {keys.PATH}{TOKEN}/", "f": f"http://x{keys.PATH}{TOKEN}/"})
    try:
        raise LookupError(WORDS)
    except LookupError:
        log.exception("Error handling request %s", f"{keys.PATH}{TOKEN}/")
    for handler in (*log.error_log.handlers, *log.access_log.handlers):
        handler.flush()
    told = "".join(capfd.readouterr())
    assert told.count("/reply/…") == 4
    assert "builtins.LookupError" in told and "in test_gunicorn_logs" in told
    assert TOKEN not in told
    assert "Other" not in told
    logging.getLogger("gunicorn.error").handlers.clear()
    logging.getLogger("gunicorn.access").handlers.clear()
