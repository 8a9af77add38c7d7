"""Proof that nothing we hold was altered (EV-6): files hashed anew, rows held against the custody record, its chain walked.

Sealed files are hashed as they lie there, which takes no key; where the vault's keys are, they are opened as well.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q

from factcheck.database.chain import Walk
from factcheck.files.shelf import shelf
from factcheck.published.models import Handout
from factcheck.sources.keys import VaultShut

from . import custody, sealing, timestamps
from .captured import Capture
from .custody import What
from .dating import unlike_their_archives
from .holdings import CustodyEvent, Exhibit, File
from .keeping import Altered, open_file, require_unaltered

HOLDERS = {Capture: Capture.FILES, Exhibit: ("file", "copy")}


@dataclass(frozen=True)
class Verified:
    """What a round found: how many files hold, how far the chain does, and a sentence for everything that does not."""

    files: int
    handouts: int
    chain: Walk
    problems: tuple[str, ...]
    strays: tuple[tuple[str, str], ...]  # (shelf, name): left by something that was stopped half-way
    unopened: int  # sealed files that could be hashed only as they lie there, because their key is not here
    open: int  # files of what is confided that lie there open, and are to be sealed


def verify(head=""):
    """Look at everything, and write into the custody record what was found. `head` is one that was noted earlier."""
    chain = custody.walk(head)
    problems = [f"Custody event {chain.broken} does not hold: {chain.why}."] if chain.broken else []
    faulty, unopened = set(), set()
    files, handouts = _files(problems, faulty, unopened), _handouts(problems)
    problems += _left_lying()
    problems += _misplaced()
    problems += unlike_their_archives(faulty)
    problems += timestamps.faults()
    with transaction.atomic():
        what, note = (What.FAULTY, f"{len(problems)} problems") if problems else (What.VERIFIED, f"{files} files")
        custody.write(what, by=None, note=note)
    to_seal = sealing.to_be_sealed().count()
    return Verified(files, handouts, chain, tuple(problems), tuple(_strays()), len(unopened), to_seal)


def _files(problems, faulty, unopened):
    """Compare every file with its bytes and with the event of its hashing. Returns how many hold; `faulty` gets the others, and
    `unopened` those that are sealed and were not opened."""
    hashed, destroyed = _on_the_record()
    held, seen = 0, set()
    for file in (
        File.objects.select_related("derived_from", "box__source", "discarded").order_by("pk").iterator(chunk_size=500)
    ):
        seen.add(file.sha256)
        found = _what_is_wrong(file, hashed, destroyed, unopened)
        if found:
            problems.append(f"File {file.pk} ({file.sha256[:12]}…) {found}.")
            faulty.add(file.pk)
        else:
            held += 1
    problems += [
        f"A file ({sha256[:12]}…) is on the custody record and not among the files." for sha256 in hashed.keys() - seen
    ]
    return held


def _on_the_record():
    """({hash: what was noted when it was hashed}, the same of files whose bytes were destroyed), by the custody record."""
    hashed, destroyed = {}, {}
    events = CustodyEvent.objects.filter(what__in=(What.HASHED, What.DESTROYED)).order_by("number")
    for what, sha256, note in events.values_list("what", "sha256", "note").iterator(chunk_size=2000):
        told = destroyed if what == What.DESTROYED else hashed
        told.setdefault(sha256, set()).add(note.partition(";")[0])
    return hashed, destroyed


def _what_is_wrong(file, hashed, destroyed, unopened):
    if file.sha256 not in hashed:
        return "was never hashed, by the custody record: its row was altered or slipped in"
    if custody.hashed_as(file) not in hashed[file.sha256]:
        return "has another size, type or source than when it was hashed: its row was altered"
    if hasattr(file, "discarded"):
        known = custody.hashed_as(file) in destroyed.get(file.sha256, ())
        return "" if known else "is said to be discarded, and the custody record does not say so"
    measured = shelf("evidence").measure(file.stored_as)
    if measured is None:
        return "is missing from its store"
    if measured != (file.sha256, file.size):
        return "was changed: its bytes are not those that were hashed"
    return _what_is_wrong_inside(file, unopened) if file.box else ""


def _what_is_wrong_inside(file, unopened):
    try:
        with open_file(file) as content:
            require_unaltered(file, content)
    except VaultShut:
        unopened.add(file.pk)
    except Altered:
        return "does not hold what was sealed into it"
    return ""


def _left_lying():
    """What is to be gone from its shelf and is not yet: `seal_files`, and `work`, take it away. Sealed, it may wait."""
    for file in sealing.to_be_discarded().filter(Q(box=None) | Q(box__sealed_key="")):
        yield f"The bytes of file {file.pk} are to be gone and lie there still: run seal_files."


def _misplaced():
    """What an item shows as its own file or copy and never had, by the custody record: a row that was pointed elsewhere."""
    theirs = set(CustodyEvent.objects.filter(what=What.HASHED).values_list("item_number", "sha256"))
    for holder, names in HOLDERS.items():
        for name in names:
            shown = holder.objects.exclude(**{name: None}).order_by("pk")
            for pk, *pair in shown.values_list("pk", "item_id", f"{name}__sha256").iterator(chunk_size=2000):
                if tuple(pair) not in theirs:
                    label = holder._meta.get_field(name).verbose_name
                    yield f"The {label} of {holder._meta.verbose_name} {pk} never was its item’s: its row was altered."
    for pk in Exhibit.objects.exclude(copy=None).exclude(copy__derived_from=F("file")).values_list("pk", flat=True):
        yield f"What is handed out of {Exhibit._meta.verbose_name} {pk} was not made from it: its row was altered."


def _handouts(problems):
    """Compare what readers are handed with its hash. Returns how many hold."""
    held = 0
    for handout in Handout.objects.filter(taken_back_at=None).order_by("pk").iterator(chunk_size=500):
        measured = shelf("published").measure(handout.stored_as)
        if measured == (handout.sha256, handout.size):
            held += 1
        else:
            wrong = "is missing" if measured is None else "was changed"
            problems.append(f"The readers’ copy of {handout.sha256[:12]}… {wrong}.")
    return held


def _strays():
    known = {
        "evidence": set(File.objects.filter(discarded=None).values_list("stored_as", flat=True)),
        "published": set(Handout.objects.exclude(stored_as="").values_list("stored_as", flat=True)),
    }
    for name, names in known.items():
        for stray in shelf(name).strays(names):
            yield name, stray


def sweep(strays):
    """Remove what no row names and what has lain there for a day."""
    for name, stray in strays:
        shelf(name).remove(stray)
