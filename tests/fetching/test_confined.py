"""A process that is confined ends where it asks for more than it was given."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("limits", "work"),
    [
        ("memory=512 * 1024**2", "bytearray(1024**3)"),
        ("seconds=1", "while True: pass"),
        (
            "written=1000",
            "import tempfile; f = tempfile.TemporaryFile(buffering=0); f.write(b'x' * 2000); f.write(b'x')",
        ),
    ],
)
def test_what_asks_for_more_is_ended(limits, work):
    def ended(limits):
        code = f"from factcheck.fetching.confined import confine\nconfine({limits})\n{work}"
        return subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30).returncode

    assert ended(limits) != 0
    if "while" not in work:
        assert ended("") == 0
