"""An e-mail as it leaves: built anew whenever it is needed, and the same to the byte each time."""

import hashlib
import html
import re
from datetime import UTC
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage

from django.conf import settings
from django.utils.encoding import punycode

from . import keys
from .models import Outgoing

# RFC 3834: what a machine sends by itself says so, so that no other machine answers it
AUTO_SUBMITTED = {Outgoing.Purpose.RECEIPT: "auto-replied"}
TEXT_ALONE = {Outgoing.Purpose.RECEIPT, Outgoing.Purpose.DIGEST}


def build(outgoing, dated, page=keys.MARK, text=""):
    """The message for an Outgoing, dated `dated` (aware): text, and HTML beside it. `page` stands where the mark does.

    `text` is what leaves in place of the row's own text; see `held`.
    """
    message = EmailMessage(policy=policy.SMTP)
    _head(message, outgoing, dated)
    message.set_content((text or outgoing.body).replace(keys.MARK, page), cte="quoted-printable")
    if outgoing.purpose not in TEXT_ALONE:
        message.add_alternative(as_html(outgoing, page), subtype="html", cte="quoted-printable")
        message.set_boundary("=-" + hashlib.sha256(outgoing.message_id.encode()).hexdigest()[:32])
    return message


def _head(message, outgoing, dated):
    message["From"] = _address(settings.LETTERS_FROM, settings.NEWSROOM_NAME)
    message["To"] = _address(outgoing.to_address, outgoing.to_name)
    if outgoing.reply_to:
        message["Reply-To"] = _address(outgoing.reply_to)
    message["Subject"] = outgoing.subject
    message["Date"] = dated.astimezone(UTC).replace(microsecond=0)
    message["Message-ID"] = outgoing.message_id
    if outgoing.in_reply_to:
        message["In-Reply-To"] = message["References"] = outgoing.in_reply_to
    if outgoing.automatic:
        message["Auto-Submitted"] = AUTO_SUBMITTED.get(outgoing.purpose, "auto-generated")


def _address(address, name=""):
    local, _at, domain = address.rpartition("@")
    return Address(display_name=name, username=local, domain=punycode(domain))


def as_html(outgoing, page):
    """The text as a plain page: paragraphs, headings, lists, and one link. No picture, no script, no style, nothing fetched."""
    blocks = "\n".join(_block(block.split("\n"), page) for block in re.split(r"\n\s*\n", outgoing.body.strip()))
    language = settings.LANGUAGE_CODE
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{html.escape(outgoing.subject)}</title></head>\n<body>\n{blocks}\n</body></html>\n"
    )


def _block(lines, page):
    if len(lines) == 1 and lines[0].isupper():
        return f"<h2>{html.escape(lines[0].capitalize())}</h2>"
    if all(line.startswith("- ") for line in lines):
        return "<ul>\n" + "\n".join(f"<li>{_linked(line[2:], page)}</li>" for line in lines) + "\n</ul>"
    return "<p>" + "<br>\n".join(_linked(line, page) for line in lines) + "</p>"


def _linked(line, page):
    link = (
        f'<a href="{html.escape(page)}" rel="noreferrer">{html.escape(page)}</a>'
        if page != keys.MARK
        else html.escape(page)
    )
    return html.escape(line).replace(html.escape(keys.MARK), link)


def sha256(message):
    return hashlib.sha256(message.as_bytes()).hexdigest()
