"""The newsroom as the README has it served: its nginx, and gunicorn behind it, with every log switched on."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

HOST = "checks.example.org"
GUNICORN = ["-m", "gunicorn", "-c", "python:factcheck.serving", "--access-logfile", "-", "--log-level", "debug"]
WRITE_LETTER = """
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from factcheck.claims import actions as claims
from factcheck.letters import actions as letters, keys, noting
from factcheck.newsroom.models import User
from factcheck.reply import actions as reply
from factcheck.reply.contacts import keep_contact
from factcheck.newsroom import actions as newsroom
by = User.objects.filter(username="journalist").first() or newsroom.hire(by=None, username="journalist", roles=["journalist"])
party = claims.add_speaker(by=by, name="Ministry of Visas", kind="government")
keep_contact(party, by=by, role="press office", email="media@ministry.example", zone="Pacific/Auckland", country="NZ")
claim = claims.log_claim(by=by, wording="The ministry kept people from getting visas", type="allegation")
file = reply.open_file(claim, by=by, party=party)
for text in ("That it kept people out.", "That it kept no figures."):
    reply.draft_allegation(file, by=by, text=text)
deadline = (timezone.now() + timedelta(days=7)).replace(second=0, microsecond=0)
reply.set_deadline(file, by=by, deadline_at=deadline, basis="A week.")
draft = letters.draft_letter([file], by=by, call="the desk, 04 000 0000")
with transaction.atomic():  # before a worker can take it: without a mail server it would only be printed, and its page shut
    letter = letters.queue_letter(draft, by=by)
    noting.sent(letter.outgoing.get(), "It went.")
print(keys.token_of(letter.keys.get()))
"""


def write_letter(database):
    """A letter with a private page, that has left. Returns its token."""
    return database.manage("shell", "--no-imports", "-c", WRITE_LETTER).split()[-1]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def readmes_nginx():
    """The server blocks that the README shows."""
    [block] = re.findall(r"^```nginx\n(server.*?)^```", Path(settings.BASE_DIR, "README.md").read_text(), re.M | re.S)
    return block


class Proxy:
    """nginx with the README's blocks, on ports of its own, its logs where it would put them by default."""

    def __init__(self, folder, upstream):
        self.folder, self.plain, self.tls = folder, free_port(), free_port()
        self.logs = [folder / "access.log", folder / "error.log"]
        certificate(folder)
        (folder / "nginx.conf").write_text(self._configuration(upstream))

    def _configuration(self, upstream):
        block = re.sub(r" *listen \[::\].*\n", "", readmes_nginx())
        block = block.replace("listen 80;", f"listen 127.0.0.1:{self.plain};")
        block = block.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{self.tls} ssl;")
        block = re.sub(r"/etc/letsencrypt/live/[^/]+", str(self.folder), block)
        block = block.replace("/run/factcheck-uploads", f"{self.folder}/uploads")
        block = block.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
        temporary = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        head = f"pid {self.folder}/pid; daemon off; error_log {self.logs[1]} info; user root;\nevents {{}}\n"
        return f"{head}http {{\naccess_log {self.logs[0]};\n{temporary}{block}}}\n"

    @contextmanager
    def running(self):
        command = [shutil.which("nginx"), "-p", self.folder, "-c", self.folder / "nginx.conf"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            until(lambda: answers(self.tls))
            yield self
        finally:
            process.terminate()
            said, _none = process.communicate(timeout=30)
            (self.folder / "nginx.out").write_bytes(said)

    def ask(self, path, *, method="GET", body=None, tls=True, **headers):
        """(status, headers, text) of one request, as the world sends it."""
        context = ssl._create_unverified_context()
        port = self.tls if tls else self.plain
        kind = http.client.HTTPSConnection if tls else http.client.HTTPConnection
        line = kind("127.0.0.1", port, timeout=60, **({"context": context} if tls else {}))
        try:
            line.request(method, path, body, {"Host": HOST, **headers})
            answer = line.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            line.close()


def certificate(folder):
    """One that nobody trusts, where the README's blocks look for it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))


@contextmanager
def gunicorn(database, port, log):
    """The application behind the proxy, its access log on."""
    environment = {**database.environment, "SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": HOST}
    command = [sys.executable, *GUNICORN, "-b", f"127.0.0.1:{port}", "factcheck.wsgi"]
    with log.open("w") as said:
        process = subprocess.Popen(
            command, env=environment, stdout=said, stderr=said, cwd=settings.BASE_DIR, start_new_session=True
        )
        try:
            until(lambda: answers(port))
            yield
        finally:
            process.terminate()
            process.wait(timeout=60)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.1)
