"""Letters that wait for somebody at the desk. The dashboard counts them, the list of letters and the digest find them."""

from django.db.models import Exists, OuterRef

from factcheck.reply.states import ASKED

from .models import Letter, LetterFile, Outgoing
from .states import LetterState, OutgoingState


def in_doubt():
    """Letters with an e-mail that may have been sent: the letter itself, a reminder, a receipt.

    A digest in doubt waits for nobody, because tomorrow's says the same again.
    """
    mail = Outgoing.objects.filter(letter=OuterRef("pk"), state=OutgoingState.UNCERTAIN)
    return Letter.objects.filter(Exists(mail))


def with_legal():
    return Letter.objects.filter(state=LetterState.WITH_LEGAL)


def stopped():
    """Letters that were not sent, or came back, as long as nobody has written anew to whoever still has to answer."""
    newer = LetterFile.objects.filter(file=OuterRef("file"), letter__gt=OuterRef("letter"))
    open_part = LetterFile.objects.filter(~Exists(newer), letter=OuterRef("pk"), file__state__in=ASKED)
    came_back = Letter.objects.filter(Exists(open_part), state=LetterState.BOUNCED)
    return Letter.objects.filter(state=LetterState.FAILED) | came_back
