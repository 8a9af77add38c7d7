"""Single sign-on: whose account here an account at the newsroom's identity provider opens.

The first time, the address that the provider vouches for says whose it is; from then on the provider's own name for the
account does, so that an address which passes to somebody else opens nothing. Nobody is let in who was not let in before.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from . import invitations, journal
from .actions import _somebody_else
from .models import SignOn, User
from .refusals import Refused


class Invited(Exception):
    """The address is nobody's here yet, and was invited: no refusal, because whoever has it goes on to `take_up`."""


@transaction.atomic
def person_for(*, issuer, subject, email, verified):
    """The User whom this account of the provider opens, linked from now on. One who was let go is returned, too.

    Raises Refused, in a sentence to whoever stands at the door, where it opens nobody's; Invited where `take_up` would.
    """
    known = SignOn.objects.select_related("person").filter(issuer=issuer, subject=subject).first()
    if known:
        return known.person
    person = _by_address(email, verified)
    if person.sign_ons.filter(issuer=issuer).exists():
        raise Refused(
            _(
                "Your account here is linked to another account of the provider. An administrator can take that link away."
            )
        )
    SignOn.objects.create(issuer=issuer, subject=subject, person=person)
    journal.write(by=person, verb="linked single sign-on of", record=person)
    return person


@transaction.atomic
def take_up(invitation, *, issuer, subject, username, **details):
    """Take an invitation up as the account of the provider that has its address; there is no password. Returns the User.

    Raises Refused where the invitation or the account is taken by now, ValidationError where a field is wrong.
    """
    if SignOn.objects.filter(issuer=issuer, subject=subject).exists():
        raise Refused(_("This account of the provider opens an account here already. Begin the log-in again."))
    person = invitations.accept(invitation, username=username, password=None, **details)
    SignOn.objects.create(issuer=issuer, subject=subject, person=person)
    journal.write(by=person, verb="linked single sign-on of", record=person)
    return person


@transaction.atomic
def unlink(person, *, by):
    """Take away every link of somebody, and end their sessions. Returns the fresh User. Raises NotAllowed, Refused."""
    person = _somebody_else(person, by)
    taken, _rows = person.sign_ons.all().delete()
    person.sessions.all().delete()
    journal.write(by=by, verb="unlinked single sign-on of", record=person, kind="all" if taken else "none")
    return person


def _by_address(email, verified):
    if not email or not verified:
        raise Refused(
            _("The provider does not vouch for your e-mail address, so nobody can tell which account is yours.")
        )
    # The lock holds two first log-ins at once apart.
    found = list(User.objects.select_for_update().filter(email__iexact=email, is_active=True)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(_("Two accounts here have your e-mail address. An administrator can mend that."))
    if invitations.for_address(email):
        raise Invited
    raise Refused(_("No account here has your e-mail address. An administrator can invite you."))
