"""What machines write: automatic replies, mailing lists, and letters that came back, in the forms that are about."""

from . import ANSWER, Case, mail, part, several

AWAY = "I am away until Monday. For urgent matters call the duty officer."


def away(subject, text=AWAY, charset="utf-8", **head):
    return mail(text, subject=subject, charset=charset, **head)


def status(*fields, per_message="Reporting-MTA: dns; mail.agency.example\n"):
    return part(per_message + "\n" + "\n".join(fields) + "\n", Content_Type="message/delivery-status")


RETURNED = part(
    "From: The Record <replies@newsroom.example>\nMessage-ID: %%ID%%\nSubject: Questions\n",
    Content_Type="text/rfc822-headers",
)
WHOLE = part(
    "From: The Record <replies@newsroom.example>\nMessage-ID: %%ID%%\nSubject: Questions\n\nDear press office",
    Content_Type="message/rfc822",
)
FAILED = (
    "Final-Recipient: rfc822; media@agency.example",
    "Action: failed",
    "Status: 5.1.1",
    "Diagnostic-Code: smtp; 550 5.1.1 User unknown",
)
DAEMON = {
    "sender": "Mail Delivery System <MAILER-DAEMON@mail.agency.example>",
    "Return_Path": "<>",
    "To": "replies@newsroom.example",
}


def report(*parts, subject="Undelivered Mail Returned to Sender", **head):
    return several(*parts, kind="report", more='; report-type="delivery-status"', subject=subject, **{**DAEMON, **head})


def plain_bounce(text, subject, **head):
    return mail(text, subject=subject, **{**DAEMON, **head})


QMAIL = """Hi. This is the qmail-send program at mail.agency.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<media@agency.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <replies@newsroom.example>
Message-ID: %%ID%%
Subject: Questions

Dear press office
"""
EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its recipients.

  media@agency.example
    all relevant MX records point to non-existent hosts

------ This is a copy of the message, including all the headers. ------

Message-ID: %%ID%%
"""

AUTOMATIC = [
    Case(
        "Exchange, out of office",
        away("Automatic reply: Questions", X_Auto_Response_Suppress="All", Auto_Submitted="auto-generated"),
        "auto_reply",
    ),
    Case(
        "Gmail, vacation",
        away("Out of office Re: Questions", Precedence="bulk", X_Autoreply="yes", Auto_Submitted="auto-replied"),
        "auto_reply",
    ),
    Case("RFC 3834 alone", away("Re: Questions", Auto_Submitted="auto-replied (vacation)"), "auto_reply"),
    Case("by its subject alone", away("Out of office: Re: Questions"), "auto_reply"),
    Case("German away", away("Automatische Antwort: Fragen", "Ich bin nicht im Büro."), "auto_reply"),
    Case("German away, the older word", away("Abwesenheitsnotiz: Fragen", "Ich bin nicht im Büro."), "auto_reply"),
    Case("French away", away("=?utf-8?q?R=C3=A9ponse_automatique_=3A_Questions?=", "Je suis absente."), "auto_reply"),
    Case("Spanish away", away("=?utf-8?q?Respuesta_autom=C3=A1tica=3A?=", "Estoy fuera."), "auto_reply"),
    Case("Chinese away", away("=?utf-8?b?6Ieq5Yqo5Zue5aSNOg==?=", "我不在办公室。", charset="gb2312"), "auto_reply"),
    Case(
        "Japanese away",
        away("=?utf-8?b?6Ieq5YuV5b+c562U?=", "不在にしております。", charset="iso-2022-jp"),
        "auto_reply",
    ),
    Case("Arabic away", away("=?utf-8?b?2LHYryDYqtmE2YLYp9im2Yo6?=", "أنا خارج المكتب."), "auto_reply"),
    Case("Hebrew away", away("=?utf-8?b?157Xoteg15Qg15DXldeY15XXnteY15k=?=", "אני לא במשרד."), "auto_reply"),
    Case(
        "ticket system, received your request",
        away("[#1234] We received your request", X_Autorespond="yes"),
        "auto_reply",
    ),
    Case(
        "asks machines for silence, a weak sign", mail(ANSWER, X_Auto_Response_Suppress="OOF, AutoReply"), "auto_reply"
    ),
    Case("mailing list, a weak sign", mail(ANSWER, List_Id="Press <press.agency.example>", Precedence="list"), "bulk"),
    Case(
        "read receipt",
        several(
            part("Your message was displayed."),
            part("Disposition: manual-action; displayed\n", Content_Type="message/disposition-notification"),
            kind="report",
            more="; report-type=disposition-notification",
        ),
        "receipt",
    ),
    Case(
        "delivered",
        report(
            part("Delivered."),
            status("Final-Recipient: rfc822; media@agency.example", "Action: delivered", "Status: 2.0.0"),
            RETURNED,
            subject="Successful Mail Delivery Report",
        ),
        "receipt",
        matched="returned",
    ),
    Case(
        "delayed, RFC 3464",
        report(
            part("It is delayed."),
            status("Final-Recipient: rfc822; media@agency.example", "Action: delayed", "Status: 4.4.1"),
            RETURNED,
            subject="Delayed Mail (still being retried)",
        ),
        "delayed",
        matched="returned",
    ),
    Case(
        "delayed, Exim",
        plain_bounce(
            EXIM.replace("could not be delivered to", "has not yet been delivered to"),
            "Warning: message 1abc-2 delayed 24 hours",
            Auto_Submitted="auto-replied",
        ),
        "delayed",
        matched="returned",
    ),
]
BOUNCES = [
    Case("Postfix, RFC 3464", report(part("I'm sorry."), status(*FAILED), WHOLE), "bounce", matched="returned"),
    Case("RFC 3464, headers alone", report(part("Failed."), status(*FAILED), RETURNED), "bounce", matched="returned"),
    Case(
        "RFC 3464, one delayed and one failed",
        report(
            part("Failed."),
            status("Final-Recipient: rfc822; a@agency.example", "Action: delayed", "", *FAILED),
            RETURNED,
        ),
        "bounce",
        matched="returned",
    ),
    Case(
        "Exchange",
        report(
            part("<b>Delivery has failed</b> to these recipients", Content_Type="text/html"),
            status(*FAILED),
            WHOLE,
            subject="Undeliverable: Questions",
            sender="Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@agency.example>",
            X_MS_Exchange_Message_Is_Ndr="",
        ),
        "bounce",
        matched="returned",
    ),
    Case("qmail", plain_bounce(QMAIL, "failure notice"), "bounce", matched="returned"),
    Case(
        "Exim",
        plain_bounce(
            EXIM,
            "Mail delivery failed: returning message to sender",
            X_Failed_Recipients="media@agency.example",
            Auto_Submitted="auto-replied",
        ),
        "bounce",
        matched="returned",
    ),
    Case(
        "German, to the letter's own address",
        plain_bounce("Ihre Nachricht konnte nicht zugestellt werden.", "Unzustellbar: Fragen", To="%%TO%%"),
        "bounce",
        matched="address",
    ),
]
