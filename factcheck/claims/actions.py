"""The verbs of the claims' room. Keyword arguments, `by` always, atomic, journaled; each returns the row it wrote.

All of them raise NotAllowed (the person), ValidationError (the fields) or Refused (the state of things).
"""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from factcheck.newsroom import journal
from factcheck.newsroom.record import add, amend, keep, require_role
from factcheck.newsroom.refusals import Refused
from factcheck.newsroom.roles import Role

from .models import Appearance, Claim, ClaimLink, Concerned, Speaker, Status, Story, Topic

# How the work is planned, not what is claimed: changing these makes nobody an author.
PLANNING = frozenset({"assignee", "priority", "due_on", "legal_risk"})
PROCESS = frozenset(
    {"status", "check_slug", "closed_as", "closed_note", "update_needed_because", "update_needed_at", "version"}
)
# While a claim is out with readers or closed, nothing of it changes: correct or reopen it first.
OPEN = frozenset({Status.LOGGED, Status.RESEARCHING, Status.IN_REVIEW, Status.CLEARED})


def free_address(model, text):
    """An address for a new Story, Speaker or Topic that no other row has: the text itself, or the text and a number."""
    base = slugify(text)[:70].strip("-") or model._meta.model_name
    taken = set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def add_story(*, by, **fields):
    require_role(by)
    fields.setdefault("slug", free_address(Story, fields.get("headline", "")))
    return add(Story(**fields), by=by, verb="added story")


def add_speaker(*, by, **fields):
    """A new speaker: `name`, or `pseudonym` (a sources.Pseudonym) and no name."""
    require_role(by)
    speaker = Speaker(**fields)
    speaker.slug = speaker.slug or free_address(Speaker, speaker.shown_as)
    return add(speaker, by=by, verb="added speaker")


def add_topic(*, by, **fields):
    require_role(by)
    fields.setdefault("slug", free_address(Topic, fields.get("name", "")))
    return add(Topic(**fields), by=by, verb="added topic")


def edit_surroundings(thing, *, by, version=None, **changes):
    """Change a Story, Speaker or Topic. Claims that print it will need a fresh sign-off."""
    require_role(by)
    if isinstance(thing, Speaker) and "pseudonym" in changes:
        _keep_apart(Speaker.objects.get(pk=thing.pk), changes["pseudonym"])
    return amend(thing, by=by, verb=f"edited {thing._meta.model_name}", version=version, **changes)


def _keep_apart(speaker, pseudonym):
    """A name in the address, the history or an earlier edition would give away whoever hides behind the pseudonym."""
    if (pseudonym.pk if pseudonym else None) != speaker.pseudonym_id:
        raise Refused(_("A speaker with a name and one behind a pseudonym stay two. Add another speaker instead."))


def require_open(claim):
    """Raise Refused where the claim is published or closed, and so not to be edited."""
    if claim.status == Status.PUBLISHED:
        raise Refused(
            _(
                "This claim is published. Choose “Correct” first, which an editor can; readers keep what they have until "
                "you publish again."
            )
        )
    if claim.status == Status.CLOSED:
        raise Refused(_("This claim is closed. Reopen it first."))


def lock_open(claim):
    """The claim as it is now, locked against others until the transaction ends, and open to edits."""
    current = Claim.objects.select_for_update().get(pk=claim.pk)
    require_open(current)
    return current


def _refuse_process(fields):
    """What the process decides is no field to fill in: `desk.workflow.move` is the one way to it."""
    if decided := fields.keys() & PROCESS:
        raise TypeError(f"only the process changes {', '.join(sorted(decided))}")


@transaction.atomic
def log_claim(*, by, topics=(), accused=(), concerned=(), **fields):
    """Log one claim. `accused` and `concerned` are speakers; other fields as in `Claim`."""
    require_role(by)
    _refuse_process(fields)
    claim = Claim(logged_by=by, **fields)
    add(claim, by=by, verb="logged claim", claim=claim)
    for party in accused:
        name_party(claim, by=by, party=party, concerned_as=Concerned.As.ACCUSED)
    for party in concerned:
        name_party(claim, by=by, party=party, concerned_as=Concerned.As.CONCERNED)
    if topics:
        set_topics(claim, by=by, topics=topics)
    return claim


