"""When a verb on a right of reply is possible, and whose it is: asked of the rules of the reply room, as in `when.py`."""

from django.utils.translation import gettext as _

from factcheck.newsroom.roles import EDITORS, Role
from factcheck.reply import rounds, rulings
from factcheck.reply.states import NOT_ASKED, State, possible

from .verbs import role_needed
from .when import open_to_edits

an_editor = role_needed(EDITORS)


def on(*events, further=(), printed=True):
    """Possible where a state allows one of `events`, `further` miss nothing, and the claim is open if it shapes the page."""

    def not_now(by, case):
        file = case.thing
        if printed and (reasons := open_to_edits(by, case)):
            return reasons
        if events and not any(possible(file.state, event) for event in events):
            state = {"state": file.get_state_display()}
            return [_("This cannot be done while the right of reply is “%(state)s”.") % state]
        return [reason for rule in further for reason in rule(file)]

    return not_now


def asked_or_to_be_asked(by, case):
    return [_("They are not asked, so there is nothing to answer by.")] if case.thing.state in NOT_ASKED else []


def was_put(file):
    if not file.wording_put:
        yield _("Nothing was put to this party yet: choose “Put to the party”.")


def answered(file):
    if not rounds.standing(file):
        yield _("There is no answer on the record to choose from.")


def to_be_found_fair(file):
    if not file.excerpt:
        yield _("Nothing has been chosen that could be found fair.")
    elif file.found_fair_at:
        yield _("It has been found fair already.")


def reworded(file):
    if file.current_state != State.NEEDS_REPUT:
        yield _("The claim is worded as it was put: there is nothing to rule on.")


def may_waive(by, case):
    return role_needed({Role.SENIOR_EDITOR})(by, case) or rulings.waiving_own_work(case.claim, by)


def may_find_fair(by, case):
    if case.thing.excerpt_chosen_by_id == by.pk:
        return _("You chose this excerpt, so another editor has to find it fair.")
    return an_editor(by, case)


def not_put_yet(by, case):
    return open_to_edits(by, case) or (
        [_("This was put to the party, so its words stand. Draft another allegation, and drop this one.")]
        if case.thing.put_at or case.thing.dropped_at
        else []
    )


def not_dropped_yet(by, case):
    return open_to_edits(by, case) or ([_("It is not published any more.")] if case.thing.dropped_at else [])
