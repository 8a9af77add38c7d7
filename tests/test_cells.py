"""Cells of tables: whatever was typed, no spreadsheet of whatever country takes any of it for a formula."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.cells import cell

SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫−"


@pytest.mark.parametrize(
    "typed",
    [*SIGNS, "=1+1", "  =1", "\u00a0=1", "\ufeff=1", "=HYPERLINK(...)", "@SUM(A1)", "-2+3+cmd|' /C calc'!A0"],
)
def test_what_begins_as_a_formula_does_gets_an_apostrophe(typed):
    assert cell(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["\tx", "\rx", "\nx"])
def test_what_begins_with_a_blank_that_ends_cells_gets_one_too(typed):
    assert cell(typed) == f"'{typed}"


BEHIND = [
    ("a;=1", "a;'=1"),
    ("a\n=1", "a\n'=1"),
    ("a\t@x", "a\t'@x"),
    ("a; ＝1", "a;' ＝1"),
    ("=1;=2", "'=1;'=2"),
    ("\t=1", "'\t'=1"),
]


@pytest.mark.parametrize(("typed", "told"), BEHIND)
def test_a_formula_behind_what_another_country_takes_for_the_end_of_a_cell_is_none(typed, told):
    assert cell(typed) == told


@pytest.mark.parametrize("kept", ["Words", "a=b", "well-known", "me@example.org", "a;b", "'tis", 12, -1.5, 0])
def test_words_and_numbers_stay_as_they_are(kept):
    assert cell(kept) == kept


def test_nothing_is_an_empty_cell():
    assert cell(None) == cell("") == ""


@given(st.text(alphabet=st.sampled_from([*SIGNS, *" ;,\t\r\n\"'|a1\u00a0\ufeff"])))
def test_no_part_that_could_be_a_cell_begins_with_a_sign(text):
    told = cell(text)
    assert not [part for part in re.split("[;\t\r\n]", told) if part.strip(" \u00a0\ufeff")[:1] in set(SIGNS)]
    assert told.replace("'", "") == text.replace("'", "")
