"""Verbs: what people do at the desk beside filling a form. Each has a button, a page of its own that says what will
happen, and the action that does it.

The tables are in `claim_verbs.py`, `parts.py`, `evidence.py`, `reply_verbs.py`; the page is `confirm.py`. Nothing here
decides anything: `may` and `not_now` ask the rules below (desk.permissions, desk.workflow, desk.gates, reply.states), and
the action asks them again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from factcheck.claims.models import Claim
from factcheck.desk.gathering import gather
from factcheck.evidence.models import Exhibit, Item
from factcheck.inbox.models import Filing, Message
from factcheck.letters.models import Letter
from factcheck.newsroom.refusals import NotAllowed
from factcheck.newsroom.roles import AUTHORS, Role
from factcheck.reply.models import ReplyFile

from .verb_forms import VerbForm


class Case:
    """What a verb is about: a claim, or something that hangs from one. Reads the dossier only when somebody asks."""

    def __init__(self, thing, dossier=None):
        self.thing = thing
        self.claim = thing if isinstance(thing, Claim) else _claim_of(thing)
        if dossier is not None:
            self.dossier = dossier

    @cached_property
    def dossier(self):
        return gather(self.claim)

    @property
    def file(self):
        """The right of reply it is about or hangs from, if any."""
        file = self.thing if isinstance(self.thing, ReplyFile) else getattr(self.thing, "file", None)
        return file if isinstance(file, ReplyFile) else None  # a file of evidence is called so, too

    @property
    def letter(self):
        """The letter it is about, or that it carries."""
        return self.thing if isinstance(self.thing, Letter) else getattr(self.thing, "letter", None)

    @property
    def item(self):
        """The piece of evidence it is about, or that a file of evidence is with."""
        return (
            self.thing.item if isinstance(self.thing, Exhibit) else self.thing if isinstance(self.thing, Item) else None
        )

    @property
    def home(self):
        """Where one comes from and goes back to: the page of what came in, the letter's, the right of reply's, the evidence's,
        or the claim's."""
        came_in = self.thing if isinstance(self.thing, Filing | Message) else None
        return page_of(came_in or self.letter or self.file or self.item or self.claim)

    @property
    def back(self):
        """What the way back is called."""
        if isinstance(self.thing, Filing | Message):
            return _("Back to what came in")
        if self.letter:
            return _("Back to the letter")
        if self.item:
            return _("Back to the evidence")
        return _("Back to the right of reply") if self.file else _("Back to the claim")


def _claim_of(thing):
    """The claim that something hangs from; None for a message that nobody has sorted."""
    if hasattr(thing, "claim"):
        return thing.claim
    if getattr(thing, "file", thing) is None:
        raise Http404("It is about no claim, and nothing is done with it.")  # a digest
    return thing.file.claim if hasattr(thing, "file") else None


def page_of(thing):
    """The address of a record's page."""
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])


def anything(by, case):
    """No reason against it."""
    return []


def an_author(by, case):
    """Why this person may not write in the record, in a sentence; None where they may."""
    return role_needed(AUTHORS)(by, case)


def role_needed(roles):
    """The rule that one of these roles is needed."""
    names = [role for role in Role if role in roles]

    def rule(by, case):
        if by.has_role(*roles):
            return None
        return _("Only these roles may do this: %(names)s.") % {"names": ", ".join(str(role.label) for role in names)}

    return rule


@dataclass(frozen=True)
class Verb:
    """One thing that people do to `model`.

    `act(case, by, data)` calls the action. `may(by, case)` is the reason why this person may not, or None;
    `not_now(by, case)` are the reasons why nobody can as things stand; `second_factor(case)` says whether a second factor has to
    be shown first. `shows` are templates that show what will happen.
    """

    code: str
    label: str
    told: str
    act: Callable
    form: type = VerbForm
    may: Callable = an_author
    not_now: Callable = anything
    shows: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()  # like `shows`, but too wide to stand beside the form
    always: tuple[str, ...] = ()  # like `wide`, and shown also where it cannot be done now, because they show why
    done: str = ""
    tone: str = ""  # "main": the next step; "grave": hard to take back
    heading: str = ""
    second_factor: Callable = lambda case: False  # whether it wants a second factor shown within the last minutes

    def address(self, thing):
        return reverse(f"admin:{self.url_name(type(thing))}", args=[thing.pk])

    def url_name(self, model):
        return f"{model._meta.app_label}_{model._meta.model_name}_{self.code.replace('-', '_')}"

    @property
    def title(self):
        return self.heading or self.label


@dataclass(frozen=True)
class Button:
    """A verb as the page offers it: `reasons` say why not now, and `url` leads to its page where there are none."""

    verb: Verb
    url: str
    reasons: tuple[str, ...] = ()


def open_to(verbs, by, case):
    """Buttons for exactly the verbs that are allowed now to this person."""
    return [
        Button(verb, verb.address(case.thing))
        for verb in verbs
        if not verb.may(by, case) and not verb.not_now(by, case)
    ]


def with_one_main(buttons, codes):
    """The buttons of a page with one main one among them: the first of `codes` that is there. The others lose their weight."""
    offered = {button.verb.code for button in buttons}
    chosen = next((code for code in codes if code in offered), "")
    return [
        _lighter(button) if button.verb.tone == "main" and button.verb.code != chosen else button for button in buttons
    ]


def _lighter(button):
    return replace(button, verb=replace(button.verb, tone=""))


def require(verb, by, case):
    """Raise NotAllowed where this person may not do it."""
    if reason := verb.may(by, case):
        raise NotAllowed(reason)


def find(model, pk, related=()):
    """The row a verb is about. Raises Http404."""
    thing = model.objects.select_related(*related).filter(pk=pk).first()
    if thing is None:
        raise Http404("There is no such record.")
    return thing
