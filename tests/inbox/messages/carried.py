"""Answers by how they travel and what they carry: charsets, encodings, attachments, addresses."""

import base64
import quopri

from . import ANSWER, Case, inner, mail, part, several
from .answers import DE, FR, JA

PDF = part(
    base64.encodebytes(b"%PDF-1.4\n%%EOF\n"),
    Content_Type="application/pdf",
    Content_Transfer_Encoding="base64",
    Content_Disposition='attachment; filename="statement.pdf"',
)

CASES = [
    Case(
        "eight bits without a charset",
        mail(FR.encode("cp1252"), Content_Type="text/plain", charset="cp1252"),
        words=FR,
        flags=("charset",),
    ),
    Case("no content type at all", mail(ANSWER, Content_Type=None, MIME_Version=None)),
    Case(
        "quoted-printable",
        mail(quopri.encodestring(DE.encode()), Content_Transfer_Encoding="quoted-printable"),
        words=DE,
    ),
    Case("base64", mail(base64.encodebytes(JA.encode()), Content_Transfer_Encoding="base64"), words=JA),
    Case(
        "unknown charset",
        mail(DE.encode(), Content_Type="text/plain; charset=x-newsroom-9"),
        words=DE,
        flags=("charset",),
    ),
    Case(
        "PDF and nothing else",
        several(PDF, subject="Statement"),
        words="",
        files=("statement.pdf",),
        flags=("nothing-in-body",),
    ),
    Case(
        "attachment that names a folder",
        several(
            part(ANSWER),
            part(
                b"x",
                Content_Type="application/octet-stream",
                Content_Disposition=r'attachment; filename="..\..\Windows\..\reply.docx"',
            ),
        ),
        files=("reply.docx",),
    ),
    Case(
        "attachment named in Japanese",
        several(
            part(ANSWER),
            part(
                b"x",
                Content_Type="application/pdf",
                Content_Disposition="attachment; filename*=UTF-8''%E5%9B%9E%E7%AD%94.pdf",
            ),
        ),
        files=("回答.pdf",),
    ),
    Case(
        "winmail.dat",
        several(
            part(ANSWER),
            part(
                b"x\x9f\x3e\x22",
                Content_Type='application/ms-tnef; name="winmail.dat"',
                Content_Disposition="attachment",
            ),
        ),
        files=("winmail.dat",),
        flags=("winmail",),
    ),
    Case(
        "S/MIME signed",
        several(
            part(ANSWER),
            part(
                b"MII=", Content_Type='application/pkcs7-signature; name="smime.p7s"', Content_Disposition="attachment"
            ),
            kind="signed",
            more="; protocol=application/pkcs7-signature",
        ),
        files=("smime.p7s",),
        flags=("signed",),
    ),
    Case(
        "PGP signed",
        several(
            part(ANSWER),
            part(
                "-----BEGIN PGP SIGNATURE-----",
                Content_Type="application/pgp-signature",
                Content_Disposition="attachment; filename=signature.asc",
            ),
            kind="signed",
        ),
        files=("signature.asc",),
        flags=("signed",),
    ),
    Case(
        "PGP encrypted",
        several(
            part("Version: 1", Content_Type="application/pgp-encrypted"),
            part(
                "-----BEGIN PGP MESSAGE-----",
                Content_Type="application/octet-stream",
                Content_Disposition="inline; filename=encrypted.asc",
            ),
            kind="encrypted",
        ),
        words="",
        files=("part-0", "encrypted.asc"),
        flags=("encrypted", "nothing-in-body"),
    ),
    Case(
        "calendar invitation",
        several(
            part("Let us talk about it."),
            part("BEGIN:VCALENDAR\nEND:VCALENDAR", Content_Type="text/calendar; method=REQUEST"),
            kind="alternative",
        ),
        words="Let us talk about it.",
        files=("part-1",),
        flags=("calendar",),
    ),
    Case(
        "pictures within HTML",
        several(
            inner(
                part(
                    f"<p>{ANSWER}</p><img src='cid:1'><img src='http://tracker.example/x.gif'>",
                    Content_Type="text/html",
                ),
                part(b"GIF89a", Content_Type="image/gif; name=logo.gif"),
                kind="related",
                mark="=_r",
            )
        ),
        files=("logo.gif",),
        flags=("html-only",),
    ),
    Case(
        "only named in In-Reply-To",
        mail(ANSWER, To="replies@newsroom.example", In_Reply_To="%%ID%%"),
        matched="in_reply_to",
    ),
    Case(
        "only named in References",
        mail(
            ANSWER,
            To="replies@newsroom.example",
            References="<other@agency.example> %%ID%%\r\n\t<later@agency.example>",
        ),
        matched="references",
    ),
    Case("sent on, the address in Delivered-To", mail(ANSWER, To="undisclosed-recipients:;", Delivered_To="%%TO%%")),
    Case(
        "our address among copies",
        mail(ANSWER, To="minister@agency.example", Cc='"Record, The" <%%TO%%>, other@agency.example'),
    ),
    Case(
        "encoded words broken across a character",
        mail(ANSWER, subject="=?UTF-8?Q?R=C3?=\r\n =?UTF-8?Q?=A9ponse?="),
        words=ANSWER,
    ),
]
