"""The shape of an answer of `claims:search`, under Google's names. Whatever says nothing is left out; nothing is null."""

from rest_framework import serializers as s


class Publisher(s.Serializer):
    """Who reviewed it."""

    name = s.CharField(help_text="This newsroom.")
    site = s.CharField(help_text="Its host, without “www”.")


class Review(s.Serializer):
    """A review of a claim: one of our fact-checks."""

    publisher = Publisher()
    url = s.URLField(help_text="The page for readers.")
    title = s.CharField(help_text="Its title, which leads with the rating.")
    reviewDate = s.DateTimeField(help_text="When the verdict that stands was published.")
    textualRating = s.CharField(help_text="The rating, in words.")
    languageCode = s.CharField(help_text="The language of the review (BCP 47).")


class FoundClaim(s.Serializer):
    """A claim, and what was found."""

    text = s.CharField(help_text="What is claimed. It may be false.")
    claimant = s.CharField(required=False, help_text="Who said it; a pseudonym stands as it is.")
    claimDate = s.DateTimeField(required=False, help_text="The day it was said, where that is known to the day.")
    claimReview = Review(many=True, min_length=1)


class Found(s.Serializer):
    """What a search found; an empty object where that is nothing."""

    claims = FoundClaim(many=True, required=False)
    nextPageToken = s.CharField(required=False, help_text="There where there is more.")
