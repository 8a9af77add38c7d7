"""What an edition told its readers, as facts: read from the document as it was printed."""

import json

from django.utils.translation import gettext as _

from factcheck.published.document import from_data

from .case import Fact


def edition_facts(edition, party_slug=""):
    """The claim, the rating and the replies of an edition, and its notice. With `party_slug` that party's reply alone."""
    document = from_data(json.loads(edition.document))
    facts = [
        Fact(_("The claim as printed"), document.wording),
        Fact(_("Rating"), document.verdict.rating.label),
        Fact(_("Finding"), document.verdict.finding),
    ]
    for reply in document.replies:
        if party_slug in ("", reply.party_slug):
            facts += _reply_facts(reply)
    notice = getattr(edition, "notice", None)
    return tuple(fact for fact in facts + (_notice_facts(notice) if notice else []) if fact.text)


def _reply_facts(reply):
    who = {"party": reply.party}
    quoted = [reply.quote, *(text for answer in reply.earlier for text in (answer.line, answer.quote))]
    return [
        Fact(_("What readers got of the allegations put to %(party)s") % who, "\n".join(reply.allegations)),
        Fact(_("What readers got of %(party)s") % who, "\n".join(filter(None, [reply.line, *quoted, reply.note]))),
    ]


def _notice_facts(notice):
    return [
        Fact(_("Kind of notice"), str(notice.get_kind_display())),
        Fact(_("What it said"), notice.was_wrong),
        Fact(_("What it says now"), notice.says_now),
        Fact(_("Why"), notice.why),
    ]
