"""Files that go to readers, and the one way to take one from them."""

from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.claims.actions import need_update
from factcheck.claims.models import Claim
from factcheck.evidence import custody, exhibits
from factcheck.evidence.keeping import open_file
from factcheck.evidence.models import Exhibit
from factcheck.published import handing


def released_files(claim, *, by):
    """How the press opens the released files of `claim`, by their hash. Each that it takes is noted in the custody record."""

    def opened(sha256):
        released = Exhibit.objects.select_related("copy", "item").filter(item__claim=claim, released_at__isnull=False)
        exhibit = released.filter(copy__sha256=sha256).first()
        if exhibit is None:
            raise FileNotFoundError(sha256)
        custody.write(custody.What.PUBLISHED, by=by, item=exhibit.item, file=exhibit.copy, note=exhibit.released_as)
        return open_file(exhibit.copy)

    return opened


@transaction.atomic
def take_back(exhibit, *, by, because):
    """End the release of a file, and take it from readers at once, whatever state the claim is in. Returns the Exhibit.

    The page that they have goes on naming it and says that it was taken back; the claim is marked as wanting an update.
    Where another item of the claim releases the same copy, readers keep it through that one.
    """
    claim = Claim.objects.select_for_update().get(pk=exhibit.item.claim_id)
    copy = exhibit.copy
    exhibit = exhibits.withhold(exhibit, by=by, because=because)
    others = Exhibit.objects.filter(item__claim=claim, copy=copy, released_at__isnull=False)
    if not others.exists() and handing.take_back(str(claim.ref), copy.sha256):
        need_update(claim, by=by, because=_("A file that readers had was taken back."))
    return exhibit
