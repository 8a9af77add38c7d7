"""Promise 4: a protected identity is not in the logs, and not on an error page."""

import subprocess
import sys

from django.conf import settings

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
