from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "factcheck.backoffice"
    verbose_name = "Backoffice"
