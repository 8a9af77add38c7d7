from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "factcheck.portal"
    verbose_name = "portal"
