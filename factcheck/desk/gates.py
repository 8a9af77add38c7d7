"""What stands between a claim and its readers: every rule of publication, each a small function from dossier to sentences.

*Is it ready?* is answered here; *may this person?* in `permissions.py`. A gate returns every reason it has, in words a
journalist can act on. `PUBLICATION_GATES` is the whole list, in the order of the work; the README's table is tested against it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from factcheck.claims.types import ACCUSING, NOT_CHECKABLE
from factcheck.reply.actions import ATTEMPTS_BEFORE_UNREACHABLE
from factcheck.reply.states import NOT_ASKED, RESOLVED, State

from . import put_otherwise as otherwise
from .corrections import why_not
from .differences import what_changed
from .dossier import Dossier
from .kept import kept, worth_keeping
from .piecing import pieced_together

TRUE_ENOUGH = 4  # Mostly true and True
ENOUGH_SOURCES = 2


@dataclass(frozen=True)
class Gate:
    """One rule. `rule` is its id in the field's standards; without `can_override` nobody lets anything pass."""

    code: str
    name: str
    rule: str
    check: Callable[[Dossier], list[str]]
    can_override: bool = True


@dataclass(frozen=True)
class Blocker:
    """One sentence that stands in the way, and the gate that says it."""

    gate: Gate
    sentence: str


def complete(dossier):
    """The claim says what is claimed, of what type, and by whom or that nobody knows."""
    claim = dossier.claim
    reasons = []
    if not claim.wording.strip():
        reasons.append(_("The claim has no wording."))
    if not claim.type:
        reasons.append(_("The claim has no type."))
    if not (claim.speaker or claim.speaker_unknown):
        reasons.append(_("Say who said it, or that the speaker is unknown."))
    return reasons


def rated(dossier):
    """A rating comes with its finding, explanation and as-of date; "On the record" needs none of them."""
    if not dossier.verdict:
        return [_("No verdict is proposed. Propose a rating, or “On the record”.")]
    line = dossier.verdict.line
    if not line.rating.is_rating:
        return []
    wanted = {
        _("The verdict has no finding: one sentence that says what was found."): line.finding,
        _("The verdict has no explanation of how it was reached."): line.explanation_html,
        _("The verdict does not say on what day the evidence was last looked at."): line.evidence_as_of,
    }
    return [sentence for sentence, given in wanted.items() if not given]


def checkable(dossier):
    """Opinions, predictions and personal experience get no truth rating (CL-7)."""
    if dossier.claim.type in NOT_CHECKABLE and _truth_rating(dossier) is not None:
        label = dossier.claim.type_label
        return [
            _("“%(type)s” cannot be rated on the truth scale. Publish it “On the record”, or close it.")
            % {"type": label}
        ]
    return []


def evidenced(dossier):
    """Readers get at least one piece of evidence, and a reason for each that is not primary (EV-2)."""
    reasons = [] if dossier.public_evidence else [_("There is no public evidence.")]
    for item in dossier.public_evidence:
        if not item.line.primary and not item.line.secondary_reason.strip():
            reasons.append(
                _("“%(title)s” is a secondary source: say why nothing primary serves.") % {"title": item.line.title}
            )
    return reasons


def independently_sourced(dossier):
    """A truth rating on fewer than two independent public sources wants a written reason (PR-4)."""
    if _truth_rating(dossier) is None or dossier.verdict.few_sources_reason.strip():
        return []
    count = len(independent_sources(dossier))
    if count >= ENOUGH_SOURCES:
        return []
    return [
        ngettext(
            "The rating rests on %(count)d independent source. Find another, or say in the verdict why it is enough.",
            "The rating rests on %(count)d independent sources. Find another, or say in the verdict why it is enough.",
            count,
        )
        % {"count": count}
    ]


def not_on_one_voice(dossier):
    """What only a protected voice supports cannot be rated True or Mostly true (CL-5)."""
    rating = _truth_rating(dossier)
    if rating is None or rating < TRUE_ENOUGH:
        return []
    support = [item for item in dossier.evidence if item.line.stance == "supports"]
    speaker = dossier.claim.speaker
    protected_speaker = bool(speaker and speaker.is_pseudonym)
    if any(not item.confidential for item in support) or not (support or protected_speaker):
        return []
    return [_("Only a confidential or pseudonymous voice supports this, so it cannot be rated True or Mostly true.")]


