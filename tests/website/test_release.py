"""What is kept is kept under the code that made it: another release makes it anew, whichever door it went out by."""

import inspect
from pathlib import Path

import pytest
from django.urls import get_resolver

from factcheck.website import release


def views(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns)
        else:
            yield (
                getattr(pattern.callback, "view_class", None)
                or getattr(pattern.callback, "cls", None)
                or pattern.callback
            )


def test_the_code_behind_every_public_address_is_in_the_name_of_what_is_kept():
    behind = {
        Path(inspect.getfile(inspect.unwrap(view)))
        for view in views(get_resolver("factcheck.readers_urls").url_patterns)
    }
    ours = {path for path in behind if "factcheck" in path.parts and "site-packages" not in path.parts}
    assert {path.parent.name for path in ours} == {"website", "machines"}
    assert ours <= set(release.sources())


@pytest.mark.parametrize("room", ["website", "machines", "published"])
def test_a_room_whose_code_changes_makes_everything_anew(monkeypatch, tmp_path, room):
    before = release.release.__wrapped__()
    changed = tmp_path / "changed.py"
    changed.write_text("# one line more")
    last = [path for path in release.sources() if path.parent.name == room][-1]
    kept = release.sources()
    monkeypatch.setattr(release, "sources", lambda: [changed if path == last else path for path in kept])
    assert release.release.__wrapped__() != before


def test_the_same_release_has_the_same_name_in_every_process():
    assert release.release.__wrapped__() == release.release.__wrapped__() == release.release()
