from django.core.management import BaseCommand

from factcheck.inbox import verifying


class Command(BaseCommand):
    help = (
        "Hashes every message that came in and compares it with the record. Where all of them are as they came: exit 0 and "
        "how many there are. Otherwise exit 1, naming by number what is missing or changed."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--sweep", action="store_true", help="remove what something that was stopped half-way left behind a day ago"
        )

    def handle(self, *, sweep, **options):
        found = verifying.verify()
        if found.strays:
            self.stderr.write(f"{len(found.strays)} stray files lie there that nothing names. --sweep removes them.")
        if sweep:
            verifying.sweep(found.strays)
        if found.problems:
            raise SystemExit("\n".join([*found.problems, f"{found.messages} messages hold."]))
        self.stdout.write(f"{found.messages} messages are as they came.")
