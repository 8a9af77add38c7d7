"""The script that the README hands to outsiders, as it stands there, against a server over HTTP."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches

from factcheck.published import ledger, press
from tests.published import test_ledger as deeds
from tests.published import vandal
from tests.published.documents import at, notice, numbered_document, publish, visa_document

from .addresses import VISA

LINES = 30  # what somebody reads before running it


@pytest.fixture(scope="session")
def script(tmp_path_factory):
    readme = (Path(settings.BASE_DIR) / "README.md").read_text()
    [section] = re.findall(r"^## The ledger\n(.*?)(?=^## )", readme, re.M | re.S)
    [code] = re.findall(r"^```python\n(.*?)^```", section, re.M | re.S)
    path = tmp_path_factory.mktemp("outside") / "check_ledger.py"
    path.write_text(code)
    return path


@pytest.fixture
def published(transactional_db):
    """Two editions of one page with a notice between them, and one of another."""
    publish(at=at(9))
    publish(numbered_document(1), at=at(10))
    publish(visa_document(why_chosen="It accuses two bodies."), notice=notice(), at=at(12))
    vandal.take_triggers_off()


@pytest.fixture
def check(script, live_server, published):
    """Run it from outside, with heads that somebody kept. Returns what it ended with and what it said."""

    def run(*kept):
        caches["pages"].clear()  # what the vandal did is older than any page that a server has kept
        command = [sys.executable, "-I", script, f"{live_server.url}/", *kept]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert "Traceback" not in ran.stderr, ran.stderr
        return ran.returncode, (ran.stdout + ran.stderr).strip()

    return run


def test_it_is_short_and_needs_nothing_but_python(script):
    lines = script.read_text().splitlines()
    assert len(lines) <= LINES
    assert lines[0] == "import hashlib, json, sys, urllib.request"
    assert not [line for line in lines[1:] if "import" in line]


def test_a_whole_ledger_holds_and_the_head_is_told(check):
    assert check() == (0, f"4 entries hold. Keep the head: {ledger.head().hash}")


def test_a_head_that_was_kept_holds_for_good(check):
    kept = ledger.head().hash
    publish(numbered_document(2), at=at(13))
    press.print_retraction(visa_document().claim_ref, notice=notice("retraction"), printed_by="x", at=at(14))
    assert check(kept, ledger.head().hash.upper()) == (0, f"7 entries hold. Keep the head: {ledger.head().hash}")


def test_it_walks_more_than_one_block(check, monkeypatch):
    monkeypatch.setattr(ledger, "BLOCK", 3)
    assert check()[0] == 0


CHAIN = "The chain breaks at entry %d: it was altered, removed, moved or slipped in."
SAYS = f"Entry %d (%s of edition %d of /claims/{VISA}/) does not say what was published."
CAUGHT = {
    "an edition altered": SAYS % (1, "edition", 1),
    "a moment altered": CHAIN % 1,
    "no document any more": SAYS % (1, "edition", 1),
    "an address altered": CHAIN % 2,
    "a notice altered": SAYS % (4, "notice", 2),
    "a correction made a minor edit": SAYS % (4, "notice", 2),
    "an unknown rule": CHAIN % 1,
    "an edition removed": CHAIN % 2,
    "an entry removed": CHAIN % 2,
    "two swapped": CHAIN % 1,
    "a page put back": f"/claims/{VISA}/ does not show its last edition. (Printed this minute? Then run this again.)",
    "an edition slipped in": f"/claims/{VISA}/ does not show its last edition. (Printed this minute? Then run this again.)",
}


@pytest.mark.parametrize("deed", deeds.DEEDS)
def test_what_a_vandal_did_is_caught_from_outside(check, deed):
    does, _ = deeds.DEEDS[deed]
    does()
    assert check() == (1, CAUGHT[deed])


def test_a_ledger_that_was_written_anew_is_caught_by_whoever_kept_a_head(check):
    kept = ledger.head().hash
    deeds.alter_the_first()
    vandal.chain_anew()
    assert check()[0] == 0
    assert check(kept) == (1, f"The head {kept} is gone: the ledger was written anew, or its end cut off.")


def test_a_page_that_is_gone_is_told(check):
    vandal.sql("DELETE FROM published_ledgerentry")
    assert check() == (0, f"0 entries hold. Keep the head: {'0' * 64}")
    assert check("a" * 64)[0] == 1


def test_a_site_that_does_not_answer_is_told_in_a_sentence(script):
    ran = subprocess.run(
        [sys.executable, script, "http://127.0.0.1:9"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stderr.startswith("/ledger/blocks/1.json cannot be read: ")) == (1, True)
