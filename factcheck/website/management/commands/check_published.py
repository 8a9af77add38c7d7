from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from factcheck.database.chain import noted_head
from factcheck.published import proving, reading
from factcheck.website import standards
from factcheck.website.answers import site
from factcheck.website.claim import claim_page


class Command(BaseCommand):
    """Exit 0 and a count, or exit 1 with a line for everything that breaks a rule. Warnings are told and break nothing."""

    help = (
        "Walk every current edition and report what breaks the rules of structured data (SD-1 to SD-10); "
        "walk all there ever were and report whose text is not the one that was printed; walk the ledger and report what "
        "does not hold, was printed past it, or is not shown."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            default="",
            metavar="HASH",
            help="A head of the ledger noted earlier, outside this machine: it must still be in it. Finds an end cut off.",
        )

    def handle(self, *args, head, **options):
        head = noted_head(head, "check_published")
        try:
            render_to_string("404.html", site())
        except ValueError as missing:
            raise CommandError("The pages cannot be made: run manage.py collectstatic first.") from missing
        pages, broken = 0, 0
        for found in reading.every_current():
            pages += 1
            faults = _faults(found)
            broken += len(faults)
            for fault in faults:
                self.stdout.write(f"/claims/{found.check.slug}/ edition {found.edition.number}: {fault}")
            for warning in standards.warnings(found.document) if not faults else ():
                self.stderr.write(f"/claims/{found.check.slug}/ edition {found.edition.number}: {warning}")
        for slug, number in reading.altered_editions():
            broken += 1
            self.stdout.write(f"/claims/{slug}/editions/{number}/: the document is not the one that was printed.")
        proof = proving.prove(head)
        for fault in proof.faults:
            self.stdout.write(fault)
        if broken or proof.faults:
            raise CommandError(f"{broken} faults in {pages} pages, {len(proof.faults)} in the ledger.")
        self.stdout.write(f"{pages} pages hold to the rules.")
        self.stdout.write(f"{proof.entries} entries of the ledger hold. The head is {proof.head}.")


def _faults(found):
    try:
        document = found.document
    except (KeyError, TypeError, ValueError):
        return ["the document cannot be read."]
    if altered := proving.not_as_printed(found):
        return [f"lists and pages show something else than what was printed: {', '.join(altered)}."]
    wanted = document.verdict.rating.is_rating and not found.check.retracted
    return standards.faults(claim_page(found).content.decode(), document, wanted)
