"""Answers as people write them: clients' reply styles, languages, encodings, what is attached."""

from . import ANSWER, DATA, OURS, Case, mail, part, several

QUOTED = "\n".join(f"> {line}" for line in ("Dear press office,", "", OURS))
GMAIL_HTML = f"""<div dir="ltr">{ANSWER}<div><br></div></div><br>
<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, 4 Oct
2022 at 10:00, The Record &lt;<a href="mailto:%%TO%%">%%TO%%</a>&gt; wrote:<br></div>
<blockquote class="gmail_quote">{OURS}</blockquote></div>"""
OUTLOOK_HTML = f"""<html><head><style>p.MsoNormal {{margin:0cm}}</style></head><body><div class="WordSection1">
<p class="MsoNormal">{ANSWER}<o:p></o:p></p><p class="MsoNormal">&nbsp;</p>
<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">
<p class="MsoNormal"><b>From:</b> The Record &lt;%%TO%%&gt;<br><b>Sent:</b> Tuesday, 4 October 2022 10:00<br>
<b>To:</b> Media &lt;media@agency.example&gt;<br><b>Subject:</b> Questions from The Record</p></div></div>
<p class="MsoNormal">{OURS}</p></div></body></html>"""
OUTLOOK_HEAD = "From: The Record <%%TO%%>\nSent: Tuesday, 4 October 2022 10:00\nTo: Media\nSubject: Questions\n\n"
APPLE_HTML = f"""<html><body>{ANSWER}<br><div><br><blockquote type="cite"><div>On 4 Oct 2022, at 10:00, The Record wrote:</div>
{OURS}</blockquote></div></body></html>"""
FLOWED = (
    "Absolutely under no circumstances would INZ ever profile people \nbased on single factors such as "
    "race or ethnicity \nalone.\n\n>> deeper\n> Dear press office, \n> this flows.\n"
)
DE, FR, ES = (
    "Das weisen wir zurück: Die Behörde prüft jeden Antrag für sich.",
    "Nous n’avons aucun commentaire à faire à ce sujet.",
    "Cada solicitud se examina por separado.",
)
ZH, JA = "我们对每一份申请都单独审核。", "申請はすべて個別に審査しています。"
AR, HE = "ندرس كل طلب على حدة.", "כל בקשה נבחנת בפני עצמה."
SIGNED = "\n\n-- \nNicola Hogg\nBorder and visa operations manager\n"

