"""Where the key of backups comes from: a file or the environment, never the command line, where every process can read it."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError

from .sealing import key_from, new_key


def key_for(key_file):
    """The master key from `key_file` (a path), or else from BACKUP_KEY. Raises CommandError."""
    try:
        text = Path(key_file).read_text() if key_file else settings.BACKUP_KEY
        if not text:
            raise CommandError("Give the key: --key-file FILE, or BACKUP_KEY. backup --new-key FILE makes one.")
        return key_from(text)
    except OSError as problem:
        raise CommandError(f"{key_file} cannot be read: {problem.strerror}.") from None
    except ValueError:
        raise CommandError(
            "That is no key of a backup: 43 letters, digits, - and _, as backup --new-key makes it."
        ) from None


def keep_new_key(path):
    """Write a new key to `path`, for its owner alone. Never over an old one: without it, its backups are lost."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as problem:
        raise CommandError(f"{path} cannot be made: {problem.strerror}.") from None
    with os.fdopen(handle, "w") as file:
        file.write(new_key() + "\n")
