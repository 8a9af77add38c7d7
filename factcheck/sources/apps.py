from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "factcheck.sources"
    verbose_name = "Protected sources"

    def ready(self):
        from factcheck.newsroom import checks

        from .leak_guard import hits

        checks.register("leak guard", hits)
