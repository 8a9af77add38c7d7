import gc
import os
import sys
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from factcheck.baking.asking import Unanswered, Website
from factcheck.baking.bake import Bake
from factcheck.baking.comparing import Comparison
from factcheck.baking.inventory import Inventory
from factcheck.baking.place import prepared
from factcheck.baking.progress import Progress
from factcheck.baking.tree import Stopped
from factcheck.website.answers import site

SHOWN = 20  # faults of a folder that are told, a line each


class Command(BaseCommand):
    """Exit 0 where every file in the folder is what the live site answers now; 1 with a sentence where it stopped before."""

    help = "Write the whole public site as files into a folder, or bring it up to date: only what has changed is made anew."

    def add_arguments(self, parser):
        parser.add_argument("folder", help="Where to. An empty folder, or one that was baked before.")
        parser.add_argument("--anew", action="store_true", help="Make every page anew, changed or not.")
        parser.add_argument(
            "--verify",
            action="store_true",
            help="Write nothing: compare each file with the live site, byte for byte, and follow every link.",
        )

    def handle(self, *args, folder, anew, verify, **options):
        os.umask(0o022)  # the folder is for everybody: what is in it is what readers get
        try:
            render_to_string("404.html", site())
        except ValueError as missing:
            raise CommandError("The pages cannot be made: run manage.py collectstatic first.") from missing
        progress = Progress(self.stderr, sys.stderr.isatty())
        try:
            tree = prepared(Path(folder), settings, only_looked_at=verify)
            inventory = Inventory(tree)
            try:
                (self._verify if verify else self._bake)(tree, inventory, progress, anew)
            finally:
                inventory.close()
        except (Stopped, Unanswered) as stopped:
            progress.end()
            raise CommandError(str(stopped)) from stopped

    def _bake(self, tree, inventory, progress, anew):
        if anew:
            inventory.everything_anew()
        bake = Bake(tree, inventory, Website(), progress.tell)
        gc.freeze()  # what is loaded stays: it is not looked through again with every page
        bake.all()
        progress.end()
        self.stdout.write(
            f"{inventory.count():,} files in {tree.root}: {bake.written:,} written, {bake.removed:,} removed, "
            f"in {progress.seconds():.1f} seconds."
        )

    def _verify(self, tree, inventory, progress, _anew):
        comparison = Comparison(tree, inventory, Website(), progress.tell)
        shown, more = _first_of(comparison.faults())
        progress.end()
        number = len(shown) + more
        files = f"{comparison.looked_at:,} files"
        clean = f"{files} are what the live site answers, and every link leads somewhere."
        self.stdout.write(f"{number:,} {'fault' if number == 1 else 'faults'} in {files}." if number else clean)
        self._list(self.stdout, shown, more)
        strangers = (f"{path} was not baked, and is left alone." for path in comparison.strangers)
        self._list(self.stderr, *_first_of(strangers))
        if number:
            raise CommandError("The next bake makes anew what is not as it should be.")

    def _list(self, out, shown, more):
        for line in shown:
            out.write(line)
        if more:
            out.write(f"And {more:,} more.")


def _first_of(lines):
    """(as many lines as a person reads, how many more there are), with every one of them gone through."""
    lines = iter(lines)
    return list(islice(lines, SHOWN)), sum(1 for _line in lines)
