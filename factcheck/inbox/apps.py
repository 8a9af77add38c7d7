from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "factcheck.inbox"
    verbose_name = "Inbox"

    def ready(self):
        from factcheck.reply import heard

        from .filing import with_unread

        heard.register(with_unread)
