"""The verbs on a right of reply, in the order of the work, and those on what is in it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _l

from factcheck.reply import actions, answering, rulings

from . import reply_forms as forms
from . import when_replying as when
from .late_verbs import CARRY_OVER
from .verb_forms import Because
from .verbs import Verb
from .when import open_to_edits

LETTER, ANSWERS, LINE = ("backoffice/reply/" + name for name in ("to_be_put.html", "answers.html", "line.html"))


def _act(action):
    return lambda case, by, data: action(case.thing, by=by, **data)


def _deadline_set(case, by, data):
    actions.set_deadline(case.thing, by=by, deadline_at=data["deadline_at"], basis=data["deadline_basis"])


def _claim_made(case, by, data):
    made = answering.make_claim_of(case.thing, by=by, **data)
    return reverse("admin:claims_claim_change", args=[made.pk])


def _opened(case, by, data):
    file = actions.open_file(case.claim, by=by, **data)
    return reverse("admin:reply_replyfile_change", args=[file.pk])


OPEN_FILE = Verb(
    "open-reply",
    _l("Open a right of reply"),
    _l("A file for one party: what is put to them, when and how, and what comes back."),
    _opened,
    forms.OpenForm,
    not_now=open_to_edits,
)
FILE_VERBS = (
    Verb(
        "draft",
        _l("Draft an allegation"),
        _l("One thing that is put to the party, in the words they will read. Readers see it beside the answer."),
        _act(actions.draft_allegation),
        forms.AllegationForm,
        not_now=when.on(),
        done=_l("Drafted."),
    ),
    Verb(
        "deadline",
        _l("Set the deadline"),
        _l("By when the party is asked to answer. Silence counts only after it."),
        _deadline_set,
        forms.DeadlineForm,
        not_now=when.asked_or_to_be_asked,
        done=_l("The deadline is set."),
    ),
    Verb(
        "ready",
        _l("Ready to put"),
        _l("What will be put is written and has a deadline: whoever puts it can do so now."),
        _act(actions.ready),
        not_now=when.on("ready", further=[actions.missing_to_put]),
        wide=(LETTER,),
        done=_l("Ready to put."),
        tone="main",
    ),
    Verb(
        "put",
        _l("Put to the party"),
        _l("Record that everything below was put to the party. From then on these words stand."),
        _act(actions.put),
        forms.AttemptForm,
        not_now=when.on("put", further=[actions.missing_to_put, actions.nothing_new]),
        shows=(LETTER,),
        done=_l("Put to the party, on the record."),
        tone="main",
    ),
    Verb(
        "attempt",
        _l("Log an attempt"),
        _l(
            "Another try to reach the party, whatever came of it. It is counted in what readers are told, and "
            "cannot be changed later."
        ),
        _act(actions.log_attempt),
        forms.AttemptForm,
        not_now=when.on(further=[when.was_put], printed=False),
        done=_l("The attempt is logged."),
    ),
    Verb(
        "extend",
        _l("Decide on more time"),
        _l("They asked for more time. What you decide is on the record either way."),
        _act(actions.decide_extension),
        forms.ExtensionForm,
        not_now=when.on("extend", "extend_for_the_rest", "extend_to_add", printed=False),
        done=_l("Decided, on the record. No letter says so by itself: tell whoever asked."),
    ),
    Verb(
        "response",
        _l("Record a response"),
        _l(
            "What they answered, every word as it came. It cannot be changed later, and it touches no verdict: a "
            "denial is no evidence."
        ),
        _act(answering.record_response),
        forms.ResponseForm,
        done=_l("The response is on the record."),
        tone="main",
    ),
    CARRY_OVER,
    Verb(
        "no-response",
        _l("Note that they stayed silent"),
        _l(
            "Readers will be told how often, how and when you asked. Only after the deadline, and enough attempts on "
            "two channels."
        ),
        _act(actions.mark_no_response),
        not_now=when.on("fall_silent", further=[actions.not_yet_silent]),
        done=_l("Silence is noted."),
    ),
    Verb(
        "undeliverable",
        _l("Note that they cannot be reached"),
        _l(
            "Every attempt failed, and there were at least two. Readers will be told that we were unable to reach them."
        ),
        _act(actions.mark_undeliverable),
        not_now=when.on("give_up", further=[actions.not_yet_unreachable]),
        done=_l("Noted."),
    ),
    Verb(
        "excerpt",
        _l("Choose what is printed"),
        _l("Words that stand in the answer, in their order. An editor who did not choose them has to find them fair."),
        _act(answering.choose_excerpt),
        forms.ExcerptForm,
        not_now=when.on(further=[when.answered]),
        wide=(ANSWERS,),
        done=_l("Chosen. Another editor has to find it fair."),
        tone="main",
    ),
    Verb(
        "fair",
        _l("Find it fair"),
        _l(
            "You answer for it that the excerpt is fair to the party: their strongest point is in it, and nothing "
            "is bent."
        ),
        _act(answering.find_fair),
        may=when.may_find_fair,
        not_now=when.on(further=[when.to_be_found_fair]),
        wide=(ANSWERS,),
        done=_l("Found fair."),
        tone="main",
    ),
    Verb(
        "line",
        _l("Edit the sentence for readers"),
        _l(
            "The sentence that introduces the answer, or stands for it. It may be gentler than the facts, never "
            "harsher."
        ),
        _act(answering.set_public_line),
        forms.LineForm,
        not_now=when.on(),
        wide=(LINE,),
        done=_l("The sentence is changed."),
    ),
    Verb(
        "immaterial",
        _l("Rule the change immaterial"),
        _l(
            "The claim is worded otherwise than it was put. You answer for it that the change does not touch what "
            "they were asked."
        ),
        _act(rulings.rule_immaterial),
        forms.RulingForm,
        when.an_editor,
        when.on(further=[when.reworded]),
        wide=(LETTER,),
        done=_l("Ruled immaterial, on the record."),
    ),
    Verb(
        "waive",
        _l("Waive"),
        _l(
            "They are not asked before publication. Readers see that, the reason and your note. You cannot sign "
            "this claim off afterwards."
        ),
        _act(rulings.waive),
        forms.WaiveForm,
        when.may_waive,
        when.on("waive"),
        done=_l("Waived, on the record."),
        tone="grave",
    ),
    Verb(
        "not-required",
        _l("No reply needed"),
        _l("They need not be asked, and the page says nothing of them. The reason stays in the record."),
        _act(rulings.not_required),
        Because,
        when.an_editor,
        when.on("not_require"),
        done=_l("No reply is needed."),
    ),
    Verb(
        "require",
        _l("Ask them after all"),
        _l("The waiver, or the word that no reply is needed, is taken back. The journal keeps it."),
        _act(rulings.require_after_all),
        may=when.an_editor,
        not_now=when.on("require"),
        done=_l("They are to be asked."),
    ),
)
ALLEGATION_VERBS = (
    Verb(
        "edit",
        _l("Reword"),
        _l("It was not put to the party yet, so its words can change."),
        _act(actions.edit_allegation),
        forms.AllegationForm,
        not_now=when.not_put_yet,
        done=_l("Reworded."),
    ),
    Verb(
        "drop",
        _l("Drop"),
        _l("It is no longer published. What was put to the party stays on the file, with the reason."),
        _act(actions.drop_allegation),
        Because,
        not_now=when.not_dropped_yet,
        done=_l("Dropped."),
        tone="grave",
    ),
)
RESPONSE_VERBS = (
    Verb(
        "claim",
        _l("Make a claim of it"),
        _l(
            "Something said in this answer becomes a claim of its own, said in reply to this one and quoted as it "
            "stands."
        ),
        _claim_made,
        forms.ClaimOfForm,
        done=_l("Logged as a claim of its own."),
        wide=(ANSWERS,),
    ),
)
