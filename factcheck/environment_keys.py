"""Reading keys from the environment. A value is never repeated in a refusal."""

import os
import re

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from .environment_reading import listed, read, wrong


def secret(name, kept_in):
    """The key that signs sessions and page tokens: the variable, or one made at first need, kept in `kept_in`."""
    value = read(name, "") if name in os.environ else _kept_secret(kept_in)
    if len(value) < 50 or len(set(value)) < 5 or value.startswith("django-insecure-"):
        raise wrong(name, "be at least 50 random characters; without it, one is made and kept in " + str(kept_in))
    return value


def vault_keys(name):
    """Keys of 32 bytes as Fernet writes them, comma-separated, the one in use first; none where nothing is set."""
    keys = listed(name, [])
    if not all(re.fullmatch(r"[A-Za-z0-9_-]{43}=", key) for key in keys):
        raise wrong(
            name, "be keys as `manage.py new_vault_key` prints them, with commas between them, the newest first"
        )
    return keys


def backup_key(name):
    """The key that backups are sealed with, as text; empty where none is set."""
    value = read(name, "")
    if value and not re.fullmatch(r"[A-Za-z0-9_-]{43}=?", value):
        raise wrong(name, "be a key as `manage.py backup --new-key FILE` makes it: 43 letters, digits, - and _")
    return value


def _kept_secret(path):
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            opened = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(opened, "w") as file:
            file.write(made := get_random_secret_key())
        return made
    except OSError as problem:
        reason = problem.strerror.lower()
        raise ImproperlyConfigured(
            f"The secret key cannot be kept in {path}: {reason}. Set VAR_DIR or SECRET_KEY."
        ) from None
