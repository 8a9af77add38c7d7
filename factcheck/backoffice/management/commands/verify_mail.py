from django.core.management import BaseCommand

from factcheck.backoffice.strays import add_sweep, tell_of
from factcheck.inbox import verifying


class Command(BaseCommand):
    help = (
        "Hashes every message that came in and compares it with the record. Where all of them are as they came: exit 0 and "
        "how many there are. Otherwise exit 1, naming by number what is missing or changed."
    )

    def add_arguments(self, parser):
        add_sweep(parser)

    def handle(self, *, sweep, **options):
        found = verifying.verify()
        tell_of(found.strays, stderr=self.stderr, remove=verifying.sweep if sweep else None)
        if found.problems:
            raise SystemExit("\n".join([*found.problems, f"{found.messages} messages hold."]))
        self.stdout.write(f"{found.messages} messages are as they came.")
        if found.unopened:
            self.stdout.write(
                f"{found.unopened} of them are sealed and could not be opened, for want of a key: they lie there at full length."
            )