def put_to_the_accused(dossier):
    """Everybody accused has a reply file, and an allegation names whom it accuses (RR-2)."""
    claim = dossier.claim
    if claim.type in ACCUSING and not claim.accused:
        return [_("An allegation accuses somebody: name who is accused.")]
    files = {reply.line.party_slug: reply.state for reply in dossier.replies}
    spared = [slug for slug in claim.accused if files.get(slug) == State.NOT_REQUIRED]
    return [
        _("%(party)s is accused, and the file says that no reply is required.") % {"party": claim.parties[slug]}
        for slug in spared
    ] + [
        _("%(party)s is accused and has no reply file.") % {"party": claim.parties[slug]}
        for slug in claim.accused
        if slug not in files
    ]


def resolved(dossier):
    """Every reply file has an end that can be printed, no time that was given runs, and nothing that came in lies unread (RR-2)."""
    reasons = []
    for reply in dossier.replies:
        facts = {"party": reply.line.party, "state": reply.line.state_label}
        if reply.state not in RESOLVED and reply.state != State.NEEDS_REPUT:
            reasons.append(_("The right of reply of %(party)s is not settled: it is “%(state)s”.") % facts)
        elif reply.state == State.UNDELIVERABLE and reply.attempts < ATTEMPTS_BEFORE_UNREACHABLE:
            reasons.append(_("%(party)s could not be reached once. Try again, another way.") % facts)
    return [*reasons, *dossier.unread, *dossier.promised]


def reflected(dossier):
    """What a party answered is printed, in an excerpt that an editor who did not choose it found fair (RR-7)."""
    reasons = []
    for reply in dossier.replies:
        party = {"party": reply.line.party}
        if reply.answered and not reply.line.quote:
            reasons.append(_("%(party)s answered: choose what is printed of it.") % party)
        elif reply.answered and not reply.fair:
            reasons.append(_("Nobody has yet found the excerpt of what %(party)s answered fair.") % party)
        if reply.harsh:
            reasons.append(reply.harsh)
    return reasons


def as_it_was_put(dossier):
    """Nothing is published that was never put, or put in other words (RR-2, C3)."""
    reasons = []
    for reply in dossier.replies:
        if reply.state in NOT_ASKED:
            continue
        if reply.never_put and reply.state in RESOLVED:
            reasons.append(_("Nothing was ever put to %(party)s.") % {"party": reply.line.party})
        for text in reply.unput:
            reasons.append(_("Never put to %(party)s: “%(text)s”") % {"party": reply.line.party, "text": text})
    return reasons + [otherwise.said(case) for case in otherwise.put_otherwise(dossier)]


def pseudonyms_noted(dossier):
    """A pseudonym is never shown without the note that says so (CS-9)."""
    return [
        _("%(name)s is a pseudonym without a note to readers.") % {"name": name}
        for name in dossier.claim.pseudonyms_without_note
    ]


def nothing_leaks(dossier):
    """Nothing that would be published could tell who a protected source is (CS-7). No override."""
    return list(dossier.leaks)


def change_explained(dossier):
    """A page that readers have changes only with a notice that says what and why, of a kind that fits (CO-1)."""
    if not (dossier.edition and dossier.verdict):
        return []
    if not dossier.notice:
        return [_("Readers have an edition of this. Plan the notice that tells them what changes.")]
    return why_not(dossier)


def four_eyes(dossier):
    """Enough people who wrote no part of it signed off exactly this (PR-3). No override."""
    missing = settings.SIGN_OFFS_NEEDED - len(dossier.standing("editor"))
    if missing <= 0:
        return []
    needed = ngettext(
        "It needs %(count)d more sign-off by an editor who wrote no part of it.",
        "It needs %(count)d more sign-offs by editors who wrote no part of it.",
        missing,
    ) % {"count": missing}
    return [needed, *_outdated(dossier, "editor")]


def cleared_by_legal(dossier):
    """Where the legal-risk flag is set, legal signed off exactly this."""
    if not dossier.claim.legal_risk or dossier.standing("legal"):
        return []
    return [_("The legal-risk flag is set: legal has to sign it off."), *_outdated(dossier, "legal")]


