"""The day's head of the custody record is stamped by an authority: openssl's own, on this machine."""

import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.cache import cache
from django.db import connection

from factcheck.database.append_only import allow_changes, refuse_changes
from factcheck.evidence import keeping, timestamps
from factcheck.evidence.models import CustodyEvent, Timestamp
from factcheck.evidence.verifying import verify

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Test authority
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamping]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def openssl(folder, *arguments, data=None):
    return subprocess.run(["openssl", *arguments], cwd=folder, input=data, capture_output=True, check=True).stdout


def make_authority(folder):
    (folder / "ca.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01")
    new = ("-newkey", "rsa:2048", "-nodes", "-config", "ca.cnf")
    openssl(
        folder, "req", "-x509", *new, "-extensions", "root", "-keyout", "root.key", "-out", "root.pem", "-days", "9"
    )
    openssl(folder, "req", *new, "-subj", "/CN=Stamps", "-keyout", "tsa.key", "-out", "tsa.csr")
    signed = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "9")
    openssl(
        folder,
        "x509",
        "-req",
        "-in",
        "tsa.csr",
        *signed,
        "-extfile",
        "ca.cnf",
        "-extensions",
        "stamping",
        "-out",
        "tsa.pem",
    )


class Answering(BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(query)
        (self.server.folder / "query").write_bytes(query)
        answer = self.server.answer or openssl(
            self.server.folder, "ts", "-reply", "-config", "ca.cnf", "-queryfile", "query"
        )
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed: apt install openssl")
    made = tmp_path_factory.mktemp("authority")
    make_authority(made)
    return made


@pytest.fixture
def authority(folder, settings, db):
    cache.clear()
    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.folder, server.asked, server.answer, server.status = folder, [], None, 200
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    settings.TIMESTAMP_URL = f"http://127.0.0.1:{server.server_port}/"
    settings.TIMESTAMP_ROOTS = str(folder / "root.pem")
    yield server
    server.shutdown()
    server.server_close()
    running.join()


@pytest.fixture
def head(db):
    keeping.keep_file(b"minutes", by=None, made="received", type="text/plain")
    return CustodyEvent.objects.first()


def test_head_is_stamped_once_a_day_and_the_token_holds(authority, head):
    assert [timestamps.stamp_one(), timestamps.stamp_one()] == [True, False]
    stamp = Timestamp.objects.get()
    assert (stamp.head, stamp.event_number) == (head.hash, head.number)
    assert timestamps.check(stamp.token, head.hash) == stamp.stamped_at
    assert CustodyEvent.objects.first().what == "timestamped"
    assert verify().problems == ()


def test_only_a_hash_goes_out(authority, head):
    timestamps.stamp_one()
    [asked] = authority.asked
    assert len(asked) < 100
    assert head.hash.encode() not in asked


def test_nobody_is_asked_without_an_authority_or_where_there_is_nothing_to_stamp(authority, settings):
    assert timestamps.stamp_one() is False
    settings.TIMESTAMP_URL = ""
    keeping.keep_file(b"minutes", by=None, made="received", type="text/plain")
    assert (timestamps.stamp_one(), authority.asked) == (False, [])


@pytest.mark.parametrize(
    ("status", "answer"), [(200, b"nonsense"), (200, b"\x30\x03\x02\x01\x02"), (500, b"no"), (302, b"no")]
)
def test_answer_that_is_no_token_is_not_kept_and_waits_an_hour(authority, head, status, answer):
    authority.status, authority.answer = status, answer
    assert [timestamps.stamp_one(), timestamps.stamp_one()] == [True, False]
    assert (Timestamp.objects.count(), len(authority.asked)) == (0, 1)


def test_token_of_an_authority_that_we_do_not_know_is_not_kept(authority, head, settings, tmp_path):
    make_authority(tmp_path)
    settings.TIMESTAMP_ROOTS = str(tmp_path / "root.pem")
    timestamps.stamp_one()
    assert Timestamp.objects.count() == 0


def test_chain_written_anew_is_found_by_the_stamp_though_it_holds(authority, head):
    timestamps.stamp_one()
    tables = ("evidence_custodyevent", "evidence_file")
    for table in tables:
        allow_changes(connection, table)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
    for table in tables:
        refuse_changes(connection, table)
    for text in (b"other", b"minutes"):
        keeping.keep_file(text, by=None, made="received", type="text/plain")
    assert any("is not the one that was time-stamped" in problem for problem in verify().problems)


def test_altered_token_is_found(authority, head):
    timestamps.stamp_one()
    token = bytearray(Timestamp.objects.get().token)
    token[-40] ^= 1
    allow_changes(connection, "evidence_timestamp")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE evidence_timestamp SET token = %s", [bytes(token)])
    refuse_changes(connection, "evidence_timestamp")
    assert any("cannot be relied on" in problem for problem in verify().problems)
