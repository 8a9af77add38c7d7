"""Files of what came in confidence that do not lie in its strongbox yet, and bytes that are to go: found by query, done one by
one (CS-8, CS-12).

A file lies there open where it came before it was known to be confided, or before files were sealed at all; and in another
box where the vault has learnt since whose confidence it is. The bytes from before go as soon as nothing refers to them, and what
is sealed goes when its key is destroyed. Whoever is killed in between leaves both, and the next round goes on from there.
"""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from factcheck.files.shelf import shelf
from factcheck.newsroom import journal
from factcheck.sources.keys import VaultShut, vault_is_open

from . import custody
from .captured import Capture
from .confided import box_for
from .custody import What
from .holdings import CustodyEvent, Discarded, Exhibit, File
from .keeping import Altered, keep_again
from .models import Item

CONFIDED = (
    Q(item__confidential=True)
    | Q(item__visibility=Item.Visibility.RESTRICTED)
    | Q(item__source__pseudonym__isnull=False)
)
# the source whom the vault knows by the pseudonym of whoever's account it is
ITS_SOURCE = "item__source__pseudonym__source"
LYING_OPEN = Q(file__box=None) | Q(copy__isnull=False, copy__box=None, released_at=None)
IN_ANOTHER_BOX = Q(**{f"{ITS_SOURCE}__isnull": False, f"{ITS_SOURCE}__destroyed_at": None}) & (
    Q(file__box__source=None) | ~Q(file__box__source=F(ITS_SOURCE))
)


def to_be_sealed():
    """Exhibits of which a file does not lie where it should, the first that came first: what was redacted comes behind what it
    redacts."""
    due = Exhibit.objects.filter(CONFIDED & (LYING_OPEN | IN_ANOTHER_BOX))
    return due.exclude(file__box__isnull=False, file__box__sealed_key="").order_by("pk")


def seal_one(worker=None, past=()):
    """Seal the files of one Exhibit that waits, but none whose number is in `past`. Returns its number, or None.

    One whose bytes are missing or altered is passed by: `verify_evidence` names it.
    """
    for number in to_be_sealed().exclude(pk__in=past).values_list("pk", flat=True) if vault_is_open() else ():
        try:
            if _seal(number):
                return number
        except (FileNotFoundError, Altered, VaultShut):
            continue
    return None


@transaction.atomic
def _seal(number):
    waiting = to_be_sealed().filter(pk=number).select_for_update(skip_locked=True, of=("self",))
    exhibit = waiting.select_related("item__claim", "item__source", "file__box__source", "copy", "redacts").first()
    if exhibit is None:
        return False
    item, box = exhibit.item, box_for(exhibit.item)
    original = exhibit.redacts.file if exhibit.redacts else None
    exhibit.file = keep_again(exhibit.file, item=item, box=box, derived_from=original)
    if exhibit.copy:
        in_box = None if exhibit.released_at else box
        exhibit.copy = keep_again(exhibit.copy, item=item, box=in_box, derived_from=exhibit.file)
    exhibit.version += 1
    exhibit.save()
    journal.write(by=None, verb="sealed file", record=exhibit, claim=item.claim)
    return True


def to_be_discarded():
    """Files whose bytes are to go: they are kept otherwise now and nothing refers to them, or their key is destroyed."""
    moved = CustodyEvent.objects.filter(sha256=OuterRef("sha256"), what=What.MOVED)
    shredded = Q(box__isnull=False, box__sealed_key="")
    return File.objects.filter(Exists(moved) & ~_referred_to() | shredded, discarded=None).order_by("pk")


def _referred_to():
    shown = [(Exhibit, "file"), (Exhibit, "copy"), *((Capture, name) for name in Capture.FILES)]
    return Q(*(Exists(model.objects.filter(**{name: OuterRef("pk")})) for model, name in shown), _connector=Q.OR)


@transaction.atomic
def discard_one(worker=None):
    """Take the bytes of one File off the shelf, and write so into the custody record. Returns whether there was one.

    Killed behind the first and before the second, it is found again. Bytes on a disk or in a bucket are unlinked, not
    overwritten: what the store keeps of them, copies and versions, is the store's.
    """
    custody.take_turn()
    file = to_be_discarded().first()
    if file is None:
        return False
    shredded = bool(file.box) and not file.box.sealed_key
    why = _("its key is destroyed, with its source") if shredded else _("it is kept otherwise now")
    custody.write(What.DESTROYED, by=None, item=_item_of(file), file=file, note=f"{custody.hashed_as(file)}; {why}")
    Discarded.objects.create(file=file)
    shelf("evidence").remove(file.stored_as)
    return True


def _item_of(file):
    hashed = CustodyEvent.objects.filter(sha256=file.sha256, what=What.HASHED, item_number__isnull=False)
    return Item.objects.filter(pk__in=hashed.values("item_number")).order_by("pk").first()
