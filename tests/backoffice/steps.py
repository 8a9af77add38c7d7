"""Going through the desk's pages as a person does: open, fill, send, and count what was written."""

import re
from html import unescape

from django.urls import reverse

from factcheck.claims.models import Claim
from factcheck.newsroom.models import JournalEntry


def claim_url(claim, code=""):
    return address("claims_claim", claim, code)


def address(name, thing, code=""):
    """The page of a record, or of a verb on it: address("reply_replyfile", file, "put")."""
    return reverse(f"admin:{name}_{code.replace('-', '_') or 'change'}", args=[thing.pk])


def fields_of(page, form=""):
    """What a browser would send of the page's form (the one whose tag holds `form`), as {name: value or [values]}."""
    text = page.content.decode()
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.S)
    one = next(f for f in forms if form in f and "logout" not in f[: f.index(">")])
    return {name: values[0] if len(values) == 1 else values for name, values in _controls(one).items()}


def _controls(form):
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        facts = _facts(tag)
        ticked = facts.get("type") not in ("checkbox", "radio") or "checked" in facts
        if "name" in facts and ticked and facts.get("type") != "submit":
            found.setdefault(facts["name"], []).append(
                facts.get("value", "on" if facts.get("type") == "checkbox" else "")
            )
    for head, body in re.findall(r"<textarea\b([^>]*)>(.*?)</textarea>", form, re.S):
        found.setdefault(_facts(head)["name"], []).append(unescape(body).removeprefix("\n"))
    for head, body in re.findall(r"<select\b([^>]*)>(.*?)</select>", form, re.S):
        facts = _facts(head)
        chosen = [_facts(option).get("value", "") for option in re.findall(r"<option\b([^>]*\bselected\b[^>]*)>", body)]
        if chosen or "multiple" not in facts:
            first = re.findall(r"<option\b([^>]*)>", body)
            found.setdefault(facts["name"], []).extend(
                chosen or ([_facts(first[0]).get("value", "")] if first else [""])
            )
    return found


def _facts(tag):
    return {name: unescape(value) for name, value in re.findall(r"([\w-]+)(?:=\"([^\"]*)\")?", tag)}


def send(client, page_url, form="", **changes):
    """Open a page, change some of its fields and send it. Returns the answer."""
    return client.post(page_url, {**fields_of(client.get(page_url), form), **changes})


def written():
    """How much the record holds: nothing of it moves when something is refused. A try at the vault is itself on the record."""
    entries = JournalEntry.objects.exclude(verb="was refused the identity of")
    return entries.count(), Claim.objects.count(), Claim.history.count()


def text_of(answer):
    """What a person reads on the page, without tags, with single spaces."""
    plain = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", plain)).split())
