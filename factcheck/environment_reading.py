"""What every reader of a setting stands on: the variable itself, and how a value that cannot be meant is refused."""

import os

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("127.0.0.1", "::1", "localhost")  # this machine, to which one may speak without TLS


def wrong(name, must):
    """The refusal of a variable: `must` says what it must be. Values are not repeated: some of them are secret."""
    return ImproperlyConfigured(f"{name} must {must}.")


def read(name, default):
    # Not through django-environ's own reader, to which a password that begins with $ is the name of another variable.
    return os.environ.get(name, default).strip()


def listed(name, default):
    value = read(name, ",".join(default))
    return [each.strip() for each in value.split(",")] if value else []
