"""A forgotten password: a link by e-mail that works once and for a day, and the same answer whether or not the address is known."""

import threading

from allauth.account import views as account


class Forgotten(account.PasswordResetView):
    template_name = "entrance/forgotten.html"


class Sent(account.PasswordResetDoneView):
    template_name = "entrance/forgotten_sent.html"


class NewPassword(account.PasswordResetFromKeyView):
    template_name = "entrance/new_password.html"


class Done(account.PasswordResetFromKeyDoneView):
    template_name = "entrance/new_password_done.html"


def send_soon(message):
    """Send without the answer waiting for it: how long it takes would tell whether there is such an account."""
    threading.Thread(target=message.send, kwargs={"fail_silently": True}).start()
