from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from factcheck.inbox.mailbox import MailboxShut, fetch


class Command(BaseCommand):
    help = "Takes in what lies in the newsroom's mailbox (MAILBOX_URL), and moves it to the folder MAILBOX_DONE. Safe to run twice."

    def handle(self, *args, **options):
        if not settings.MAILBOX:
            raise CommandError("No mailbox is set: give its address in MAILBOX_URL.")
        try:
            fetched = fetch()
        except MailboxShut as shut:
            raise CommandError(str(shut)) from None
        self.stdout.write(f"{fetched.new} new, {fetched.known} known before, {fetched.left} left in the mailbox.")
