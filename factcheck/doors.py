"""Readers' requests take the short way: they pass nothing that is about people who log in, forms or messages."""

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.utils.module_loading import import_string


class ReadersGoStraight(BaseHandler):
    """Middleware between what every answer passes and what only the other doors' do (BEHIND_DOORS, by their paths).

    A reader's request goes on through READERS_MIDDLEWARE to its page; none of them may look at views or templates.
    """

    _view_middleware = _template_response_middleware = _exception_middleware = ()

    def __init__(self, get_response):
        self.through_the_doors = get_response
        self.straight = convert_exception_to_response(self._get_response)
        for path in reversed(settings.READERS_MIDDLEWARE):
            self.straight = convert_exception_to_response(import_string(path)(self.straight))

    def __call__(self, request):
        behind = request.path_info.startswith(settings.BEHIND_DOORS)
        return self.through_the_doors(request) if behind else self.straight(request)
