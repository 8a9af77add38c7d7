"""Whether cited pages still say what they said: looked at on a schedule that backs off, one site at a time (EV-7).

A link is watched because somebody asked for it. What is compared is the readable text with that of the copy that readers
are told of; a new advertisement is no change. Whoever is killed on the way leaves the site taken until its lease is over.
"""

import contextlib
import random
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.claims.actions import need_update
from factcheck.claims.models import Claim, Status
from factcheck.fetching import capturing as taking
from factcheck.fetching import links
from factcheck.fetching.refusals import NotFetched
from factcheck.newsroom import journal, record
from factcheck.newsroom.refusals import Refused
from factcheck.published.handing import note_links
from factcheck.published.models import Edition

from . import comparing, going_out
from .models import Capture, Host, Item, Watch
from .withheld import tellable, without_telling

LEASE = timedelta(minutes=10)  # longer than looking at a page may take
PAUSE = timedelta(seconds=20)  # between two calls on one site
LONGEST_WAIT = 30  # days between two rounds of a page that never changes
AFTER_FAILURE = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
GONE_AFTER, LOST_AFTER = 2, 4  # failures in a row: of a site that says so, and of any other kind
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
State = Watch.State


@transaction.atomic
def watch(item, *, by):
    """Watch the item's link from now on. Returns the Watch. Raises NotAllowed, Refused."""
    record.require_role(by)
    item = Item.objects.select_for_update().get(pk=item.pk)
    if reasons := going_out.against_fetching(item):
        raise Refused(*reasons)
    now = timezone.now()
    facts = {"url": item.url, "host": _host_of(item.url), "asked_at": now, "asked_by": by, "due_at": now}
    watched, _made = Watch.objects.update_or_create(item=item, defaults=facts)
    journal.write(by=by, verb="watches the link", record=item, claim=item.claim, url=item.url)
    return watched


@transaction.atomic
def stop(item, *, by):
    """Look at the item's link no more. What was found stays. Raises NotAllowed, Refused."""
    record.require_role(by)
    watched = Watch.objects.select_for_update().filter(item=item, due_at__isnull=False).first()
    if watched is None:
        raise Refused(_("This link is not watched."))
    watched.due_at = None
    watched.save(update_fields=["due_at"])
    journal.write(by=by, verb="watches the link no more", record=item, claim=item.claim)
    return watched


def _host_of(url):
    try:
        name = links.parse(url).host
    except NotFetched:  # an address that we shall refuse to dial, when its turn comes
        name = "-"
    return Host.objects.get_or_create(name=name, defaults={"busy_until": LONG_AGO})[0]


def check_one(worker=None):
    """Look at the link that is due longest, of a site that nobody is at. Returns whether there was one."""
    watched = _take_up()
    if watched is None:
        return False
    if reasons := going_out.against_fetching(watched.item):
        _note(watched, told=" ".join(reasons)[:300], due_at=None)
    else:
        _note(watched, **without_telling(_look(watched)))
    return True


@transaction.atomic
def _take_up():
    now = timezone.now()
    due = Watch.objects.filter(due_at__lte=now, host__busy_until__lte=now).order_by("due_at", "pk")
    # The site is locked with the link: whoever comes second passes by all links of a site that somebody is at.
    due = due.select_for_update(skip_locked=True, of=("self", "host"))
    watched = due.select_related("host", "item__source", "item__claim").first()
    if watched:
        watched.host.busy_until = now + LEASE
        watched.host.save(update_fields=["busy_until"])
        if watched.url != watched.item.url:
            _begin_anew(watched)
    return watched


def _begin_anew(watched):
    """The item cites another address now: what was found of the old one says nothing of it."""
    for name in ("moved_to", "told", "etag", "last_modified", "state"):
        setattr(watched, name, "")
    watched.url, watched.since_at, watched.differences, watched.compared_with = watched.item.url, None, [], None
    watched.failures = watched.quiet_rounds = 0
    watched.save()


def _look(watched):
    """Look at the page and say what is to be noted, by field."""
    copy = _copy_cited(watched.item)
    headers = _conditions(watched) if copy and copy == watched.compared_with else {}
    try:
        seen = taking.look(watched.url, going_out.fetcher(), headers=headers)
    except NotFetched as problem:
        return _lost(watched, problem)
    if seen.last.status == 304:
        return {"failures": 0, "http_status": 304, **_again_later(watched)}
    facts = comparing.compare(seen, copy, watched.item)
    moved_to = seen.fetched.moved_for_good
    state = State.CHANGED if facts["differences"] else State.MOVED if moved_to else State.OK
    news = state != watched.state or facts["differences"] != watched.differences
    return {
        **facts,
        **_again_later(watched, news),
        "state": state,
        "moved_to": moved_to[:2000],
        "told": _("The page has moved to another address.") if moved_to else "",
        "http_status": seen.last.status,
        "etag": _header(seen, "etag", 300),
        "last_modified": _header(seen, "last-modified", 100),
        "compared_with": copy,
        "failures": 0,
    }


