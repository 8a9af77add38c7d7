import gc
import os
import sqlite3
import sys
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
NOTES_DAMAGED = (
    "The notes in {folder}/.baked cannot be read: {why}. The pages stand as they are: bake into a new, empty folder."
)
NEXT_BAKE = "The next bake makes the files anew; a link that leads nowhere even then does so on the live site, too."


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
        except sqlite3.DatabaseError as damaged:  # those of the site's own database come as Django's
            progress.end()
            raise CommandError(NOTES_DAMAGED.format(folder=folder, why=damaged)) from damaged

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
        number = self._list(self.stdout, comparison.faults())
        progress.end()
        self._list(self.stderr, (f"{path} was not baked, and is left alone." for path in comparison.strangers))
        files = f"{comparison.looked_at:,} files"
        if number:
            raise CommandError(f"{number:,} {'fault' if number == 1 else 'faults'} in {files}. {NEXT_BAKE}")
        self.stdout.write(f"{files} are what the live site answers, and every link leads somewhere.")

    def _list(self, out, lines):
        """Tell the first of these lines as they come, and how many more there were. Returns how many there are."""
        number = 0
        for number, line in enumerate(lines, start=1):
            if number <= SHOWN:
                out.write(line)
        if number > SHOWN:
            out.write(f"And {number - SHOWN:,} more.")
        return number
