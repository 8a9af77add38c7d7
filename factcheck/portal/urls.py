"""The party's door: /reply/<token>/ and what follows it. Nothing in a page of this door says its own address."""

from django.urls import path

from . import door

urlpatterns = [
    path("", door.page, name="reply_nowhere"),
    path("<token>", door.page),  # what is left where a mail program takes the slash for punctuation
    path("<token>/", door.page, name="reply_page"),
    path("<token>/received/", door.received, name="reply_received"),
]
