"""Making the file: who may have which form, and a note in the journal of every one that was made."""

from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.newsroom import journal
from factcheck.newsroom.refusals import Refused

from .. import permissions
from .gathering import gather
from .redaction import redact
from .shape import digest_of

OUTPUTS = ("html", "pdf", "json")


@transaction.atomic
def make(claim, *, by, file=None, output="html", whole=False, reason=""):
    """The CourtFile of `claim`, or of one right of reply of it. Redacted, unless `whole`, which wants a reason (CS-14).

    The journal notes who made which form of what, why, and the digest of what was handed out. Raises NotAllowed, Refused.
    """
    permissions.require(by, "court_file_whole" if whole else "court_file")
    if output not in OUTPUTS:
        raise Refused(_("Choose the form of the file."))
    if whole and not reason.strip():
        raise Refused(_("Say why the whole file is needed. It stays on the record under your name."))
    made = gather(claim, file)
    made = made if whole else redact(made)
    verb = "made whole court file" if whole else "made court file"
    journal.write(
        by=by, verb=verb, record=file or claim, claim=claim, output=output, reason=reason, digest=digest_of(made)
    )
    return made
