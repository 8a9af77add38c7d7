"""What the record says of each factor of responsible communication (Durie v Gardiner, RR-10): facts, and no judgement.

A judge weighs them. Where the record says nothing, the sheet says so: it is for counsel to fill, not for us.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.reply import deadlines

from ..gates import independent_sources
from .case import Fact, Kind


def worksheet(dossier, files):
    """Facts for each factor, from the Dossier of the claim and its reply files (ReplyFile, with their attempts)."""
    sheet = [
        (_("Seriousness of the allegation"), _seriousness(dossier)),
        (_("Public importance"), dossier.claim.why_chosen),
        (_("Urgency, and time given to answer"), _time_given(files)),
        (_("Reliability of the sources"), _sources(dossier)),
        (_("Whether comment was sought"), _sought(files)),
        (_("Whether it was accurately reported"), _reported(dossier, files)),
        (_("Tone, and what was left out as unnecessary"), ""),
    ]
    facts = [Fact(label, text or _("The record says nothing of it.")) for label, text in sheet]
    few = dossier.verdict.few_sources_reason if dossier.verdict else ""
    return (*facts, *([Fact(_("Why fewer than two sources"), few, Kind.INTERNAL)] if few else []))


def _seriousness(dossier):
    told = [str(dossier.claim.type_label)]
    if dossier.claim.accused:
        names = ", ".join(dossier.claim.parties[slug] for slug in dossier.claim.accused)
        told.append(_("Accused: %(names)s.") % {"names": names})
    if dossier.claim.legal_risk:
        told.append(_("Marked as a legal risk: legal has to sign it off as well."))
    return "\n".join(told)


def _time_given(files):
    lines = []
    for file in files:
        party = {"party": file.party.shown_as}
        if file.deadline_at:
            told = {**party, "when": deadlines.told(file.deadline_at), "why": file.deadline_basis}
            lines.append((_("%(party)s: until %(when)s. %(why)s") % told).strip())
        else:
            lines.append(_("%(party)s: no deadline.") % party)
    return "\n".join(lines)


def _sources(dossier):
    origins, public = len(independent_sources(dossier)), dossier.public_evidence
    primary = sum(item.line.primary for item in public)
    return "\n".join(
        [
            ngettext("%(n)d independent public source.", "%(n)d independent public sources.", origins) % {"n": origins},
            _("%(all)d public pieces of evidence, %(primary)d of them primary.")
            % {"all": len(public), "primary": primary},
        ]
    )


def _sought(files):
    lines = []
    for file in files:
        tried = list(file.attempts.all())
        channels = ", ".join(sorted({str(attempt.get_channel_display()) for attempt in tried}))
        told = {"party": file.party.shown_as, "n": len(tried), "channels": channels or "–"}
        lines.append(_("%(party)s: attempts %(n)d, by %(channels)s.") % told)
        if file.waived_at:
            told = {"party": file.party.shown_as, "why": file.get_waiver_reason_display(), "note": file.waiver_note}
            lines.append(_("%(party)s was not asked: %(why)s. %(note)s") % told)
    return "\n".join(lines)


def _reported(dossier, files):
    lines, asked = [], {file.party.slug for file in files}
    for reply in dossier.replies:
        if reply.line.party_slug not in asked:
            continue
        lines.append(f"{reply.line.party}: {reply.line.line}")
        if reply.line.quote:
            fair = _("Found fair by an editor who did not choose it.") if reply.fair else _("Nobody found it fair yet.")
            lines.append(f"“{reply.line.quote}” {fair}")
    return "\n".join(lines)
