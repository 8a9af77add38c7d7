"""What the log may say: where something went wrong and of what kind, never the words that it was about.

A database's complaint quotes the row, and a row may hold what a source must not be known by. The address of a private page
is the key to it: whoever reads the log must not be able to answer for somebody who was accused, to come in as somebody who was
invited, or to choose another's password.
"""

import logging
import re
import traceback

# As it stands in a path, in a request line, in a referrer, encoded or not. /desk/reply/replyfile/ is no such address.
SLASH = "(?:/|%2f)"
PRIVATE_PAGE = re.compile(rf"({SLASH}(?:reply|invited|password{SLASH}new){SLASH})[^/\s?\"'#&]{{20,}}", re.I)


def without_tokens(text):
    """The text with the token of every private page, invitation and new password left out."""
    return PRIVATE_PAGE.sub(r"\1…", text)


class WithoutWords(logging.Formatter):
    """Tracebacks with every frame, and of each exception its type alone. No line has the address of a private page."""

    def format(self, record):
        return without_tokens(super().format(record))

    def formatException(self, exc_info):
        told, error = [], exc_info[1]
        while error is not None:
            frames = "".join(traceback.format_tb(error.__traceback__))
            told.append(f"{frames}{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nand then, because of it:\n".join(reversed(told))


def to_stderr():
    """Django's LOGGING: warnings and errors to standard error, nothing by mail, no line for each page not found."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"()": WithoutWords, "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING"},
            "django.request": {"level": "ERROR"},
            "urllib3": {"level": "ERROR"},  # its warnings quote the address of the evidence
            "django.security.DisallowedHost": {"level": "CRITICAL"},  # every scanner that knocks without a name
        },
    }
