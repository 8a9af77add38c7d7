"""/sitemap.xml: every address with the day its page last changed (FD-3), in parts where one file would not hold them."""

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from factcheck.published import reading

from .answers import absolute, answer, heeded, public

STANDING = ("front", "claims", "stories", "corrections", "ratings", "about", "data")


@public
def sitemap(request):
    """The whole sitemap, an index of its parts, or one part (`?part=2`)."""
    params = heeded(request, "part")
    asked = params.get("part", "")
    changed_at = reading.last_change()
    last = reading.highest_number() // reading.PARTS
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) < 6 and int(asked) <= last):
        raise Http404("The sitemap has no such part.")
    if last and not asked:
        return answer(request, changed_at, lambda: _index(last))
    return answer(request, changed_at, lambda: _part(int(asked or 0)), params)


def _index(last):
    address = absolute(reverse("sitemap"))
    return _xml("sitemap_index.xml", parts=[f"{address}?part={part}" for part in range(last + 1)])


def _part(part):
    standing = [(absolute(reverse(name)), None) for name in STANDING] if part == 0 else []
    found = [(absolute(reverse(kind, args=[slug])), changed_at) for kind, slug, changed_at in reading.addresses(part)]
    return _xml("sitemap.xml", addresses=standing + found)


def _xml(template, **context):
    return HttpResponse(render_to_string(f"website/{template}", context), content_type="application/xml; charset=utf-8")
