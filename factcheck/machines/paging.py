"""Lists, page by page: a page costs the same wherever it lies, and what is published meanwhile pushes nothing to the next one."""

import re

from django.utils.translation import gettext as _
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response

from factcheck.website.answers import absolute
from factcheck.website.parameters import NotUnderstood
from factcheck.website.places import NoPlace, place_in, spelled

from .shapes import licence

CURSOR, SIZE = "cursor", "page_size"


class ByPlace(CursorPagination):
    """The framework's cursors know one field and count the rows that share its value; ours know the row's key as well."""

    cursor_query_param, page_size_query_param = CURSOR, SIZE
    cursor_query_description = "Where the list goes on: take it from `next`, it is not for making."
    page_size_query_description = "How many at once, 1 to 100."
    page_size, max_page_size = 20, 100

    def paginate_queryset(self, queryset, request, view=None):
        self.view, self.request, size = view, request, self._size(view.asked)
        rows = list(view.order.walk(queryset, self._place(view))[: size + 1])
        self.following = ""
        if len(rows) > size:
            rows.pop()
            self.following = spelled(*view.order.place_of(rows[-1]), view.order.spelling)
        return rows

    def _size(self, asked):
        size = asked.get(SIZE, str(self.page_size))
        if not re.fullmatch("[0-9]{1,3}", size, re.ASCII) or not 1 <= int(size) <= self.max_page_size:
            raise NotUnderstood(_("“page_size” is a whole number from 1 to %d.") % self.max_page_size, SIZE)
        return int(size)

    def _place(self, view):
        if not (text := view.asked.get(CURSOR)):
            return None
        try:
            return place_in(text, view.order.spelling)
        except NoPlace:
            raise NotUnderstood(
                _("This cursor is not one of this list. Take it from “next” as it stands, or begin without it."), CURSOR
            ) from None

    def get_next_link(self):
        if not self.following:
            return None
        asked = self.view.asked.copy()
        asked[CURSOR] = self.following
        return f"{absolute(self.request.path)}?{asked.urlencode()}"

    def get_paginated_response(self, data):
        following = self.get_next_link()
        headers = {"Link": f'<{following}>; rel="next"'} if following else {}
        return Response({"licence": licence(), "next": following, "results": data}, headers=headers)

    def get_paginated_response_schema(self, schema):
        return {
            "type": "object",
            "required": ["licence", "next", "results"],
            "properties": {
                "licence": {"oneOf": [{"$ref": "#/components/schemas/Licence"}, {"type": "null"}]},
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": "The next page of the list; null on the last one.",
                },
                "results": schema,
            },
        }