@transaction.atomic
def edit_claim(claim, *, by, version=None, topics=None, **changes):
    """Change fields of a claim that is open. `version` is the one the form was opened with."""
    require_role(by)
    _refuse_process(changes)
    current = lock_open(claim)
    planning = PLANNING
    if current.legal_risk and changes.get("legal_risk") is False:
        planning = PLANNING - {"legal_risk"}  # whoever takes it off decided something, and does not sign it off
        if not by.has_role(Role.SENIOR_EDITOR):
            raise Refused(_("Only a senior editor takes the legal-risk flag off."))
    claim = amend(claim, by=by, verb="edited claim", version=version, claim=claim, planning=planning, **changes)
    if topics is not None:
        set_topics(claim, by=by, topics=topics)
    return claim


@transaction.atomic
def set_topics(claim, *, by, topics):
    require_role(by)
    before = sorted(claim.topics.values_list("name", flat=True))
    after = sorted(topic.name for topic in topics)
    if before != after:
        claim._history_user = by
        claim.topics.set(topics)
        journal.write(
            by=by, verb="set topics", record=claim, claim=claim, authored=True, changed={"topics": [before, after]}
        )
    return claim


def name_party(claim, *, by, party, concerned_as=Concerned.As.ACCUSED):
    """Say that `party` (a Speaker) is accused or concerned by the claim."""
    return _hang_on(claim, Concerned(claim=claim, party=party, concerned_as=concerned_as), by=by, verb="named party")


def add_appearance(claim, *, by, **fields):
    """Record another place where the same thing was said."""
    return _hang_on(claim, Appearance(claim=claim, **fields), by=by, verb="added appearance")


def link_claims(claim, *, by, to, relation):
    """Tie a claim to another one it was split from, duplicates or replies to."""
    return _hang_on(claim, ClaimLink(claim=claim, to=to, relation=relation), by=by, verb="linked claims")


@transaction.atomic
def _hang_on(claim, thing, *, by, verb):
    require_role(by)
    lock_open(claim)
    return add(thing, by=by, verb=verb, claim=claim)


@transaction.atomic
def edit_part(part, *, by, **changes):
    """Change a Concerned, Appearance or ClaimLink of an open claim."""
    require_role(by)
    lock_open(part.claim)
    before = {name: str(getattr(part, name)) for name in changes}
    for name, value in changes.items():
        setattr(part, name, value)
    changed = {name: [before[name], str(value)] for name, value in changes.items() if before[name] != str(value)}
    if changed:
        keep(part, by=by)
        journal.write(
            by=by, verb=f"edited {part._meta.model_name}", record=part, claim=part.claim, authored=True, changed=changed
        )
    return part


@transaction.atomic
def remove_part(part, *, by):
    """Take a Concerned, Appearance or ClaimLink off an open claim; its history and the journal keep it."""
    require_role(by)
    lock_open(part.claim)
    journal.write(
        by=by, verb=f"removed {part._meta.model_name}", record=part, claim=part.claim, authored=True, removed=str(part)
    )
    part._history_user = by
    part.delete()


@transaction.atomic
def need_update(claim, *, by, because, instead_of=""):
    """Mark a claim that readers can see as waiting for an update, with the reason in a sentence, beside those it has.

    `instead_of` is a sentence that the new one answers, and that goes.
    """
    current = Claim.objects.get(pk=claim.pk)
    said = (
        current.update_needed_because.replace(instead_of, "").strip() if instead_of else current.update_needed_because
    )
    told = said if because in said else f"{said} {because}".strip()
    limit = Claim._meta.get_field("update_needed_because").max_length
    return amend(
        claim,
        by=by,
        verb="needs update",
        claim=claim,
        authored=False,
        update_needed_because=told if len(told) <= limit else because[:limit],
        update_needed_at=current.update_needed_at or timezone.now(),
    )
