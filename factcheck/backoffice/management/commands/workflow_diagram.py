from django.core.management import BaseCommand

from factcheck.desk import workflow


class Command(BaseCommand):
    help = "Prints the ways a claim can go, as a Mermaid state diagram: the one that the README shows."

    def handle(self, **options):
        self.stdout.write(workflow.mermaid())
