"""The pages that stand: how the newsroom works, and what machines ask for by a fixed name."""

from django.http import HttpResponse
from django.urls import reverse

from .answers import absolute, answer, page, public


@public
def about(request):
    """Method, corrections policy, unnamed-sources policy: templates that a newsroom edits (PG-10, CO-8)."""
    return answer(request, None, lambda: page("about.html"))


@public
def robots(request):
    """Everything that is public may be crawled; what is not public is not named here (FD-4)."""
    lines = ["User-agent: *", "Disallow:", "", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return answer(request, None, lambda: HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))
