"""The verbs on a letter, in the order of the work, those on an e-mail that carries it, and the one that begins a letter."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _l

from factcheck.letters import actions, afterwards
from factcheck.reply import contacts

from . import letter_forms as forms
from . import when_writing as when
from .verb_forms import Because
from .verbs import Verb

AS_READ = "backoffice/letters/as_read.html"


def _begun(case, by, data):
    files = [case.thing, *data.pop("also", ())]
    return letter_page(actions.draft_letter(files, by=by, **data))


def letter_page(letter):
    """The address of a letter's own page."""
    return reverse("admin:letters_letter_change", args=[letter.pk])


def _edited(case, by, data):
    data["basis"] = data.pop("deadline_basis")
    actions.edit_letter(case.thing, by=by, **data)


def _act(action):
    return lambda case, by, data: action(case.thing, by=by, **data) and None


WRITE_LETTER = Verb(
    "letter",
    _l("Write a letter"),
    _l(
        "A draft is written from the record: what will be published, what is put, by when and how to answer. You edit it "
        "before it is sent."
    ),
    _begun,
    forms.WriteForm,
    not_now=when.to_be_begun,
    done=_l("The draft is written. Read it, and edit it."),
    tone="main",
)
CONTACT = Verb(
    "contact",
    _l("How to reach them"),
    _l(
        "Where the party is, and who answers there. Letters and attempts are filled in with it; deadlines are told in its time."
    ),
    lambda case, by, data: contacts.keep_contact(case.thing.party, by=by, **data) and None,
    forms.ContactForm,
    not_now=when.not_protected,
    done=_l("Kept."),
)
REMIND, REMIND_NOT = (
    Verb(
        code,
        label,
        _l(
            "A message goes before the deadline and one at it, unless an answer has come. Each is an attempt on the record."
        ),
        lambda case, by, data, on=on: contacts.switch_reminders(case.thing, by=by, on=on) and None,
        not_now=when.reminded(not on),
        done=_l("Switched."),
    )
    for code, label, on in (
        ("remind", _l("Switch reminders on"), True),
        ("remind-not", _l("Switch reminders off"), False),
    )
)
ON_FILE = (WRITE_LETTER, CONTACT, REMIND, REMIND_NOT)
LETTER_VERBS = (
    Verb(
        "edit",
        _l("Edit the letter"),
        _l(
            "What legal has cleared is cleared no more once a word is changed. Another deadline is set on the files too."
        ),
        _edited,
        forms.EditForm,
        not_now=when.on("edit"),
        done=_l("Saved."),
    ),
    Verb(
        "to-legal",
        _l("Send to legal"),
        _l("Legal reads it and clears it, or sends it back."),
        _act(actions.send_to_legal),
        not_now=when.on("to_legal", when.where_legal_is_needed, when.checks.against_sending),
        wide=(AS_READ,),
        done=_l("It is with legal."),
        tone="main",
    ),
    Verb(
        "clear",
        _l("Clear the letter"),
        _l("You answer for it that this letter may go as it stands below. Other words are not cleared."),
        _act(actions.clear),
        forms.ClearForm,
        when.may_clear,
        when.on("clear"),
        wide=(AS_READ,),
        done=_l("Cleared. It can be sent."),
        tone="main",
    ),
    Verb(
        "send-back",
        _l("Send back"),
        _l("The letter goes back to whoever writes it, with your reason."),
        _act(actions.send_back),
        Because,
        when.of_legal,
        when.on("send_back"),
        done=_l("Sent back."),
    ),
    Verb(
        "send",
        _l("Send the letter"),
        _l(
            "It goes by e-mail to the address below, and becomes an attempt on every right of reply it is about. From now "
            "on its words stand."
        ),
        _act(actions.queue_letter),
        not_now=when.on("queue", when.checks.against),
        wide=(AS_READ,),
        done=_l("It will be sent at once; this page says when it has left."),
        tone="main",
    ),
    Verb(
        "withdraw",
        _l("Withdraw"),
        _l("It is not sent. Possible until the moment it leaves."),
        _act(actions.withdraw),
        Because,
        not_now=when.on("withdraw"),
        done=_l("Withdrawn."),
        tone="grave",
    ),
    Verb(
        "new-page",
        _l("Move the private page"),
        _l(
            "The address in the letter is shut, and the party is sent a new one. For an address that fell into wrong hands."
        ),
        _act(afterwards.send_new_page),
        Because,
        not_now=when.left,
        done=_l("The old address is shut, and the new one is on its way."),
        tone="grave",
    ),
)
MAIL_VERBS = (
    Verb(
        "decide",
        _l("Decide whether it was sent"),
        _l("The mail server may have taken it and may not. What you decide is on the record, with how you know."),
        _act(afterwards.decide),
        forms.DecideForm,
        not_now=when.in_doubt,
        done=_l("Decided, on the record."),
        tone="main",
    ),
)
