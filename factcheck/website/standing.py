"""The pages that stand: how the newsroom works, and what machines ask for by a fixed name."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from .answers import absolute, answer, page, public


@public
def about(request):
    """Method, corrections policy, unnamed-sources policy: templates that a newsroom edits (PG-10, CO-8)."""
    return answer(request, None, lambda: page("about.html"))


@public
def copies(request):
    """What a copy of the site that is made of files says where it is asked for what only the site itself can answer."""
    return answer(request, None, lambda: page("copies.html"))


@public
def robots(request):
    """Everything that is public may be crawled; what is not public is not named here (FD-4)."""
    maps = [f"Sitemap: {absolute(reverse(name))}" for name in ("sitemap", "news_sitemap")]
    lines = ["User-agent: *", "Disallow:", "", *maps, ""]
    return answer(request, None, lambda: HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@public
def security_txt(request):
    """Whom to tell of a hole in this site's security (RFC 9116). Where the newsroom has named nobody, it is not there."""
    if not settings.SECURITY_CONTACT:
        raise Http404("SECURITY_CONTACT is not set.")
    until = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until.isoformat()}",
        f"Preferred-Languages: {settings.LANGUAGE_CODE.partition('-')[0]}",
        f"Canonical: {absolute(reverse('security_txt'))}",
        *([f"Policy: {settings.SECURITY_POLICY}"] if settings.SECURITY_POLICY else []),
        "",
    ]
    return answer(request, None, lambda: HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))
