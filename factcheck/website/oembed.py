"""/oembed: how another site's editor turns a claim's address into a frame (oEmbed 1.0, FD-5)."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from factcheck.published import reading

from . import embed, sharing
from .answers import absolute, answer, heeded, public

OF_A_CLAIM = ("claim", "edition", "embed")


class Unfit(ValueError):
    """A parameter that cannot be meant. The message is a sentence for whoever wrote the request."""


@public
def oembed(request):
    """A frame for `url`: 404 where it is no claim of ours, 501 for a format that nobody writes, 400 for a size that is none."""
    asked = request.GET
    form = asked.get("format", "json")
    if form not in WRITTEN:
        return _refused(501, _("This address answers in json and in xml."))
    try:
        width, height = _size(asked, "maxwidth", embed.WIDTH), _size(asked, "maxheight", embed.HEIGHT)
    except Unfit as unfit:
        return _refused(400, str(unfit))
    if (known := _claim_at(asked.get("url", ""))) is None:
        return _refused(404, _("No claim of ours is published at that address."))
    slug, changed_at, beside = known

    def build():
        return WRITTEN[form](_told(reading.read(slug), width, height))

    size = heeded(request, "maxwidth", "maxheight", "format")
    size["url"] = slug
    response = answer(request, changed_at, build, asked=size, beside=beside, cached=embed.CACHED)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _refused(status, sentence):
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")


def _size(asked, name, ours):
    """Our own size, or the largest that may be, in whole pixels. Raises Unfit where it is no number of pixels."""
    most = asked.get(name, "")
    if not most:
        return ours
    if not re.fullmatch("[0-9]{1,6}", most) or int(most) == 0:
        raise Unfit(_("“%(name)s” is a whole number of pixels, from 1 to 999999.") % {"name": name})
    return min(ours, int(most))


def _claim_at(url):
    """The address of the claim whose page, edition or frame is at `url`, and what it depends on; None for what is no such."""
    if not url.startswith(f"{settings.SITE_URL}/"):
        return None
    try:
        found = resolve(urlsplit(url).path)
    except (Resolver404, ValueError):
        return None
    known = reading.changed(**found.kwargs) if found.url_name in OF_A_CLAIM else None
    if known and "number" in found.kwargs:
        known = reading.changed(found.kwargs["slug"])
    return known and (found.kwargs["slug"], *known)


def _told(found, width, height):
    return {
        "version": "1.0",
        "type": "rich",
        "title": sharing.title(found),
        "provider_name": settings.NEWSROOM_NAME,
        "provider_url": absolute("/"),
        "cache_age": embed.SECONDS,
        "html": str(embed.frame(found, width, height)),
        "width": width,
        "height": height,
    }


def _json(told):
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _xml(told):
    root = ElementTree.Element("oembed")
    for name, value in told.items():
        ElementTree.SubElement(root, name).text = _for_xml(str(value))
    text = ElementTree.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
    return HttpResponse(f"{head}{text}\n", content_type="text/xml; charset=utf-8")


def _for_xml(text):
    """Text without the characters that XML has no way to write."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


WRITTEN = {"json": _json, "xml": _xml}
