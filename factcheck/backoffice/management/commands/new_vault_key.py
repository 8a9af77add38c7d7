from cryptography.fernet import Fernet
from django.core.management import BaseCommand


class Command(BaseCommand):
    help = "Prints a fresh key for the vault of protected identities. Nothing keeps it: put it into VAULT_KEYS."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write(Fernet.generate_key().decode())
