"""What kind of message it is: one that may be an answer, or one that a machine wrote. Pure functions over what was read."""

import re

from . import parts as found
from .headers import addresses, first, message_ids, raw_values

ANSWER, AUTO_REPLY, BOUNCE, DELAYED, RECEIPT, BULK = "answer", "auto_reply", "bounce", "delayed", "receipt", "bulk"

# How automatic replies begin their subject, in the languages that the parties of a newsroom write.
AUTOMATIC = re.compile(
    r"^(auto(matic|mated)?[\s:-]*(reply|response)\b|auto:|out of (the )?office\b|ooo\b|i am (currently )?out of|away from"
    r"|automatische antwort|abwesenheits?|abwesend|ich bin (derzeit )?nicht|au(ß|ss)er haus"
    r"|r[ée]ponse automatique|absence du bureau|absent du bureau|message d.absence"
    r"|respuesta autom[áa]tica|fuera de la oficina|ausencia|resposta autom[áa]tica|fora do escrit[óo]rio"
    r"|risposta automatica|fuori ufficio|automatisch antwoord|afwezig|autosvar|frånvaro|frav[æe]r|poissa"
    r"|автоответ|автоматический ответ|нет на месте|自动回复|自動回覆|自动答复|外出|自動応答|自動返信|不在"
    r"|자동 ?(회신|응답)|부재|رد تلقائي|الرد التلقائي|خارج المكتب|מענה אוטומטי|תשובה אוטומטית|מחוץ למשרד|נעדר)",
    re.I,
)
FROM_A_MACHINE = re.compile(
    r"^(mailer-daemon|postmaster|mail-daemon|mdaemon|microsoftexchange[0-9a-f]*)(\+[^@]*)?@", re.I
)
RETURNED_SUBJECT = re.compile(
    r"(undeliver(ed|able)|returned mail|delivery (status notification|failure|has failed|incomplete)|mail delivery (failed|system)"
    r"|failure notice|unzustellbar|nicht zugestellt|non remis|[ée]chec de (la )?remise|no se puede entregar"
    r"|não entregue|non recapitabile"
    r"|无法送达|未送达|系统退信|配信不能|配信失敗|недоставлен)",
    re.I,
)
DELAYED_SUBJECT = re.compile(
    r"(delay(ed)?\b|verz[öo]gert|retard[ée]|still being retried|could not be delivered yet)", re.I
)
RETURNED_TEXT = re.compile(
    r"(this is the qmail-send program|i wasn.t able to deliver your message|message (you sent )?could not be delivered"
    r"|permanent(ly)? (fatal )?error|delivery to the following recipient.? failed|address(es)? failed"
    r"|550[ -]5\.|5\.[0-7]\.\d{1,3}\b)",
    re.I,
)
STATUS_FIELD = re.compile(
    r"^(action|status|final-recipient|original-recipient|diagnostic-code)\s*:\s*(.*)$", re.I | re.M
)


def kind_of(message, parts, text):
    """(kind, sure): what the message is, and whether that rests on more than a weak sign."""
    actions = [value.split()[0] for name, value in status_fields(parts) if name == "action" and value.split()]
    if report_type(message) == "disposition-notification":
        return RECEIPT, True
    if actions or report_type(message) == "delivery-status":
        return _of_report(actions, message), True
    if _comes_back(message, text):
        return (DELAYED if DELAYED_SUBJECT.search(first(message, "Subject")) else BOUNCE), True
    if _replies_by_itself(message):
        return AUTO_REPLY, True
    return _weakly(message)


def _of_report(actions, message):
    actions = {action.strip(";,").lower() for action in actions}
    if "failed" in actions:
        return BOUNCE
    if "delayed" in actions:
        return DELAYED
    if actions & {"delivered", "relayed", "expanded"}:
        return RECEIPT
    return DELAYED if DELAYED_SUBJECT.search(first(message, "Subject")) else BOUNCE


def report_type(message):
    if message.get_content_type() != "multipart/report":
        return ""
    return found.parameter(message, "content-type", "report-type").lower()


def status_fields(parts):
    """(name, value) of every line of a delivery status in the message."""
    told = []
    for part in parts.leaves:
        if found.type_of(part) in ("message/delivery-status", "message/global-delivery-status"):
            blocks = part.get_payload()
            text = "\n".join(str(each) for each in blocks[:100]) if isinstance(blocks, list) else str(blocks)
            told += [(name.lower(), value.strip()) for name, value in STATUS_FIELD.findall(text[:200_000])]
    return told


def _comes_back(message, text):
    """Whether it is a bounce without the standard form: qmail's, Exim's, old Exchange's."""
    if raw_values(message, "X-Failed-Recipients", "X-MS-Exchange-Message-Is-Ndr"):
        return True
    sender = (addresses(message, "From") or [("", "")])[0][1]
    nobody = "".join(raw_values(message, "Return-Path")[:1]).strip() == "<>"
    machine = bool(FROM_A_MACHINE.match(sender))
    says_so = RETURNED_SUBJECT.search(first(message, "Subject")) or RETURNED_TEXT.search(text[:20_000])
    delayed = DELAYED_SUBJECT.search(first(message, "Subject"))
    return (machine and bool(says_so or delayed)) or (
        nobody and bool(RETURNED_SUBJECT.search(first(message, "Subject")))
    )


def _replies_by_itself(message):
    submitted = "".join(raw_values(message, "Auto-Submitted")[:1]).split(";")[0].strip().lower()
    precedence = "".join(raw_values(message, "Precedence")[:1]).strip().lower()
    return bool(
        submitted not in ("", "no")
        or raw_values(message, "X-Autoreply", "X-Autorespond", "X-Autoresponse", "X-Autogenerated")
        or precedence in ("auto_reply", "auto-reply")
        or AUTOMATIC.search(first(message, "Subject"))
    )


def _weakly(message):
    """List mail, and what asks not to be answered by machines: a person's answer may look like that too."""
    precedence = "".join(raw_values(message, "Precedence")[:1]).strip().lower()
    if raw_values(message, "List-Id", "List-Post", "List-Unsubscribe") or precedence in ("bulk", "list", "junk"):
        return BULK, False
    suppress = "".join(raw_values(message, "X-Auto-Response-Suppress")[:1]).lower()
    if re.search(r"\b(all|oof|autoreply)\b", suppress):
        return AUTO_REPLY, False
    return ANSWER, True


def returned(message, parts, text):
    """What a bounce or a notice of delay is about: {"message_ids": [...], "recipient": address, "why": text}."""
    ids = []
    for part in parts.leaves:
        if found.type_of(part) in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global"):
            ids += re.findall(r"^message-id:\s*(<[^<>\s]{3,248}>)", _head_of(part), re.I | re.M)
    ids += re.findall(r"^[>\s]*message-id:\s*(<[^<>\s]{3,248}>)", text[:200_000], re.I | re.M)
    ids += message_ids(message, "In-Reply-To", "References")
    fields = dict(reversed(status_fields(parts)))
    recipient = fields.get("final-recipient", fields.get("original-recipient", "")).rpartition(";")[2].strip(" <>")
    recipient = recipient or (first(message, "X-Failed-Recipients").split(",")[0].strip())
    why = " ".join(filter(None, [fields.get("status", ""), fields.get("diagnostic-code", "")]))
    return {"message_ids": list(dict.fromkeys(ids))[:50], "recipient": recipient[:320], "why": why[:300]}


def _head_of(part):
    """The head of the message that came back, as text."""
    return found.content_of(part)[:200_000].decode("utf-8", "replace").replace("\r\n", "\n").partition("\n\n")[0]
