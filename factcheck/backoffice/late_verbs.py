"""The verbs for an answer that came once readers have the page: on the claim, on the right of reply, on what is printed."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.desk import late_answers
from factcheck.reply import late
from factcheck.reply.belonging import to_carry_over
from factcheck.reply.models import Response

from . import when
from .claim_verb_forms import SignOffForm
from .verb_forms import Because, VerbForm
from .verbs import Verb

CHECKLIST, PAGE = "backoffice/claim/checklist.html", "backoffice/claim/readers_page.html"
COMPARED, NOTICE = "backoffice/claim/compared.html", "backoffice/claim/notice_as_read.html"
UPDATE = "backoffice/claim/update.html"


class AnswerField(forms.ModelChoiceField):
    """Answers to choose one from, each by its first words and the claim it was given to."""

    def label_from_instance(self, response):
        words = Truncator(response.verbatim).chars(300)
        return _("“%(words)s” – on “%(claim)s”") % {"words": words, "claim": response.file.claim}


class CarryOverForm(VerbForm):
    response = AnswerField(Response.objects.none(), label=_l("answer"), widget=forms.RadioSelect, empty_label=None)

    def prepare(self):
        known = [response.pk for response in to_carry_over(self.case.thing)]
        answers = Response.objects.filter(pk__in=known).select_related("file__claim", "file__party__pseudonym")
        self.fields["response"].queryset = answers


def _to_draft(by, case):
    """Offered only where an answer waits, so that a claim without one is asked nothing further."""
    if not (case.claim.has_page and case.claim.update_needed_at):
        return [_("No answer waits to be printed.")]
    return late_answers.not_drafted(case.claim, late_answers.planned_update(case.claim))


def _to_sign(by, case):
    return late_answers.not_signed_at_once(by, case.claim, case.dossier)


def _to_carry(by, case):
    return [] if to_carry_over(case.thing) else [_("There is no answer on another claim that may belong here.")]


def _printed_still(by, case):
    dropped = [_("It is not printed any more.")] if case.thing.dropped_at else []
    return when.open_to_edits(by, case) or dropped


UPDATE_VERBS = (
    Verb(
        "update",
        _l("Draft the update"),
        _l(
            "What came late is taken into the next edition, whole and in the first place, with the notice below, and "
            "goes to the editors. Readers get it once somebody else has signed it off and published it."
        ),
        lambda case, by, data: late_answers.draft_update(case.claim, by=by),
        may=when.may("draft_update"),
        not_now=_to_draft,
        wide=(UPDATE,),
        done=_l("The update is drafted and in review. An editor who wrote no part of it signs it off."),
        tone="main",
    ),
    Verb(
        "sign-update",
        _l("Find fair and sign off"),
        _l(
            "You answer for it that what is printed of each answer is fair to the party, and for exactly what stands "
            "below. Change one word of it afterwards and your signature no longer counts."
        ),
        lambda case, by, data: late_answers.sign_off_update(case.claim, by=by, **data),
        SignOffForm,
        when.may("sign_off"),
        _to_sign,
        shows=(CHECKLIST,),
        wide=(NOTICE, COMPARED, PAGE),
        done=_l("Found fair and signed off."),
        tone="main",
    ),
    Verb(
        "no-update",
        _l("Needs no update"),
        _l("The page stays as it is, and the mark goes. Your reason stays on the record."),
        lambda case, by, data: late_answers.spare_update(case.claim, by=by, **data),
        Because,
        when.may("spare_update"),
        lambda by, case: late_answers.not_spared(case.claim),
        done=_l("The mark is gone, and your reason is on the record."),
    ),
)
CARRY_OVER = Verb(
    "carry-over",
    _l("Take an answer over"),
    _l(
        "They answered about another claim that belongs with this one. If it answers this claim as well, it is recorded "
        "here, too, word for word and with the same day."
    ),
    lambda case, by, data: late.carry_over(case.thing, by=by, **data),
    CarryOverForm,
    not_now=_to_carry,
    done=_l("The answer is on this record, too."),
)
EARLIER_VERBS = (
    Verb(
        "drop",
        _l("Print no longer"),
        _l("This earlier answer goes from the coming edition. Editions that readers had keep it."),
        lambda case, by, data: late.print_no_longer(case.thing, by=by, **data),
        Because,
        not_now=_printed_still,
        done=_l("It is not in the coming edition."),
        tone="grave",
    ),
)
