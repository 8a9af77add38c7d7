"""Messages as programs write them, made for these tests: invented addresses, and the words of the worked example's public figures.

`%%TO%%` stands for the letter's own reply address and `%%ID%%` for its Message-ID; a test puts in what its letter has.
"""

from dataclasses import dataclass

ANSWER = "Absolutely under no circumstances would INZ ever profile people based on single factors such as race or ethnicity alone."
DATA = "INZ did not hold any data on Uyghur people."
OURS = "You are said to have kept people from getting visas."


@dataclass(frozen=True)
class Case:
    """One message and what has to become of it."""

    name: str
    raw: bytes
    kind: str = "answer"
    words: str = ANSWER  # what the party says, once history and signature are folded away
    flags: tuple = ()
    files: tuple = ()  # names of attachments
    matched: str = "address"

    @property
    def is_answer(self):
        return self.kind == "answer"


def mail(
    body,
    *,
    charset="utf-8",
    sender="Nicola Hogg <media@agency.example>",
    subject="Re: Questions from The Record",
    **head,
):
    """A message of one part. `head` are further lines; a value of None leaves a line out. Text bodies are put in `charset`."""
    lines = {
        "Return-Path": "<media@agency.example>",
        "From": sender,
        "To": "The Record <%%TO%%>",
        "Subject": subject,
        "Date": "Wed, 05 Oct 2022 10:15:00 +1300",
        "Message-ID": "<answer-1@agency.example>",
        "MIME-Version": "1.0",
        "Content-Type": f"text/plain; charset={charset}",
    } | {name.replace("_", "-"): value for name, value in head.items()}
    told = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
    data = body.replace("\n", "\r\n").encode(charset) if isinstance(body, str) else body
    return told.encode("utf-8") + b"\r\n" + data


def part(body, *, charset="utf-8", **head):
    """A part of a message of several."""
    lines = {"Content-Type": f"text/plain; charset={charset}"} | {name.replace("_", "-"): v for name, v in head.items()}
    told = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    data = body.replace("\n", "\r\n").encode(charset) if isinstance(body, str) else body
    return told.encode() + b"\r\n" + data


def several(*parts, kind="mixed", more="", **head):
    """A message of several parts."""
    content_type = f'multipart/{kind}; boundary="=_b"{more}'
    return mail(bundle(*parts), Content_Type=content_type, **head)


def bundle(*parts, mark="=_b"):
    return (
        b"".join(b"--" + mark.encode() + b"\r\n" + each + b"\r\n" for each in parts) + b"--" + mark.encode() + b"--\r\n"
    )


def inner(*parts, kind, mark, more=""):
    """Several parts as one part of something."""
    return part(bundle(*parts, mark=mark), Content_Type=f'multipart/{kind}; boundary="{mark}"{more}')