def _copy_cited(item):
    """The copy that readers are told of: the newest before the last edition was printed; else the newest there is."""
    copies = item.captures.filter(state=Capture.State.DONE)
    printed = Edition.objects.filter(page__claim_ref=str(item.claim.ref)).aggregate(at=Max("printed_at"))["at"]
    return (printed and copies.filter(captured_at__lte=printed).first()) or copies.first()


def _conditions(watched):
    given = {"If-None-Match": watched.etag, "If-Modified-Since": watched.last_modified}
    return {name: value for name, value in given.items() if value}


def _header(seen, name, longest):
    value = seen.last.header(name)
    return value if len(value) <= longest and value.isprintable() and value.isascii() else ""


def _lost(watched, problem):
    """The page was not there. Once may be an accident; a site that says “gone” is asked again, any other three times."""
    failures = watched.failures + 1
    gone = failures >= (GONE_AFTER if problem.code == "gone" else LOST_AFTER)
    wait = AFTER_FAILURE[min(failures, len(AFTER_FAILURE)) - 1]
    if watched.state == State.GONE:
        wait = timedelta(days=_days(watched.quiet_rounds))
    return {
        "state": State.GONE if gone else watched.state,
        "told": tellable(problem.sentence)[:300],
        "failures": min(failures, 1000),
        "quiet_rounds": watched.quiet_rounds + 1 if watched.state == State.GONE else 0,
        "due_at": timezone.now() + wait,
        **({"etag": "", "last_modified": "", "differences": []} if gone else {}),
    }


def _again_later(watched, news=False):
    rounds = 0 if news else min(watched.quiet_rounds + 1, 100)
    return {"quiet_rounds": rounds, "due_at": timezone.now() + timedelta(days=_days(rounds))}


def _days(rounds):
    """1, 2, 4 ... 30 days, a little more or less, so that what was cited together is not looked at together for ever."""
    return min(2 ** min(rounds, 10), LONGEST_WAIT) * random.uniform(0.9, 1.1)


@transaction.atomic
def _note(watched, **facts):
    """Write down what was found, if the site is still ours, and leave the site."""
    host = Host.objects.select_for_update().get(pk=watched.host_id)
    now = Watch.objects.select_for_update().filter(pk=watched.pk, url=watched.url).first()
    if host.busy_until != watched.host.busy_until:
        return
    host.busy_until = timezone.now() + PAUSE
    host.save(update_fields=["busy_until"])
    if now is None or now.due_at is None:
        return
    before = now.state
    for name, value in facts.items():
        setattr(now, name, value)
    now.checked_at = timezone.now()
    if now.state != before:
        now.since_at = now.checked_at
        _tell(now, before)
    now.full_clean(exclude=["asked_by"])
    now.save()


def _tell(watched, before):
    """A link is in another state than it was: the journal, the editors and the readers are told."""
    item = watched.item
    changed, url = {"state": [before, watched.state]}, tellable(watched.url, "")
    journal.write(by=None, verb="found the link otherwise", record=watched, claim=item.claim, changed=changed, url=url)
    if item.visibility != Item.Visibility.PUBLIC:
        return
    note_links(str(item.claim.ref), {watched.url: watched.state})
    if watched.state in Watch.ALARMING:
        _put_on_the_list(item, watched)


def _put_on_the_list(item, watched):
    """Under a claim that readers have, changed or vanished evidence is an editor's to look at."""
    claim = Claim.objects.select_for_update().get(pk=item.claim_id)
    if claim.status != Status.PUBLISHED:
        return
    told = _("The page cited as “%(title)s” is gone.") if watched.state == State.GONE else None
    told = (told or _("The page cited as “%(title)s” has changed since it was cited.")) % {"title": item.title[:120]}
    # A claim that holds what was guarded only later cannot be saved as it is. The desk's list of links tells of it all the same.
    with contextlib.suppress(Refused, ValidationError), transaction.atomic():
        if told not in claim.update_needed_because:
            need_update(claim, by=None, because=told)