CASES = [
    Case("plain", mail(ANSWER)),
    Case(
        "gmail",
        several(
            part(f"{ANSWER}\n\nOn Tue, 4 Oct 2022 at 10:00, The Record <%%TO%%> wrote:\n\n{QUOTED}\n"),
            part(GMAIL_HTML, Content_Type="text/html; charset=utf-8"),
            kind="alternative",
        ),
    ),
    Case("gmail, HTML alone", mail(GMAIL_HTML, Content_Type="text/html; charset=utf-8"), flags=("html-only",)),
    Case(
        "gmail, the attribution over two lines",
        mail(f"{ANSWER}\n\nOn Tue, 4 Oct 2022 at 10:00, The Record of the newsroom\n<%%TO%%> wrote:\n\n{QUOTED}"),
    ),
    Case("outlook", mail(f"{ANSWER}\n\n________________________________\n{OUTLOOK_HEAD}{OURS}\n")),
    Case("outlook, original message", mail(f"{ANSWER}\n\n-----Original Message-----\n{OUTLOOK_HEAD}{OURS}\n")),
    Case("outlook, HTML alone", mail(OUTLOOK_HTML, Content_Type="text/html; charset=utf-8"), flags=("html-only",)),
    Case(
        "outlook on a phone",
        mail(f"{ANSWER}\n\nGet Outlook for iOS\n________________________________\n{OUTLOOK_HEAD}{OURS}"),
        words=f"{ANSWER}\n\nGet Outlook for iOS",
    ),
    Case(
        "apple mail",
        several(
            part(f"{ANSWER}\n\n> On 4 Oct 2022, at 10:00, The Record <%%TO%%> wrote:\n>\n{QUOTED}\n"),
            part(APPLE_HTML, Content_Type="text/html; charset=utf-8"),
            kind="alternative",
        ),
    ),
    Case(
        "apple mail, text around a picture",
        several(
            part(ANSWER),
            part(
                b"\x89PNG", Content_Type='image/png; name="seal.png"', Content_Disposition="inline; filename=seal.png"
            ),
            part(DATA),
        ),
        words=f"{ANSWER}\n\n{DATA}",
        files=("seal.png",),
    ),
    Case(
        "thunderbird, below the question", mail(f"On 04/10/2022 10:00, The Record wrote:\n{QUOTED}\n\n{ANSWER}{SIGNED}")
    ),
    Case(
        "answers between the questions",
        mail(
            f"On 04/10/2022 10:00, The Record wrote:\n> Did you profile people?\n\n{ANSWER}\n\n> What data do you hold?\n\n{DATA}\n"
        ),
        words=f"{ANSWER}\n\n{DATA}",
    ),
    Case("format=flowed", mail(FLOWED, Content_Type="text/plain; charset=utf-8; format=flowed")),
    Case(
        "format=flowed with DelSp",
        mail(
            FLOWED.replace("people \n", "people  \n").replace("ethnicity \n", "ethnicity  \n"),
            Content_Type="text/plain; charset=utf-8; format=flowed; delsp=yes",
        ),
    ),
    Case("signature", mail(ANSWER + SIGNED)),
    Case(
        "forwarded by the press office",
        mail(
            f"---------- Forwarded message ---------\nFrom: Nicola Hogg <nicola@agency.example>\nTo: Media\n\n{ANSWER}\n",
            subject="Fwd: Questions",
        ),
        words=f"---------- Forwarded message ---------\nFrom: Nicola Hogg <nicola@agency.example>\nTo: Media\n\n{ANSWER}",
    ),
    Case(
        "forwarded as an attachment",
        several(
            part("Please see attached."),
            part(mail(ANSWER), Content_Type="message/rfc822", Content_Disposition="attachment; filename=answer.eml"),
        ),
        words="Please see attached.",
        files=("answer.eml",),
        flags=("message-inside",),
    ),
    Case(
        "German",
        mail(f"{DE}\n\nAm 04.10.2022 um 10:00 schrieb The Record <%%TO%%>:\n{QUOTED}", charset="iso-8859-1"),
        words=DE,
    ),
    Case(
        "German, outlook",
        mail(
            f"{DE}\n\nVon: The Record <%%TO%%>\nGesendet: Dienstag, 4. Oktober 2022 10:00\nAn: Presse\nBetreff: Fragen\n\n{OURS}"
        ),
        words=DE,
    ),
    Case(
        "French",
        mail(f"{FR}\n\nLe mar. 4 oct. 2022 à 10:00, The Record <%%TO%%> a écrit :\n\n{QUOTED}", charset="windows-1252"),
        words=FR,
    ),
    Case(
        "French, outlook",
        mail(
            f"{FR}\n\nDe : The Record <%%TO%%>\nEnvoyé : mardi 4 octobre 2022 10:00\nÀ : Presse\nObjet : Questions\n\n{OURS}"
        ),
        words=FR,
    ),
    Case(
        "Spanish",
        mail(f"{ES}\n\nEl mar, 4 oct 2022 a las 10:00, The Record (<%%TO%%>) escribió:\n\n{QUOTED}"),
        words=ES,
    ),
    Case(
        "Chinese, GB2312",
        mail(f"{ZH}\n\n在 2022年10月4日，The Record <%%TO%%> 写道：\n\n{QUOTED}", charset="gb2312"),
        words=ZH,
    ),
    Case(
        "Chinese, QQ mail",
        mail(
            f"{ZH}\n\n------------------ 原始邮件 ------------------\n发件人: The Record <%%TO%%>\n{OURS}",
            charset="gb18030",
        ),
        words=ZH,
    ),
    Case(
        "Japanese, ISO-2022-JP",
        mail(
            f"{JA}\n\n2022年10月4日(火) 10:00 The Record <%%TO%%>:\n{QUOTED}",
            charset="iso-2022-jp",
            subject="=?ISO-2022-JP?B?GyRCMnNFehsoQg==?=",
        ),
        words=JA,
    ),
    Case(
        "Arabic, from right to left",
        mail(f"{AR}\n\nفي 4 أكتوبر 2022، The Record <%%TO%%> كتب:\n{QUOTED}", charset="windows-1256"),
        words=AR,
    ),
    Case(
        "Hebrew, from right to left",
        mail(
            f"{HE}\n\nבתאריך 4.10.2022, The Record <%%TO%%> כתב:\n{QUOTED}",
            Content_Type="text/plain; charset=iso-8859-8-i",
            charset="iso-8859-8",
        ),
        words=HE,
    ),
]
