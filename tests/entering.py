"""Coming in as the entrance lets people in, without typing a password each time."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value

from factcheck.entrance.demanded import why_demanded


def come_in(client, person, *, ago=0):
    """Log `person` in, with a second factor shown `ago` seconds before where one is demanded of them."""
    client.force_login(person)
    if why_demanded(person, at_log_in=True):
        give_app(person)
        show_second_factor(client, person, ago=ago)
    return client


def show_second_factor(client, person, *, ago=0):
    """What the entrance notes in a session when a code was right."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def give_app(person):
    """An authenticator app for `person`. Returns the secret it holds."""
    if not Authenticator.objects.filter(user=person, type="totp").exists():
        TOTP.activate(person, generate_totp_secret())
    return secret_of(person)


def secret_of(person):
    from factcheck.entrance.sealed import unseal

    return unseal(Authenticator.objects.get(user=person, type="totp").data["secret"])


def code_of(secret, at=None):
    """The six digits that an app with this secret shows now, or at a moment (seconds of the epoch)."""
    return f"{hotp_value(secret, int(time.time() if at is None else at) // 30):06}"
