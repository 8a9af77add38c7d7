"""The mailbox over TLS, with a certificate from an authority of the test's own: read where it proves who it is, else left alone."""

import ipaddress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from factcheck.environment_imap import ImapBox
from factcheck.inbox import mailbox

from .imap_server import imap_server, is_installed
from .messages import ANSWER, mail

pytestmark = pytest.mark.skipif(not is_installed(), reason="Dovecot is not installed (apt install dovecot-imapd)")
PEM, PLAIN = serialization.Encoding.PEM, serialization.NoEncryption()


def signed(name, key, issuer, issuer_key, *extensions):
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(named(name)).issuer_name(named(issuer)).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    for extension in extensions:
        made = made.add_extension(extension, critical=False)
    return made.sign(issuer_key, hashes.SHA256()).public_bytes(PEM)


def named(name):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """(the authority's certificate, the server's for 127.0.0.1 with its key), as files."""
    folder = tmp_path_factory.mktemp("authority")
    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    (folder / "root.pem").write_bytes(signed("Root", root, "Root", root, x509.BasicConstraints(True, 0)))
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    private = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, PLAIN)
    (folder / "server.pem").write_bytes(signed("127.0.0.1", key, "Root", root, here) + private)
    return folder / "root.pem", folder / "server.pem"


@pytest.fixture(scope="module")
def dovecot(authority):
    with imap_server(certificate=authority[1]) as server:
        server.put(mail(ANSWER))
        yield server


def boxed(server, security, host="127.0.0.1"):
    port = server.tls_port if security == "tls" else server.port
    return ImapBox(security, host, port, server.user, server.password, "INBOX")


@pytest.fixture
def trusted(authority, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority[0]))


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_server_that_proves_who_it_is_is_read(dovecot, db, settings, trusted, security):
    settings.MAILBOX = boxed(dovecot, security)
    before = dovecot.count("INBOX")
    dovecot.put(mail(f"{ANSWER} over {security}", Message_ID=f"<{security}@agency.example>"))
    assert mailbox.fetch() == (before + 1, 0, 0)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_server_whose_authority_nobody_knows_is_told_nothing(dovecot, settings, security):
    refused(dovecot, settings, boxed(dovecot, security))


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_server_that_proves_to_be_another_is_told_nothing(dovecot, settings, trusted, security):
    refused(dovecot, settings, boxed(dovecot, security, host="localhost"))


def refused(server, settings, box):
    log = server.folder / "log"
    logins = log.read_text().count("Login:") if log.exists() else 0
    settings.MAILBOX = box
    with pytest.raises(mailbox.MailboxShut, match="cannot prove by its certificate"):
        mailbox.fetch()
    assert (log.read_text().count("Login:") if log.exists() else 0) == logins
