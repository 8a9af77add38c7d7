"""What a party may say on its private page. Nothing has to be said; what is said is kept as it is typed."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from factcheck.inbox.words import DECLINED
from factcheck.reply import deadlines

MOST = 25_000  # characters in all answers together: more comes by e-mail, where it can be a document
LINE_BREAKS = re.compile(r"\r\n?")
MOMENT = "%Y-%m-%dT%H:%M"


class Words(forms.CharField):
    """Somebody's own words. Line breaks become one kind, and what nobody can see or type goes: NUL and its like."""

    def __init__(self, **kwargs):
        rows = kwargs.pop("rows", 6)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "dir": "auto"}))
        super().__init__(required=False, max_length=kwargs.pop("max_length", MOST), **kwargs)
        self.widget.attrs.pop("maxlength", None)  # a browser would cut a paste short without a word

    def to_python(self, value):
        text = LINE_BREAKS.sub("\n", super().to_python(value))
        return "".join(each for each in text if each in "\n\t" or unicodedata.category(each) != "Cc").strip()


class Line(Words):
    """One line about who answers."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": kwargs.pop("autocomplete", "off")})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class AnswerForm(forms.Form):
    """An answer to each point, a statement on all of it, a "no comment", a wish for more time: any of them, and who says it."""

    statement = Words(label=_l("Your statement"), rows=8)
    declined = forms.BooleanField(label=DECLINED, required=False)
    until = forms.DateTimeField(
        label=_l("Until when you need"),
        required=False,
        input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )
    because = Words(label=_l("Why you need more time"), rows=3, max_length=2000)
    by_name = Line(label=_l("Your name"), max_length=150, autocomplete="name")
    by_role = Line(
        label=_l("Your role"),
        max_length=200,
        autocomplete="organization-title",
        help_text=_l("Such as: press officer, chief executive, lawyer of the party."),
    )
    authority = Line(
        label=_l("With what authority you answer"),
        max_length=200,
        help_text=_l("Such as: for the agency, as instructed by its chief executive; or: for myself alone."),
    )
    receipt_to = forms.EmailField(
        label=_l("Where to send the receipt"),
        required=False,
        max_length=250,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args, matters, token, **kwargs):
        self.matters, self.token = matters, token
        super().__init__(*args, label_suffix="", **kwargs)
        for point in matters.points:
            self.fields[point.name] = Words(
                label=_("Your answer to point %(number)d") % {"number": point.number}, rows=6
            )
        self.fields["until"].help_text = _("In your time zone: %(zone)s.") % {"zone": matters.letter.zone}

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until <= timezone.now():
            raise ValidationError(_("This moment is past. Give one that is still to come."))
        return until

    def clean_receipt_to(self):
        address = self.cleaned_data["receipt_to"]
        if address and self.matters.has_sent_elsewhere_enough(address):
            raise ValidationError(
                _(
                    "Receipts have gone to several addresses already. Leave this empty: it goes to where our letter went."
                )
            )
        return address

    def clean(self):
        for name in self._with_the_token():
            self.add_error(
                name,
                _(
                    "This has the address of your private page in it. Take it out: whoever reads it could answer for you."
                ),
            )
        if not self.errors:
            self._require_one_meaning()
        return self.cleaned_data

    def _with_the_token(self):
        typed = {name: value for name, value in self.cleaned_data.items() if isinstance(value, str)}
        return [name for name, value in typed.items() if self.token in "".join(value.split())]

    def _require_one_meaning(self):
        said = self.said()
        if self.cleaned_data["declined"] and said:
            self.add_error(
                "declined", _("You wrote an answer as well. Take out one or the other, so that it says one thing.")
            )
        elif self.cleaned_data["because"] and not self.cleaned_data["until"]:
            self.add_error("until", _("Say until when you need time, so that it can be decided on."))
        elif not (said or self.cleaned_data["declined"] or self.cleaned_data["until"]):
            first = next(iter(self.matters.points), None)
            self.add_error(
                first.name if first else "statement",
                _("Nothing is said yet: answer a point, write a statement, decline to comment, or ask for more time."),
            )
        self._require_it_fits(sum(len(text) for text in said))

    def _require_it_fits(self, length):
        if length > MOST:
            told = ngettext(
                "Together this is %(length)d character; the page takes %(most)d. Send it by e-mail, in reply to our letter.",
                "Together this is %(length)d characters; the page takes %(most)d. Send it by e-mail, in reply to our letter.",
                length,
            )
            self.add_error("statement", told % {"length": length, "most": MOST})

    def said(self):
        """All that was written in answer, point by point and as a whole."""
        texts = [
            *(self.cleaned_data.get(point.name, "") for point in self.matters.points),
            self.cleaned_data["statement"],
        ]
        return [text for text in texts if text]

    @property
    def by_point(self):
        """[(matter, [(point, its field)])], in the letter's order."""
        return [(matter, [(point, self._described(point)) for point in matter.points]) for matter in self.matters.all]

    def _described(self, point):
        """The point's field; what is put is read out with it, and what is wrong with it."""
        field = self[point.name]
        said = [f"{point.name}-text", *([f"{field.auto_id}_error"] if field.errors else [])]
        field.field.widget.attrs["aria-describedby"] = " ".join(said)
        return field

    @property
    def answered(self):
        """[(point, answer)] of what was answered, as it will be filed."""
        given = [(point, self.cleaned_data[point.name]) for point in self.matters.points]
        return [(point, text) for point, text in given if text]

    @property
    def checked(self):
        """[(allegation, answer)] as the page to check shows it."""
        return [(point.allegation, text) for point, text in self.answered]

    @property
    def until_told(self):
        until = self.cleaned_data["until"]
        return deadlines.told(until, self.matters.letter.zone) if until else ""

    @property
    def carried(self):
        """[(name, value)]: what the page that is checked carries along, as it was understood."""
        values = {name: value for name, value in self.cleaned_data.items() if value}
        if until := values.get("until"):
            values["until"] = timezone.localtime(until).strftime(MOMENT)
        return [(name, "on" if value is True else value) for name, value in values.items()]
