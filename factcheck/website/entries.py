"""What feeds say of a claim and of a correction, as the arguments of Django's `add_item`: words for people, facts for programs.

Of a retracted claim no verdict, finding or answer goes out, only that it was withdrawn and why.
"""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.published.outward import document_of, told_of

from .answers import absolute
from .sharing import in_short

RETRACTED_SINCE = gettext_lazy("This fact-check has been retracted since.")
REPLY = ("party", "state", "state_label", "line")  # of an answer, what programs are told


def of_claims(readings):
    """The entries of these Readings, in their order."""
    return [_of_claim(reading, document_of(reading)) for reading in readings]


def _of_claim(reading, document):
    check = reading.check
    address = absolute(reverse("claim", args=[check.slug]))
    notices = [(notice, told_of(notice, check.retracted)) for notice in reading.notices]
    return {
        "title": headline(check),
        "link": address,
        "unique_id": address,
        "description": _html("claim", check=check, document=document, notices=notices, address=address),
        "summary": in_short(check.retracted, check.finding, check.speaker_name, check.speaker_note),
        "pubdate": check.first_printed_at,
        "updateddate": _told_at(reading),
        "categories": [topic["name"] for topic in document["topics"]],
        "language": check.language,
        "facts": _facts(reading, document),
    }


def headline(check):
    """It begins with the finding in words: never the bare claim, which may be false (FD-6)."""
    words = {"rating": check.rating_label, "claim": check.title}
    if check.retracted:
        return _("Retracted: %(claim)s") % words
    if check.verdict_notice == "update":
        return _("Updated: %(rating)s: %(claim)s") % words
    if check.verdict_notice:
        return _("Corrected: %(rating)s: %(claim)s") % words
    return _("%(rating)s: %(claim)s") % words


def _told_at(reading):
    """When readers were last told something: a minor edit changes no meaning, and nobody is called back for it."""
    return reading.notices[0].printed_at if reading.notices else reading.check.first_printed_at


def _facts(reading, document):
    """FD-2's `_factcheck`. Numbers and their scale only where the rating is on one (SD-5)."""
    speaker = document["speaker"]
    facts = {"claim": document["wording"], "edition": reading.edition.number, "retracted": reading.check.retracted}
    if speaker:
        facts |= {"claimant": speaker["name"], "pseudonym": speaker["is_pseudonym"]}
        facts |= {"claimant_note": reading.check.speaker_note} if speaker["is_pseudonym"] else {}
    if not reading.check.retracted:
        rating = document["verdict"]["rating"]
        facts |= {"verdict": rating["label"], "rating": rating["code"]}
        facts |= {"replies": [{name: reply[name] for name in REPLY} for reply in document["replies"]]}
        if rating["ordinal"] is not None:
            facts |= {name: rating[name] for name in ("ordinal", "worst", "best")}
    return facts


def of_notice(notice):
    """The entry of a notice. The kind of change leads, and the claim stands between quotation marks: it is not what we say."""
    page = absolute(reverse("claim", args=[notice.slug]))
    told = told_of(notice, notice.retracted)
    facts = {"claim_url": page, "edition": notice.number, "kind": notice.kind, **told}
    text = " ".join(part for part in (told["was_wrong"], told["says_now"], told["why"]) if part)
    return {
        "title": _("%(kind)s: “%(claim)s”") % {"kind": notice.get_kind_display(), "claim": notice.title},
        "link": page,
        "unique_id": absolute(reverse("edition", args=[notice.slug, notice.number])),
        "description": _html("notice", notice=notice, told=told, address=page),
        "summary": text or (str(RETRACTED_SINCE) if notice.retracted else ""),
        "pubdate": notice.printed_at,
        "updateddate": notice.printed_at,
        "language": notice.language,
        "facts": {name: value for name, value in facts.items() if value != ""},
    }


def _html(of, **context):
    return render_to_string(f"website/feed/{of}.html", context).strip()
