"""What is odd about a message, in words: for whoever decides whether to believe it."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "archive": _("Something attached to it is an archive. It was not unpacked here."),
    "calendar": _("It carries a calendar invitation."),
    "charset": _("It does not say how its letters are written, or says it wrongly: some of them may be wrong here."),
    "cut": _("It is very long. What is shown ends before it does."),
    "empty": _("It says nothing."),
    "encrypted": _("It is encrypted. Whoever has the key can save it and read it."),
    "future-date": _("It claims to be from a day that is still to come."),
    "html-only": _("It was written as a web page. What you see is its text, without pictures."),
    "message-inside": _("Another message is attached to it."),
    "no-date": _("It does not say when it was written."),
    "no-sender": _("It does not say whom it is from."),
    "nothing-in-body": _("It says nothing by itself: look at what is attached."),
    "nul": _("It holds characters that no text holds. They are left out here."),
    "oversize": _("It is too large to be read here. It can be saved as it came."),
    "program": _("Something attached to it is a program, or holds one. Do not open it."),
    "same-id": _("Another message came under the same number and says something else."),
    "sealed": _("Its sender’s program sealed it in a form that is not read here. It can be saved as it came."),
    "signed": _("It carries a signature, which was not checked here."),
    "too-deep": _("It is built of so many layers that the innermost are not shown."),
    "too-many-parts": _("It is built of so many parts that the last are not shown."),
    "unreadable": _("It cannot be read here. It can be saved as it came."),
    "winmail": _("Outlook packed what is attached into winmail.dat. Ask for it once more as an ordinary file."),
    "withheld": _(
        "Its words are not shown: something in it could tell who a protected source is. Nothing is lost; ask a custodian."
    ),
}


def told(flags):
    """The sentences for these flags, in the order of the table."""
    return [sentence for flag, sentence in WORDS.items() if flag in flags]
