"""`manage.py seed`: what a file may say, what it is told when it is wrong, and that nothing of a wrong file stays behind."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from factcheck.backoffice.seed_shape import KINDS, fields_of
from factcheck.backoffice.seed_steps import STEPS
from factcheck.backoffice.seeding import shipped
from factcheck.claims.models import Claim, Speaker, Story
from factcheck.desk import scale
from factcheck.evidence.models import Item
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom import journal
from factcheck.newsroom.models import JournalEntry, User

from .wrong_files import STORY, WRONG

pytestmark = pytest.mark.django_db

SCALE = """
name = "Yes and no"

[[rating]]
code = "false"
label = "No"
meaning = "It is not so."
ordinal = 1
token = "false"
shape = "false"
"""


@pytest.fixture
def scale_installed():
    call_command("seed", scale_only=True, verbosity=0)


@pytest.fixture
def seed(tmp_path, capsys):
    """Write these texts into files of their own, load them, and give what was said."""

    def load(*texts):
        paths = [tmp_path / f"{number}.toml" for number, _text in enumerate(texts, 1)]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        call_command("seed", *paths)
        return capsys.readouterr().out.replace(f"{tmp_path}/", "")

    return load


def everything():
    """How many rows there are of everything."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_worked_example_loads_into_an_empty_database_and_a_second_run_changes_nothing():
    call_command("seed", verbosity=0)
    first, head = everything(), journal.walk().head
    assert (first["claims.Claim"], first["newsroom.User"]) == (16, 5)
    call_command("seed", verbosity=0)
    assert (everything(), journal.walk().head) == (first, head)


def test_seed_without_arguments_loads_every_file_that_is_shipped_and_says_so(capsys):
    call_command("seed")
    said = capsys.readouterr().out
    assert len(said.splitlines()) == len(shipped()) >= 2
    assert said.startswith("seeds/ratings.toml: the scale “Truth scale” of 10 ratings is in use from now on.\n")
    assert "seeds/uyghurs-un-report.toml: 16 claims loaded, 0 kept as they were.\n" in said


def test_scale_only_loads_the_scale_and_nobody():
    call_command("seed", scale_only=True, verbosity=0)
    ratings = scale.current().ratings
    assert list(ratings.exclude(ordinal=None).values_list("label", "ordinal")) == [
        ("True", 5),
        ("Mostly true", 4),
        ("Mixed", 3),
        ("Mostly false", 2),
        ("False", 1),
    ]
    beside = list(ratings.filter(ordinal=None).values_list("label", flat=True))
    assert beside == ["Misleading", "Missing context", "Unproven", "Outdated", "On the record"]
    assert [rating.code for rating in ratings.filter(is_rating=False)] == ["on-record"]
    assert not User.objects.exists() and not Claim.objects.exists()


def test_every_rating_has_a_shape_and_a_colour(scale_installed):
    static = Path(settings.BASE_DIR) / "factcheck" / "static"
    shapes = (static / "look" / "shapes.svg").read_text()
    styles = "".join(path.read_text() for path in static.rglob("*.css"))
    for rating in scale.current().ratings.all():
        assert f'id="{rating.shape}"' in shapes
        assert re.search(rf"\.r-{rating.token}\b(?!-)", styles), rating


def test_scale_only_with_files_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"^Name files or say --scale-only, not both\.$"):
        call_command("seed", tmp_path / "x.toml", scale_only=True)


def test_scale_whose_words_changed_becomes_the_next_version(seed):
    assert "is in use from now on" in seed(SCALE)
    assert "is in use already" in seed(SCALE)
    assert "is in use from now on" in seed(SCALE.replace("It is not so", "The evidence shows that it is not so"))
    assert scale.current().number == 2


def test_demo_people_are_hired_where_they_are_named_and_cannot_log_in(seed, scale_installed):
    seed(STORY)
    [person] = User.objects.all()
    assert (person.username, set(person.roles), person.is_superuser) == ("journalist", {"journalist"}, False)
    assert not person.has_usable_password()


def test_person_who_is_there_is_kept_with_password_and_roles(seed, scale_installed):
    newsroom.hire(by=None, username="journalist", roles=["editor"], password="tohu-wairua-ngeru-9")
    seed(STORY)
    [person] = User.objects.all()
    assert person.check_password("tohu-wairua-ngeru-9") and set(person.roles) == {"editor"}


def test_file_that_grew_adds_what_is_new_and_keeps_what_was_edited(seed, scale_installed):
    assert seed(STORY) == "1.toml: 1 claims loaded, 0 kept as they were.\n"
    claim = Claim.objects.get()
    grown = STORY.replace('"No bus was late in May."', '"Rewritten."') + (
        '[[claim]]\nkey = "full"\nby = "journalist"\nwording = "No bus was full."\ntype = "statistic"\n'
    )
    assert seed(grown) == "1.toml: 1 claims loaded, 1 kept as they were.\n"
    claim.refresh_from_db()
    assert claim.wording == "No bus was late in May."
    assert Claim.objects.count() == 2 and Story.objects.count() == Speaker.objects.count() == 1


