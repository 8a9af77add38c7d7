import sys
import tempfile

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from factcheck.inbox.receiving import receive

# What a mail server does with the message, by sysexits.h: keep it and try again, or give it back to the sender.
TRY_AGAIN, REFUSED = 75, 65
MOST = 150 * 1024 * 1024  # bytes; what is larger goes back to whoever sent it, who is told
IN_MEMORY = 4 * 1024 * 1024
PIECE = 1024 * 1024


class Command(BaseCommand):
    help = (
        "Takes in one message on standard input, for a mail server's pipe. Exit 0: it is kept (once, however often it comes). "
        "75: try again later. 65: larger than 150 MB, or nothing at all."
    )

    def add_arguments(self, parser):
        told = "an address of the envelope, such as Postfix's ${recipient}"
        parser.add_argument("--recipient", action="append", default=[], metavar="ADDRESS", help=told)

    def handle(self, *args, recipient, **options):
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
            size = self._spool(getattr(sys.stdin, "buffer", sys.stdin), file)
            if not 0 < size <= MOST:
                self._end(REFUSED, "This message is larger than 150 MB." if size else "There is no message.")
            try:
                message, new = receive(file, recipients=[address[:320] for address in recipient[:20]])
            except (OSError, DatabaseError) as problem:
                self._end(TRY_AGAIN, f"It could not be kept now ({type(problem).__name__}). Try again later.")
        if options["verbosity"] > 1:
            self.stdout.write(
                f"{message.pk} {message.kind}, matched: {message.matched}{'' if new else ', known before'}"
            )

    def _spool(self, source, file):
        """Take over at most one byte more than is taken in; the rest is read and forgotten, so that the sender can finish."""
        size = 0
        while piece := source.read(PIECE):
            size += len(piece)
            if size <= MOST:
                file.write(piece)
        file.seek(0)
        return size

    def _end(self, code, sentence):
        self.stderr.write(sentence)
        sys.exit(code)
