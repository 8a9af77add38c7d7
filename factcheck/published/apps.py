from django.apps import AppConfig


class PublishedConfig(AppConfig):
    name = "factcheck.published"
    verbose_name = "Published"
