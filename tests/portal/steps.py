"""Going through the private page as a party does: open, write, check, send."""

import re
from datetime import timedelta
from html import unescape

from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.inbox.models import Incoming
from factcheck.letters.models import Outgoing
from factcheck.newsroom.models import JournalEntry
from factcheck.reply import actions as reply
from factcheck.reply.models import ReplyFile, Response

PUTS = {
    "The agency kept people from getting visas": ["That it kept people out.", "That it kept no figures."],
    "The agency misled the minister": ["That it misled the minister in May."],
}


def to_put(party, by, wording, puts):
    """A right of reply with these things to put, and a week to answer."""
    claim = claims.log_claim(by=by, wording=wording, type="allegation")
    file = reply.open_file(claim, by=by, party=party)
    for text in puts:
        reply.draft_allegation(file, by=by, text=text)
    deadline = (timezone.now() + timedelta(days=7)).replace(second=0, microsecond=0)
    reply.set_deadline(file, by=by, deadline_at=deadline, basis="A week, for three questions.")
    return ReplyFile.objects.get(pk=file.pk)


def fields_of(page):
    """What a browser would send of the page's form, without a button."""
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", page.content.decode()):
        facts = {name: unescape(value) for name, value in re.findall(r'([\w-]+)(?:="([^"]*)")?', tag)}
        if facts.get("type") != "checkbox" or "checked" in facts:
            found[facts["name"]] = facts.get("value", "on" if facts.get("type") == "checkbox" else "")
    for name, text in re.findall(r'<textarea\b[^>]*?name="([^"]+)"[^>]*>(.*?)</textarea>', page.content.decode(), re.S):
        found[name] = unescape(text).removeprefix("\n")
    return found


def text_of(page):
    """What a person reads on the page, with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def written():
    """How much the record holds of what could come in."""
    models = (Incoming, Outgoing, Response, JournalEntry)
    return tuple(model.objects.count() for model in models)


class PageOfParty:
    """A private page and a browser without cookies before it."""

    def __init__(self, client, token):
        self.client, self.token = client, token
        self.url = f"/reply/{token}/"

    def post(self, given):
        """As a browser sends a form of this site's: urlencoded."""
        from urllib.parse import urlencode

        return self.client.post(self.url, urlencode(given), content_type="application/x-www-form-urlencoded")

    def check(self, **said):
        """Open the page, write, and press “Check what you wrote”."""
        return self.post({**fields_of(self.client.get(self.url)), **_named(said), "step": "check"})

    def press(self, page, step, **changes):
        return self.post({**fields_of(page), **_named(changes), "step": step})

    def send(self, **said):
        """All the way to the page that says what was taken."""
        answer = self.press(self.check(**said), "send")
        return self.client.get(answer["Location"]) if answer.status_code == 303 else answer


def _named(said):
    return {name.replace("point_", "point-"): value for name, value in said.items()}
