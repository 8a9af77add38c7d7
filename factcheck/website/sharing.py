"""What goes with a claim's page when somebody passes it on: title, words and picture (FD-6).

A title leads with the rating, because what is passed on is read by people who never open it; a page that was retracted
says so in all of them, on every edition.
"""

from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from factcheck.published import reading

from . import picture
from .answers import absolute, answer, public, published

# A minute: after a retraction the pictures of all editions say so, and no cache may go on showing the rating.
PICTURE_CACHED = "public, max-age=60"


@public
def share_picture(request, slug, number):
    """The picture of one edition, as PNG."""
    changed_at, beside = published(reading.changed(slug, number))
    return answer(request, changed_at, lambda: _png(reading.read(slug, number)), beside=beside, cached=PICTURE_CACHED)


def _png(found):
    return HttpResponse(picture.drawn(card(found)), content_type="image/png")


def shared(found):
    """What the head of a Reading's page says of it to whoever passes it on, by the names that the template prints."""
    return {
        "title": title(found),
        "description": description(found),
        "picture": absolute(reverse("share_picture", args=[found.check.slug, found.edition.number])),
        "picture_words": picture_words(found),
        "published_at": found.check.first_printed_at,
        "modified_at": found.edition.printed_at,
        "oembed": {
            form: absolute(f"{reverse('oembed')}?url={_quoted(found.check.slug)}&format={form}")
            for form in ("json", "xml")
        },
    }


def title(found):
    words = {"rating": found.document.verdict.rating.label, "claim": found.document.title}
    if found.check.retracted:
        return _("Retracted: %(claim)s") % words
    if not found.is_current:
        return _("An earlier edition: %(rating)s: %(claim)s") % words
    return _("%(rating)s: %(claim)s") % words


def description(found):
    """What a Reading's page says in short."""
    speaker = found.document.speaker
    by = (speaker.name, speaker.whole_note) if speaker else ("", "")
    return in_short(found.check.retracted, found.document.verdict.finding, *by)


def in_short(retracted, finding, name, note):
    """The finding and whose claim it is, a pseudonym with its note (CS-9); of a retracted page nothing but that it is."""
    if retracted:
        return _("We have withdrawn this fact-check. The page says why.")
    said_by = _("Claimed by %(name)s (%(note)s).") if note else _("Claimed by %(name)s.") if name else ""
    return " ".join(part for part in (finding, said_by and said_by % {"name": name, "note": note}) if part)


def notice_of(found):
    """The last notice that readers of this edition are told of, or None; after a retraction that of the retraction."""
    told = [change.notice for change in found.changes if change.notice and change.notice.public]
    if found.check.retracted:
        return told[0]
    return next((notice for notice in told if notice.number <= found.edition.number), None)


def card(found):
    """The Card of a Reading: what stands on its picture."""
    document, retracted = found.document, found.check.retracted
    rating, speaker, notice = document.verdict.rating, document.speaker, notice_of(found)
    return picture.Card(
        token="retracted" if retracted else rating.token,
        shape="retracted" if retracted else rating.shape,
        word=_("Retracted") if retracted else rating.label,
        stamp=_stamp(notice) if notice else "",
        claim=document.title,
        elsewhere=_("The claim is on the page, in its own script."),
        speaker=_speaker(speaker) if speaker else "",
        note=f"* {speaker.whole_note}" if speaker and speaker.is_pseudonym else "",
        newsroom=settings.NEWSROOM_NAME,
        host=settings.SITE_URL.partition("://")[2],
        dated=_day(found.edition.printed_at),
    )


def picture_words(found):
    """All that stands on the picture, for those who do not see it."""
    shown = card(found)
    parts = (shown.word, shown.claim, shown.speaker, shown.note, shown.stamp or shown.dated, shown.newsroom)
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _speaker(speaker):
    star = "*" if speaker.is_pseudonym else ""
    who = ", ".join(part for part in (f"{speaker.name}{star}", speaker.role_and_affiliation) if part)
    return _("Claimed by %(name)s") % {"name": who}


def _stamp(notice):
    return _("%(kind)s, %(day)s") % {"kind": notice.get_kind_display(), "day": _day(notice.printed_at)}


def _day(at: datetime):
    return dated(timezone.localtime(at), pgettext("a day", "j F Y"))


def _quoted(slug):
    return quote(absolute(reverse("claim", args=[slug])), safe="")
