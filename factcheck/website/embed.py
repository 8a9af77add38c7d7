"""The one page of ours that other sites may show in a frame: a claim and its rating, small (FD-5).

Everything else of the house stays: no script, no cookie, nothing from another host. It is kept for a minute at most, so
that a correction stands in every frame a minute later.
"""

from csp.decorators import csp_replace
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt

from factcheck.published import reading

from . import sharing
from .answers import absolute, answer, page, public, published

SECONDS = 60
WIDTH, HEIGHT = 640, 480  # of a frame, in CSS pixels, where less is not asked for
# Nothing in it can leave the frame but a link into a new tab; without our own origin it could not draw the rating's shape.
FRAME = (
    '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" '
    'sandbox="allow-popups allow-popups-to-escape-sandbox allow-same-origin"></iframe>'
)
CACHED = f"public, max-age={SECONDS}"


@public
@xframe_options_exempt
def embed(request, slug):
    """The current edition at an address, for a frame."""
    changed_at, beside = published(reading.changed(slug))

    def answered(request):
        return answer(request, changed_at, lambda: _page(reading.read(slug)), beside=beside, cached=CACHED)

    return framable(answered)(request)


def frame(found, width=WIDTH, height=HEIGHT):
    """The HTML by which another page shows a Reading's claim in a frame."""
    return format_html(FRAME, absolute(reverse("embed", args=[found.check.slug])), width, height, sharing.title(found))


def framable(view):
    """`view`, whose answers EMBED_ANCESTORS may show in a frame. Asked at each request, as settings are everywhere."""
    return csp_replace({"frame-ancestors": settings.EMBED_ANCESTORS})(view)


def _page(found):
    return page(
        "embed.html",
        reading=found,
        check=found.check,
        document=found.document,
        title=sharing.title(found),
        notice=sharing.notice_of(found),
        canonical=absolute(reverse("claim", args=[found.check.slug])),
    )
