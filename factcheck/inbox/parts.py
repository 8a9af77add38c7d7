"""What a message is made of: its text and its attachments, found without following it deeper than anybody needs."""

import hashlib
import re
from dataclasses import dataclass, field
from email.message import Message
from email.utils import collapse_rfc2231_value

from . import flowed, html_text
from .charsets import decode, without_nonsense
from .headers import raw_values, words

DEEPEST, MOST = 30, 400  # parts within parts, and parts in all, that are looked at
MARKED = {  # type -> what is odd about a message that has such a part
    "application/ms-tnef": "winmail",
    "application/pgp-encrypted": "encrypted",
    "application/pgp-signature": "signed",
    "application/pkcs7-signature": "signed",
    "application/x-pkcs7-signature": "signed",
    "application/pkcs7-mime": "sealed",
    "application/x-pkcs7-mime": "sealed",
    "text/calendar": "calendar",
    "message/rfc822": "message-inside",
}
ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".iso", ".img", ".bz2", ".xz", ".cab", ".jar")
PROGRAMS = (".exe", ".scr", ".js", ".vbs", ".bat", ".cmd", ".com", ".msi", ".lnk", ".docm", ".xlsm", ".ps1", ".hta")


@dataclass
class Parts:
    """What was found. `leaves` are the parts that hold something, by their place; `again` are those that only say in HTML
    what stands beside them as plain text."""

    leaves: list = field(default_factory=list)
    again: set = field(default_factory=set)
    flags: set = field(default_factory=set)


def taken_apart(message):
    """Every leaf of a message, in order, with what is odd about it. A message within it is one leaf and is not opened."""
    found, waiting = Parts(), [(message, 0, False)]
    while waiting and len(found.leaves) < MOST:
        part, depth, again = waiting.pop()
        inner = part.get_payload() if part.get_content_maintype() == "multipart" and part.is_multipart() else None
        if inner is not None and depth < DEEPEST:
            again = again or (part.get_content_subtype() == "alternative" and any(map(_says_it_plainly, inner[:MOST])))
            waiting += [(each, depth + 1, again) for each in reversed(inner[:MOST])]
            continue
        if inner is not None:
            found.flags.add("too-deep")
        if again and type_of(part) == "text/html":
            found.again.add(len(found.leaves))
        found.leaves.append(part)
    found.flags |= {"too-many-parts"} if waiting else set()
    return found


def _says_it_plainly(part):
    return type_of(part) == "text/plain" and bool(content_of(part).strip())


def content_of(part):
    """The bytes of a leaf. A message within the message is given as it stands."""
    inner = part.get_payload()
    if isinstance(inner, list):
        try:
            return inner[0].as_bytes(policy=inner[0].policy.clone(max_line_length=None)) if inner else b""
        except Exception:  # a stranger put it together; Python may be unable to write it again, and the raw one is kept
            return b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def type_of(part):
    return part.get_content_type()[:150]


def parameter(part, header, name):
    """A parameter of a line, decoded; "" where there is none or where it is nonsense."""
    line = (raw_values(part, header) or [""])[0]
    try:
        value = Message()
        value[header] = line.replace("\n", " ").replace("\r", " ")
        said = value.get_param(name, "", header)
        return words(collapse_rfc2231_value(said) if isinstance(said, tuple) else said)
    except Exception:  # Python's parser fails in many ways on nonsense, and nonsense names nothing
        return ""


def name_of(part, place):
    """A name for an attachment to be saved under: the last part of what it says, without anything that names a folder."""
    said = parameter(part, "content-disposition", "filename") or parameter(part, "content-type", "name")
    last = re.split(r"[\\/]", said)[-1].strip(". ")
    last = re.sub(r'[\x00-\x1f"<>|:*?]', "_", last)
    extension = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt"}.get(type_of(part), "")
    return last[-200:] or f"part-{place}{extension}"


def is_attachment(part):
    disposition = "".join(raw_values(part, "content-disposition")[:1]).strip().lower()
    return disposition.startswith("attachment") or type_of(part) not in ("text/plain", "text/html")


def text_of(part):
    """(text, flags) of a text leaf."""
    charset = parameter(part, "content-type", "charset")
    text, sound = decode(content_of(part), charset)
    flags = set() if sound else {"charset"}
    if "\0" in text:
        flags.add("nul")
    text = without_nonsense(text)
    if type_of(part) == "text/html":
        return html_text.text_of(text), flags
    if parameter(part, "content-type", "format").lower() == "flowed":
        text = flowed.unfold(text, parameter(part, "content-type", "delsp").lower() == "yes")
    return text, flags


def told(parts):
    """(text, flags) of the whole message: its plain text, and the text of HTML that has no plain text beside it."""
    flags, said, plainly = set(parts.flags), [], False
    for place, part in enumerate(parts.leaves):
        flags |= {MARKED[type_of(part)]} if type_of(part) in MARKED else set()
        if place not in parts.again and not is_attachment(part):
            text, odd = text_of(part)
            said.append(text.strip("\n"))
            plainly = plainly or (bool(text.strip()) and type_of(part) == "text/plain")
            flags |= odd
    text = "\n\n".join(each for each in said if each.strip())
    return text, flags | ({"html-only"} if text and not plainly else set())


def attachments(parts):
    """(rows, flags): what is attached, each as {name, type, place, sha256, size}."""
    rows, flags = [], set()
    for place, part in enumerate(parts.leaves):
        if place not in parts.again and is_attachment(part):
            data = content_of(part)
            name = name_of(part, place)
            flags |= {"archive"} if name.lower().endswith(ARCHIVES) else set()
            flags |= {"program"} if name.lower().endswith(PROGRAMS) else set()
            digest = hashlib.sha256(data).hexdigest()
            rows.append({"name": name, "type": type_of(part), "place": place, "sha256": digest, "size": len(data)})
    return rows, flags
