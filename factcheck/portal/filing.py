"""What a party sends becomes an Incoming, unread, for a person to confirm; and two people's worth of receipts at most.

The same words for the same letter are one statement, whether they come by a double click, the back button or a second tab.
Other words add a statement and replace nothing.
"""

import hashlib
import json

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from factcheck.inbox.actions import file_statement
from factcheck.inbox.withheld import as_said
from factcheck.letters import outgoing
from factcheck.letters.models import Outgoing
from factcheck.letters.refs import reply_address
from factcheck.reply import deadlines


@transaction.atomic
def file(form):
    """File what a valid AnswerForm says and queue its receipt. Returns the Incoming."""
    matters, said = form.matters, form.cleaned_data
    incoming, _made = file_statement(
        matters.files,
        once=once(form),
        answers={point.allegation: text for point, text in form.answered},
        text=said["statement"],
        declined=said["declined"],
        more_time_until=said["until"],
        more_time_because=said["because"],
        by_name=said["by_name"],
        by_role=said["by_role"],
        authority=said["authority"],
        by_address=said["receipt_to"],
    )
    send_receipts(matters, incoming, said["receipt_to"] or matters.letter.to_address)
    return incoming


def once(form):
    """The digest that one statement for one letter is filed once for."""
    said = {name: str(value) for name, value in form.cleaned_data.items() if name != "receipt_to" and value}
    told = json.dumps([form.matters.letter.pk, said], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def send_receipts(matters, incoming, address):
    """Queue the receipt to `address`; where that is not where the letter went, tell whoever got the letter, without the words.

    So nobody who came by the link can answer behind the party's back.
    """
    letter = matters.letter
    context = receipt_context(matters, incoming, address)
    _queue(letter, incoming, address, _("Receipt: your answer to %(newsroom)s"), "portal/receipt.txt", context)
    if address.casefold() != letter.to_address.casefold():
        subject = _("An answer to our letter came by its private page")
        _queue(letter, incoming, letter.to_address, subject, "portal/receipt_note.txt", context)


def receipt_context(matters, incoming, address=""):
    """What a receipt and the page after sending say, in the party's own words."""
    letter, (said, answers) = matters.letter, as_said(incoming)
    return {
        "newsroom": settings.NEWSROOM_NAME,
        "letter": letter,
        "incoming": incoming,
        "said": said,
        "answers": answers,
        "received": deadlines.told(incoming.received_at, letter.zone),
        "until": deadlines.told(incoming.more_time_until, letter.zone) if incoming.more_time_until else "",
        "late": matters.is_late(incoming.received_at),
        "address": masked(address or said.get("by_address") or letter.to_address),
        "report_to": settings.REPORT_ERRORS_TO,
    }


def _queue(letter, incoming, address, subject, template, context):
    # One receipt for an address and a statement, whatever is pressed twice.
    whom = hashlib.sha256(address.casefold().encode()).hexdigest()[:16]
    outgoing.queue(
        purpose=Outgoing.Purpose.RECEIPT,
        once=f"{template}:{incoming.pk}:{whom}",
        to_address=address,
        subject=subject % {"newsroom": settings.NEWSROOM_NAME},
        body=render_to_string(template, context).strip(),
        reply_to=reply_address(letter.reply_ref),
        letter=letter,
        automatic=True,
    )


def masked(address):
    """An address as somebody recognises it who knows it: m…@agency.example."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
