from django.apps import AppConfig


class SafekeepingConfig(AppConfig):
    name = "factcheck.safekeeping"
    verbose_name = "Safekeeping"
