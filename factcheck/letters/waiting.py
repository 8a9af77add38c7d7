"""Letters that wait for somebody at the desk. The dashboard counts them, the list of letters and the digest find them."""

from django.db.models import Exists, OuterRef

from factcheck.reply.states import ASKED

from .models import Letter, LetterFile, Outgoing
from .states import LetterState, OutgoingState

LOOKED_AT = 1000


def in_doubt():
    """Letters with an e-mail that may have been sent: the letter itself, a reminder, a receipt.

    A digest in doubt waits for nobody, because tomorrow's says the same again.
    """
    mail = Outgoing.objects.filter(letter__isnull=False, state=OutgoingState.UNCERTAIN)
    return Letter.objects.filter(pk__in=mail.order_by().values("letter"))


def with_legal():
    return Letter.objects.filter(state=LetterState.WITH_LEGAL)


def stopped():
    """Letters that were not sent, or came back, as long as nobody has written anew to whoever still has to answer.

    Of those that came back, the last LOOKED_AT are asked that: what came back before them was long seen to, or is past.
    """
    newer = LetterFile.objects.filter(file=OuterRef("file"), letter__gt=OuterRef("letter"))
    open_part = LetterFile.objects.filter(~Exists(newer), letter=OuterRef("pk"), file__state__in=ASKED)
    bounced = Letter.objects.filter(state=LetterState.BOUNCED).order_by("-pk").values("pk")[:LOOKED_AT]
    came_back = Letter.objects.filter(Exists(open_part), pk__in=bounced)
    failed = Letter.objects.filter(state=LetterState.FAILED)
    either = failed.order_by().values("pk").union(came_back.order_by().values("pk"), all=True)
    return Letter.objects.filter(pk__in=either)
