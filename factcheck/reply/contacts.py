"""The verbs on how a party is reached: keep it, and say whether it is reminded."""

from django.db import transaction

from factcheck.newsroom import record

from .contact import Contact, newsroom_place
from .files import lock


@transaction.atomic
def keep_contact(party, *, by, version=None, **fields):
    """Keep how `party` (a Speaker) is reached and where it is; fields as in `Contact`. Returns the fresh row.

    Raises NotAllowed, ValidationError, ChangedMeanwhile. What an address is, the journal does not say.
    """
    record.require_role(by)
    contact = Contact.objects.filter(party=party).first()
    if contact is None:
        place = newsroom_place()
        where = {"zone": place.zone, "country": place.country, "region": place.region}
        return record.add(
            Contact(party=party, **{**where, **fields}), by=by, verb="kept contact", authored=False, said=sorted(fields)
        )
    return record.amend(contact, by=by, verb="kept contact", version=version, authored=False, **fields)


@transaction.atomic
def switch_reminders(file, *, by, on):
    """Say whether the party of a right of reply is reminded of its deadline. Returns the fresh file."""
    record.require_role(by)
    file = lock(file)
    return record.amend(file, by=by, verb="switched reminders", claim=file.claim, authored=False, remind=on)