def test_two_stories_share_the_people_they_both_speak_of(seed, scale_installed):
    seed(STORY, STORY.replace('"buses"', '"trams"'))
    assert (Story.objects.count(), Claim.objects.count(), Speaker.objects.count()) == (2, 2, 1)


def test_what_is_loaded_is_what_the_file_says(seed, scale_installed):
    seed(STORY)
    claim = Claim.objects.get()
    assert (claim.speaker.name, claim.said_on, claim.said_precision) == ("Council", date(2024, 6, 1), "month")
    assert (claim.status, claim.why_chosen) == ("researching", "Everybody takes the bus.")
    assert [topic.name for topic in claim.topics.all()] == ["Transport"]
    assert (Item.objects.get().title, claim.verdicts.get().rating.code) == ("Timetable", "false")
    assert set(JournalEntry.objects.filter(claim_ref=str(claim.ref)).values_list("actor", flat=True)) == {"journalist"}


@pytest.mark.parametrize(("old", "new", "sentence"), WRONG, ids=[sentence for *_change, sentence in WRONG])
def test_wrong_file_is_told_in_a_sentence_and_nothing_of_it_is_loaded(
    seed, scale_installed, tmp_path, old, new, sentence
):
    assert old in STORY
    before = everything()
    with pytest.raises(CommandError) as refusal:
        seed(STORY.replace(old, new, 1))
    assert str(refusal.value).replace(f"{tmp_path}/", "") == sentence
    assert everything() == before


def test_unknown_step_is_told_with_the_steps_there_are(seed, scale_installed):
    with pytest.raises(CommandError, match=r"step 1: the field “do” is “begin”; it can be start, .*sign-off.*\.$"):
        seed(STORY.replace('do = "start"', 'do = "begin"'))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('meaning = "It is not so."\n', "", "1.toml, rating 1: the field “meaning” is missing."),
        ("ordinal = 1", 'ordinal = "1"', "1.toml, rating 1: the field “ordinal” must be a whole number."),
        ("ordinal = 1", "rank = 1", "1.toml, rating 1: there is no field “rank” here."),
        ('name = "Yes and no"', "", "1.toml: the field “name” is missing."),
        ('code = "false"', 'code = "no no"', None),
        ("ordinal = 1", "ordinal = -1", None),
    ],
)
def test_wrong_scale_is_told_in_a_sentence_and_not_installed(seed, tmp_path, old, new, sentence):
    assert old in SCALE
    before = everything()
    with pytest.raises(CommandError) as refusal:
        seed(SCALE.replace(old, new, 1))
    told = str(refusal.value).replace(f"{tmp_path}/", "")
    assert told == sentence if sentence else re.match(r"1\.toml: the field “(code|ordinal)”: [^\n]+\.$", told)
    assert everything() == before and scale.current() is None


def test_file_that_is_not_text_is_told(seed):
    with pytest.raises(CommandError, match=r"1\.toml is not text in UTF-8\.$"):
        seed(STORY.encode("utf-16"))


@pytest.mark.parametrize(("name", "why"), [("missing.toml", "No such file or directory"), (".", "Is a directory")])
def test_file_that_cannot_be_read_is_told(tmp_path, name, why):
    with pytest.raises(CommandError, match=rf"cannot be read: {why}\.$"):
        call_command("seed", tmp_path / name)


def test_wrong_file_leaves_the_files_before_it_loaded(seed, scale_installed):
    with pytest.raises(CommandError, match=r"2\.toml, story: the field “slug” is missing"):
        seed(STORY, STORY.replace('slug = "buses"\n', ""))
    assert Claim.objects.count() == 1


def test_wrong_file_on_the_command_line_ends_with_one_sentence_and_exit_1(committed_database, tmp_path):
    (tmp_path / "wrong.toml").write_text(STORY.replace("headline", "title"))
    said = committed_database.manage("seed", str(tmp_path / "wrong.toml"), expect=1)
    assert said == f"CommandError: {tmp_path / 'wrong.toml'}, story: there is no field “title” here.\n"


def test_answer_may_come_with_its_time_and_a_time_wants_its_zone(seed, scale_installed):
    step = (
        '[[claim.step]]\ndo = "reply-file"\nby = "journalist"\nparty = "council"\n[[claim.step]]\ndo = "response"\n'
        'by = "journalist"\nparty = "council"\nkind = "denial"\nchannel = "email"\nby_role = "press office"\n'
        'verbatim = "No."\nlanguage = "en"\nreceived_at = '
    )
    with pytest.raises(CommandError, match=r"“received_at” must be a moment with its zone"):
        seed(f"{STORY}{step}2024-06-02T09:00:00\n")
    seed(f"{STORY}{step}2024-06-02T09:00:00+12:00\n")
    response = Claim.objects.get().reply_files.get().responses.get()
    assert response.received_at.isoformat() == "2024-06-01T21:00:00+00:00"


def test_every_step_has_fields_of_known_kinds():
    assert all(field.kind in KINDS for step in STEPS.values() for field in step.fields.values())
    assert fields_of(Item)["title"].required and not fields_of(Item)["passage"].required
