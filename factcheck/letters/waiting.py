"""Letters that wait for somebody at the desk. The dashboard counts them, the list of letters and the digest find them."""

from django.db.models import OuterRef, Subquery

from factcheck.reply.models import ReplyFile
from factcheck.reply.states import ASKED

from .models import Letter, LetterFile, Outgoing
from .states import LetterState, OutgoingState


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

    Those that came back are the last letters of rights of reply that are still open: begun there, none is forgotten.
    """
    last = LetterFile.objects.filter(file=OuterRef("pk")).order_by("-letter").values("letter")[:1]
    unanswered = ReplyFile.objects.filter(state__in=ASKED).order_by().values(last=Subquery(last))
    came_back = Letter.objects.filter(state=LetterState.BOUNCED, pk__in=unanswered)
    failed = Letter.objects.filter(state=LetterState.FAILED)
    either = failed.order_by().values("pk").union(came_back.order_by().values("pk"), all=True)
    return Letter.objects.filter(pk__in=either)
