"""What a bake costs at several sizes: processor time, the clock, and the most memory it ever had. Run by hand.

    python -m tests.bench.bench_bake [--claims 10000 100000] [--keep FOLDER] [--into FOLDER] [--pages-alone]

The databases are those of `bench_serving`, kept where `--keep` says; `--into` is where the sites are baked, each time anew: a site
of 100,000 claims has 1,300,000 files, with `--pages-alone`, which leaves all of a claim but its page, 300,000.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .bench_serving import ROOT, environment_of, manage, prepare

SOME = 500  # claims of which the files alone are measured, without lists
PAGES_ALONE = """
from factcheck.baking import addresses
addresses.OF_A_CLAIM, addresses.OF_AN_EDITION, addresses.PICTURES = ("claim",), (), ()
"""
BAKE = """
from django.core.management import call_command
call_command("bake", {site!r})
"""
OF_SOME_CLAIMS = """
import tempfile, time
from itertools import islice
from pathlib import Path
from django.conf import settings
from factcheck.baking import batches, inventory, place
from factcheck.baking.asking import Website
from factcheck.baking.bake import Bake
with tempfile.TemporaryDirectory(dir={into!r}) as folder:
    tree = place.prepared(Path(folder) / "site", settings)
    bake = Bake(tree, inventory.Inventory(tree), Website(), lambda *told: None)
    [(_stand, changed)] = islice(batches.claims(bake.inventory.stale), 1)
    bake._make(list(islice(changed, 40)))
    began, written = time.process_time(), bake.written
    while some := list(islice(changed, 40)):
        bake._make(some)
    print((bake.written - written) / (time.process_time() - began))
"""
CORRECT = """
import json
from django.utils import timezone
from factcheck.published import document, reading
from tests.published.documents import notice, publish
there = reading.read("bench-5").document
publish(there, notice=notice(), at=timezone.now())
"""


def main():
    asked = _arguments()
    keep, into = (Path(folder or tempfile.mkdtemp()) for folder in (asked.keep, asked.into))
    into.mkdir(parents=True, exist_ok=True)
    print(
        "| claims | claim pages alone | all files of a claim | the first bake | nothing to do | after a correction |",
        flush=True,
    )
    print("|---" * 6 + "|")
    for claims in asked.claims:
        environment, site = environment_of(keep / str(claims)), into / f"site-{claims}"
        prepare(environment, claims)
        speeds = [_speed(environment, into, alone) for alone in (True, False)]
        shutil.rmtree(site, ignore_errors=True)
        bakes = [_bake(environment, site, asked.pages_alone) for _first_and_second in range(2)]
        manage(environment, "shell", "--no-imports", "--command", CORRECT)
        bakes.append(_bake(environment, site, asked.pages_alone))
        cells = [f"{claims:,}", *(f"{speed:.0f} a second" for speed in speeds), *bakes]
        print("".join(f"| {cell} " for cell in cells), "|", flush=True)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000])
    parser.add_argument("--keep", default="")
    parser.add_argument("--into", default="")
    parser.add_argument("--pages-alone", action="store_true")
    return parser.parse_args()


def _speed(environment, into, alone):
    """Files written for each second of processor time, of the claim pages alone or of all files of a claim."""
    code = PAGES_ALONE * alone + OF_SOME_CLAIMS.format(into=str(into))
    return float(manage(environment, "shell", "--no-imports", "--command", code).splitlines()[-1])


def _bake(environment, site, alone):
    """What one bake cost, in words."""
    began = time.monotonic()
    code = PAGES_ALONE * alone + BAKE.format(site=str(site))
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", code]
    baking = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    said = baking.stdout.read()
    _pid, status, used = os.wait4(baking.pid, 0)
    if status:
        raise SystemExit(f"The bake ended with {os.waitstatus_to_exitcode(status)}. {said}")
    files = re.search(r"([\d,]+) written", said)[1]
    worked, clock = used.ru_utime + used.ru_stime, time.monotonic() - began
    return f"{files} files, {worked:.1f} s of CPU, {clock:.1f} s, {used.ru_maxrss // 1024} MB"


if __name__ == "__main__":
    main()
