"""Who is let into the newsroom and as what. Keyword arguments, `by` always (None: the system), atomic, journaled.

All raise NotAllowed (the person) or ValidationError (the fields). No name, address or password goes into the journal:
it cannot be taken out again when somebody leaves. Nobody is made a superuser here, nobody changes their own standing.
"""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from . import checks, journal
from .models import User
from .refusals import NotAllowed, Refused
from .roles import Role

DETAILS = frozenset({"username", "first_name", "last_name", "email", "byline"})


@transaction.atomic
def hire(*, by, username, roles, password=None, **details):
    """Let somebody in with these roles; `details` are first_name, last_name, email, byline. Returns the User.

    Without a password nobody can log in as them until `give_password`.
    """
    _administrator(by)
    person = let_in(by=by, username=username, roles=roles, password=password, **details)
    journal.write(by=by, verb="hired", record=person, roles=_named(_known(roles)))
    return person


def let_in(*, by, username, roles, password, **details):
    """Make the account of somebody whom an administrator hired or invited: for those two actions, which journal it.

    `by` is None where somebody invited chooses for themselves.
    """
    roles = _known(roles)
    person = User(username=username, is_staff=True, **_only_details(details))
    _set_password(person, password)
    checks.check_row(person, by=by)
    person.full_clean()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # two people at the same time
        raise ValidationError({"username": [_("Somebody else has just taken this log-in name.")]}) from None
    _set_roles(person, roles)
    return person


@transaction.atomic
def change_roles(person, *, by, roles):
    """Give a person exactly these roles. Returns the fresh User."""
    person, roles = _somebody_else(person, by), _known(roles)
    before = person.roles
    if roles != before:
        _set_roles(person, roles)
        journal.write(by=by, verb="changed roles", record=person, before=_named(before), roles=_named(roles))
    return User.objects.get(pk=person.pk)


@transaction.atomic
def change_details(person, *, by, **details):
    """Change a person's log-in name, names, e-mail address or byline, one's own too. Returns the fresh User."""
    person = _person(person, by)
    changed = sorted(name for name, value in _only_details(details).items() if getattr(person, name) != value)
    for name in changed:
        setattr(person, name, details[name])
    checks.check_row(person, by=by)
    person.full_clean()
    if changed:
        person.save(update_fields=changed)
        journal.write(by=by, verb="changed details of", record=person, fields=changed)
    return person


@transaction.atomic
def give_password(person, *, by, password):
    """Give somebody else a new password; it ends their sessions. Returns the fresh User."""
    person = _somebody_else(person, by)
    _set_password(person, password)
    person.save(update_fields=["password"])
    journal.write(by=by, verb="gave a new password to", record=person)
    return person


@transaction.atomic
def change_own_password(*, by, password):
    """Change one's own password; it ends one's other sessions. Returns the fresh User."""
    person = User.objects.select_for_update().get(pk=by.pk)
    _set_password(person, password)
    person.save(update_fields=["password"])
    journal.write(by=by, verb="changed own password", record=person)
    return person


@transaction.atomic
def set_forgotten_password(person, *, password):
    """Set somebody's password who proved by a mailed link that the account is theirs; it ends their sessions."""
    _set_password(person, password)
    person.save(update_fields=["password"])
    journal.write(by=person, verb="set a forgotten password anew", record=person)
    return person


@transaction.atomic
def take_away_second_factor(person, *, by):
    """Take away every second factor of somebody who has lost theirs, and end their sessions. Returns the fresh User.

    At the next log-in they set up a new one, where one is demanded of them.
    """
    person = _somebody_else(person, by)
    taken, _rows = Authenticator.objects.filter(user=person).delete()
    person.sessions.all().delete()
    journal.write(by=by, verb="took away second factor of", record=person, kind="all" if taken else "none")
    return person


@transaction.atomic
def turn_off_example(*, by):
    """Let go everybody who came with the worked example. Returns how many were let go. Raises NotAllowed, Refused.

    Somebody else must be there to administer: an administrator of the newsroom's own, who can log in.
    """
    _administrator(by)
    own = User.objects.filter(is_example=False, is_active=True, groups__name=Role.ADMINISTRATOR)
    if not any(person.has_usable_password() for person in own):
        raise Refused(
            _("First let in an administrator of your own, with a password: nobody could let anybody in after this.")
        )
    people = list(User.objects.select_for_update().filter(is_example=True, is_active=True).order_by("pk"))
    for person in people:
        person.sessions.all().delete()
        _set_active(person, by=by, active=False, verb="let go")
    return len(people)


@transaction.atomic
def let_go(person, *, by):
    """Close somebody's account at once. Everything they did stays on the record. Returns the fresh User."""
    return _set_active(_somebody_else(person, by), by=by, active=False, verb="let go")


@transaction.atomic
def bring_back(person, *, by):
    """Open a closed account again, with the roles it had. Returns the fresh User."""
    return _set_active(_somebody_else(person, by), by=by, active=True, verb="brought back")


def _administrator(by):
    if by is None:
        return
    # Read anew: what `by` carries was read when the request began, and may have been taken away since.
    if not User.objects.get(pk=by.pk).has_role(Role.ADMINISTRATOR):
        raise NotAllowed(_("Only administrators may do this."))


def _person(person, by):
    """The person's row as it is now. Both rows are locked: two administrators cannot put each other out at once."""
    pks = {person.pk} | ({by.pk} if by else set())
    rows = {row.pk: row for row in User.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
    _administrator(by)
    if rows[person.pk].is_superuser:
        raise NotAllowed(_("This account was made on the server's command line, and is changed only there."))
    return rows[person.pk]


def _somebody_else(person, by):
    if by and by.pk == person.pk:
        raise NotAllowed(_("Nobody changes their own standing. Ask another administrator."))
    return _person(person, by)


def _set_active(person, *, by, active, verb):
    if person.is_active != active:
        person.is_active = active
        person.save(update_fields=["is_active"])
        journal.write(by=by, verb=verb, record=person)
    return person


def _set_password(person, password):
    if password is not None:
        validate_password(password, person)
    person.set_password(password)


def _set_roles(person, roles):
    person.groups.set(Group.objects.filter(name__in=roles))
    person.__dict__.pop("roles", None)


def _known(roles):
    try:
        return frozenset(Role(role) for role in roles)
    except ValueError as unknown:
        raise ValidationError(
            {"roles": _("%(error)s. Roles are: %(roles)s.") % {"error": unknown, "roles": ", ".join(Role)}}
        ) from None


def _only_details(details):
    if unknown := details.keys() - DETAILS:
        raise TypeError(f"a person has no such detail to be set: {', '.join(sorted(unknown))}")
    return details


def _named(roles):
    return sorted(role.value for role in roles)
