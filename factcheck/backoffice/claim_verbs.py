"""The verbs on a claim: one table, in the order of the work."""

from django.utils.translation import gettext_lazy as _l

from factcheck.claims.actions import edit_claim
from factcheck.desk import publish, review
from factcheck.desk.models import SignOff

from . import claim_verb_forms as forms
from . import when
from .jigsaw_verbs import JIGSAW_VERBS
from .late_verbs import UPDATE_VERBS
from .verb_forms import NoteForm
from .verbs import Verb

CHECKLIST, PAGE = "backoffice/claim/checklist.html", "backoffice/claim/readers_page.html"
BRIEF, OTHERWISE = "backoffice/claim/brief.html", "backoffice/claim/put_otherwise.html"
COMPARED, NOTICE = "backoffice/claim/compared.html", "backoffice/claim/notice_as_read.html"


def _sign(capacity):
    return lambda case, by, data: review.sign_off(case.claim, by=by, capacity=capacity, **data)


def _act(action):
    """The action, called on the claim with what the form gives."""
    return lambda case, by, data: action(case.claim, by=by, **data)


EDITOR, LEGAL = SignOff.Capacity.EDITOR, SignOff.Capacity.LEGAL

CLAIM_VERBS = (
    Verb(
        "start",
        _l("Start research"),
        _l("The claim goes into research. Readers will see why it was chosen."),
        _act(review.start),
        forms.StartForm,
        when.may("start"),
        when.in_process("start"),
        done=_l("In research."),
        tone="main",
    ),
    *UPDATE_VERBS,
    Verb(
        "propose-verdict",
        _l("Propose verdict"),
        _l(
            "Your proposal takes the place of the one before, which stays in the history. It makes you one of the "
            "authors, so somebody else signs it off."
        ),
        _act(review.propose_verdict),
        forms.VerdictForm,
        when.may("propose_verdict"),
        when.open_to_edits,
        shows=(BRIEF,),
        done=_l("The verdict is proposed."),
    ),
    *JIGSAW_VERBS,
    Verb(
        "submit",
        _l("Submit for review"),
        _l("The claim goes to the editors. What is still missing does not stop it: they see the same checklist."),
        _act(review.submit),
        may=when.may("submit"),
        not_now=when.in_process("submit"),
        shows=(CHECKLIST,),
        always=(OTHERWISE,),
        done=_l("Submitted for review."),
        tone="main",
    ),
    Verb(
        "sign-off",
        _l("Sign off"),
        _l(
            "You answer for exactly what stands below, as readers will get it. Change one word of it afterwards "
            "and your signature no longer counts."
        ),
        _sign(EDITOR),
        forms.SignOffForm,
        when.may("sign_off"),
        when.to_be_signed(EDITOR),
        shows=(CHECKLIST,),
        wide=(NOTICE, COMPARED, PAGE),
        always=(OTHERWISE,),
        done=_l("Signed off."),
        tone="main",
    ),
    Verb(
        "sign-off-legal",
        _l("Sign off as legal"),
        _l(
            "You answer, as legal, for exactly what stands below, as readers will get it. Change one word of it "
            "afterwards and your signature no longer counts."
        ),
        _sign(LEGAL),
        forms.SignOffForm,
        when.may("sign_off_legal"),
        when.to_be_signed(LEGAL),
        shows=(CHECKLIST,),
        wide=(NOTICE, COMPARED, PAGE),
        always=(OTHERWISE,),
        done=_l("Signed off as legal."),
        tone="main",
    ),
    Verb(
        "publish",
        _l("Publish"),
        _l(
            "Readers get the page below, at an address that stays. It can be corrected or retracted afterwards, "
            "and never be unsaid."
        ),
        _act(publish.publish),
        may=when.may("publish"),
        not_now=when.to_be_published,
        shows=(CHECKLIST,),
        wide=(NOTICE, COMPARED, PAGE),
        always=(OTHERWISE,),
        done=_l("Published."),
        tone="main",
    ),
    Verb(
        "correct",
        _l("Correct"),
        _l(
            "The claim opens again so that it can be changed. Readers keep the edition they have until the change "
            "is signed off and published, and then they get this notice with it."
        ),
        _act(publish.correct),
        forms.NoticeForm,
        when.may("correct"),
        when.in_process("correct"),
        done=_l("Open for correction. Readers keep the edition they have until you publish again."),
    ),
    Verb(
        "notice",
        _l("Rewrite the notice"),
        _l("This is what readers will be told about the next edition. It is signed off together with everything else."),
        _act(publish.plan_notice),
        forms.RewriteNoticeForm,
        when.may("plan_notice"),
        when.to_be_explained,
        wide=(COMPARED,),
        done=_l("The notice is written."),
        heading=_l("The notice to readers"),
    ),
    Verb(
        "stand-by",
        _l("Stand by the edition"),
        _l(
            "The correction is given up: the record says what readers have, and the claim goes back to published. "
            "Nothing is printed."
        ),
        _act(publish.stand_by),
        may=when.may("stand_by"),
        not_now=when.standing,
        done=_l("The edition stands."),
    ),
    Verb(
        "send-back",
        _l("Send back"),
        _l("The claim goes back into research, with your note for whoever works on it next."),
        _act(review.send_back),
        NoteForm,
        when.may("send_back"),
        when.in_process("send_back"),
        done=_l("Sent back."),
    ),
    Verb(
        "override",
        _l("Override a gate"),
        _l(
            "You answer by name for what one gate says now, and it no longer stops the claim. What the gate may "
            "say later is not covered. You cannot sign this claim off afterwards."
        ),
        _act(review.override),
        forms.OverrideForm,
        when.may("override"),
        when.to_be_let_pass,
        always=(OTHERWISE,),
        done=_l("Let pass, on the record."),
        tone="grave",
    ),
    Verb(
        "assign",
        _l("Assign and plan"),
        _l("Who works on it and by when. This makes nobody an author."),
        _act(edit_claim),
        forms.AssignForm,
        not_now=when.open_to_edits,
        done=_l("Planned."),
    ),
    Verb(
        "reopen",
        _l("Reopen"),
        _l("The claim goes back into research, with your note."),
        _act(review.reopen),
        NoteForm,
        when.may("reopen"),
        when.to_be_reopened,
        done=_l("Open again."),
    ),
    Verb(
        "close",
        _l("Close"),
        _l("Work on the claim ends. It stays on the record with the reason, and can be reopened."),
        _act(review.close),
        forms.CloseForm,
        when.may("close"),
        when.to_be_closed,
        done=_l("Closed."),
        tone="grave",
    ),
    Verb(
        "propose-retraction",
        _l("Propose retraction"),
        _l(
            "You ask that the page be withdrawn. A senior editor other than you has to make it; until then readers "
            "keep the page."
        ),
        _act(publish.propose_retraction),
        forms.RetractionForm,
        when.may("propose_retraction"),
        when.to_be_withdrawn,
        done=_l("The retraction is proposed. A senior editor other than you has to make it."),
        tone="grave",
    ),
    Verb(
        "give-up-retraction",
        _l("Give up the retraction"),
        _l("The proposal is withdrawn and the page stays as it is."),
        _act(publish.give_up_retraction),
        may=when.may("propose_retraction"),
        not_now=when.withdrawal_proposed,
        wide=(NOTICE,),
        done=_l("The page stays as it is."),
    ),
    Verb(
        "retract",
        _l("Retract"),
        _l(
            "The page keeps its address and says from now on that it is retracted, and why. The claim is closed, "
            "and cannot be reopened."
        ),
        _act(publish.retract),
        may=when.may("retract"),
        not_now=when.withdrawal_proposed,
        wide=(NOTICE,),
        done=_l("Retracted. The page keeps its address and says so."),
        tone="grave",
    ),
)
BY_CODE = {verb.code: verb for verb in CLAIM_VERBS}
# A step of the process that is not open yet is shown with what it waits for.
STEPS = ("sign-off", "sign-off-legal", "publish")
