from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from factcheck.sources.keys import VaultShut
from factcheck.sources.rotation import rotate


class Command(BaseCommand):
    help = "Seals everything in the vault with the first of VAULT_KEYS; the keys behind it are needed until then, and no longer."

    def handle(self, **options):
        try:
            sources, tokens = rotate()
        except VaultShut as shut:
            raise CommandError(" ".join(map(str, shut.reasons))) from None
        self.stdout.write(
            _("Sealed anew: %(sources)d sources and %(tokens)d tokens. The older keys can be taken out of VAULT_KEYS.")
            % {"sources": sources, "tokens": tokens}
        )
