"""The verbs on a right of reply that send for an answer once more, or open and shut the party's private page."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.letters import afterwards, keys
from factcheck.letters.actions import draft_letter
from factcheck.letters.models import Letter
from factcheck.reply.models import ReplyFile
from factcheck.reply.states import State

from .letter_forms import WriteForm, ready_beside
from .letter_verbs import letter_page
from .verb_forms import Because
from .verbs import Verb
from .when import open_to_edits
from .when_replying import reworded
from .when_writing import to_be_begun

OTHERWISE = "backoffice/reply/to_be_put.html"


class PutAgainForm(WriteForm):
    """As for any letter; the party's other rights of reply that were reworded come along unless somebody takes them out."""

    def prepare(self):
        super().prepare()
        if "also" not in self.fields:
            return
        beside = [other.pk for other in ready_beside(self.case.thing)]
        again = ReplyFile.objects.with_current_state().filter(pk__in=beside, state_now=State.NEEDS_REPUT)
        self.fields["also"].queryset, self.fields["also"].initial = again, list(again)
        self.fields["also"].help_text = _("What else was put to this party in other words, in the same letter.")
        if not again:
            del self.fields["also"]


class PageForm(Because):
    """Which letter's page, where the party has several."""

    letter = forms.ModelChoiceField(
        Letter.objects.none(), label=_l("letter"), widget=forms.RadioSelect, empty_label=None
    )

    def prepare(self):
        letters = self.pages(self.case.thing)
        self.fields["letter"].queryset, self.fields["letter"].initial = letters, letters.first()
        self.fields["letter"].label_from_instance = lambda letter: f"{letter.subject} ({letter.deadline_at:%Y-%m-%d})"

    @staticmethod
    def pages(file):
        return with_open_page(file)


class MoveForm(PageForm):
    """A page that expired or was shut can be opened again under a new address, too."""

    @staticmethod
    def pages(file):
        return with_page(file)


def with_open_page(file):
    """The letters about a file whose private page opens now."""
    opens = Q(keys__revoked_at=None, keys__expires_at__gt=timezone.now())
    return file.letters.filter(opens).distinct().order_by("-pk")


def with_page(file):
    """The letters about a file that have left and have, or had, a private page."""
    return file.letters.filter(keys__isnull=False, sent_at__isnull=False).distinct().order_by("-pk")


def _page_is_open(by, case):
    return [] if with_open_page(case.thing).exists() else [_("No private page of a letter about this is open.")]


def _page_was_sent(by, case):
    return [] if with_page(case.thing).exists() else [_("No letter with a private page has left about this.")]


def _to_be_put_again(by, case):
    return open_to_edits(by, case) or list(reworded(case.thing)) or to_be_begun(by, case)


def _put_again(case, by, data):
    files = [case.thing, *data.pop("also", ())]
    return letter_page(draft_letter(files, by=by, **data))


def _moved(case, by, data):
    afterwards.send_new_page(data["letter"], by=by, because=data["because"])


def _shut(case, by, data):
    keys.shut(data["letter"], by=by, because=data["because"])


PUT_AGAIN = Verb(
    "put-again",
    _l("Put it again with a letter"),
    _l(
        "One letter for everything that was put to this party in other words: a draft is written from the record, and you "
        "edit it before it is sent. Their answer to the earlier wording stays on the record."
    ),
    _put_again,
    PutAgainForm,
    not_now=_to_be_put_again,
    wide=(OTHERWISE,),
    done=_l("The draft is written. Read it, and edit it."),
    tone="main",
)
ON_PAGES = (
    PUT_AGAIN,
    Verb(
        "move-page",
        _l("Move the private page"),
        _l(
            "The address they have is shut, and they are sent a new one. For an address that fell into wrong hands, or is "
            "over."
        ),
        _moved,
        MoveForm,
        not_now=_page_was_sent,
        done=_l("The old address is shut, and the new one is on its way."),
        tone="grave",
    ),
    Verb(
        "shut-page",
        _l("Shut the private page"),
        _l("Its address opens nothing any more, and nothing is sent. They can still answer by e-mail or phone."),
        _shut,
        PageForm,
        not_now=_page_is_open,
        done=_l("The private page is shut."),
        tone="grave",
    ),
)
