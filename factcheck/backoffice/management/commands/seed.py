from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import Error

from factcheck.backoffice import seeding
from factcheck.backoffice.seed_shape import SeedError


class Command(BaseCommand):
    help = (
        "Loads the rating scale and worked stories through the same actions a person uses: all that comes with the tracker, "
        "or the files named. What is there already is kept, so that a second run changes nothing. A file that is wrong in "
        "one place is not loaded at all."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="TOML files of a scale or a story")
        parser.add_argument("--scale-only", action="store_true", help="load nothing but the scale that comes with it")

    def handle(self, *, files, scale_only, verbosity, **options):
        if files and scale_only:
            raise CommandError("Name files or say --scale-only, not both.")
        for path in files or seeding.shipped(scale_only=scale_only):
            told = _loaded(path)
            if verbosity:
                self.stdout.write(told)


def _loaded(path):
    try:
        return seeding.load(path.absolute())
    except SeedError as wrong:
        raise CommandError(str(wrong)) from None
    except Error as problem:
        told = str(problem).strip().partition("\n")[0].rstrip(".")
        raise CommandError(f"The database cannot be used: {told}.") from None
