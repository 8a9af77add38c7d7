"""The same shelves in S3-compatible storage: moto's server, a real HTTP server that speaks S3."""

import gzip
import socket
import subprocess
import sys
import time
from datetime import timedelta

import boto3
import pytest
from botocore.config import Config
from django.core.files.storage import storages

from factcheck import environment
from factcheck.claims import actions as claims
from factcheck.evidence import actions, capturing, exhibits, keeping, sealing
from factcheck.evidence.verifying import verify
from factcheck.fetching import pictures
from factcheck.fetching.addresses import named_allowance
from factcheck.files.shelf import Shelf, shelf
from tests.evidence.confiding import LETTER, bring, item_of, protected
from tests.fetching.web import AWKWARD, Web
from tests.published.documents import FILE, FILE_BYTES, at, publish, visa_document
from tests.sources.cast import destroy, key
from tests.website.addresses import VISA

BYTES = b"minutes of the meeting\n" * 1000


@pytest.fixture(scope="module")
def server():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield port
    running.kill()
    running.wait()


@pytest.fixture
def s3(server, settings, monkeypatch):
    """Both shelves in a bucket of its own, as FILES_URL places them."""
    bucket = f"evidence-{time.time_ns()}"
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{server}",
        aws_access_key_id="key",
        aws_secret_access_key="s/cr:t",
        region_name="us-east-1",
        config=Config(retries={"max_attempts": 1}),
    )
    client.create_bucket(Bucket=bucket)
    monkeypatch.setenv("FILES_URL", f"s3+http://key:s%2Fcr%3At@127.0.0.1:{server}/{bucket}")
    settings.STORAGES = {**settings.STORAGES, **environment.file_shelves("FILES_URL", folder=None)}
    yield client, bucket
    client.close()
    for name in ("evidence", "published"):
        storages[name].connection.meta.client.close()


def test_file_is_kept_read_measured_listed_and_removed(s3):
    evidence = shelf("evidence")
    kept = evidence.keep(BYTES)
    with evidence.open(kept.name) as file:
        assert file.read() == BYTES
    assert evidence.measure(kept.name) == (kept.sha256, len(BYTES))
    assert (evidence.holds(kept.name), list(evidence.names())) == (True, [kept.name])
    assert list(shelf("published").names()) == []
    evidence.remove(kept.name)
    assert (evidence.holds(kept.name), evidence.measure(kept.name)) == (False, None)


def test_object_has_no_public_access_and_a_random_name_under_its_shelf(s3):
    client, bucket = s3
    kept = shelf("evidence").keep(BYTES)
    [found] = client.list_objects_v2(Bucket=bucket)["Contents"]
    assert found["Key"] == f"evidence/{kept.name}"
    grants = client.get_object_acl(Bucket=bucket, Key=found["Key"])["Grants"]
    assert not [grant for grant in grants if "URI" in grant["Grantee"]]


def test_changed_and_missing_objects_are_found(s3, db):
    client, bucket = s3
    first = keeping.keep_file(b"first", by=None, made="received", type="text/plain")
    second = keeping.keep_file(b"second", by=None, made="received", type="text/plain")
    assert (verify().problems, verify().files) == ((), 2)
    client.put_object(Bucket=bucket, Key=f"evidence/{first.stored_as}", Body=b"f1rst")
    client.delete_object(Bucket=bucket, Key=f"evidence/{second.stored_as}")
    assert ["was changed" in verify().problems[0], "is missing" in verify().problems[1]] == [True, True]


def test_what_came_in_confidence_lies_there_sealed_and_goes_with_its_source(s3, settings, journalist, editor):
    client, bucket = s3
    settings.VAULT_KEYS = [key()]
    source = protected(journalist, editor)
    claim = claims.log_claim(by=journalist, wording="The agency keeps no figures", type="statistic")
    data = LETTER * 200_000  # more than one part of an upload
    exhibit = bring(item_of(claim, journalist, source), journalist, data)
    lying = [_object(client, bucket, name) for name in shelf("evidence").names()]
    assert [b"case 4711" in found for found in lying] == [False, False]
    with keeping.open_file(exhibit.file) as opened:
        assert opened.read() == data
    assert (verify().problems, verify().files, verify().unopened) == ((), 2, 0)
    destroy(source[0], journalist, editor)
    while sealing.discard_one():
        pass
    assert (list(shelf("evidence").names()), verify().problems) == ([], ())


def _object(client, bucket, name):
    return client.get_object(Bucket=bucket, Key=f"evidence/{name}")["Body"].read()


def test_strays_are_found_by_their_age(s3):
    evidence = shelf("evidence")
    stray = evidence.keep(b"stray").name
    assert list(evidence.strays(set())) == []
    assert list(Shelf.strays(evidence, set(), older_than=timedelta(seconds=-5))) == [stray]


@pytest.fixture
def captured(s3, settings, journalist, monkeypatch):
    """A page captured while the shelves are there."""
    monkeypatch.setattr(pictures, "BROWSERS", ())  # pictures have tests of their own, and take seconds
    web = Web(AWKWARD)
    settings.ALLOW_PRIVATE_CAPTURE = [named_allowance(f"127.0.0.1:{web.port}")]
    claim = claims.log_claim(by=journalist, wording="The council said hello", type="event")
    item = actions.add(claim, by=journalist, title="Home", url=web.url("/"))
    capturing.ask(item, by=journalist)
    assert capturing.capture_one()
    web.close()
    return item.captures.get()


def test_capture_is_kept_there_read_back_and_verified(s3, captured, journalist):
    client, bucket = s3
    assert captured.state == "done"
    with exhibits.open_original(captured.item, captured.warc, by=journalist) as file:
        archive = file.read()
    assert b"<title>Home</title>" in gzip.decompress(archive)
    assert (verify().problems, verify().files) == ((), 2)
    client.put_object(Bucket=bucket, Key=f"evidence/{captured.warc.stored_as}", Body=archive[:-1] + b"!")
    assert [captured.warc.sha256[:12] in problem for problem in verify().problems] == [True]


def test_readers_get_a_file_from_there(s3, db, client):
    publish(visa_document(), at=at(9))
    address = f"/claims/{VISA}/files/{FILE.sha256}/{FILE.name}"
    assert b"".join(client.get(address).streaming_content) == FILE_BYTES
