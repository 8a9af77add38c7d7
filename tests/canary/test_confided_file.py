"""Promise 4, for files: somebody's own document, which names them, is brought in; and then everything that the newsroom puts on a
disk is searched for them, byte by byte: the files, the database with its journal, and a backup, opened with its own key."""

import json
import subprocess
import sys
import tarfile

import pytest

from factcheck.safekeeping.sealing import Opening, key_from, new_key
from tests.scratch import ScratchDatabase
from tests.setup.conftest import on_this_server
from tests.sources.cast import key

from .spellings import found_in

BRING = """
import django; django.setup()
import io, json
import pikepdf
from factcheck.claims import actions as claims
from factcheck.evidence import actions, exhibits, sealing
from factcheck.evidence.models import Exhibit
from factcheck.newsroom import actions as newsroom
from factcheck.sources import identity
from factcheck.sources.actions import give_pseudonym
from tests.canary.spellings import IDENTITY
from tests.evidence import samples
from tests.sources.cast import protect

def names_them():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.pdf())) as pdf:
        pdf.docinfo["/Author"] = IDENTITY["real_name"]
        pdf.attachments["visa.txt"] = pikepdf.AttachedFileSpec(pdf, IDENTITY["numbers"].encode(), filename="visa.txt")
        pdf.save(out, compress_streams=False)
    return out.getvalue() + IDENTITY["mail"].encode()

def bring(item, data, name):
    return exhibits.receive(item, by=by, upload=exhibits.inspect(io.BytesIO(data), name))

by, editor = (newsroom.hire(by=None, username=role, roles=[role]) for role in ("journalist", "editor"))
pseudonym = give_pseudonym(by=by, shown_as="Jo", note="Name has been changed")
speaker = claims.add_speaker(by=by, pseudonym=pseudonym)
claim = claims.log_claim(by=by, wording="The agency keeps no figures", type="statistic")
# one letter came openly, before anybody knew what it was; one before the vault knew whose it is; one when it did
early = actions.add(claim, by=by, title="First letter", kind="document")
bring(early, names_them() + b"1", "first.pdf")
actions.edit(early, by=by, source=speaker)
bring(actions.add(claim, by=by, title="Second letter", source=speaker, kind="document"), names_them() + b"2", "second.pdf")
source = protect(by, editor, pseudonym=pseudonym)
identity.write(source, by=by, **IDENTITY)
bring(actions.add(claim, by=by, title="Third letter", source=speaker, kind="document"), names_them(), "third.pdf")
bring(actions.add(claim, by=by, title="Scene", source=speaker, kind="document"), samples.jpeg(), "scene.jpg")
while sealing.seal_one() or sealing.discard_one():
    pass
from tests.canary.spellings import found_in
opened = [exhibits.open_original(e.item, e.file, by=by).read() for e in Exhibit.objects.order_by("pk")[:3]]
print(json.dumps([bool(found_in(data)) for data in opened]))
"""


TEN_BRING = """
import django; django.setup()
import io, itertools, pathlib, threading
from django.db import connection
from factcheck.evidence import exhibits, keeping
from factcheck.evidence.models import Item
from factcheck.newsroom.models import User
stop, by = pathlib.Path({stop!r}), User.objects.get(username="journalist")
item = Item.objects.select_related("claim", "source__pseudonym").get(title="Third letter")
with keeping.open_file(item.exhibits.get().file) as file:
    third = file.read()

def bring(who):
    for number in itertools.count():
        if stop.exists():
            break
        letter = io.BytesIO(third + f"{{who}} {{number}}".encode())
        exhibits.receive(item, by=by, upload=exhibits.inspect(letter, f"letter-{{who}}-{{number}}.pdf"))
    connection.close()

threads = [threading.Thread(target=bring, args=[who]) for who in range(10)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""
LAST = """
import django; django.setup()
from factcheck.evidence import keeping
from factcheck.evidence.models import Exhibit
from tests.canary.spellings import found_in
with keeping.open_file(Exhibit.objects.latest("pk").file) as file:
    print(bool(found_in(file.read())), Exhibit.objects.count())
