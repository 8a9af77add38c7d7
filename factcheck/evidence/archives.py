"""Which addresses are those of an archive: of somebody whose trade is to keep what was there (EV-12).

What is typed as an archived copy may be any address. It counts as one where the host is known here, or is the one that
INTERNET_ARCHIVE_URL names; a page of anybody else's may vanish like the one it stands in for.
"""

from urllib.parse import urlsplit

from django.conf import settings

# Hosts, and with each what lies under it.
KNOWN = (
    "archive.org",
    "perma.cc",
    "doi.org",
    "archive.today",
    "archive.ph",
    "archive.is",
    "archive.md",
    "archive.li",
    "archive.fo",
    "archive.vn",
    "ghostarchive.org",
    "webcitation.org",
    "megalodon.jp",
    "arquivo.pt",
    "webarchive.nla.gov.au",
    "ndhadeliver.natlib.govt.nz",
    "webarchive.nationalarchives.gov.uk",
    "webarchive.org.uk",
    "webarchive.loc.gov",
    "zenodo.org",
)


def is_archive(url):
    """Whether `url` leads to an archive that is known here. False for what is no address."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    ours = urlsplit(settings.INTERNET_ARCHIVE_URL).hostname
    return host == ours or any(host == known or host.endswith(f".{known}") for known in KNOWN)
