"""Search by words: the same answers on SQLite and PostgreSQL, for words that nobody would think of typing."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.database import fulltext
from factcheck.database.fulltext import best, matching, most_alike, words_in
from factcheck.published.models import Check
from tests.published.documents import notice, numbered_document, publish

pytestmark = pytest.mark.django_db
ON_SQLITE = connection.vendor == "sqlite"

TEXT = "Māori visas and China/NZ, O'Brien's e-mail at 3.5% ئۇيغۇر 新疆 काम करना"


def found(text, **how):
    return [row.pk for row in matching(Check.objects.all(), text, **how)]


@pytest.fixture
def check():
    publish(numbered_document(1, why_chosen=TEXT))
    publish(numbered_document(2, short_form="Nothing to do with the other"))
    return Check.objects.get(slug="claim-1")


@pytest.mark.parametrize(
    "words",
    [
        "maori",
        "MĀORI",
        "maori visa",
        "maori china",
        "nz brien",
        "o'brien",
        "e-mail",
        "3.5",
        "ئۇيغۇر",
        "新疆",
        "काम",
        "visas\x00maori",
    ],
)
def test_words_are_found_however_they_are_typed(check, words):
    assert found(words) == [check.pk]


@pytest.mark.parametrize("words", ["", "   ", "***", '"', "'", "()", "\x00", "\ud800"])
def test_punctuation_alone_finds_nothing(check, words):
    assert words_in(words) == []
    assert found(words) == []


@pytest.mark.parametrize(
    "words", ["maori OR nosuchword", '"maori" OR nosuchword*', "NEAR(maori nosuchword)", "search_text : maori", "ma*i"]
)
def test_search_syntax_is_only_words(check, words):
    assert found(words) == []


def test_a_word_that_is_everywhere_is_found_as_a_rare_one_is(check, monkeypatch):
    rows = Check.objects.order_by("-pk")
    rare = list(matching(rows, "visas"))
    monkeypatch.setattr(fulltext, "COMMON", 1)
    assert list(matching(rows, "visas")) == rare
    assert found("maori") == [check.pk]


def test_a_word_that_many_rows_hold_is_taken_as_it_stands(check, monkeypatch):
    publish(numbered_document(3, why_chosen="Three ferries"))
    publish(numbered_document(4, why_chosen="ferri-"))
    assert len(found("ferri")) == 2
    monkeypatch.setattr(fulltext, "COMMON", 1)
    assert found("ferri") == [Check.objects.get(slug="claim-4").pk]


def best_slugs(text):
    ranked = best(Check.objects.all(), text)
    slugs = dict(Check.objects.values_list("pk", "slug"))
    return [slugs[key] for key in ranked.keys], ranked.whole


def publish_ferries():
    """Three rows with the word, the oldest says it most; and others, so that it is no word that everybody says."""
    publish(numbered_document(1, why_chosen="ferry " * 9))
    publish(numbered_document(2, why_chosen="One ferry among other ships, and much else besides that"))
    for number in range(3, 9):
        publish(numbered_document(number, why_chosen="Trains"))
    publish(numbered_document(9, why_chosen="ferry ferry ferry and ships"))


def test_the_best_match_comes_first_and_not_the_newest(db):
    publish_ferries()
    assert best_slugs("ferry") == (["claim-1", "claim-9", "claim-2"], True)
    assert best_slugs("ferry ships")[0] == ["claim-9", "claim-2"]
    assert best_slugs("ferries") == ([], True)
    assert best_slugs("...") == ([], True)


def test_of_words_that_very_many_rows_hold_the_newest_rows_are_weighed(db, monkeypatch):
    publish_ferries()
    monkeypatch.setattr(fulltext, "COMMON", 2)
    monkeypatch.setattr(fulltext, "EVERYWHERE", 0)
    assert best_slugs("ferry") == (["claim-9", "claim-2"], False)


def test_a_word_that_is_everywhere_says_nothing_of_which_row_is_meant(db, monkeypatch):
    publish_ferries()
    monkeypatch.setattr(fulltext, "COMMON", 4)  # four rows are many, and "trains" is in four neighbours
    assert best_slugs("trains ferry")[0] == []
    publish(numbered_document(10, why_chosen="trains trains trains trains, a ferry"))
    publish(numbered_document(11, why_chosen="A train, trains, ferry ferry"))
    if ON_SQLITE:  # PostgreSQL's own weight does not ask how many rows hold a word
        assert best_slugs("trains ferry")[0] == ["claim-11", "claim-10"]
    ranked = best(Check.objects.all(), "trains")
    assert (len(ranked.keys), ranked.whole, ranked.weighed) == (4, False, not ON_SQLITE)


def test_a_row_that_loses_the_word_while_it_is_looked_for_comes_last(db, monkeypatch):
    monkeypatch.setattr(fulltext, "COMMON", 4)
    for number in range(1, 9):
        publish(numbered_document(number, why_chosen="Trains" + ", a quay" * (number > 6) + ", a quay" * (number > 7)))

    def take_it_out_before_rows_are_weighed(execute, sql, *more):
        if "bm25" in sql or "ts_rank" in sql:
            Check.objects.filter(slug="claim-8").update(search_text="silence")
        return execute(sql, *more)

    assert best_slugs("trains quay")[0] == ["claim-8", "claim-7"]
    with connection.execute_wrapper(take_it_out_before_rows_are_weighed):
        assert best_slugs("trains quay")[0] == ["claim-7"] + ["claim-8"] * ON_SQLITE


def test_any_word_is_enough_where_that_is_asked(check):
    assert found("maori nosuchword") == []
    assert found("maori nosuchword", any_word=True) == [check.pk]


def test_a_very_long_paste_is_cut_and_not_refused(check):
    assert found("maori " * 20_000) == [check.pk]


def test_a_changed_text_is_found_by_its_new_words_alone(check):
    publish(numbered_document(1, why_chosen="Something else altogether"), notice=notice())
    assert (found("maori"), found("altogether")) == ([], [check.pk])


def test_a_deleted_row_is_not_found(check):
    publish(numbered_document(3, why_chosen="unheard"))
    Check.objects.filter(slug="claim-3").update(search_text="silence")
    assert found("unheard") == []


def test_the_closest_text_comes_first(check):
    publish(numbered_document(3, why_chosen="Māori visas and China, O'Brien's letter"))
    publish(numbered_document(4, why_chosen="A letter about China"))
    alike = most_alike(Check.objects.all(), "Visas for Māori and a letter from China by O'Brien", limit=2)
    assert {row.slug for row in alike} == {"claim-3", "claim-1"}
    assert most_alike(Check.objects.all(), "of an at") == []


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_ever_a_syntax_error(text):
    list(matching(Check.objects.all(), text))
    best(Check.objects.all(), text)
    most_alike(Check.objects.all(), text)
