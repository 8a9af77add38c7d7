"""The two Atom feeds (FD-1). A claim whose verdict changed is issued again under a new name, so that readers see it (CO-5)."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factcheck.published import reading

from .answers import absolute, answer, public
from .sharing import in_short

LENGTH = 40


@public
def claims(request):
    """The latest checks. A title begins with the finding: never the bare claim, which may be false (FD-6)."""
    return answer(request, reading.last_change(), _claims)


@public
def corrections(request):
    return answer(request, reading.last_change(), _corrections)


def _claims():
    feed = _feed(_("%(newsroom)s: fact-checks") % {"newsroom": settings.NEWSROOM_NAME}, "claims", "claims_feed")
    for check in reading.checks()[:LENGTH]:
        address = absolute(reverse("claim", args=[check.slug]))
        feed.add_item(
            title=_plain(_title(check)),
            link=address,
            description=_plain(in_short(check.retracted, check.finding, check.speaker_name, check.speaker_note)),
            unique_id=address if check.verdict_edition == 1 else f"{address}#edition-{check.verdict_edition}",
            pubdate=check.first_printed_at,
            updateddate=check.printed_at,
            author_name=settings.NEWSROOM_NAME,
        )
    return _response(feed)


def _title(check):
    words = {"rating": check.rating_label, "claim": check.title}
    if check.retracted:
        return _("Retracted: %(claim)s") % words
    if check.verdict_notice == "update":
        return _("Updated: %(rating)s: %(claim)s") % words
    if check.verdict_notice:
        return _("Corrected: %(rating)s: %(claim)s") % words
    return _("%(rating)s: %(claim)s") % words


def _corrections():
    feed = _feed(
        _("%(newsroom)s: corrections") % {"newsroom": settings.NEWSROOM_NAME}, "corrections", "corrections_feed"
    )
    for notice in reading.notices()[:LENGTH]:
        address = absolute(reverse("edition", args=[notice.slug, notice.number]))
        feed.add_item(
            title=_plain(_("%(kind)s: %(claim)s") % {"kind": notice.get_kind_display(), "claim": notice.title}),
            link=absolute(reverse("claim", args=[notice.slug])),
            description=_plain(" ".join(part for part in (notice.was_wrong, notice.says_now, notice.why) if part)),
            unique_id=address,
            pubdate=notice.printed_at,
            updateddate=notice.printed_at,
            author_name=settings.NEWSROOM_NAME,
        )
    return _response(feed)


def _feed(title, of, own):
    return Atom1Feed(
        title=title,
        link=absolute(reverse(of)),
        description="",
        feed_url=absolute(reverse(own)),
        language=get_language(),
        author_name=settings.NEWSROOM_NAME,
    )


def _plain(text):
    """Text without the control characters that XML has no way to write."""
    return "".join(character for character in text if character >= " " or character in "\t\n")


def _response(feed):
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
