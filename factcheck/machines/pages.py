"""The description, as a document for programs and as a page for the people who write them."""

from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from factcheck.website import parameters
from factcheck.website.answers import answer, page, public
from factcheck.website.parameters import NotUnderstood

from . import description, problems
from .openness import READS, asked_beforehand, opened
from .reading_aid import operations, shapes


@csrf_exempt
def openapi(request):
    """The OpenAPI document."""
    return opened(_openapi(request))


def _openapi(request):
    if request.method == "OPTIONS":
        return asked_beforehand()
    if request.method not in READS:
        return problems.of(problems.NotToBeWritten())
    try:
        parameters.read(request, (), strict=True)
    except NotUnderstood as wrong:
        return problems.of(wrong)
    return answer(
        request, None, lambda: JsonResponse(description.document(), json_dumps_params={"ensure_ascii": False})
    )


@public
def api(request):
    """What programs may ask, to be read."""

    def build():
        document = description.document()
        return page(
            "api.html",
            operations=operations(document),
            shapes=shapes(document),
            licence=document["info"].get("license"),
            a_minute=settings.API_REQUESTS_A_MINUTE,
        )

    return answer(request, None, build, beside=settings.API_REQUESTS_A_MINUTE)
