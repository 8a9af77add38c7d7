"""Steps of a late answer: it is given, and there is a second claim on which it may belong."""

from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.claims.models import Claim
from factcheck.desk import review
from factcheck.desk.gathering import gather
from factcheck.published.models import Edition
from factcheck.reply import answering
from factcheck.reply.models import ReplyFile
from tests.builders import ANSWER, Desk, add_evidence, ask, propose

LATE = "We have looked again. No officer was ever told to decline anybody for being Uyghur."


def later(file, by, text=LATE, **fields):
    said = {
        "received_at": timezone.now(),
        "channel": "email",
        "by_name": "Nicola Hogg",
        "by_role": "border and visa operations manager",
        "verbatim": text,
        "language": "en",
        "kind": "statement",
    }
    return answering.record_response(file, by=by, **(said | fields))


def state():
    return list(Claim.objects.values()), list(ReplyFile.objects.values()), Edition.objects.count()


def party_line(desk):
    return gather(desk.claim).replies[0].line


def second_claim(desk, **fields):
    """Another published claim about the same agency, which was asked about it, too."""
    claim = claims.log_claim(
        by=desk.journalist,
        wording="It keeps no figures by ethnicity",
        type="statistic",
        story=desk.parts.story,
        accused=[desk.parts.agency],
        speaker_unknown=True,
        **fields,
    )
    other = Desk(desk.journalist, desk.editor, desk.senior_editor, desk.legal, claim, parts=desk.parts)
    other.claim = review.start(claim, by=desk.journalist, why_chosen="It is said often.")
    add_evidence(other)
    return other


def out_with_second(desk, link=True, answer=""):
    other = second_claim(desk)
    if link:
        claims.link_claims(other.claim, by=desk.journalist, to=desk.claim, relation="split_from")
    file = ask(other, desk.parts.agency, answer=answer or ANSWER)
    propose(other)
    other.published()
    return other, file
