"""An archived copy counts where it is with an archive, and not because somebody typed an address."""

import pytest

from factcheck.evidence.archives import is_archive


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/web/2022/https://agency.example/",
        "https://ARCHIVE.org/details/report",
        "http://archive.ph/AbCdE",
        "https://perma.cc/T8U2-994F",
        "https://doi.org/10.5281/zenodo.1234",
        "https://web.archive.org./web/1/",
    ],
)
def test_address_of_an_archive_counts(url):
    assert is_archive(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://agency.example/web.archive.org/",
        "https://notarchive.org/",
        "https://web.archive.org.example/web/1/",
        "https://web.archive.org@agency.example/",
        "https://[nonsense/",
        "web.archive.org/web/1/",
    ],
)
def test_any_other_address_does_not(url):
    assert not is_archive(url)


def test_archive_of_the_settings_counts(settings):
    settings.INTERNET_ARCHIVE_URL = "https://archive.library.example"
    assert is_archive("https://archive.library.example/web/1/")
