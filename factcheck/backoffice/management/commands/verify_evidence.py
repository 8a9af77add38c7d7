from django.core.management import BaseCommand

from factcheck.backoffice.strays import add_sweep, tell_of
from factcheck.database.chain import noted_head
from factcheck.evidence import verifying


class Command(BaseCommand):
    help = (
        "Hashes every file anew, compares it with the custody record, and walks that record's chain. Where everything holds: "
        "exit 0, how much there is, and the chain's head. Otherwise exit 1, naming what is missing or changed."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            default="",
            metavar="HASH",
            help="a head of the custody record noted earlier, outside this machine: it must still be in the chain.",
        )
        add_sweep(parser)

    def handle(self, *, head, sweep, **options):
        found = verifying.verify(noted_head(head, "verify_evidence"))
        tell_of(found.strays, stderr=self.stderr, remove=verifying.sweep if sweep else None)
        for sentence in self.told_of_sealed(found):
            self.stderr.write(sentence)
        if found.problems:
            raise SystemExit("\n".join([*found.problems, f"{found.files} files hold."]))
        self.stdout.write(
            f"{found.files} files, {found.handouts} files for readers and {found.chain.held} custody events hold. "
            f"The head is {found.chain.head}."
        )

    def told_of_sealed(self, found):
        """What to know of sealed files beside that they hold."""
        if found.unopened:
            yield f"{found.unopened} sealed files were hashed as they lie there and not opened: their key is not here."
        if found.open:
            yield f"{found.open} files of what came in confidence are to be sealed and lie there open: run seal_files."
