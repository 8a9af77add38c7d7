from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "factcheck.website"
    verbose_name = "Website"
