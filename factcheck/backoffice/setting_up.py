"""What `manage.py up` makes before it serves: people, the rating scale and the worked example, in an empty database only."""

import secrets
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from factcheck.claims.models import Claim
from factcheck.newsroom import actions
from factcheck.newsroom.models import User
from factcheck.newsroom.roles import Role

# Log-in name -> role: one person for each, and a second journalist for everything that takes two.
DEMO_PEOPLE = {**{role.value: role for role in Role}, "journalist-2": Role.JOURNALIST}


def is_empty():
    """Whether nobody has used this database yet."""
    return not User.objects.exists() and not Claim.objects.exists()


@transaction.atomic
def load_example(password):
    """Hire the demo people, all with this one password, and load the worked example. All of it or nothing."""
    for username, role in sorted(DEMO_PEOPLE.items()):
        person = actions.hire(by=None, username=username, roles=[role])
        person.set_password(password)  # not by `give_password`: a demo's password may be as weak as its giver likes
        person.is_example = True
        person.save(update_fields=["password", "is_example"])
    call_command("seed", verbosity=0)


@transaction.atomic
def begin_empty(username, password):
    """Hire the first administrator and load the rating scale. Raises ValidationError."""
    actions.hire(by=None, username=username, roles=[Role.ADMINISTRATOR], password=password)
    call_command("seed", scale_only=True, verbosity=0)


def random_password():
    """Easy to read aloud and to type: four groups of four letters, 49 bits."""
    return "-".join(_syllable() + _syllable() for _ in range(4))


def _syllable():
    return secrets.choice("bdfghjkmnprstv") + secrets.choice("aeiou")


def password_in(path):
    """The first line of a file. Raises OSError, UnicodeDecodeError."""
    return Path(path).read_text().partition("\n")[0].strip()
