"""The description of everything programs may ask (OpenAPI 3.1), made of the views and shapes themselves by drf-spectacular."""

from functools import cache

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse

from . import problem_shapes
from .parameter_words import described

TOO_OFTEN = gettext_lazy(
    "What is asked too often. “Retry-After” says for how long, “RateLimit” how much is left before."
)
REFUSED = {
    400: gettext_lazy("What cannot be meant."),
    404: gettext_lazy("What was never published."),
    429: TOO_OFTEN,
}


class Described(AutoSchema):
    """One operation, as its view has it: what it reads, what it gives, and how it refuses."""

    def get_override_parameters(self):
        return described(self.view.parameters)

    def _get_filter_parameters(self):
        return []  # the view names what it reads, filters and cursors among them

    def _get_pagination_parameters(self):
        return []

    def get_auth(self):
        return []

    def get_tags(self):
        return [self.path.removeprefix("/api/v1").strip("/").split("/")[0]]

    def get_operation_id(self):
        return super().get_operation_id().replace(":", "_")

    def get_response_serializers(self):
        refusal, kind = problem_shapes.of(self.view)
        statuses = (400, 404, 429) if "{" in self.path else (400, 429)
        refusals = {(status, kind): OpenApiResponse(refusal, REFUSED[status]) for status in statuses}
        return {200: OpenApiResponse(self.view.serializer_class, _("What was asked.")), **refusals}


def document():
    """The description, as plain values, in the words of the language that is spoken."""
    return _document(
        get_language() or settings.LANGUAGE_CODE,
        settings.SITE_URL,
        settings.NEWSROOM_NAME,
        settings.LICENCE_NAME,
        settings.LICENCE_URL,
    )


@cache
def _document(language, site, newsroom, licence_name, licence_url):
    """Made once for what it depends on: views and shapes do not change while a process runs."""
    from . import urls  # the addresses name the page that shows this

    with override(language):
        made = SchemaGenerator(patterns=urls.urlpatterns).get_schema(public=True)
        info = {"title": newsroom, "version": "1", "summary": _("What %s published, for programs.") % newsroom}
    if licence_name:
        info["license"] = {"name": licence_name, **({"url": licence_url} if licence_url else {})}
    return {**made, "info": info, "servers": [{"url": site}]}
