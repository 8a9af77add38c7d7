"""Why a site was not believed to be what its address says, in a sentence. Nothing is read from it then, whoever asks."""

from django.utils.translation import gettext as _

from .refusals import Failed

# OpenSSL's numbers (x509_vfy.h), which the ssl module hands through without names.
NOT_YET, EXPIRED, SIGNED_BY_ITSELF, UNKNOWN_SIGNER = (9,), (10,), (18,), (19, 20, 21)
ANOTHER_NAME = (62, 64)


def untrusted(problem, host):
    """The Failed for what TLS had against `host`: an ssl.SSLError, or what urllib3 made of one."""
    code = getattr(problem, "verify_code", None)
    if code is None:
        return Failed(
            "tls", _("%(host)s does not speak https as it should, so nothing was read from it.") % {"host": host}
        )
    return Failed("certificate", _told(code) % {"host": host})


def _told(code):
    if code in ANOTHER_NAME:
        return _("%(host)s shows the certificate of another site, so it may be another site.")
    if code in EXPIRED:
        return _("%(host)s shows a certificate that has expired, so nothing proves that it is this site.")
    if code in NOT_YET:
        return _("%(host)s shows a certificate that is not valid yet, so nothing proves that it is this site.")
    if code in SIGNED_BY_ITSELF:
        return _("%(host)s shows a certificate that it signed itself, so nothing proves that it is this site.")
    if code in UNKNOWN_SIGNER:
        return _(
            "%(host)s shows a certificate of an authority that nobody knows, so nothing proves that it is this site."
        )
    return _("%(host)s shows a certificate that is not valid, so nothing proves that it is this site.")