"""


def running(database, script):
    """How a process is started that has the vault's keys, which those of `manage.py` have not."""
    environment = database.environment | {"DJANGO_SETTINGS_MODULE": "factcheck.settings"} | database.vault
    return {"args": [sys.executable, "-c", script], "env": environment, "stdout": subprocess.PIPE}


@pytest.fixture
def newsroom(tmp_path):
    """A newsroom to whom somebody gave their own letters, and its environment without the vault's keys."""
    with ScratchDatabase(tmp_path, on_this_server()) as database:
        database.manage("migrate", "--verbosity=0")
        database.vault = {"VAULT_KEYS": key()}
        ran = subprocess.run(**running(database, BRING), text=True, timeout=240, stderr=subprocess.PIPE)
        assert ran.returncode == 0, ran.stderr
        assert json.loads(ran.stdout) == [True, True, True]  # custodians do find it there
        yield database


def backed_up(newsroom, folder):
    """{name: content} of a backup, opened."""
    secret = new_key()
    (folder / "key").write_text(secret)
    newsroom.manage("backup", str(folder / "backup"), "--key-file", str(folder / "key"))
    with (
        (folder / "backup").open("rb") as file,
        tarfile.open(fileobj=Opening(file, key_from(secret)), mode="r|") as packed,
    ):
        return {entry.name: packed.extractfile(entry).read() for entry in packed}


@pytest.mark.django_db
def test_a_letter_that_names_its_writer_tells_nothing_without_the_vaults_keys(newsroom, tmp_path):
    inside = backed_up(newsroom, tmp_path)
    lying = {path: path.read_bytes() for path in newsroom.folder.rglob("*") if path.is_file()}
    sealed = [name for name, data in lying.items() if data.startswith(b"factcheck sealed file")]
    assert len(sealed) == 8  # four originals and a copy of each
    assert {name: found_in(data) for name, data in {**lying, **inside}.items() if found_in(data)} == {}
    assert sum(name.startswith("files/evidence/") for name in inside) == 8
    told = newsroom.manage("verify_evidence")  # without the keys, all of it is found whole; two lay there open before
    assert "8 sealed files were hashed" in told and "\n10 files" in told


def count(newsroom):
    ask = "from factcheck.evidence.models import Exhibit; print(Exhibit.objects.count())"
    return int(newsroom.manage("shell", "--no-imports", "-c", ask))


@pytest.mark.django_db
def test_backup_while_ten_people_bring_letters_holds_and_tells_nothing_without_the_keys(newsroom, tmp_path):
    stop = tmp_path / "stop"
    writers = subprocess.Popen(**running(newsroom, TEN_BRING.format(stop=str(stop))), stderr=subprocess.STDOUT)
    try:
        while count(newsroom) < 10:
            assert writers.poll() is None, writers.stdout.read()
        inside = backed_up(newsroom, tmp_path)
        meanwhile = count(newsroom)
    finally:
        stop.touch()
        said = writers.communicate(timeout=120)[0]
    assert writers.returncode == 0, said
    assert found_in((tmp_path / "backup").read_bytes()) == []
    assert {name: found_in(data) for name, data in inside.items() if found_in(data)} == {}
    (tmp_path / "elsewhere").mkdir()
    with ScratchDatabase(tmp_path / "elsewhere", on_this_server()) as restored:
        said = restored.manage("restore", str(tmp_path / "backup"), "--key-file", str(tmp_path / "key"))
        assert "entries hold" in said and "custody events hold" in said  # both are walked, without the vault's keys
        restored.vault = newsroom.vault
        ran = subprocess.run(**running(restored, LAST), text=True, timeout=120)
        names_them, kept = ran.stdout.split()
        assert names_them == "True"
        assert 10 <= int(kept) <= meanwhile
        restored.settings = restored.vault
        assert "not opened" not in restored.manage("verify_evidence")
        assert "entries hold" in restored.manage("verify_journal")
