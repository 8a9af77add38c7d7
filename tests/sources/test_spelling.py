"""What the leak guard finds and what it lets pass: spellings, scripts, spacings, and the words that everybody uses (CS-7)."""

import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from factcheck.sources import leak_guard
from factcheck.sources.guarding import guard_term
from factcheck.sources.models import GuardedTerm

from .cast import protect

NAME = ("name", "Mihrigül Abdurehim")


@pytest.fixture
def source(vault, journalist, editor):
    return protect(journalist, editor, NAME)


def found(text):
    return bool(leak_guard.hits([text]))


WRITTEN = {
    "as it is": "They met Mihrigül Abdurehim in May.",
    "the first name alone": "They met Mihrigül in May.",
    "the last name alone": "Ms Abdurehim said so.",
    "in capitals": "MIHRIGUL ABDUREHIM",
    "without diacritics": "mihrigul abdurehim",
    "with others": "Mïhrïgúl Ábdurehîm",
    "decomposed": "Mihrigu\u0308l",
    "the last name first": "Abdurehim, Mihrigül",
    "as it is romanised elsewhere": "Mehrigul Abdurahim",
    "by another ear": "Mihriguel Abdoureheem",
    "doubled": "Abdurrahim",
    "in Cyrillic": "Мiһригүл Абдурәһим",
    "with one Cyrillic letter": "Mihrig\u0443l Abdur\u0435him",
    "with an initial between": "Mihrigul B. Abdurehim",
    "with the first name cut short and the last in pieces": "Abdu Rehim",
    "hyphened": "Abdu-rehim",
    "broken at the end of a line": "Abdu-\nrehim",
    "letter by letter": "M i h r i g u l",
    "with soft hyphens and joiners": "Mih\u00adri\u200dgul",
    "in wide letters": "Ｍｉｈｒｉｇｕｌ",
    "in a file's name": "IMG_2041_mihrigul.abdurehim-final(2).jpg",
    "in one word": "mihrigulabdurehim",
    "in camel case": "scanOfMihrigulAbdurehim.pdf",
    "inside a handle": "@xmihrigulx88",
    "in an address": "https://social.example/mihrigul-abdurehim?x=1",
    "escaped in an address": "https://social.example/Mihrig%C3%BCl",
    "as HTML writes it": "Mihrig&uuml;l",
    "in bold": "**Mih**rigul",
    "in the possessive": "Abdurehim's visa",
    "in the possessive, curled": "Abdurehim’s visa",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_name_is_found_however_it_is_written(source, text):
    assert found(text)


@pytest.mark.parametrize(
    ("kind", "term", "text"),
    [
        ("name", "王小明", "她见到了王小明。"),
        ("name", "王小明", "They met Wang Xiaoming."),
        ("name", "Тохти Қадир", "Tohti Kadeer said so"),
        ("name", "Łukasz Żółkiewski", "lukasz zolkiewski"),
        ("name", "Ayşe Çelik", "Mrs Chelik and Ayshe Celik"),
        ("name", "Ng Ha", "Ng Ha said so"),
        ("handle", "@silk_road.77", "write to silkroad77 there"),
        ("handle", "silkyway_nz", "https://social.example/@SilkyWay_NZ"),
        ("mail", "jo.t@mail.example", "Jo.T@Mail.example"),
        ("mail", "jo.t@mail.example", "jot+news@mail.example"),
        ("mail", "jo.t@mail.example", "jo.t (at) mail (dot) example"),
        ("mail", "jo.t@mail.example", "jo.t [at] mail.example"),
        ("phone", "+64 21 555 0199", "call 021-555-0199"),
        ("phone", "021 5550199", "(+64) 21 555.01.99"),
        ("phone", "021 5550199", "٠٢١ ٥٥٥ ٠١٩٩"),
        ("number", "LK 123456", "passport lk123456"),
        ("number", "LK123456", "passport LK-123 456"),
        ("link", "https://www.social.example/people/4711/", "see social.example/people/4711?ref=x"),
    ],
)
def test_other_scripts_handles_addresses_and_numbers_are_found(vault, journalist, editor, kind, term, text):
    assert not found(text)
    protect(journalist, editor, (kind, term))
    assert found(text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Rose Young", "A young woman held a rose."),
        ("Will King", "The king will speak"),
        ("Mohammed Wang", "Mohammed told Mr Wang."),
        ("A B Karimova", "A plan B for a claim"),
        ("Li Na", "Li told her, and Na listened"),
        ("Jo", "Jo* and John"),
        ("Grace Hope", "Hope and grace"),
    ],
)
def test_common_words_and_single_letters_stop_nobody(vault, journalist, editor, term, text):
    source = protect(journalist, editor)
    try:
        guard_term(source, by=journalist, kind="name", term=term)
    except ValidationError as refusal:
        assert term == "Jo" and "too short or too common" in str(refusal)
    assert not found(text)
    assert found(f"It was {term} who said so.") == (term != "Jo")


def test_two_common_words_the_other_way_round_are_a_name_in_capitals(vault, journalist, editor):
    protect(journalist, editor, ("name", "Will King"))
    assert found("King, Will: 3 May")


def test_worked_example_passes_a_hundred_protected_names(vault, journalist, editor):
    """The newsroom's own prose goes on being saved."""
    names = [
        "Mihrigul Abdurehim",
        "Dilnur Qadir",
        "Erkin Tursun",
        "Wei Zhang",
        "Kahu Ngata",
        "Oleh Shevchenko",
        "Aylin Demir",
    ]
    protect(journalist, editor, *[("name", name) for name in names])
    text = (Path(settings.BASE_DIR) / "seeds" / "uyghurs-un-report.toml").read_text()
    assert len(text) > 10_000
    assert not found(text)
    assert found(text + " Dilnur Qadir")


def test_common_part_is_guarded_by_itself_where_a_custodian_says_so(vault, journalist, editor):
    source = protect(journalist, editor)
    guard_term(source, by=journalist, kind="name", term="Rose Young", alone=True)
    assert found("A rose.")


@pytest.mark.parametrize(
    ("kind", "term"),
    [("phone", "12345"), ("number", "1234"), ("number", "passport"), ("mail", "nobody"), ("link", "x")],
)
def test_term_that_nothing_could_be_looked_for_is_refused(vault, journalist, editor, kind, term):
    source = protect(journalist, editor)
    with pytest.raises(ValidationError):
        guard_term(source, by=journalist, kind=kind, term=term)
    assert not GuardedTerm.objects.exists()


@pytest.mark.parametrize(
    "text", ["\ud800 lone", "a" * 100_000, "1 " * 20_000, "x@" * 5_000, "(at)" * 5_000, "%" * 9_999]
)
def test_hostile_text_is_read_in_reasonable_time(source, text):
    started = time.process_time()
    assert not found(text)
    assert time.process_time() - started < 2
