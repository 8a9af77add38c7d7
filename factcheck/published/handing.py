"""Files handed to readers and taken back, and what became of a link. Part of the press: it writes what readers see."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.files.shelf import shelf

from .models import Check, Handout, LinkState


class FileProblem(ValueError):
    """A file is not what the document says it is. The message is a sentence for the person who prints."""


def hand_out(check, document, opened):
    """Put the files of `document` where readers of `check` can have them. `opened(sha256)` gives each, open for reading.

    What is already there stays. Raises FileProblem where a file is missing or is not the one that was signed off.
    """
    there = {h.sha256: h for h in check.handouts.filter(taken_back_at=None)}
    for sha256, line in document.files.items():
        if sha256 in there and there[sha256].name == line.name:
            continue
        stored_as = there[sha256].stored_as if sha256 in there else _kept(line, opened)
        Handout.objects.update_or_create(
            page=check,
            sha256=sha256,
            defaults={
                "name": line.name,
                "type": line.type,
                "size": line.size,
                "stored_as": stored_as,
                "taken_back_at": None,
            },
        )


def _kept(line, opened):
    try:
        with opened(line.sha256) as file:
            kept = shelf("published").keep(file)
    except FileNotFoundError:
        raise FileProblem(_("The file “%s” is missing from its store.") % line.name) from None
    if (kept.sha256, kept.size) != (line.sha256, line.size):
        shelf("published").remove(kept.name)
        raise FileProblem(_("The file “%s” is not the one that was signed off.") % line.name)
    return kept.name


@transaction.atomic
def take_back(claim_ref, sha256):
    """Take a file from the readers of a claim, at once. Returns whether they had it."""
    check = Check.objects.select_for_update().filter(claim_ref=claim_ref).first()
    handout = check and check.handouts.filter(sha256=sha256, taken_back_at=None).first()
    if not handout:
        return False
    stored_as, handout.stored_as, handout.taken_back_at = handout.stored_as, "", timezone.now()
    handout.save()
    _page_changed(check)
    transaction.on_commit(lambda: shelf("published").remove(stored_as))
    return True


@transaction.atomic
def note_links(claim_ref, states):
    """Tell the readers of a claim what became of the links it cites: {url: "moved", "changed", "gone" or "ok"}.

    Links that are not named stay as they are. Returns whether anything changed; a claim without a page has nobody to tell.
    """
    check = Check.objects.select_for_update().filter(claim_ref=claim_ref).first()
    if check is None:
        return False
    now = {row.url: row for row in check.link_states.filter(url__in=states)}
    changed = [url for url, state in states.items() if state != (now[url].state if url in now else "ok")]
    for url in changed:
        if states[url] == "ok":
            now[url].delete()
        else:
            LinkState.objects.update_or_create(
                page=check,
                url=url,
                defaults={"state": LinkState.State(states[url]), "noticed_at": timezone.now()},
            )
    if changed:
        _page_changed(check)
    return bool(changed)


def _page_changed(check):
    check.changed_at = timezone.now()
    check.save(update_fields=["changed_at"])
