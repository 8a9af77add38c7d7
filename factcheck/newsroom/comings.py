"""What the journal says about the door: who came in and how, who was refused, and whose second factor changed.

Nothing that was typed is written down: people type passwords where the name belongs. A name that nobody has leaves no entry.
"""

from django.db import transaction

from . import journal


@transaction.atomic
def came_in(person, *, how):
    """`person` is logged in now; `how` names what they showed, such as ["password", "totp"]."""
    return journal.write(by=person, verb="logged in", record=person, how=how)


@transaction.atomic
def was_refused(person, *, why):
    """Somebody tried to come in as `person` and was refused: "password", "second factor", "closed", "locked"; or, logged in,
    was asked once more: "own password"."""
    return journal.write(by=None, verb="refused log-in of", record=person, why=why)


@transaction.atomic
def second_factor_changed(person, *, by, added, kind):
    """A second factor of `kind` was set up or taken away, by its owner or an administrator."""
    verb = "set up second factor of" if added else "took away second factor of"
    return journal.write(by=by, verb=verb, record=person, kind=kind)


@transaction.atomic
def confirmed(person):
    """`person`, logged in already, showed a second factor once more."""
    return journal.write(by=person, verb="confirmed second factor", record=person)
