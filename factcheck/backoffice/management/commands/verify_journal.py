from django.core.management import BaseCommand

from factcheck.database.chain import noted_head
from factcheck.newsroom import journal


class Command(BaseCommand):
    help = (
        "Walks the journal from its first entry to its last. Where every entry holds: exit 0, their number and the "
        "last one's hash. Where one was altered, removed, swapped or slipped in: exit 1, naming the first that fails."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            default="",
            metavar="HASH",
            help="a head noted earlier, outside this machine: it must still be in the chain. Finds an end cut off.",
        )

    def handle(self, *, head, **options):
        found = journal.walk(noted_head(head, "verify_journal"))
        if found.broken:
            raise SystemExit(
                f"Entry {found.broken} of the journal does not hold: {found.why}. Entries before it: {found.held}."
            )
        self.stdout.write(f"{found.held} entries hold. The head is {found.head}.")
