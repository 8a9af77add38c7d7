"""What answers at the private page: show what is put, check what is written, take it once, show what was taken.

There is no cookie and no session: the address itself says whose page it is, and it stands in no page, log or message of ours.
"""

from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from factcheck.inbox.models import Incoming
from factcheck.letters import keys
from factcheck.sources.keys import VaultShut

from . import answers, filing, rates, sealed
from .forms import AnswerForm
from .matters import Matters

AROUND = " .,;:!?)>]}\"'"  # what stands behind an address in a sentence and is taken along with it
FORM = "application/x-www-form-urlencoded"


def door(view):
    """A view of this door: it is given the PageKey and the token, and answers only where there is one."""

    def answer(request, token=""):
        token = token.strip(AROUND)
        key = keys.open_with(token)
        if seconds := _knocked(request, key):
            return _later(request, key, token, seconds)
        if key is None:
            return answers.closed()
        with timezone.override(key.letter.zone):
            return view(request, key, token)

    # A seal in the form stands for Django's token, which would need a cookie.
    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(answer))


def _knocked(request, key):
    """Seconds to wait; 0 where nobody knocked too often."""
    address = rates.of_address(request)
    if key is None:
        return rates.wait(rates.GUESSED, "guessed", address)
    return rates.wait(rates.CAME, "came", address) or rates.wait(rates.OPENED, "opened", key.pk)


def _later(request, key, token, seconds):
    """Too often. Whoever was writing gets the form back as they sent it."""
    if key is None or request.method != "POST" or _unreadable(request):
        return answers.too_often(seconds)
    with timezone.override(key.letter.zone):
        form = AnswerForm(request.POST, matters=Matters(key.letter), token=token)
        return answers.form(key, form, refused=answers.wait_a_while(seconds), status=429, seconds=seconds)


@door
def page(request, key, token):
    matters = Matters(key.letter)
    if request.method != "POST":
        return answers.form(key, AnswerForm(matters=matters, token=token))
    if status := _unreadable(request):
        return answers.unreadable(status)
    return _sent(request, key, token, AnswerForm(request.POST, matters=matters, token=token))


def _unreadable(request):
    """The status for a body that is no form of ours or too large; 0 for one that can be read."""
    if request.content_type != FORM:
        return 415
    try:
        request.POST.get("step")
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return 413
    return 0


def _sent(request, key, token, form):
    if not sealed.is_form_of(key, request.POST.get("seal", "")):
        told = _(
            "This page was open for a long time. Nothing has been sent. What you wrote is still here: check it again."
        )
        return answers.form(key, form, refused=told, status=400)
    if not form.is_valid():
        return answers.form(key, form, status=400)
    step = request.POST.get("step")
    if step == "change":
        return answers.form(key, AnswerForm(initial=form.cleaned_data, matters=form.matters, token=token))
    return _take(key, token, form) if step == "send" else answers.check(key, form)


def _take(key, token, form):
    if seconds := rates.wait(rates.FILED, "filed", key.letter.pk):
        return answers.form(key, form, refused=answers.wait_a_while(seconds), status=429, seconds=seconds)
    incoming = filing.file(form)
    shown = f"{reverse('reply_received', args=[token])}?of={sealed.received(key.letter, incoming)}"
    return HttpResponseRedirect(shown, status=303)


@door
def received(request, key, token):
    number = sealed.received_of(key.letter, request.GET.get("of", ""))
    incoming = Incoming.objects.filter(pk=number).first() if number else None
    if incoming is None:
        return HttpResponseRedirect(reverse("reply_page", args=[token]))
    try:
        return answers.received(Matters(key.letter), incoming)
    except VaultShut:  # what they said is sealed since, and its key is not here, or is destroyed
        return HttpResponseRedirect(reverse("reply_page", args=[token]))
