from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "factcheck.inbox"
    verbose_name = "Inbox"
