from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "factcheck.letters"
    verbose_name = "Letters"
