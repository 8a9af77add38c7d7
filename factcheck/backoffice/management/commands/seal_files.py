from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from factcheck.evidence import sealing
from factcheck.sources.keys import vault_is_open


class Command(BaseCommand):
    help = (
        "Seals files of what came in confidence that lie there open, and takes the open bytes away; `work` does the same, one by "
        "one. Stopped at any moment, it goes on where it was when it is run again."
    )

    def handle(self, **options):
        if not vault_is_open():
            raise CommandError(_("The vault has no key to seal files with. Set VAULT_KEYS; the README says how."))
        done = []
        while number := sealing.seal_one(past=done):
            done.append(number)
        discarded = 0
        while sealing.discard_one():
            discarded += 1
        told = _("Sealed %(sealed)d files with their copies, and took %(gone)d away that are kept otherwise now.")
        self.stdout.write(told % {"sealed": len(done), "gone": discarded})
        if left := sealing.to_be_sealed().count():
            raise SystemExit(
                _("%(left)d files could not be sealed: missing, or altered. verify_evidence names them.")
                % {"left": left}
            )
