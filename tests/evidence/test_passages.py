"""A passage is found word for word, or is not found; and two texts differ by their sentences."""

import pytest

from factcheck.evidence import differences
from factcheck.evidence.passages import stands_in

TEXT = """The office “found” that it's true — the camps\nare part of a policy. Non-breaking\xa0space here.

INZ did not hold any data on Uyghur people, who apply as Chinese nationals… It said so in 2022."""

FOUND = [
    "The office",
    'office "found" that it’s true - the camps are part of a policy',
    "the  CAMPS\nare   part",
    "non-breaking space",
    "“INZ did not hold any data on Uyghur people”",
    "INZ did not hold … Uyghur people",
    "INZ did not hold [...] Uyghur people",
    "INZ did not hold (...) Uyghur people",
    "[The agency] did not hold any data",
    "did not hold any data on Uyghur people, who apply as Chinese nationals",
]
NOT_FOUND = [
    "",
    "   ",
    "…",
    "[...]",
    '"—"',
    "The office denied",
    "INZ did hold any data",
    "Uyghur people … INZ did not hold",
    "the camp are part",
    "INZ did not hold any dates",
]


@pytest.mark.parametrize("passage", FOUND)
def test_passage_is_found_whatever_its_marks(passage):
    assert stands_in(passage, TEXT)


@pytest.mark.parametrize("passage", NOT_FOUND)
def test_passage_in_other_words_is_not_found(passage):
    assert not stands_in(passage, TEXT)


def test_spaces_and_line_ends_are_no_change():
    assert differences.between("One.\n\nTwo  three.", "One. Two\nthree.") == []


def test_change_is_shown_by_its_sentences():
    before = "The office met. It found that violations were committed. It left."
    after = "The office met. It found that violations may have been committed. It left. It came back."
    assert differences.between(before, after) == [
        ["It found that violations were committed.", "It found that violations may have been committed."],
        ["", "It came back."],
    ]


def test_text_that_is_gone_is_shown_as_gone():
    assert differences.between("One. Two.", "One.") == [["Two.", ""]]


def test_huge_texts_are_compared_in_bounds():
    before, after = ("".join(f"Sentence {n} of {which}. " for n in range(20_000)) for which in ("old", "new"))
    found = differences.between(before, after)
    assert 0 < len(found) <= differences.MOST
    assert all(len(side) <= differences.LONGEST for change in found for side in change)
