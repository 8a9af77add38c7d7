"""A certificate authority of the tests, and the certificates that it signs for sites of this machine."""

import ssl
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

DAY = timedelta(days=1)


def _named(name):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


class Authority:
    """Signs for whatever it is asked to. `root` is the file by which it is known."""

    def __init__(self, folder, name="Authority of the tests"):
        self.folder, self.name, self.key = folder, _named(name), ec.generate_private_key(ec.SECP256R1())
        self.root = folder / "root.pem"
        folder.mkdir(exist_ok=True)
        made = self._certificate(self.name, self.key, is_authority=True)
        self.root.write_bytes(made.public_bytes(serialization.Encoding.PEM))

    def _certificate(self, subject, key, names=(), begins=-DAY, ends=DAY, is_authority=False):
        now, own = datetime.now(UTC), x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        usage = dict.fromkeys(
            (
                "content_commitment",
                "key_encipherment",
                "data_encipherment",
                "key_agreement",
                "encipher_only",
                "decipher_only",
            ),
            False,
        )
        usage = x509.KeyUsage(digital_signature=True, key_cert_sign=is_authority, crl_sign=is_authority, **usage)
        builder = (
            x509.CertificateBuilder(self.name, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(now + begins)
            .not_valid_after(now + ends)
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(own, critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        if names:
            alternatives = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
            builder = builder.add_extension(alternatives, critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def serving(self, name, **dates):
        """An ssl.SSLContext for a server with a certificate for `name`. `begins` and `ends` count from now."""
        return _context(
            self.folder,
            key := ec.generate_private_key(ec.SECP256R1()),
            self._certificate(_named(name), key, [name], **dates),
        )


def signed_by_itself(folder, name):
    """The same for a server that nobody signed for."""
    alone = Authority(folder, name)
    return _context(folder, alone.key, alone._certificate(alone.name, alone.key, [name]))


def _context(folder, key, certificate):
    both = folder / f"{certificate.serial_number}.pem"
    unlocked = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unlocked)
    both.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context
