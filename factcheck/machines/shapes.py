"""What each resource tells, field by field: nothing leaves by the API that is not named here or in the public document.

`tests/machines/test_keys.py` names every key once more, so that one that came by accident fails.
"""

from datetime import UTC

from django.conf import settings
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers as s

from factcheck.published.outward import told_of
from factcheck.website.answers import absolute

from .document_shapes import Document


class Text(s.CharField):
    """Text as it is; empty where there is nothing to say."""

    def __init__(self, help_text, **more):
        super().__init__(help_text=help_text, allow_blank=True, **more)


class Moment(s.DateTimeField):
    """A moment in UTC, to the microsecond."""

    def __init__(self, help_text, **more):
        super().__init__(help_text=help_text, default_timezone=UTC, **more)


class Pseudonymous(s.BooleanField):
    """Whether a name is a pseudonym, which never goes without its note (CS-9)."""

    def __init__(self, source):
        super().__init__(
            source=source, help_text="Whether the name is a pseudonym: then it never goes without its note."
        )

    def to_representation(self, note):
        return bool(note)


@extend_schema_field(OpenApiTypes.URI)
class Address(s.Field):
    """The full address of what stands under a name of ours, made of the row's own attributes."""

    def __init__(self, name, *attributes, help_text):
        super().__init__(source="*", help_text=help_text)
        self.name, self.attributes = name, attributes

    def to_representation(self, row):
        return absolute(reverse(self.name, args=[self._of(row, attribute) for attribute in self.attributes]))

    def _of(self, row, attribute):
        return row[attribute] if isinstance(row, dict) else getattr(row, attribute)


def licence():
    """Under what terms what we hand out may be used, as the newsroom says; None where it has not said."""
    return {"name": settings.LICENCE_NAME, "url": settings.LICENCE_URL or None} if settings.LICENCE_NAME else None


class Licence(s.Serializer):
    """Under what terms this may be used; null where the newsroom has not said."""

    name = s.CharField()
    url = s.URLField(allow_null=True)


class Code(s.Serializer):
    """A code that stays, and what readers see for it."""

    code = s.CharField()
    label = s.CharField()


class SpeakerInShort(s.Serializer):
    """Who is said to have said it, as they were then."""

    slug = s.CharField(source="speaker_slug")
    name = s.CharField(source="speaker_name")
    role = Text("Their role then.", source="speaker_role")
    is_pseudonym = Pseudonymous(source="speaker_note")
    note = Text("The note that comes with a pseudonym; show it wherever you show the name.", source="speaker_note")


class ClaimLine(s.Serializer):
    """A claim as lists show it: its address, and what its current edition found."""

    slug = s.CharField(help_text="Its name for good: the last part of its address.")
    url = Address("claim", "slug", help_text="The page for readers.")
    api_url = Address("api_claim", "slug", help_text="The whole of it, for programs.")
    title = s.CharField(help_text="What is claimed. It may be false: never show it without the rating.")
    language = s.CharField(help_text="Of title and finding (BCP 47).")
    type = s.SerializerMethodField()
    rating = s.SerializerMethodField(help_text="Null once the fact-check was retracted: no rating stands.")
    finding = Text("What was found, in a sentence.")
    speaker = s.SerializerMethodField(help_text="Null where nobody knows who said it.")
    story_slug = Text("The story it was in.")
    topic_slugs = s.SerializerMethodField()
    replies_in_short = Text("What became of each right of reply, in a line.", source="replies_line")
    retracted = s.BooleanField()
    edition = s.IntegerField(help_text="The number of the current edition.")
    verdict_changed = Text("The kind of notice the verdict last changed with.", source="verdict_notice")
    first_published_at = Moment("When the first edition was published.", source="first_printed_at")
    published_at = Moment("When the current edition was published.", source="printed_at")
    listed_at = Moment("Where it stands in lists: first published, or the verdict changed.")
    changed_at = Moment("When anything that its page shows last changed; what “updated_since” asks.")

    @extend_schema_field(Code)
    def get_type(self, row):
        return {"code": row.claim_type, "label": row.claim_type_label}

    @extend_schema_field(Code(allow_null=True))
    def get_rating(self, row):
        return {"code": row.rating_code, "label": row.rating_label} if row.rating_code else None

    @extend_schema_field(SpeakerInShort(allow_null=True))
    def get_speaker(self, row):
        return SpeakerInShort(row).data if row.speaker_slug else None

    def get_topic_slugs(self, row) -> list[str]:
        return [topic.slug for topic in row.topics.all()]


class NoticeLine(s.Serializer):
    """What readers were told about a change, with the edition it came with: once the claim is retracted, that it was."""

    claim_slug = s.CharField(source="slug")
    claim_url = Address("claim", "slug", help_text="The page for readers.")
    title = s.CharField(help_text="What the claim was called that day. It may be false.")
    language = s.CharField(help_text="Of the notice (BCP 47).")
    edition = s.IntegerField(source="number", help_text="The edition that it came with.")
    edition_url = Address("edition", "slug", "number", help_text="That edition, as it was printed.")
    kind = s.SerializerMethodField()
    was_wrong = Text("What it said before.")
    says_now = Text("What it says now.")
    why = Text("Why it was changed.")
    rating_before = Text("In words; empty where the rating did not change.")
    rating_after = Text("In words; empty where the rating did not change.")
    retracted = s.BooleanField(
        help_text="Whether the fact-check was retracted: then no notice but the retraction itself says what or why, or a rating."
    )
    published_at = Moment("When it was published.", source="printed_at")

    @extend_schema_field(Code)
    def get_kind(self, row):
        return {"code": row.kind, "label": row.get_kind_display()}

    def to_representation(self, row):
        return super().to_representation(row) | told_of(row, row.retracted)


