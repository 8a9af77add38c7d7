"""Every address of the programs' door, by its name in the URLconf. A new one without a line here fails `test_door`."""

from django.urls import reverse

from tests.published.documents import STORY, VISA

ADDRESSES = {
    "openapi": [],
    "api_claims": [],
    "api_claim": [VISA.slug],
    "api_edition": [VISA.slug, 1],
    "api_editions": [],
    "api_corrections": [],
    "api_stories": [],
    "api_story": [STORY.slug],
    "api_speakers": [],
    "api_speaker": ["jo"],
    "api_topics": [],
    "api_topic": ["immigration"],
    "api_ratings": [],
    "claims_search": [],
}
LISTS = ("api_claims", "api_editions", "api_corrections", "api_stories", "api_speakers", "api_topics")
PAGE = "api"  # for people: the page of all this
WITHOUT_ROWS = ("openapi",)  # the same whatever is published


ASKING = {"claims_search": "?query=visas"}  # what stands behind an address that has to be asked something


def path(name):
    return reverse(name, args=ADDRESSES[name]) + ASKING.get(name, "")
