from django.apps import AppConfig


class EntranceConfig(AppConfig):
    name = "factcheck.entrance"
    verbose_name = "Entrance"
