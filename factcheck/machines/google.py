"""`claims:search` in the shape of Google's Fact Check Tools API, which its clients read by another host (API-2 to API-8).

Its tokens are bound to what was asked by a check sum and not signed with a key: a process of readers' pages alone has none,
and a token opens nothing that a request without it would not.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.response import Response

from factcheck.published import reading, reviews
from factcheck.website import parameters, places
from factcheck.website.answers import absolute
from factcheck.website.parameters import NotUnderstood

from . import problems
from .google_shapes import Found
from .openness import READS
from .resource import Resource

HEEDED = ("query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays", "pageSize", "pageToken", "offset")
# What every client of Google's may send with any request. Nothing of it changes an answer, and no function is called back.
ACCEPTED = ("key", "prettyPrint", "quotaUser", "$.xgafv", "callback", "fields", "access_token", "oauth_token")
ACCEPTED += ("uploadType", "upload_protocol")
STATUSES = {
    400: "INVALID_ARGUMENT",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
USUAL_SIZE, LARGEST_SIZE, FARTHEST = 10, 100, 1000
OLDEST_AGE = 366 * 500  # days; whatever is younger than this is everything


def error(status, message):
    """An error in Google's shape."""
    told = {"error": {"code": status, "message": str(message), "status": STATUSES.get(status, "UNKNOWN")}}
    headers = {"Cache-Control": "no-store"}
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(READS)
    text = json.dumps(told, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/json; charset=utf-8", headers=headers)


class ClaimsSearch(Resource):
    """Claims whose rating stands, as Google's Fact Check Tools API tells of them (`claims:search`)."""

    serializer_class, as_googles = Found, True
    parameters = (*HEEDED, "alt", *ACCEPTED)

    @staticmethod
    def refused(wrong):
        return error(*problems.told_by(wrong))

    def ask(self, request):
        asked = parameters.read(request, self.parameters, strict=True)
        if asked.get("alt", "json") != "json":
            raise NotUnderstood(_("There is JSON here and nothing else: leave “alt” out, or give it as “json”."), "alt")
        for name in ("alt", *ACCEPTED):
            asked.pop(name, None)
        if not asked.get("query") and not asked.get("reviewPublisherSiteFilter"):
            raise NotUnderstood(_("Give “query”, or “reviewPublisherSiteFilter”, or both."), "query")
        self.search = Search(asked)
        return asked

    def changed(self):
        return reading.last_change(), self.search.since or ""

    def get(self, request):
        rows, following = self.search.page()
        told = {"claims": [_claim(row, said) for row, said in rows], "nextPageToken": following}
        return Response({name: value for name, value in told.items() if value})


class Search:
    """What was asked, read from its text. Raises NotUnderstood for what cannot be meant."""

    def __init__(self, asked):
        self.words = asked.get("query", "")
        if len(self.words) > 2000:
            raise NotUnderstood(_("“query” may have 2000 characters."), "query")
        self.language = _language(asked.get("languageCode", ""))
        self.ours = _is_ours(asked.get("reviewPublisherSiteFilter", ""))
        age = _whole(asked, "maxAgeDays", least=0)
        self.since = timezone.now().astimezone(UTC).date() - timedelta(days=age) if 0 < age < OLDEST_AGE else None
        size = _whole(asked, "pageSize")
        self.size = min(size, LARGEST_SIZE) if size > 0 else USUAL_SIZE
        self.order = "claims:search " + "&".join(sorted(f"{k}={v}" for k, v in asked.items() if k != "pageToken"))
        self.place = self._place(asked.get("pageToken", ""))
        self.skip = 0 if self.place else _whole(asked, "offset", least=0, most=FARTHEST)

    def page(self):
        """The rows of this page, each with when it was said, and the token of the next, "" on the last."""
        if not self.ours:
            return [], ""
        asked = {"words": self.words, "language": self.language, "since": self.since}
        rows = reviews.reviews(**asked, place=self.place, skip=self.skip, count=self.size + 1)
        following, rows = self._token(rows[self.size - 1]) if len(rows) > self.size else "", rows[: self.size]
        said = reviews.said(rows) if rows else {}
        return [(row, said[row.pk]) for row in rows], following

    def _token(self, row):
        return urlsafe_b64encode(places.spelled(row.listed_at, row.pk, self.order).encode()).decode().rstrip("=")

    def _place(self, token):
        try:
            spelled = urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4)).decode("ascii")
            # The decoder is lenient with what is no token; only what this page would have given out is one.
            if urlsafe_b64encode(spelled.encode()).decode().rstrip("=") != token:
                raise places.NoPlace(token)
            return places.place_in(spelled, self.order) if token else None
        except ValueError:
            sentence = _("“pageToken” is not of this search: give “nextPageToken” as it came, and all else as before.")
            raise NotUnderstood(sentence, "pageToken") from None


def _whole(asked, name, least=-(2**31), most=2**31 - 1):
    value = asked.get(name, "0")
    if not re.fullmatch(r"[+-]?[0-9]{1,10}", value, re.ASCII) or not least <= int(value) <= most:
        words = {"name": name, "least": least, "most": most}
        raise NotUnderstood(_("“%(name)s” is a whole number from %(least)d to %(most)d.") % words, name)
    return int(value)


def _language(tag):
    """The language of a tag, without its region or script, in small letters."""
    if tag and not re.fullmatch(r"[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8}){0,8}", tag, re.ASCII):
        raise NotUnderstood(_("“languageCode” is a language tag, such as “en” or “en-NZ”."), "languageCode")
    return re.split("[-_]", tag)[0].lower()


def _is_ours(site):
    """Whether reviews of this site are ours: its host, with or without what comes before and after it, or none asked."""
    asked = re.sub(r"^https?://", "", site.strip().lower()).split("/")[0].removeprefix("www.")
    if site and not re.fullmatch(r"[\w.:\[\]-]{1,255}", asked):
        raise NotUnderstood(
            _("“reviewPublisherSiteFilter” is the host of a site, such as nytimes.com."), "reviewPublisherSiteFilter"
        )
    return not site or _site() == asked or _site().endswith(f".{asked}")


def _site():
    return (urlsplit(settings.SITE_URL).hostname or "").removeprefix("www.")


def _claim(check, said):
    """A Claim of Google's: what is not known is left out, and what clients take for granted is always there (API-3)."""
    claim = {"text": check.title, "claimant": check.speaker_name}
    if said["precision"] == "day":
        claim["claimDate"] = f"{said['on']}T00:00:00Z"
    claim = {name: value for name, value in claim.items() if value}
    return {**claim, "claimReview": [_review(check)]}


def _review(check):
    words = {"rating": check.rating_label, "claim": check.title}
    return {
        "publisher": {"name": settings.NEWSROOM_NAME, "site": _site()},
        "url": absolute(reverse("claim", args=[check.slug])),
        "title": _("%(rating)s: %(claim)s") % words,
        "reviewDate": check.listed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "textualRating": check.rating_label,
        "languageCode": check.language,
    }
