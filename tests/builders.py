"""A claim that is ready for readers, built by the actions people use, so that a test can break one thing."""

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.desk import jigsaw, publish, review, scale
from factcheck.desk.gathering import gather
from factcheck.desk.models import Jigsaw
from factcheck.evidence import actions as evidence
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.roles import Role
from factcheck.reply import actions as reply
from factcheck.reply import answering
from factcheck.sources import actions as sources

RATINGS = [
    {"code": "true", "label": "True", "meaning": "It is accurate.", "ordinal": 5},
    {"code": "mostly-true", "label": "Mostly true", "meaning": "It is accurate in the main.", "ordinal": 4},
    {"code": "mixed", "label": "Mixed", "meaning": "It is partly accurate.", "ordinal": 3},
    {"code": "false", "label": "False", "meaning": "It is not accurate.", "ordinal": 1},
    {"code": "unproven", "label": "Unproven", "meaning": "Nothing proves or disproves it.", "ordinal": None},
    {"code": "on-record", "label": "On the record", "meaning": "Both sides, no rating.", "ordinal": None},
]


def install_scale():
    rows = [
        {**rating, "token": rating["code"], "shape": rating["code"], "is_rating": rating["code"] != "on-record"}
        for rating in RATINGS
    ]
    return scale.install(by=None, name="Test scale", ratings=rows)


def rating(code):
    return install_scale().ratings.get(code=code)


@dataclass
class Desk:
    """The people of a test and the claim they work on; each verb is the action a person would use."""

    journalist: object
    editor: object
    senior_editor: object
    legal: object
    claim: object = None
    parts: SimpleNamespace = None

    def fresh(self):
        self.claim.refresh_from_db()
        return self.claim

    def dossier(self):
        return gather(self.claim)

    def submit(self):
        self.claim = review.submit(self.fresh(), by=self.journalist)
        return self

    def sign_off(self, by=None, **options):
        return review.sign_off(self.claim, by=by or self.editor, fingerprint=self.dossier().fingerprint, **options)

    def publish(self, by=None):
        return publish.publish(self.claim, by=by or self.editor)

    def cleared(self):
        self.submit()
        self.sign_off()
        return self

    def published(self):
        self.cleared()
        self.publish()
        self.fresh()
        return self


def propose(desk, code="unproven", by=None, **fields):
    """Propose a verdict that has everything a verdict wants, with `fields` changed."""
    fields = {
        "finding": "No record in hand shows it, and none rules it out.",
        "explanation": "We read what there is.",
        "not_established": "Whether any application was declined for this reason.",
        "evidence_as_of": timezone.localdate(),
        **fields,
    }
    return review.propose_verdict(desk.claim, by=by or desk.journalist, rating=rating(code), **fields)


def add_evidence(desk, **fields):
    fields = {
        "title": "Statement of the agency",
        "kind": "statement",
        "publisher": "Immigration New Zealand",
        "passage": "INZ did not hold any data on Uyghur people",
        "passage_language": "en",
        "shows": "The agency keeps no figures by ethnicity.",
        **fields,
    }
    return evidence.add(desk.claim, by=desk.journalist, **fields)


ANSWER = "Absolutely under no circumstances would INZ ever profile people based on single factors such as race or ethnicity alone."


def ask(desk, party, answer=ANSWER):
    """Open a reply file, put the claim to the party and, unless `answer` is "", record the answer and its fair excerpt."""
    file = reply.open_file(desk.claim, by=desk.journalist, party=party)
    reply.draft_allegation(file, by=desk.journalist, text=desk.claim.wording)
    now = timezone.now()
    reply.set_deadline(
        file, by=desk.journalist, deadline_at=now + timedelta(days=3), basis="Three days, and a weekend between."
    )
    reply.ready(file, by=desk.journalist)
    reply.put(
        file,
        by=desk.journalist,
        at=now,
        channel="email",
        to_role="press office",
        text="We put this to you.",
        outcome="delivered",
    )
    if answer:
        answer_with(desk, file, answer)
    file.refresh_from_db()
    return file


def answer_with(desk, file, answer=ANSWER, channel="email"):
    response = answering.record_response(
        file,
        by=desk.journalist,
        received_at=timezone.now(),
        channel=channel,
        by_name="Nicola Hogg",
        by_role="border and visa operations manager",
        verbatim=answer,
        language="en",
        kind="denial",
        answers=list(file.allegations.all()),
    )
    answering.choose_excerpt(file, by=desk.journalist, response=response, excerpt=answer)
    answering.find_fair(file, by=desk.editor)
    return response


def decide_details(desk, by=None, signed_by=None, **fields):
    """Decide about the identifying details of a protected speaker, and have a second person sign it."""
    decisions = dict.fromkeys(Jigsaw.Detail.values, "absent") | {"origin": "keep"}
    fields = {"decisions": decisions, "note": "Only what is in the report.", "others": "Nobody is known.", **fields}
    made = jigsaw.decide_details(desk.claim, by=by or desk.journalist, **fields)
    jigsaw.sign_details(desk.claim, by=signed_by or desk.editor)
    return made


def hire_people():
    """Everybody whom `make_publishable_claim` asks for, by name: for processes of their own, which have no fixtures."""
    roles = (Role.JOURNALIST, Role.EDITOR, Role.SENIOR_EDITOR, Role.LEGAL)
    return {role.name.lower(): newsroom.hire(by=None, username=role.name.lower(), roles=[role]) for role in roles}


def make_publishable_claim(journalist, editor, senior_editor, legal, *, details=True, **fields):
    """An allegation by a protected speaker, put to the agency and answered, with evidence and a verdict: ready to submit."""
    install_scale()
    jo = sources.give_pseudonym(
        by=journalist, shown_as="Jo", note="Name has been changed", description="a Uyghur national in New Zealand"
    )
    speaker = claims.add_speaker(by=journalist, pseudonym=jo)
    agency = claims.add_speaker(by=journalist, name="Immigration New Zealand", kind="government")
    story = claims.add_story(by=journalist, headline="Uyghurs in New Zealand on the UN report", outlet="RNZ")
    topic = claims.add_topic(by=journalist, name="Immigration")
    fields = {
        "wording": "The Chinese Communist Party influenced New Zealand immigration and stopped Uyghur people from getting visas",
        "short_form": "The CCP kept Uyghurs from getting New Zealand visas",
        "type": "allegation",
        "speaker": speaker,
        "speaker_role": "Uyghur national in New Zealand",
        "said_where": "to RNZ",
        "story": story,
        "why_chosen": "It accuses a public agency.",
        **fields,
    }
    claim = claims.log_claim(by=journalist, topics=[topic], accused=[agency], **fields)
    desk = Desk(
        journalist, editor, senior_editor, legal, claim, SimpleNamespace(jo=jo, agency=agency, story=story, topic=topic)
    )
    desk.claim = review.start(claim, by=journalist)
    desk.parts.item = add_evidence(desk)
    desk.parts.file = ask(desk, agency)
    propose(desk)
    if details and desk.claim.speaker and desk.claim.speaker.pseudonym_id:
        decide_details(desk)
    return desk
