"""A bake needs what readers' pages need and nothing else: no key, no desk, a connection that can read what is published."""

import pytest

from tests.website.conftest import readers  # noqa: F401  (a fixture)
from tests.website.test_website_only import alone  # noqa: F401  (a fixture)

from .conftest import contents


@pytest.fixture
def whole(readers, tmp_path):  # noqa: F811
    """What the whole application bakes of the same database, read as its owner."""
    settings = {name: readers.settings.pop(name) for name in [*readers.settings]}
    readers.manage("bake", str(tmp_path / "whole"))
    readers.settings.update(settings)
    return contents(tmp_path / "whole")


def test_process_of_readers_pages_alone_bakes_the_same_site(whole, alone, tmp_path):  # noqa: F811
    folder = tmp_path / "alone"
    said = alone.manage("bake", str(folder))
    assert "0 removed" in said
    assert contents(folder) == whole
    assert "every link leads somewhere" in alone.manage("bake", str(folder), "--verify")
    assert "0 written, 0 removed" in alone.manage("bake", str(folder))
