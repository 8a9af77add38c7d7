"""The desk's frame around pages that are django-allauth's: masthead, refusals and missing pages as everywhere at the desk."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse

from factcheck.backoffice.site import desk_site


def framed(view, *, before_second_factor=False, open_to_all=False):
    """`view` as a page of the desk.

    `open_to_all`: for whoever is not logged in yet. `before_second_factor`: for whoever has not shown one yet.
    """

    @wraps(view, updated=())
    def seen(request, *args, **kwargs):
        try:
            answer = view(request, *args, **kwargs)
        except PermissionDenied as refusal:
            return desk_site.answer(request, "403.html", status=403, exception=str(refusal))
        except Http404:
            return desk_site.answer(request, "backoffice/404.html", status=404)
        if isinstance(answer, TemplateResponse) and not answer.is_rendered:
            request.current_app = desk_site.name
            answer.context_data = {**desk_site.each_context(request), **(answer.context_data or {})}
            answer.status_code = _status(answer)
        return answer

    seen.before_second_factor, seen.open_to_all = before_second_factor, open_to_all
    return seen


def _status(answer):
    form = answer.context_data.get("form")
    return (
        400
        if answer.status_code == 200 and getattr(form, "errors", None) and form.is_bound and form.data
        else answer.status_code
    )
