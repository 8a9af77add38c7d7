"""The steps of a seed file: what a claim goes through, each the action that a person would use.

A step is a table with `do` (a name out of STEPS), `by` (somebody's log-in name) and the fields of that action. Fields that
name somebody or something (a speaker by address, a topic, a rating, another claim by key) are looked up by `Names`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.claims.models import Appearance, Claim, Speaker, Topic
from factcheck.desk import jigsaw, publish, review, scale
from factcheck.desk.gathering import gather
from factcheck.desk.models import Jigsaw, SignOff, Verdict
from factcheck.evidence import actions as evidence
from factcheck.evidence.models import Item
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.models import User
from factcheck.newsroom.refusals import Refused
from factcheck.reply import actions as reply
from factcheck.reply import answering, rulings
from factcheck.reply.models import Allegation, Response

from .seed_shape import fields_of, may, must
from .setting_up import DEMO_PEOPLE


def reference(story, key):
    """The name of a claim that stays the same however often its file is loaded: what makes a second run find it."""
    return uuid5(NAMESPACE_URL, f"seeds/{story}/{key}")


def person(field, username):
    """Somebody by log-in name. The demo people are hired where they are missing, without a password."""
    found = User.objects.filter(username=username).first()
    if found or username not in DEMO_PEOPLE:
        return found or _nobody(field, username)
    return newsroom.hire(by=None, username=username, roles=[DEMO_PEOPLE[username]])


def _nobody(field, name):
    raise Refused(f"the field “{field}” names “{name}”, and there is none of that name.")


class Names:
    """What the names in one file stand for; `story` is the address of its story."""

    def __init__(self, story):
        self.story = story
        self.lookups = {
            "speaker": self.speaker,
            "source": self.speaker,
            "said_by": self.speaker,
            "party": self.speaker,
            "accused": self.speaker,
            "concerned": self.speaker,
            "topics": self.topic,
            "assignee": person,
            "by": person,
            "rating": self.rating,
            "to": self.claim,
            "duplicate_of": self.claim,
        }

    def look_up(self, fields):
        """The fields with rows in place of names. Raises Refused for a name that nobody has."""
        return {field: self._row(field, value) for field, value in fields.items()}

    def _row(self, field, value):
        find = self.lookups.get(field)
        if find is None:
            return value
        return [find(field, name) for name in value] if isinstance(value, list) else find(field, value)

    def speaker(self, field, slug):
        return Speaker.objects.filter(slug=slug).first() or _nobody(field, slug)

    def topic(self, field, slug):
        return Topic.objects.filter(slug=slug).first() or _nobody(field, slug)

    def rating(self, field, code):
        current = scale.current()
        return (current and current.ratings.filter(code=code).first()) or _nobody(field, code)

    def claim(self, field, key):
        return Claim.objects.filter(ref=reference(self.story, key)).first() or _nobody(field, key)


@dataclass(frozen=True)
class Step:
    """`action` is called with the claim, `by` and those of `fields` that the file gives."""

    action: Callable
    fields: dict


def _file(claim, party):
    found = claim.reply_files.filter(party=party).first()
    return found or _nobody("party", party.slug)


def _on_file(action, fields):
    """A step on the right of reply of one party, which has to be open."""
    return Step(
        lambda claim, *, by, party, **given: action(_file(claim, party), by=by, **given), {"party": must(str), **fields}
    )


def _record_response(file, *, by, received_at=None, **fields):
    """An answer that comes without its time, because the source does not give it, is received as it is written down."""
    return answering.record_response(file, by=by, received_at=received_at or timezone.now(), **fields)


def _choose_excerpt(file, *, by, excerpt=""):
    """Choose from the latest answer; all of it, unless `excerpt` is given."""
    response = file.responses.last()
    if response is None:
        raise Refused("there is no answer on this file yet.")
    return answering.choose_excerpt(file, by=by, response=response, excerpt=excerpt or response.verbatim)


def _sign_off(claim, *, by, **fields):
    return review.sign_off(claim, by=by, fingerprint=gather(claim).fingerprint, **fields)


NAMED_BY_A_CLAIM = {"speaker": may(str), "topics": may(list), "assignee": may(str)}
CLAIM_EDITS = {**fields_of(Claim, required=False), **NAMED_BY_A_CLAIM}
NOTICE = {"kind": must(str), "was_wrong": may(str), "says_now": may(str), "why": may(str)}

STEPS = {
    "start": Step(review.start, {"why_chosen": may(str)}),
    "edit": Step(claims.edit_claim, CLAIM_EDITS),
    "link": Step(claims.link_claims, {"to": must(str), "relation": must(str)}),
    "appearance": Step(claims.add_appearance, {**fields_of(Appearance), "said_by": may(str)}),
    "evidence": Step(evidence.add, {**fields_of(Item), "source": may(str)}),
    "reply-file": Step(reply.open_file, {"party": must(str)}),
    "allegation": _on_file(reply.draft_allegation, fields_of(Allegation, without={"position"})),
    "response": _on_file(_record_response, {**fields_of(Response), "received_at": may(datetime)}),
    "excerpt": _on_file(_choose_excerpt, {"excerpt": may(str)}),
    "find-fair": _on_file(answering.find_fair, {}),
    "public-line": _on_file(answering.set_public_line, {"line": must(str)}),
    "waive": _on_file(rulings.waive, {"reason": must(str), "note": must(str)}),
    "not-required": _on_file(rulings.not_required, {"because": must(str)}),
    "verdict": Step(review.propose_verdict, {**fields_of(Verdict), "rating": must(str)}),
    "details": Step(jigsaw.decide_details, {**fields_of(Jigsaw), "decisions": must(dict)}),
    "sign-details": Step(jigsaw.sign_details, {}),
    "submit": Step(review.submit, {}),
    "send-back": Step(review.send_back, {"note": must(str)}),
    "sign-off": Step(_sign_off, fields_of(SignOff, without={"fingerprint", "judged"})),
    "publish": Step(publish.publish, {}),
    "correct": Step(publish.correct, NOTICE),
    "need-update": Step(claims.need_update, {"because": must(str)}),
    "close": Step(review.close, {"closed_as": must(str), "note": must(str), "duplicate_of": may(str)}),
    "reopen": Step(review.reopen, {"note": must(str)}),
}
