"""The press: first editions, later ones with a notice, retractions, and rows that stand."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from factcheck.database.rows import RowStands
from factcheck.published import document as printed
from factcheck.published import press
from factcheck.published.models import Check, CheckLink, Edition, Notice, ScaleStep, SpeakerPage, StoryPage, TopicPage

from .documents import (
    FALSE,
    HOGG,
    MIXED,
    ON_RECORD,
    STORY,
    TRUE,
    UNPROVEN,
    at,
    hogg_document,
    notice,
    numbered_document,
    publish,
    visa_document,
)

pytestmark = pytest.mark.django_db


def retract(ref, **changes):
    return press.print_retraction(ref, notice=notice("retraction", **changes), printed_by="senior-editor", at=at(20))


def test_a_first_edition_makes_the_address_and_its_headings():
    edition = publish()
    check = Check.objects.get(slug="party-kept-uyghurs-from-getting-visas")
    assert (edition.number, check.edition, check.rating_label, check.retracted) == (1, 1, "Unproven", False)
    assert printed.digest(edition.document) == edition.digest
    assert edition.document == printed.as_json(visa_document())
    assert StoryPage.objects.get().name == STORY.headline
    assert SpeakerPage.objects.get().note == "Name has been changed to protect the speaker from reprisal"
    assert TopicPage.objects.get().slug == "immigration"


def test_a_later_edition_leaves_the_earlier_one_and_adds_a_notice():
    first = publish()
    publish(visa_document(why_chosen="Another reason."), notice=notice(), at=at(12))
    assert Edition.objects.get(pk=first.pk).document == printed.as_json(visa_document())
    told = Notice.objects.get()
    assert (told.kind, told.public, told.edition.number, told.rating_before) == ("correction", True, 2, "")
    check = Check.objects.get()
    assert (check.edition, check.listed_at, check.printed_at) == (2, at(9), at(12))


def test_a_changed_verdict_is_listed_again_and_says_what_it_was():
    publish(visa_document(UNPROVEN))
    publish(visa_document(MIXED), notice=notice("correction_verdict"), at=at(12))
    check, told = Check.objects.get(), Notice.objects.get()
    assert (told.rating_before, told.rating_after) == ("Unproven", "Mixed")
    assert (check.listed_at, check.verdict_edition, check.verdict_notice) == (at(12), 2, "correction_verdict")
    assert check.topics.get().listed_at == at(12)


def test_a_minor_edit_is_kept_but_not_told():
    publish()
    publish(notice=notice("minor_edit"), at=at(12))
    assert not Notice.objects.get().public


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (visa_document(claim_ref="another-claim"), None),  # the address is taken
        (visa_document(slug="another-address"), notice()),  # the address would change
        (visa_document(), None),  # a later edition without a notice
        (visa_document(), notice("retraction")),  # a retraction is no edition
        (visa_document(), notice("no-such-kind")),
        (numbered_document(1), notice()),  # a first edition with a notice
        (numbered_document(1, slug=""), None),  # no address at all
    ],
)
def test_the_press_refuses_and_changes_nothing(document, told):
    publish()
    before = list(Check.objects.values())
    with pytest.raises(press.PressError):
        publish(document, notice=told)
    assert (list(Check.objects.values()), Edition.objects.count(), Notice.objects.count()) == (before, 1, 0)


def test_a_retracted_page_keeps_its_address_and_loses_its_finding():
    publish()
    edition = retract(visa_document().claim_ref)
    check = Check.objects.get()
    assert (check.slug, check.retracted, check.rating_code, check.finding) == (visa_document().slug, True, "", "")
    assert (edition.number, edition.notice.rating_before) == (2, "Unproven")
    assert check.search_text  # a reader who looks for it still finds that it was withdrawn


def test_a_retraction_is_final_and_gives_a_reason():
    with pytest.raises(press.PressError):
        retract(visa_document().claim_ref)
    publish()
    with pytest.raises(press.PressError):
        retract(visa_document().claim_ref, why=" ")
    retract(visa_document().claim_ref)
    with pytest.raises(press.PressError):
        retract(visa_document().claim_ref)
    with pytest.raises(press.PressError):
        publish(notice=notice(), at=at(21))
    assert Edition.objects.count() == 2


def test_a_move_to_another_story_changes_both_pages():
    publish()
    other = replace(STORY, slug="another-story", headline="Another story")
    before = StoryPage.objects.get().changed_at
    publish(visa_document(story=other, speaker=HOGG, topics=()), notice=notice(), at=at(12))
    assert all(page.changed_at > before for page in StoryPage.objects.all())
    assert {page.slug for page in SpeakerPage.objects.filter(changed_at__gt=before)} == {"jo", "nicola-hogg"}
    assert not Check.objects.get().topics.exists()


def test_a_claim_tied_to_another_changes_the_other_page():
    publish()
    before = Check.objects.get().changed_at
    publish(hogg_document(), at=at(10))
    assert CheckLink.objects.get().claim_ref == visa_document().claim_ref
    assert Check.objects.get(claim_ref=visa_document().claim_ref).changed_at > before


def test_an_older_edition_printed_late_does_not_move_a_story_up():
    publish(numbered_document(1), at=at(12))
    publish(numbered_document(2), at=at(9))
    assert StoryPage.objects.get().listed_at == at(12)


def test_the_scale_is_shown_in_the_order_given_and_forgets_nothing():
    publish(visa_document(ON_RECORD))
    press.print_scale([TRUE, MIXED, FALSE])
    press.print_scale([TRUE, replace(MIXED, label="In parts"), FALSE])
    assert list(ScaleStep.objects.values_list("label", flat=True)) == ["True", "In parts", "False", "On the record"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("The Party kept Uyghurs from visas!", "the-party-kept-uyghurs-from-visas"),
        ("Māori wards", "maori-wards"),
        ("ئۇيغۇر", "claim"),
        ("***", "claim"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 200, "x" * 76),
    ],
)
def test_an_address_is_made_from_any_text(text, slug):
    assert press.free_slug(text) == slug
    assert len(slug) <= 80


def test_an_address_that_exists_gets_a_number():
    publish(numbered_document(1, slug="claim"))
    publish(numbered_document(2, slug="claim-2"))
    publish(numbered_document(3, slug="x" * 76))
    assert press.free_slug("claim") == "claim-3"
    assert press.free_slug("x" * 200) == "x" * 76 + "-2"


@pytest.mark.parametrize("kind", [Edition, Notice])
def test_editions_and_notices_refuse_every_change(kind):
    publish()
    publish(notice=notice(), at=at(12))
    row, rows = kind.objects.first(), kind.objects.all()
    for change in (row.save, row.delete, rows.delete, lambda: rows.update(printed_at=at(1))):
        with pytest.raises(RowStands):
            change()
    for sql in ("UPDATE {} SET printed_at = printed_at", "DELETE FROM {}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.format(kind._meta.db_table))
    assert kind.objects.filter(pk=row.pk).exists()
