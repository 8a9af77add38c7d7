"""Loading seeds: the rating scale and worked stories, as TOML files, through the same actions that people use.

One file is one transaction, so that it is loaded whole or not at all. What is there already is kept as it is: a claim is known
by its story and key, everybody and everything else by address, so that loading a file again changes nothing.
"""

from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from factcheck.claims import actions as claims
from factcheck.claims.models import Claim, Speaker, Story, Topic
from factcheck.desk import scale
from factcheck.desk.models import Rating
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.published import press
from factcheck.sources.actions import give_pseudonym
from factcheck.sources.models import Pseudonym

from .seed_shape import SeedError, Tables, check, fields_of, may, must, read
from .seed_steps import CLAIM_EDITS, STEPS, Names, reference

SEEDS = Path(settings.BASE_DIR) / "seeds"
SCALE = SEEDS / "ratings.toml"

SCALE_FILE = {"name": must(str), "rating": must(Tables)}
RATING = fields_of(Rating, without={"position"})
STORY_FILE = {"story": must(dict), **dict.fromkeys(("pseudonym", "speaker", "topic", "claim"), may(Tables))}
STORY = {"by": must(str), **fields_of(Story)}
CLAIM = {
    "key": must(str),
    "by": must(str),
    **fields_of(Claim),
    **{name: field for name, field in CLAIM_EDITS.items() if name in ("speaker", "topics", "assignee")},
    "accused": may(list),
    "concerned": may(list),
    "step": may(Tables),
}
# What stands around the claims: the tables of each, and the field by which one is known.
AROUND = {
    "pseudonym": (fields_of(Pseudonym), "shown_as"),
    "speaker": ({**fields_of(Speaker), "pseudonym": may(str)}, "slug"),
    "topic": (fields_of(Topic), "slug"),
}
STEP = {"do": must(str), "by": must(str)}


def shipped(*, scale_only=False):
    """The files that come with the tracker, the scale first."""
    return [SCALE] if scale_only else [SCALE, *sorted(path for path in SEEDS.glob("*.toml") if path != SCALE)]


@transaction.atomic
def load(path):
    """Load one file, whole or not at all. Returns what was done, in a sentence. Raises SeedError."""
    press.queue()
    name = str(path.relative_to(settings.BASE_DIR) if path.is_relative_to(settings.BASE_DIR) else path)
    data = read(path, name)
    return _load_scale(data, name) if "rating" in data else _load_story(data, name)


def _load_scale(data, name):
    check(data, SCALE_FILE, name)
    for number, rating in enumerate(data["rating"], 1):
        check(rating, RATING, f"{name}, rating {number}")
    before = scale.current()
    with _told_where(name):
        rows = [{"ordinal": None, "is_rating": True, **rating} for rating in data["rating"]]
        installed = scale.install(by=None, name=data["name"], ratings=rows)
    done = "is in use already" if installed == before else "is in use from now on"
    return f"{name}: the scale “{data['name']}” of {len(rows)} ratings {done}."


def _load_story(data, name):
    _check_story(data, name)
    names = Names(data["story"]["slug"])
    with _told_where(f"{name}, story"):
        story = _load_around(data, names.look_up({"by": data["story"]["by"]})["by"], name)
    claims_given = data.get("claim", [])
    new = [given for given in claims_given if not _there(story, given)]
    for given in new:
        _log(given, story, names, f"{name}, claim “{given['key']}”")
    for given in new:
        _take_steps(given, story, names, f"{name}, claim “{given['key']}”")
    return f"{name}: {len(new)} claims loaded, {len(claims_given) - len(new)} kept as they were."


def _check_story(data, name):
    check(data, STORY_FILE, name)
    check(data["story"], STORY, f"{name}, story")
    for heading, (fields, known_by) in AROUND.items():
        for number, table in enumerate(data.get(heading, []), 1):
            check(table, fields, f"{name}, {heading} {number}")
        _check_once(data.get(heading, []), known_by, f"{name}, {heading}")
    for number, claim in enumerate(data.get("claim", []), 1):
        check(claim, CLAIM, f"{name}, claim {number}")
        for place, step in enumerate(claim.get("step", []), 1):
            _check_step(step, f"{name}, claim “{claim['key']}”, step {place}")
    _check_once(data.get("claim", []), "key", f"{name}, claim")


def _check_once(tables, known_by, where):
    values = [table[known_by] for table in tables]
    for value in values:
        if values.count(value) > 1:
            raise SeedError(f"{where}: the field “{known_by}” is “{value}” more than once.")


def _check_step(step, where):
    check({name: step[name] for name in STEP if name in step}, STEP, where)
    if step["do"] not in STEPS:
        raise SeedError(f"{where}: the field “do” is “{step['do']}”; it can be {', '.join(STEPS)}.")
    check(step, {**STEP, **STEPS[step["do"]].fields}, f"{where} ({step['do']})")


@contextmanager
def _told_where(where):
    """Turn what an action refuses into a SeedError that says where in the file it was asked for."""
    try:
        yield
    except (Refused, NotAllowed, ValidationError) as refusal:
        raise SeedError(f"{where}: {' '.join(_sentences(refusal))}") from refusal


def _sentences(refusal):
    if isinstance(refusal, NotAllowed):
        return [str(refusal.sentence)]
    if isinstance(refusal, Refused):
        return [str(reason) for reason in refusal.reasons]
    if not hasattr(refusal, "error_dict"):
        return refusal.messages
    return [
        sentence if field == "__all__" else f"the field “{field}”: {sentence}"
        for field, sentences in refusal.message_dict.items()
        for sentence in sentences
    ]


def _load_around(data, by, name):
    """The story, and the people and topics its claims speak of; those that are there already are kept. Returns the Story."""
    for number, table in enumerate(data.get("pseudonym", []), 1):
        with _told_where(f"{name}, pseudonym {number}"):
            if not Pseudonym.objects.filter(shown_as=table["shown_as"]).exists():
                give_pseudonym(by=by, **table)
    for heading, model, add in (("speaker", Speaker, _add_speaker), ("topic", Topic, claims.add_topic)):
        for number, table in enumerate(data.get(heading, []), 1):
            with _told_where(f"{name}, {heading} {number}"):
                if not model.objects.filter(slug=table["slug"]).exists():
                    add(by=by, **table)
    fields = {field: value for field, value in data["story"].items() if field != "by"}
    return Story.objects.filter(slug=fields["slug"]).first() or claims.add_story(by=by, **fields)


def _add_speaker(*, by, pseudonym=None, **fields):
    if pseudonym is None:
        return claims.add_speaker(by=by, **fields)
    known = Pseudonym.objects.filter(shown_as=pseudonym).first()
    if known is None:
        raise Refused(f"the field “pseudonym” names “{pseudonym}”, and there is none of that name.")
    return claims.add_speaker(by=by, pseudonym=known, **fields)


def _there(story, given):
    return Claim.objects.filter(ref=reference(story.slug, given["key"])).exists()


def _log(given, story, names, where):
    fields = {name: value for name, value in given.items() if name not in ("key", "step")}
    with _told_where(where):
        claims.log_claim(ref=reference(story.slug, given["key"]), story=story, **names.look_up(fields))


def _take_steps(given, story, names, where):
    for number, step in enumerate(given.get("step", []), 1):
        fields = {name: value for name, value in step.items() if name != "do"}
        with _told_where(f"{where}, step {number} ({step['do']})"):
            claim = Claim.objects.get(ref=reference(story.slug, given["key"]))
            STEPS[step["do"]].action(claim, **names.look_up(fields))
