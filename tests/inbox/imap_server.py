"""A real IMAP server for a test: Dovecot from Debian's packages, without privileges, on a free port."""

import getpass
import grp
import imaplib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

DOVECOT = "/usr/sbin/dovecot"
WITHOUT_PRIVILEGES = "nobody"  # who the server runs as where the tests run as root: it serves no mail of root's
CONFIG = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
listen = 127.0.0.1
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
"""


def is_installed():
    return Path(DOVECOT).exists() and Path("/usr/lib/dovecot/imap").exists()


@contextmanager
def imap_server(certificate=None):
    """Serves on `server.port` until the test is over. `certificate` is a file with a certificate and its key: then TLS too."""
    folder = Path(tempfile.mkdtemp(prefix="imap-"))
    server = Server(folder, certificate)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    user, password = "replies", "secret"

    def __init__(self, folder, certificate):
        self.folder, self.certificate = folder, certificate
        self.port, self.tls_port = _free_port(), _free_port()
        self.process = None

    def start(self):
        as_root = os.getuid() == 0
        user = WITHOUT_PRIVILEGES if as_root else getpass.getuser()
        group = "nogroup" if as_root else grp.getgrgid(os.getgid()).gr_name
        if self.certificate:  # where the server's own user can read it
            shutil.copyfile(self.certificate, self.folder / "certificate.pem")
        proof = self.folder / "certificate.pem"
        tls = f"ssl_cert = <{proof}\nssl_key = <{proof}" if self.certificate else ""
        given = {"ssl": "yes" if tls else "no", "certificate": tls, "user": user, "group": group, "folder": self.folder}
        config = CONFIG.format(port=self.port, tls_port=self.tls_port if tls else 0, **given)
        (self.folder / "dovecot.conf").write_text(config)
        for name in ("run", "state", "mail", "home"):
            (self.folder / name).mkdir()
        if as_root:
            for path in (self.folder, *self.folder.rglob("*")):
                shutil.chown(path, user, group)
        switched = {"user": user, "group": group, "extra_groups": []} if as_root else {}
        command = [DOVECOT, "-F", "-c", str(self.folder / "dovecot.conf")]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **switched)
        self._wait()

    def _wait(self):
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                imaplib.IMAP4("127.0.0.1", self.port, timeout=5).logout()
                return
            except (OSError, imaplib.IMAP4.error):
                time.sleep(0.1)
        self.process.terminate()
        log = self.folder / "log"
        raise RuntimeError(
            f"Dovecot did not start: {self.process.stdout.read()} {log.read_text() if log.exists() else ''}"
        )

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process.stdout.close()

    @contextmanager
    def opened(self):
        connection = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        connection.login(self.user, self.password)
        try:
            yield connection
        finally:
            connection.logout()

    def put(self, *messages, folder="INBOX", when=None):
        with self.opened() as connection:
            for raw in messages:
                assert connection.append(folder, None, when, raw)[0] == "OK"

    def count(self, folder):
        with self.opened() as connection:
            return int(connection.select(folder, readonly=True)[1][0])


def _free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]
