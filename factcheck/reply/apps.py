from django.apps import AppConfig


class ReplyConfig(AppConfig):
    name = "factcheck.reply"
    verbose_name = "Reply"
