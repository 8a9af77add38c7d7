"""What of a message somebody says now, and what they carry along of what was said before: ours, another's, a signature.

Written down in a dozen ways by a dozen programs. Where none of them is recognised, everything counts as said now: too much
on the page is put right with a glance, too little is not.
"""

import re
from typing import NamedTuple

SAID, QUOTED, FORWARDED, SIGNATURE = "said", "quoted", "forwarded", "signature"


class Block(NamedTuple):
    """A stretch of lines of one kind."""

    kind: str
    text: str


# "On Tue, 4 Oct 2022 at 10:00, The Record <...> wrote:", in the languages and with the colon that programs write.
ATTRIBUTION = re.compile(
    r"^\s*("
    r"(on|am|le|el|il|em|op|den|dne|w dniu|в|on behalf of)\b.{3,400}?\b(wrote|schrieb|geschrieben|a écrit|escribió"
    r"|escribio|ha scritto|escreveu|schreef|skrev|napsal|napisał|пишет|написал)\b.{0,120}?"
    r"|.{3,300}[@<>].{0,200}\b(wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev)"
    r"|.{3,300}(写道|寫道|のメッセージ|さんは書きました|のメール|님이 작성"
    r"|пишет|написал\(а\)|كتب|כתב|כתבה|כתב/ה).{0,120}?"
    r"|\d{4}年\d{1,2}月\d{1,2}日.{0,300}[@<＜>].{0,100}"
    r")\s*[:：]\s*$",
    re.I,
)
BEGINS = re.compile(r"^\s*(on|am|le|el|il|em|op|den|dne|w dniu|在|於|في|בתאריך|\d{4}年)", re.I)
# A line of the head that Outlook and others copy above what they answer.
SENDER = r"from|von|de|da|van|från|fra|od|от|发件人|寄件者|差出人|보낸 사람|من|מאת"
FIELD = re.compile(
    rf"^\s*\*?({SENDER}|sent|date|gesendet|datum|envoyé|enviado( el)?|fecha|data|inviato|verzonden|skickat|sendt"
    r"|发送时间|傳送日期|日期|送信日時|보낸 날짜|תאריך|נשלח|التاريخ|تم الإرسال"
    r"|to|an|à|para|a|aan|till|til|收件人|宛先|받는 사람|אל|إلى|cc|kopie|抄送"
    r"|subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|тема"
    r"|主题|主旨|件名|제목|נושא|الموضوع)\*?\s*[:：]\*?\s*\S",
    re.I,
)
FIRST_FIELD = re.compile(rf"^\s*\*?({SENDER})\*?\s*[:：]", re.I)
DASHES = r"\s*[-_*]{2,}\s*"
ORIGINAL = re.compile(
    rf"^{DASHES}(original (message|appointment)|original|ursprüngliche nachricht|originalnachricht|message d.origine"
    r"|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|ursprungligt meddelande"
    rf"|原始邮件|邮件原件|原始郵件|元のメッセージ|원본 메시지|исходное сообщение){DASHES}$",
    re.I,
)
PASSED_ON = re.compile(
    rf"^(({DASHES}(forwarded message|forwarded by .*|weitergeleitete nachricht|message transféré|mensaje reenviado"
    r"|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht"
    rf"|转发的邮件|轉寄郵件|転送されたメッセージ|пересылаемое сообщение){DASHES})"
    r"|\s*(begin forwarded message|anfang der weitergeleiteten nachricht|début du message (réexpédié|transféré)"
    r"|inicio del mensaje reenviado|inizio messaggio inoltrato)\s*:?\s*)$",
    re.I,
)
RULE = re.compile(r"^\s*[_-]{20,}\s*$")
SIGNED = re.compile(r"^-- ?$")
MOST_LINES = 20_000


def blocks(text):
    """The message as blocks, in order."""
    lines, found, at = text.split("\n")[:MOST_LINES], [], 0
    rest = text.split("\n")[MOST_LINES:]
    while at < len(lines):
        kind, end = _stretch(lines, at)
        found.append((kind, lines[at:end]))
        at = end
    return _joined([*found, (SAID, rest)] if rest else found)


def own_words(text):
    """What somebody says now or passes on, without what was said before and without their signature."""
    return "\n\n".join(block.text for block in blocks(text) if block.kind in (SAID, FORWARDED)).strip()


def _stretch(lines, at):
    """(kind, end) of the stretch that begins at this line."""
    if lines[at].lstrip().startswith(">"):
        return QUOTED, _while_quoted(lines, at)
    if PASSED_ON.match(lines[at]):
        return FORWARDED, len(lines)
    if SIGNED.match(lines[at]):
        return SIGNATURE, _until_history(lines, at + 1)
    if end := _attribution(lines, at):
        after = next((n for n in range(end, len(lines)) if lines[n].strip()), len(lines))
        quotes = after < len(lines) and lines[after].lstrip().startswith(">")
        return QUOTED, _while_quoted(lines, after) if quotes else len(lines)
    if ORIGINAL.match(lines[at]) or _copied_head(lines, at):
        return QUOTED, len(lines)
    return SAID, at + 1


def _while_quoted(lines, at):
    """The end of a run of lines that begin with >; an empty line between two of them belongs to it."""
    while at < len(lines) and (_is_quoted(lines, at) or (not lines[at].strip() and _is_quoted(lines, at + 1))):
        at += 1
    return at


def _is_quoted(lines, at):
    return at < len(lines) and lines[at].lstrip().startswith(">")


def _until_history(lines, at):
    while at < len(lines):
        if (
            lines[at].lstrip().startswith(">")
            or _attribution(lines, at)
            or ORIGINAL.match(lines[at])
            or _copied_head(lines, at)
        ):
            break
        at += 1
    return at


def _attribution(lines, at):
    """The line after "On ... wrote:", which may run over three lines; 0 where none begins here."""
    line = lines[at]
    if not line.strip() or len(line) > 500:
        return 0
    if line.rstrip().endswith((":", "：")) and ATTRIBUTION.match(line):
        return at + 1
    if BEGINS.match(line):
        for count in (2, 3):
            if not all(each.strip() and len(each) < 500 for each in lines[at : at + count]):
                break
            if ATTRIBUTION.match(" ".join(each.strip() for each in lines[at : at + count])):
                return at + count
    return 0


def _copied_head(lines, at):
    """Whether a head copied by Outlook begins here: From and at least two more of its lines, maybe below a rule."""
    start = at
    if RULE.match(lines[at]):
        start = next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].strip()), at)
    near = [line for line in lines[start : start + 8] if line.strip()][:6]
    return bool(near and FIRST_FIELD.match(near[0])) and sum(bool(FIELD.match(line)) for line in near) >= 3


def _joined(found):
    """Neighbours of one kind as one block, without those that hold nothing."""
    made = []
    for kind, lines in found:
        if made and (made[-1][0] == kind or not any(line.strip() for line in lines)):
            made[-1][1].extend(lines)
        else:
            made.append((kind, list(lines)))
    told = [Block(kind, "\n".join(lines).strip("\n")) for kind, lines in made]
    return [block for block in told if block.text.strip()]
