from django.apps import AppConfig


class BakingConfig(AppConfig):
    name = "factcheck.baking"
    verbose_name = "Baking"
