"""What each parameter means, in words and types: the description tells them, and the views say which of them they read."""

from drf_spectacular.types import OpenApiTypes as T
from drf_spectacular.utils import OpenApiParameter

from .paging import CURSOR, SIZE

DAY = "A day, in the newsroom's own zone, as in 2022-09-05."
WORDS = {
    CURSOR: (str, "Where the list goes on. Take it from “next”: it is of one list, and not for making."),
    SIZE: (int, "How many at once, 1 to 100; 20 unless told."),
    "updated_since": (T.DATETIME, "What changed at this moment or later, in the order it changed. With a zone."),
    "q": (str, "Words that have to be in it. A word of three letters or more also finds those that it begins."),
    "rating": (str, "The code of a rating, from “/api/v1/ratings/”."),
    "type": (str, "The code of a kind of claim, as lists have it in “type”."),
    "speaker": (str, "The “slug” of a speaker."),
    "topic": (str, "The “slug” of a topic."),
    "story": (str, "The “slug” of a story."),
    "claim": (str, "The “slug” of a claim."),
    "kind": (str, "The code of a kind of notice, such as correction, update or retraction."),
    "published_from": (T.DATE, f"Listed on this day or later. {DAY}"),
    "published_to": (T.DATE, f"Listed on this day or earlier. {DAY}"),
    "said_from": (T.DATE, f"Said on this day or later; a month or year counts from its first day. {DAY}"),
    "said_to": (T.DATE, f"Said on this day or earlier. {DAY}"),
    "query": (str, "Words that have to be in it. Required without “reviewPublisherSiteFilter”."),
    "languageCode": (str, "A language tag, such as en or en-NZ. The region is not looked at."),
    "reviewPublisherSiteFilter": (str, "The host of whoever reviewed it. With this newsroom's: everything."),
    "maxAgeDays": (int, "How old it may be, by the claim's day or the review's, whichever is newer."),
    "pageSize": (int, "How many at once, up to 100; 10 unless told."),
    "pageToken": (str, "The “nextPageToken” of a page; everything else has to be as it was."),
    "offset": (int, "How many to pass over, up to 1000. A “pageToken” makes it nothing."),
    "alt": (str, "json, or left out."),
}


def described(names):
    """The parameters of these names as the description has them. What has no words here is taken and changes nothing."""
    return [
        OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=words)
        for name, (kind, words) in ((name, WORDS[name]) for name in names if name in WORDS)
    ]