class EditionLine(s.Serializer):
    """One edition of a claim: that it was printed, and when."""

    claim_slug = s.CharField(source="page.slug")
    number = s.IntegerField()
    is_current = s.SerializerMethodField()
    title = s.CharField(help_text="What the claim is called now. It may be false.")
    retracted = s.BooleanField(help_text="Whether the claim's fact-check was retracted.")
    url = s.SerializerMethodField(help_text="The page for readers.")
    api_url = s.SerializerMethodField(help_text="The whole of it, for programs.")
    published_at = Moment("When it was published.", source="printed_at")

    def get_is_current(self, row) -> bool:
        return row.number == row.page.edition

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, row):
        return absolute(reverse("edition", args=[row.page.slug, row.number]))

    @extend_schema_field(OpenApiTypes.URI)
    def get_api_url(self, row):
        return absolute(reverse("api_edition", args=[row.page.slug, row.number]))


class RelatedClaim(s.Serializer):
    """Another published claim that this one is tied to."""

    relation = s.CharField(help_text="split_from, duplicate_of, made_in_reply_to.")
    backwards = s.BooleanField(help_text="True where the other claim says so of this one.")
    slug = s.CharField()
    url = Address("claim", "slug", help_text="The page for readers.")
    title = s.CharField(help_text="What is claimed there. It may be false.")
    rating_label = Text("Its rating, in words.")


class Claim(s.Serializer):
    """A claim, or one edition of it, whole: the public document as it was printed, and what stands beside it."""

    licence = Licence(allow_null=True)
    slug = s.CharField()
    title = s.CharField(help_text="What is claimed. It may be false: never show it without the rating.")
    url = Address("claim", "slug", help_text="The page for readers.")
    edition = s.IntegerField(help_text="The number of this edition.")
    edition_url = Address("edition", "slug", "edition", help_text="This edition's own page, for good.")
    current_edition = s.IntegerField(help_text="The number of the current edition.")
    retracted = s.BooleanField(help_text="Whether the fact-check was retracted: then no finding of it stands.")
    first_published_at = Moment("When the first edition was published.")
    published_at = Moment("When this edition was published.")
    changed_at = Moment("When anything that the claim's page shows last changed.")
    sha256 = s.CharField(
        allow_null=True,
        help_text="SHA-256 of “document” as canonical JSON: keys sorted, no spaces, UTF-8. Null once retracted.",
    )
    document = Document(help_text="What readers were told.")
    notices = NoticeLine(many=True, help_text="The public notices of every change, newest first.")
    related = RelatedClaim(many=True)


class Heading(s.Serializer):
    slug = s.CharField(help_text="Its name for good: the last part of its address.")
    listed_at = Moment("When its latest claim was listed.")
    changed_at = Moment("When anything on its page last changed; what “updated_since” asks.")


class Story(Heading):
    """A story in which claims were checked."""

    url = Address("story", "slug", help_text="The page for readers.")
    api_url = Address("api_story", "slug", help_text="The same, for programs.")
    headline = s.CharField(source="name")
    outlet = Text("Who published it.")
    link = Text("Where it was published.", source="url")
    published_on = Text("As far as it is known: 2022-09-05, 2022-09 or 2022.")
    byline = Text("Who wrote it.")
    note = Text("What readers should know of it.")


class Speaker(Heading):
    """Somebody whose claims were checked."""

    url = Address("speaker", "slug", help_text="The page for readers.")
    api_url = Address("api_speaker", "slug", help_text="The same, for programs.")
    name = s.CharField(help_text="The name, or a pseudonym.")
    kind = s.CharField(help_text="person, organisation, government, party, embassy.")
    role = Text("Their latest role.")
    is_pseudonym = Pseudonymous(source="note")
    note = Text("The note that comes with a pseudonym; show it wherever you show the name.")
    description = Text("What may be said of them.")


class Topic(Heading):
    """A topic of claims."""

    url = Address("topic", "slug", help_text="The page for readers.")
    api_url = Address("api_topic", "slug", help_text="The same, for programs.")
    name = s.CharField()


class Rating(s.Serializer):
    """A rating of the scale, as readers are told about it."""

    code = s.CharField()
    label = s.CharField()
    meaning = Text("What it means.")
    ordinal = s.IntegerField(allow_null=True, help_text="Null off the scale from false to true.")
    worst = s.IntegerField(allow_null=True)
    best = s.IntegerField(allow_null=True)
    is_rating = s.BooleanField(help_text="False where both sides are on the record and no rating is given.")


class Scale(s.Serializer):
    """Every rating there is, in the order of the scale; ratings no longer given are last."""

    licence = Licence(allow_null=True)
    results = Rating(many=True)


class Licensed(s.Serializer):
    licence = s.SerializerMethodField()

    @extend_schema_field(Licence(allow_null=True))
    def get_licence(self, row):
        return licence()


class OneStory(Licensed, Story):
    """A story in which claims were checked."""


class OneSpeaker(Licensed, Speaker):
    """Somebody whose claims were checked."""


class OneTopic(Licensed, Topic):
    """A topic of claims."""
