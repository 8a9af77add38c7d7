import os
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import Error

from factcheck.safekeeping import keys, packing
from factcheck.safekeeping.databases import CopyFailed


class Command(BaseCommand):
    help = (
        "Writes one sealed file of the database and all files, while the newsroom goes on working. The keys that open other "
        "secrets (VAULT_KEYS, SECRET_KEY) are not in it."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", metavar="FILE", help="the backup; it must not be there yet")
        parser.add_argument("--key-file", metavar="FILE", help="a file that holds the key (else BACKUP_KEY)")
        parser.add_argument("--new-key", metavar="FILE", help="make a key, write it there, and do nothing else")

    def handle(self, *, file, key_file, new_key, **options):
        os.umask(0o077)
        if new_key:
            keys.keep_new_key(new_key)
            self.stdout.write(
                f"Made a key in {new_key}. Keep it apart from the backups: without it, none can be opened."
            )
            return
        if not file:
            raise CommandError("Say where to: backup FILE.")
        made = _backed_up(Path(file).absolute(), keys.key_for(key_file))
        files = len(made.files) - 1
        self.stdout.write(
            f"Backed up the database and {files} files. The journal's head is {made.head} of {made.entries} entries; "
            "note it elsewhere."
        )


def _backed_up(goal, key):
    try:
        return packing.back_up(goal, key)
    except FileExistsError:
        raise CommandError(f"{goal} is there already, and is not written over.") from None
    except CopyFailed as problem:
        raise CommandError(str(problem)) from None
    except OSError as problem:
        raise CommandError(f"{problem.filename or goal} cannot be written: {problem.strerror}.") from None
    except Error as problem:
        raise CommandError(f"The database cannot be read: {str(problem).strip().partition(chr(10))[0]}.") from None
