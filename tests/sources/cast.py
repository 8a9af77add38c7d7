"""A protected person for tests. Nobody real: the name is put together from given names."""

from datetime import timedelta

from cryptography.fernet import Fernet
from django.utils import timezone

from factcheck.sources.custody import open_source
from factcheck.sources.guarding import guard_term

NAME = "Mihrigul Abdurehim"


def key():
    return Fernet.generate_key().decode()


def in_a_year():
    return timezone.localdate() + timedelta(days=365)


def protect(by, editor, *terms, **fields):
    """Somebody under protection, with these (kind, term) guarded."""
    source = open_source(by=by, editor=editor, **{"review_on": in_a_year(), **fields})
    for kind, term in terms:
        guard_term(source, by=by, kind=kind, term=term)
    return source
