"""A protected person for tests. Nobody real: the name is put together from given names."""

from datetime import timedelta

from cryptography.fernet import Fernet
from django.utils import timezone

from factcheck.files.shelf import shelf
from factcheck.sources import destruction
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


def destroy(source, by, editor):
    """What is kept about them, by two of their custodians."""
    destruction.propose_destruction(source, by=by, because="They asked.")
    destruction.confirm_destruction(source, by=editor)


def on_the_shelf(name):
    """Everything that lies on a shelf, as it lies there: a list of bytes."""
    found = []
    for each in shelf(name).names():
        with shelf(name).open(each) as file:
            found.append(file.read())
    return found
