"""What the downloads cost: time, bytes, and the memory of the process that sends them. Run by hand; nothing collects it.

    python -m tests.bench.bench_open_data [--claims 10000 100000] [--keep FOLDER]

Each size has a SQLite database of its own; those in `--keep` are filled once and used again. Every download has a process of
its own, which drops the pieces as they come; its memory is that of the system's own count (VmHWM).
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from .bench_serving import ROOT, environment_of, prepare

ADDRESSES = ("/data/claims.csv", "/data/claims.jsonl", "/data/corrections.csv", "/feeds/claimreview.json")
TAKE = """
import re, time
from pathlib import Path
from django.test import Client
answer = Client(headers={{"host": "127.0.0.1"}}).get("{address}")
began, size = time.process_time(), 0
for piece in answer:
    size += len(piece)
spent = time.process_time() - began
memory = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
each = spent * 1e6 / {claims}
print(f"{claims:>9,} {address:<26} {{size / 1e6:8.1f}} MB {{spent:7.1f}} s {{each:6.0f}} µs each {{memory:6.0f}} MB held")
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--keep", default="")
    asked = parser.parse_args()
    folder = Path(asked.keep or tempfile.mkdtemp())
    for claims in asked.claims:
        environment = environment_of(folder / str(claims))
        prepare(environment, claims)
        for address in ADDRESSES:
            code = TAKE.format(address=address, claims=claims)
            command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", code]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main()
