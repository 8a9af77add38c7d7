"""The verb on an item of evidence that is no form of its fields: withdrawing it."""

from django.utils.translation import gettext_lazy as _

from factcheck.evidence import actions

from .verb_forms import Because
from .verbs import Verb
from .when import open_to_edits


def _withdrawn_or_closed(by, case):
    return open_to_edits(by, case) or ([_("It is withdrawn already.")] if case.thing.withdrawn_at else [])


ITEM_VERBS = (
    Verb(
        "withdraw",
        _("Withdraw"),
        _("We stop relying on it. The item stays on the record with your reason; editions that printed it keep it."),
        lambda case, by, data: actions.withdraw(case.thing, by=by, **data),
        Because,
        not_now=_withdrawn_or_closed,
        done=_("Withdrawn, on the record."),
        tone="grave",
    ),
)
