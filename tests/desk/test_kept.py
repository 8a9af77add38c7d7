"""Evidence from the web is kept, or somebody is told that it is not (EV-7)."""

import io

import pytest
from django.utils import timezone

from factcheck.desk.gates import findings, warnings
from factcheck.evidence import exhibits
from factcheck.evidence.keeping import keep_file
from factcheck.evidence.models import Capture
from tests.builders import add_evidence

LINK = "https://agency.example/statement"


def captured(desk, item):
    warc = keep_file(b"WARC/1.0", by=None, made="captured", type="application/warc", item=item)
    now = timezone.now()
    Capture.objects.create(
        state="done",
        url=LINK,
        item=item,
        warc=warc,
        asked_at=now,
        asked_by=desk.journalist,
        captured_at=now,
        finished_at=now,
    )


def given_a_file(desk, item):
    exhibits.receive(item, by=desk.journalist, upload=exhibits.inspect(io.BytesIO(b"words"), "a.txt"))


CASES = {
    "nothing": ({"url": LINK}, None, True),
    "no link": ({"url": ""}, None, False),
    "captured": ({"url": LINK}, captured, False),
    "a file of ours": ({"url": LINK}, given_a_file, False),
    "archived": (
        {"url": LINK, "archived_url": "https://web.archive.org/web/2022/https://agency.example/"},
        None,
        False,
    ),
    "archived by nobody known": ({"url": LINK, "archived_url": "https://agency.example/copy"}, None, True),
    "internal": ({"url": LINK, "visibility": "internal"}, None, False),
}


@pytest.mark.parametrize("demanded", [False, True], ids=["warns", "blocks"])
@pytest.mark.parametrize("case", CASES)
def test_web_evidence_without_a_copy_is_told_of(desk, settings, case, demanded):
    settings.CAPTURE_BEFORE_PUBLISHING = demanded
    fields, act, told = CASES[case]
    item = add_evidence(desk, title="The statement", **fields)
    if act:
        act(desk, item)
    dossier = desk.dossier()
    stands = [s for gate, sentences, _ in findings(dossier) if gate.code == "kept" for s in sentences]
    warned = [s for s in warnings(dossier) if "nobody keeps a copy" in s]
    assert (bool(stands), bool(warned)) == (told and demanded, told and not demanded)
    assert all("The statement" in s for s in stands + warned)


def test_readers_are_told_of_the_latest_copy_and_a_sign_off_covers_it(desk):
    item = add_evidence(desk, title="The statement", url=LINK)
    before = desk.dossier().fingerprint
    captured(desk, item)
    dossier = desk.dossier()
    line = dossier.evidence[-1].line
    assert (line.captured_sha256, line.captured_at[:4]) == (item.captures.get().warc.sha256, str(timezone.now().year))
    assert dossier.fingerprint != before
