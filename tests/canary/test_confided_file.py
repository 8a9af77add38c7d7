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


@pytest.fixture
def newsroom(tmp_path):
    """A newsroom to whom somebody gave their own letters, and its environment without the vault's keys."""
    with ScratchDatabase(tmp_path, on_this_server()) as database:
        database.manage("migrate", "--verbosity=0")
        environment = database.environment | {"DJANGO_SETTINGS_MODULE": "factcheck.settings", "VAULT_KEYS": key()}
        command = [sys.executable, "-c", BRING]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240)
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
