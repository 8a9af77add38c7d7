import os
from pathlib import Path

from django.core.management import BaseCommand, CommandError, call_command
from django.db import Error

from factcheck.newsroom import journal
from factcheck.safekeeping import keys, unpacking
from factcheck.safekeeping.databases import CopyFailed
from factcheck.safekeeping.manifest import secret_key_mark
from factcheck.safekeeping.sealing import CannotOpen

OTHER_SECRET_KEY = (
    "SECRET_KEY here is not the one it was made under. Everybody logs in anew, and codes of authenticator apps are refused "
    "until the old SECRET_KEY is set."
)


class Command(BaseCommand):
    help = "Restores a backup into an empty database and empty folders. All of it or nothing; nothing is written over."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="a backup that `backup` made")
        parser.add_argument("--key-file", metavar="FILE", help="a file that holds the key (else BACKUP_KEY)")
        parser.add_argument(
            "--only-check", action="store_true", help="open it and compare it with its manifest; restore nothing"
        )

    def handle(self, *, file, key_file, only_check, **options):
        os.umask(0o077)
        key = keys.key_for(key_file)
        work = unpacking.check if only_check else unpacking.restore
        made = _told(work, Path(file).absolute(), key)
        if only_check:
            self.stdout.write(f"It is whole: {made.newsroom}, {made.at}, {made.entries} entries in the journal.")
            return
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"Restored {made.newsroom} as it was at {made.at}.")
        self.verify(made)

    def verify(self, made):
        found = journal.walk(made.head)
        if found.broken:
            raise SystemExit(
                f"But entry {found.broken} of its journal does not hold, as it did not when it was saved: {found.why}."
            )
        self.stdout.write(f"{found.held} entries hold. The head is {found.head}.")
        if made.secret_key_mark != secret_key_mark():
            self.stdout.write(OTHER_SECRET_KEY)
        call_command("verify_evidence", stdout=self.stdout, stderr=self.stderr)


def _told(work, path, key):
    try:
        return work(path, key)
    except (CannotOpen, unpacking.NotEmpty, CopyFailed) as refusal:
        raise CommandError(str(refusal)) from None
    except OSError as problem:
        raise CommandError(f"{problem.filename or path} cannot be used: {problem.strerror}.") from None
    except Error as problem:
        raise CommandError(f"The database cannot be used: {str(problem).strip().partition(chr(10))[0]}.") from None
