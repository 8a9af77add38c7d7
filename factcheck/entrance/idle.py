"""A session in which nothing happens ends, with a warning before, and without losing what was typed (CS-15, WCAG 2.2.1)."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from factcheck.backoffice.site import desk_site
from factcheck.newsroom import sessions

SECRET = ("password", "code", "credential", "csrf", "token", "identity", "seal")


class EndsWhenIdle:
    """Middleware: ends a session that was not used for IDLE_MINUTES, and notes that one is in use."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(settings.STAFF_PATH) and request.user.is_authenticated:
            if request.session.idle_seconds_left() <= 0:
                logout(request)
                return _ended(request)
            if request.method == "POST" or request.path != reverse("entrance_stay"):
                request.session.was_used()
        return self.get_response(request)


def _ended(request):
    if request.method == "POST" and (sent := _texts(request)):
        return desk_site.answer(request, "entrance/ended.html", status=401, sent=sent)
    back = request.get_full_path() if request.method == "GET" else settings.STAFF_PATH
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': back, 'ended': 'idle'})}")


def _texts(request):
    """What was written in the form that came too late, and is nobody's secret: (field, text)."""
    return [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if text.strip() and not any(word in name.lower() for word in SECRET) and not text.isdigit()
    ]


@login_required
def stay(request):
    """How many seconds are left until the session ends; a POST lets it begin anew."""
    return JsonResponse({"left": request.session.idle_seconds_left()})


@login_required
@require_POST
def end_session(request):
    sessions.end_own(request.POST.get("session", ""), by=request.user)
    return redirect("mfa_index")


@login_required
@require_POST
def end_others(request):
    """End every session of one's own but this one."""
    sessions.end_others(by=request.user, but=request.session.session_key)
    return redirect("mfa_index")
