"""Proof that nothing we hold was altered (EV-6): files hashed anew, rows held against the custody record, its chain walked."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from factcheck.database.chain import Walk
from factcheck.files.shelf import shelf
from factcheck.published.models import Handout

from . import custody, timestamps
from .captured import Capture
from .custody import What
from .dating import unlike_their_archives
from .holdings import CustodyEvent, Exhibit, File

HOLDERS = {Capture: ("warc", "text_file", "picture", "pdf"), Exhibit: ("file", "copy")}


@dataclass(frozen=True)
class Verified:
    """What a round found: how many files hold, how far the chain does, and a sentence for everything that does not."""

    files: int
    handouts: int
    chain: Walk
    problems: tuple[str, ...]
    strays: tuple[tuple[str, str], ...]  # (shelf, name): left by something that was stopped half-way


def verify(head=""):
    """Look at everything, and write into the custody record what was found. `head` is one that was noted earlier."""
    chain = custody.walk(head)
    problems = [f"Custody event {chain.broken} does not hold: {chain.why}."] if chain.broken else []
    faulty = set()
    files, handouts = _files(problems, faulty), _handouts(problems)
    problems += _misplaced()
    problems += unlike_their_archives(faulty)
    problems += timestamps.faults()
    with transaction.atomic():
        what, note = (What.FAULTY, f"{len(problems)} problems") if problems else (What.VERIFIED, f"{files} files")
        custody.write(what, by=None, note=note)
    return Verified(files, handouts, chain, tuple(problems), tuple(_strays()))


def _files(problems, faulty):
    """Compare every file with its bytes and with the event of its hashing. Returns how many hold; `faulty` gets the others."""
    hashed, destroyed = _on_the_record()
    held, seen = 0, set()
    for file in File.objects.select_related("derived_from").order_by("pk").iterator(chunk_size=500):
        seen.add(file.sha256)
        found = "" if file.sha256 in destroyed else _what_is_wrong(file, hashed)
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
    """({hash: what was noted when it was hashed}, hashes of files destroyed), by the custody record."""
    hashed, destroyed = {}, set()
    events = CustodyEvent.objects.filter(what__in=(What.HASHED, What.DESTROYED)).order_by("number")
    for what, sha256, note in events.values_list("what", "sha256", "note").iterator(chunk_size=2000):
        if what == What.DESTROYED:
            destroyed.add(sha256)
        else:
            hashed.setdefault(sha256, set()).add(note)
    return hashed, destroyed


def _what_is_wrong(file, hashed):
    if file.sha256 not in hashed:
        return "was never hashed, by the custody record: its row was altered or slipped in"
    if custody.hashed_as(file) not in hashed[file.sha256]:
        return "has another size, type or source than when it was hashed: its row was altered"
    measured = shelf("evidence").measure(file.stored_as)
    if measured is None:
        return "is missing from its store"
    if measured != (file.sha256, file.size):
        return "was changed: its bytes are not those that were hashed"
    return ""


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
        "evidence": set(File.objects.values_list("stored_as", flat=True)),
        "published": set(Handout.objects.exclude(stored_as="").values_list("stored_as", flat=True)),
    }
    for name, names in known.items():
        for stray in shelf(name).strays(names):
            yield name, stray


def sweep(strays):
    """Remove what no row names and what has lain there for a day."""
    for name, stray in strays:
        shelf(name).remove(stray)
