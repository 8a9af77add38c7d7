"""How every address for programs answers: kept, conditional and open to all, with Django REST framework behind it.

The framework is asked only where an answer has to be made: a 304, and an answer that was made before, cost one small query.
"""

from django.conf import settings
from django.http import Http404
from rest_framework.exceptions import APIException
from rest_framework.generics import GenericAPIView
from rest_framework.negotiation import BaseContentNegotiation

from factcheck.published import reading
from factcheck.website import parameters
from factcheck.website.answers import answer
from factcheck.website.parameters import NotUnderstood

from . import pace, problems
from .openness import READS, asked_beforehand, opened


class AlwaysJson(BaseContentNegotiation):
    """One form for everybody: what a request accepts is not asked, so that one kept answer serves all."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class Resource(GenericAPIView):
    """One address. `parameters` are the names that may stand behind it; every other is refused."""

    content_negotiation_class = AlwaysJson
    http_method_names = ["get", "head", "options"]
    parameters = ()
    refused = staticmethod(problems.of)  # how a refusal is told

    def ask(self, request):
        """What is asked behind the address, of what the answer depends on: a QueryDict. Raises NotUnderstood."""
        return parameters.read(request, self.parameters, strict=True)

    def changed(self, **place):
        """When what stands at this address last changed, and what else it depends on. Raises Http404."""
        return reading.last_change(), ()

    def dispatch(self, request, *args, **place):
        if request.method == "OPTIONS":
            return opened(asked_beforehand())
        left, too_often = pace.told(request)
        response = self.refused(pace.TooOften()) if too_often else self._answered(request, **place)
        for name, value in left.items():
            response.headers[name] = value
        return opened(response)

    def _answered(self, request, **place):
        try:
            if request.method not in READS:
                raise problems.NotToBeWritten
            self.asked = self.ask(request)
            changed_at, beside = self.changed(**place)
            beside = (beside, settings.LICENCE_NAME, settings.LICENCE_URL)
            return answer(request, changed_at, lambda: self._made(request, **place), self.asked, beside)
        except (Http404, NotUnderstood, APIException) as wrong:
            return self.refused(wrong)

    def _made(self, request, **place):
        return super().dispatch(request, **place).render()

    def handle_exception(self, wrong):
        """What goes wrong while an answer is made is told outside, where nothing has been noted of it."""
        raise wrong
