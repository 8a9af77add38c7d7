"""When a verb on a letter is possible, and whose it is: asked of the rules of the letters' room, as in `when.py`."""

from django.utils.translation import gettext as _

from factcheck.letters import checks, states
from factcheck.letters.actions import wrote_it
from factcheck.letters.states import LEFT, LetterState
from factcheck.newsroom.roles import Role
from factcheck.reply.states import ASKED, BEFORE

from .verbs import role_needed

of_legal = role_needed({Role.LEGAL})


def may_clear(by, case):
    return of_legal(by, case) or wrote_it(case.thing, by)


def on(event, *further):
    """Possible where a letter's state allows `event` and nothing is against it by `further` (each of a letter)."""

    def not_now(by, case):
        reasons = states.not_from_here(case.thing, event)
        return reasons or [reason for rule in further for reason in rule(case.thing)]

    return not_now


def where_legal_is_needed(letter):
    if not checks.needs_legal(letter):
        yield _("No claim it is about has the legal-risk flag, so legal need not clear it.")


def to_be_begun(by, case):
    return checks.is_open_to(case.thing, case.thing.letters.all())


def not_protected(by, case):
    if case.thing.party.pseudonym_id:
        return [_("How a protected person is reached belongs nowhere in this record.")]
    return []


def reminded(on):
    """Possible where reminders are switched as `on` says, while the party may still be reminded."""

    def not_now(by, case):
        file = case.thing
        if file.state not in (*BEFORE, *ASKED):
            return [
                _("Nobody is reminded while the right of reply is “%(state)s”.") % {"state": file.get_state_display()}
            ]
        return [] if file.remind is on else [_("Reminders are switched so already.")]

    return not_now


def left(by, case):
    if case.thing.state in (*LEFT, LetterState.UNCERTAIN):
        return []
    return [_("The letter has not left, so nobody has the address of its page.")]


def in_doubt(by, case):
    mail = case.thing
    state = {"state": mail.get_state_display()}
    return [] if mail.state == "uncertain" else [_("There is no doubt about this e-mail: it is “%(state)s”.") % state]
