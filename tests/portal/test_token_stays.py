"""The address of a private page is its key: it stands in the letter, and in no log, table, title, referrer or other e-mail."""

import re
import shutil
from html import unescape
from urllib.parse import quote, urlencode

import pytest

from .served import HOST, Proxy, free_port, gunicorn, write_letter

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
nginx = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed, and this is about its logs.")


def hidden(text):
    """The hidden fields of the page's form."""
    return {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)
    }


def walk(proxy, token):
    """Everything that can happen at the private page, as (status, headers, text)."""
    page, stranger = f"/reply/{token}/", {"Referer": f"https://{HOST}/reply/{token}/"}
    yield proxy.ask(page, tls=False)  # somebody typed http://
    yield (opened := proxy.ask(page))
    yield proxy.ask(page.rstrip("/"), **stranger)
    yield proxy.ask(f"/reply/{quote(token, safe='').replace('_', '%5F')}/")
    yield proxy.ask(page, method="HEAD")
    yield proxy.ask(page, method="PUT", body="x")
    yield proxy.ask(f"{page}no/such/page")
    yield proxy.ask(f"/reply/{token}x/")
    seal = hidden(opened[2])
    yield proxy.ask(page, method="POST", body=urlencode({"statement": "no seal", "step": "send"}), **FORM)
    yield proxy.ask(page, method="POST", body=urlencode({**seal, "declined": "on", "statement": "x"}), **FORM)
    said = {"statement": "We reject it.", "receipt_to": "hogg@elsewhere.example", "step": "check"}
    yield (checked := proxy.ask(page, method="POST", body=urlencode({**seal, **said}), **FORM))
    body = urlencode({**hidden(checked[2]), "step": "send"})
    yield (sent := proxy.ask(page, method="POST", body=body, **FORM))
    yield proxy.ask(sent[1]["Location"])
    yield proxy.ask(page, method="POST", body="x" * 4_000_000, **FORM)  # more than nginx lets through
    yield proxy.ask(page, method="POST", body="x" * 2_800_000, **FORM)  # more than Django takes
    yield proxy.ask("/static/portal/portal.css", Referer="")
    yield proxy.ask("/desk/evidence/source/add/", method="POST", body="x" * 4_000_000, **FORM)  # a file may be larger


@pytest.fixture
def newsroom(tmp_path, committed_database):
    """(proxy, gunicorn's log, the database, the token of a letter in it)."""
    committed_database.manage("collectstatic", "--no-input", "--verbosity=0")
    token, port, log = write_letter(committed_database), free_port(), tmp_path / "gunicorn.log"
    proxy = Proxy(tmp_path, port)
    with proxy.running():
        with gunicorn(committed_database, port, log):
            yield proxy, log, committed_database, token
        proxy.ask(f"/reply/{token}/")  # and nobody behind it: nginx has that to complain of
    for said in (log, *proxy.logs, tmp_path / "nginx.out"):
        assert token not in said.read_text(), said.name
    assert "GET /reply/… HTTP" in log.read_text()  # gunicorn's access log is on
    assert "GET /static/" in proxy.logs[0].read_text()  # and nginx's


@nginx
def test_token_is_in_no_log_table_or_page(newsroom):
    proxy, log, database, token = newsroom
    seen = list(walk(proxy, token))
    assert [status for status, _headers, _text in seen] == [
        *(301, 200, 200, 200, 200, 405, 404, 404),
        *(400, 400, 200, 303, 200, 413, 413, 200, 403),
    ]
    for status, headers, text in seen:
        assert token not in text
        leads = headers.pop("Location", "")
        assert token not in str(headers)
        assert not leads or leads.startswith((f"/reply/{token}/", f"https://{HOST}/reply/{token}/"))
        if status not in (413, 301) or "nginx" not in text:
            assert headers.get("Referrer-Policy") in ("no-referrer", "same-origin")
    kept = database.manage("dumpdata")
    assert "We reject it." in kept and "hogg@elsewhere.example" in kept
    assert token not in kept


@nginx
def test_nothing_listening_behind_the_proxy_is_complained_of_without_a_token(tmp_path):
    token = "PJORkexJWvaiNIE8_BrCWYJSRVqMowyA9zeaiUb7Ilo"
    proxy = Proxy(tmp_path, free_port())
    with proxy.running():
        for door in ("reply", "desk/invited", "desk/password/new", "Desk/Invited"):
            assert proxy.ask(f"/{door}/{token}/", tls=False)[0] == 301
            assert proxy.ask(f"/{door}/{token}/")[0] == 502
        assert proxy.ask("/claims/")[0] == 502
    said = proxy.logs[1].read_text()
    assert "GET /claims/" in said  # it does complain, and quotes the address
    assert token not in said + proxy.logs[0].read_text()
