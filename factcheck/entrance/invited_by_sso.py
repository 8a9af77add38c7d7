"""An invitation taken up by single sign-on: the provider vouches for the address that was invited, so no link is needed.

Between coming back from the provider and choosing a log-in name, the session keeps who the provider said it is.
"""

import time

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from factcheck.newsroom import invitations, sign_on
from factcheck.newsroom.refusals import Refused

from .gate import SINGLE_SIGN_ON
from .invited import CHOSEN, ChosenForm, blame

VOUCHED = "sso_vouched"
MINUTES = 15  # in which a log-in name is chosen


def vouch(request, *, issuer, subject, email):
    """Keep in the session that the provider vouches for this address, and lead on to choosing a log-in name."""
    request.session[VOUCHED] = {"issuer": issuer, "subject": subject, "email": email, "at": int(time.time())}
    return HttpResponseRedirect(reverse("entrance_invited_by_sso"))


class BySingleSignOn(FormView):
    form_class = ChosenForm
    template_name = "entrance/invited.html"

    def dispatch(self, request, *args, **kwargs):
        vouched = request.session.get(VOUCHED) or {}
        fresh = time.time() - vouched.get("at", 0) < MINUTES * 60
        self.vouched, self.invitation = vouched, invitations.for_address(vouched["email"]) if fresh else None
        if self.invitation is None:
            return _begin_anew(request, _("Nothing can be taken up with this any more. Begin the log-in again."))
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"username": self.vouched["email"].partition("@")[0][:150]}

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "invitation": self.invitation, "by_sso": True}

    def form_valid(self, form):
        who = {name: self.vouched[name] for name in ("issuer", "subject")}
        try:
            chosen = {name: form.cleaned_data[name] for name in CHOSEN}
            person = sign_on.take_up(self.invitation, **who, **chosen)
        except ValidationError as problem:
            blame(form, problem)
            return self.form_invalid(form)
        except Refused as refused:
            return _begin_anew(self.request, " ".join(map(str, refused.reasons)))
        del self.request.session[VOUCHED]
        record_authentication(self.request, person, SINGLE_SIGN_ON)
        return perform_login(self.request, Login(user=person))


def _begin_anew(request, why):
    return TemplateResponse(request, "entrance/sso_refused.html", {"why": why}, status=410)