def _outdated(dossier, capacity):
    """Of sign-offs that no longer count: what changed since."""
    for sign_off in reversed(dossier.sign_offs):
        if sign_off.capacity == capacity and sign_off.fingerprint != dossier.fingerprint:
            changed = ", ".join(what_changed(sign_off.judged, dossier.judged))
            return [_("%(by)s signed it off before it changed: %(changed)s.") % {"by": sign_off.by, "changed": changed}]
    return []


def _truth_rating(dossier):
    return dossier.verdict.line.rating.ordinal if dossier.verdict else None


def independent_sources(dossier):
    """The origins of the public evidence, each once."""
    return {item.origin for item in dossier.public_evidence if not item.confidential}


_l = gettext_lazy
PUBLICATION_GATES = (
    Gate("complete", _l("What is claimed"), "CL-10", complete),
    Gate("rated", _l("Verdict"), "VD-3", rated),
    Gate("checkable", _l("Checkable"), "CL-7", checkable),
    Gate("evidenced", _l("Evidence"), "EV-2", evidenced),
    Gate("kept", _l("Evidence kept"), "EV-7", kept),
    Gate("independently-sourced", _l("Independent sources"), "PR-4", independently_sourced),
    Gate("not-on-one-voice", _l("More than a protected voice"), "CL-5", not_on_one_voice),
    Gate("put-to-the-accused", _l("The accused are asked"), "RR-2", put_to_the_accused),
    Gate("resolved", _l("Replies settled"), "RR-2", resolved),
    Gate("reflected", _l("Answers printed and fair"), "RR-7", reflected),
    Gate("as-it-was-put", _l("Published as it was put"), "RR-2", as_it_was_put),
    Gate("pseudonyms-noted", _l("Pseudonyms noted"), "CS-9", pseudonyms_noted),
    Gate("jigsaw", _l("Identifying details"), "CS-10", pieced_together),
    Gate("leak-guard", _l("Leak guard"), "CS-7", nothing_leaks, can_override=False),
    Gate("change-explained", _l("Change explained"), "CO-1", change_explained, can_override=False),
    Gate("four-eyes", _l("Four eyes"), "PR-3", four_eyes, can_override=False),
    Gate("cleared-by-legal", _l("Legal"), "CL-9", cleared_by_legal),
)
SIGNING_GATES = frozenset({"four-eyes", "cleared-by-legal"})


def findings(dossier):
    """Every gate with its sentences, overridden or not: [(gate, sentences still standing, sentences let pass)]."""
    passed = {(o.gate, sentence) for o in dossier.overrides for sentence in o.sentences}
    table = []
    for gate in PUBLICATION_GATES:
        sentences = gate.check(dossier)
        let_pass = [s for s in sentences if gate.can_override and (gate.code, s) in passed]
        table.append((gate, [s for s in sentences if s not in let_pass], let_pass))
    return table


def blockers(dossier):
    """Every reason why this cannot be published yet, not the first alone."""
    return [Blocker(gate, sentence) for gate, sentences, _let_pass in findings(dossier) for sentence in sentences]


def ready_to_sign(dossier):
    """The reasons why it cannot be signed off yet: all blockers but the signatures themselves."""
    return [blocker for blocker in blockers(dossier) if blocker.gate.code not in SIGNING_GATES]


def warnings(dossier):
    """What an editor should know though it blocks nothing."""
    notes = []
    if not dossier.claim.short_form:
        notes.append(_("There is no short form: lists, feeds and search engines get the whole wording (SD-10)."))
    stances = {item.line.stance for item in dossier.public_evidence}
    if _truth_rating(dossier) is not None and not {"supports", "undermines"} <= stances:
        notes.append(_("The evidence readers get points one way only, or neither (EV-3)."))
    if dossier.verdict and dossier.verdict.few_sources_reason:
        notes.append(_("Fewer than two independent sources: %(why)s") % {"why": dossier.verdict.few_sources_reason})
    return [*notes, *dossier.unquoted, *worth_keeping(dossier), *otherwise.quoted_otherwise(dossier)]
