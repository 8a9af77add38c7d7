"""What the leak guard stopped, written down for the custodians although the save itself was rolled back.

Whoever may write can try names out on the guard. That somebody does, and at whom, its custodians see; what was written is
kept nowhere, and to everybody else the guard says as little as before.
"""

from contextvars import ContextVar

from .models import GuardedTerm, Stopped

_noted = ContextVar("stopped", default=None)


def note(terms, by):
    """Remember until the end of the request that texts of `by` (a User or None) met these terms (numbers of GuardedTerm)."""
    noted = _noted.get()
    if noted is not None and terms:
        noted |= {(term, by.pk if by else None) for term in terms}


class StoppedIsKept:
    """Middleware: writes down after the answer, outside of every transaction, what was stopped on the way to it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        noted = set()
        before = _noted.set(noted)
        try:
            return self.get_response(request)
        finally:
            _noted.reset(before)
            if noted:
                _keep(noted)


def _keep(noted):
    sources = dict(GuardedTerm.objects.filter(pk__in={term for term, _by in noted}).values_list("pk", "source_id"))
    pairs = {(sources[term], by) for term, by in noted if term in sources}
    Stopped.objects.bulk_create(Stopped(source_id=source, person_id=by) for source, by in pairs)
