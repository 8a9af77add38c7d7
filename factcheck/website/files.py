"""A file that comes with a claim, as an attachment (EV-11): only what an editor released and the press handed out."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from factcheck.published import handouts
from factcheck.published.naming import in_address

from .answers import answer, public, site


@public
def file(request, slug, sha256, name):
    """The bytes; 404 where no such file was ever handed out here, 410 where it was taken back."""
    found = handouts.handout(slug, sha256)
    if found is None or name != in_address(found.name):
        raise Http404("No such file was published.")
    build = _taken_back if found.taken_back_at else _headers_alone if request.method == "HEAD" else _attachment
    return answer(request, found.page.changed_at, lambda: build(found))


def _taken_back(found):
    page = render_to_string("website/taken_back.html", {**site(), "page": found.page, "at": found.taken_back_at})
    return HttpResponse(page, status=410)


def _attachment(found):
    return StreamingHttpResponse(handouts.pieces(found), content_type=found.type, headers=_about(found))


def _headers_alone(found):
    return HttpResponse(content_type=found.type, headers=_about(found))


def _about(found):
    return {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=found.name),
        "Content-Length": str(found.size),
        "X-Content-Type-Options": "nosniff",
    }
