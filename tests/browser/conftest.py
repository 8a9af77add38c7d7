"""A real browser before a real server. Whatever the browser complains of on the way fails the test that met it."""

import os

import pytest
from django.db import connection

from . import chromium
from .looking import HEIGHT
from .people import Newsroom
from .site import served
from .watching import Watch

PATIENCE = 120_000  # milliseconds: a busy machine is slow, and that fails no test


def server_url():
    """Where the tests run on PostgreSQL, the sites of the browser tests do, too."""
    return os.environ["DATABASE_URL"] if connection.vendor == "postgresql" else ""


# Playwright keeps an event loop in its thread, beside which Django asks no database: it has to be gone before the next
# folder's tests, so that it lives as long as this package.
@pytest.fixture(scope="package")
def browser():
    path = chromium.installed()
    if path is None:
        pytest.skip("No Chromium is installed, and the browser tests need one: apt install chromium.")
    with chromium.opened(path) as running:
        yield running


@pytest.fixture(scope="package")
def site(browser, tmp_path_factory):
    """The worked example, served. Tests add to it and never take away."""
    with served(tmp_path_factory.mktemp("site"), server_url()) as newsroom:
        yield newsroom


@pytest.fixture
def visit(browser):
    """Opens pages of a site: `visit(site)`, with options of a browser context. A complaint about one fails the test."""
    contexts = []

    def opened(site, width=1366, others=(), **options):
        options = {"viewport": {"width": width, "height": HEIGHT}, "base_url": site.address, **options}
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        contexts.append((context, Watch(context, site.address, others)))
        return context.new_page()

    yield opened
    for context, _watch in contexts:
        context.close()
    assert not [complaint for _context, watch in contexts for complaint in watch.complaints]


@pytest.fixture
def reader(visit, site):
    """A reader's page, not logged in."""
    return visit(site)


@pytest.fixture(scope="package")
def keys():
    """What the server let each person in with, so that everybody logs in once."""
    return {}


@pytest.fixture
def newsroom(visit, site, keys):
    """The people of the example, each at a browser of their own."""
    return Newsroom(site, visit, keys)
