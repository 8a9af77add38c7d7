"""The letter that carries an invitation: who asks, the link and how long it works. Nothing of the record is in it."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from factcheck.letters.transport import prints_only
from factcheck.newsroom import invitations

from .telling import told_moment

log = logging.getLogger(__name__)


def mail_invitation(invitation, token):
    """Send the letter, now. Returns whether the mail server took it; None where there is none and it was printed."""
    try:
        _letter(invitation, token).send()
    except (SMTPException, OSError) as problem:
        log.warning("An invitation was not sent: %s", type(problem).__name__)
        return False
    if prints_only():
        return None
    invitations.was_sent(invitation)
    return True


def _letter(invitation, token):
    told = {
        "newsroom": settings.NEWSROOM_NAME,
        "inviter": invitation.invited_by.shown_as,
        "address": settings.SITE_URL + reverse("entrance_invited", args=[token]),
        "until": told_moment(invitation.expires_at),
    }
    subject = _("%(newsroom)s: you are invited to the desk") % told
    return EmailMessage(subject, render_to_string("entrance/invitation.txt", told), to=[invitation.email])
