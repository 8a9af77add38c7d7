"""A site to bake: with its style sheets collected, as it is served, and something published."""

import hashlib
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management import call_command

from factcheck.baking import batches
from factcheck.website.kept import CACHE
from factcheck.website.templatetags import listed
from tests.website.addresses import publish_the_example

from .nginx import Nginx

COLLECTED = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.fixture(autouse=True)
def _pages_are_kept_again():
    """A bake keeps no pages for as long as its process lives, and the tests' process goes on after it."""
    kept = caches[CACHE]
    yield
    caches[CACHE] = kept


@pytest.fixture(scope="session")
def _collected_once(tmp_path_factory):
    """The folder of collected static files, filled at the first test that wants it."""
    return tmp_path_factory.mktemp("collected")


@pytest.fixture
def site(db, settings, _collected_once):
    """The worked example, published, with static files under the names that they are served by."""
    settings.STATIC_ROOT = _collected_once
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": COLLECTED}}
    if not any(_collected_once.iterdir()):
        call_command("collectstatic", interactive=False, verbosity=0)
    listed._badge.cache_clear()  # it holds the address of a shape, which is the same only as long as a process serves one site
    settings.SECURITY_CONTACT = "mailto:security@record.example"
    publish_the_example()
    yield
    listed._badge.cache_clear()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "baked"


@pytest.fixture
def bake(site, folder, capsys):
    """Bakes into `folder`; returns what was said."""

    def run(*options):
        call_command("bake", folder, *options)
        return capsys.readouterr().out

    return run


@pytest.fixture
def served(bake, folder, tmp_path):
    """The baked folder behind the real nginx, with nothing behind it."""
    tmp_path.chmod(0o755)
    bake()
    with Nginx(folder, tmp_path / "nginx").running() as nginx:
        yield nginx


def contents(folder):
    """{path: SHA-256} of every file in a baked folder but the bake's own notes."""
    files = (path for path in Path(folder).rglob("*") if path.is_file())
    paths = {path.relative_to(folder).as_posix(): path for path in files}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in paths.items()
        if not name.startswith(".baked/")
    }


def moments(folder):
    """{path: when it was last written} of every file in a baked folder but the notes."""
    return {name: (Path(folder) / name).stat().st_mtime_ns for name in contents(folder)}


def every_address():
    """All that is to be baked now, as Wanted."""

    def all_of(names):
        return set(names)

    yield from (wanted for batch in batches.static(all_of) for wanted in batch.wanted)
    chunks = [some for _none, some in batches.claims(all_of)]
    chunks += [some for kind in batches.HEADINGS for _none, some in batches.headings(kind, all_of)]
    chunks += [some for _none, some in batches.ledger(all_of)]
    yield from (wanted for some in [*chunks, batches.once()] for batch in some for wanted in batch.wanted)
