"""What search engines are told of our addresses (FD-3): all of them with their last change, and the news of two days."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from factcheck.published import reading

from .answers import absolute, answer, heeded, public
from .entries import headline

STANDING = ("front", "claims", "stories", "corrections", "ratings", "ledger", "about", "data")


@public
def sitemap(request):
    """The whole sitemap, an index of its parts where one file would not hold it, or one part (`?part=2`)."""
    params = heeded(request, "part")
    asked = params.get("part", "")
    changed_at = reading.last_change()
    last = reading.highest_number() // reading.PARTS
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) < 6 and int(asked) <= last):
        raise Http404("The sitemap has no such part.")
    if last and not asked:
        return answer(request, changed_at, lambda: _index(last))
    return answer(request, changed_at, lambda: _part(int(asked or 0)), params)


NEWS_LASTS = timedelta(days=2)


@public
def news(request):
    """The checks of the last two days, for engines that list news. It moves on by the hour."""
    since = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1) - NEWS_LASTS
    return answer(request, reading.last_change(), lambda: _news(since), beside=since.isoformat())


def _news(since):
    rows = [
        (absolute(reverse("claim", args=[check.slug])), check.first_printed_at, headline(check), _language(check))
        for check in reading.printed_since(since)
    ]
    return _xml("news_sitemap.xml", rows=rows, name=settings.NEWSROOM_NAME)


# News sitemaps name a language by two or three letters, and tell the two ways to write Chinese apart by these two names.
CHINESE = {"zh-cn": "zh-cn", "zh-hans": "zh-cn", "zh-tw": "zh-tw", "zh-hant": "zh-tw"}


def _language(check):
    """The language of a check as a news sitemap names it; the newsroom's own where the check has none."""
    parts = (check.language or settings.LANGUAGE_CODE).lower().split("-")
    return CHINESE.get("-".join(parts[:2]), parts[0])


def _index(last):
    address = absolute(reverse("sitemap"))
    return _xml("sitemap_index.xml", parts=[f"{address}?part={part}" for part in range(last + 1)])


def _part(part):
    standing = [(absolute(reverse(name)), None) for name in STANDING] if part == 0 else []
    found = [(absolute(reverse(kind, args=[slug])), changed_at) for kind, slug, changed_at in reading.addresses(part)]
    return _xml("sitemap.xml", addresses=standing + found)


def _xml(template, **context):
    return HttpResponse(render_to_string(f"website/{template}", context), content_type="application/xml; charset=utf-8")
