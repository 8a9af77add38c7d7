"""Paste a link, get the record: the page is fetched when the journalist asks, and says what it is called and whose it is.

Checking the form is what fetches: before anything is written, and outside the transaction that writes it, because a slow
site must not keep the whole newsroom waiting.
"""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from factcheck.claims.types import Precision
from factcheck.evidence import actions, capturing, checking, going_out, passages
from factcheck.evidence.models import Item
from factcheck.fetching import capturing as taking
from factcheck.fetching.fetch import Limits
from factcheck.fetching.reading import PDF
from factcheck.fetching.refusals import NotFetched

from .capture_verbs import item_address
from .verb_forms import FieldsForm, desk_field
from .verbs import Verb
from .when import open_to_edits

# Somebody sits and waits, and so does one of the server's threads.
LIMITS = Limits(seconds=15, received=15_000_000, unpacked=30_000_000, redirects=6)


class LinkForm(FieldsForm):
    """A link and, if there is one, the passage relied on."""

    as_it_stands = forms.BooleanField(
        label=_("Keep the passage although it was not found"), required=False, widget=forms.HiddenInput
    )
    keep_copy = forms.BooleanField(
        label=_("Keep a copy of our own, and look again from time to time whether the page has changed"),
        required=False,
        initial=True,
    )

    class Meta:
        model = Item
        fields = ["url", "passage", "passage_language"]
        formfield_callback = desk_field

    field_order = ["url", "passage", "as_it_stands", "passage_language", "keep_copy"]

    def prepare(self):
        self.fields["url"].required = True
        self.fields["url"].help_text = _("Paste it as it stands in the browser.")

    def clean(self):
        given = super().clean()
        if given.get("passage") and not given.get("passage_language"):
            self.add_error("passage_language", _t("Say what language the passage is in."))
        for reason in open_to_edits(self.by, self.case):
            self.add_error(None, reason)
        if given.get("url") and self.case.claim.evidence.filter(url=given["url"], withdrawn_at=None).exists():
            self.add_error("url", _t("This link is evidence of this claim already."))
        if not self.errors:
            self._fetch(given)
        return given

    def _fetch(self, given):
        try:
            given["taken"] = taken = taking.look(given["url"], going_out.fetcher(), limits=LIMITS)
        except NotFetched as problem:
            self.add_error("url", problem.sentence)
            return
        if passages.stands_on(given["passage"], taken.page) is False and not given["as_it_stands"]:
            self.fields["as_it_stands"].widget = forms.CheckboxInput()
            self.add_error("passage", _t("Not found on the page, word for word. Check the wording."))


def _said_of_itself(taken, url):
    page = taken.page
    day = date.fromisoformat(page.published_on) if page.published_on else None
    day = day if day and day <= timezone.localdate() else None  # a page may claim any day
    return {
        "title": (page.title or url.partition("://")[2])[:250],
        "kind": Item.Kind.DOCUMENT if taken.last.media_type == PDF else Item.Kind.WEB_PAGE,
        "publisher": _whose(page)[:200],
        "published_on": day,
        "published_precision": Precision.DAY if day else Precision.UNKNOWN,
    }


def _whose(page):
    """Author and publisher, as one would cite them; one of them where they are the same."""
    said = {name.casefold(): name for name in (page.publisher, page.author) if name}
    return ", ".join(reversed(said.values()))


def _add(case, by, data):
    given = {name: data[name] for name in ("url", "passage", "passage_language")}
    item = actions.add(case.claim, by=by, **given, **_said_of_itself(data["taken"], data["url"]))
    if data["keep_copy"]:
        capturing.ask(item, by=by)
        checking.watch(item, by=by)
    return item_address(item)


ADD_LINK = Verb(
    "evidence-link",
    _("Add evidence from a link"),
    _(
        "Our server fetches the page now, under our name, and fills in its title, publisher and date as the page states them. "
        "A passage that you give is looked for on the page."
    ),
    _add,
    LinkForm,
    not_now=open_to_edits,
    done=_("Added, with what the page says of itself. Check it, and say what it shows."),
)
