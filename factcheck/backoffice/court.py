"""The file for a complaint or a court at the desk: asked for on a confirm page, handed out as a page for paper, PDF or JSON.

One template makes page and PDF. The page carries its own style, because it has to look the same on any machine without us;
it is handed out as a download, where the desk's own rules about style do not reach.
"""

from functools import cache
from importlib.util import find_spec

from django import forms
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.desk import permissions
from factcheck.desk.court import making
from factcheck.desk.court.shape import as_json, digest_of
from factcheck.leaving import Mode, leaves_as
from factcheck.reply.models import ReplyFile

from .journal_verbs import told
from .verb_forms import WholeForm
from .verbs import Verb

FORMS = (
    ("html", _l("A page to print, which opens in any browser")),
    ("pdf", _l("PDF")),
    ("json", _l("JSON, for machines and for checking the hashes")),
)
TYPES = {"html": "text/html; charset=utf-8", "pdf": "application/pdf", "json": "application/json"}


@cache
def can_make_pdf():
    """Whether the extra that makes PDFs is installed, with the libraries of the system that it draws with."""
    if find_spec("weasyprint") is None:
        return False
    try:
        import weasyprint  # noqa: F401
    except OSError:  # Pango is missing
        return False
    return True


class CourtForm(WholeForm):
    """In which form, and whether whole."""

    field_order = ["output", "whole", "reason"]

    output = forms.ChoiceField(label=_l("form"), choices=FORMS, initial="html", widget=forms.RadioSelect)
    whole = forms.BooleanField(
        label=_l("the whole file, with nothing redacted"),
        required=False,
        help_text=_l(
            "With names, addresses, internal notes and answers off the record. For your lawyer, never for the other side."
        ),
    )

    def may_have_it_whole(self):
        return permissions.role_refusal(self.by, "court_file_whole") is None

    def prepare(self):
        super().prepare()
        if not can_make_pdf():
            self.fields["output"].choices = [choice for choice in FORMS if choice[0] != "pdf"]
            self.fields["output"].help_text = _(
                "PDF needs the extra “pdf” and the Pango library, which are not installed here. Print the page instead."
            )


def _hand_out(case, by, data):
    file = case.thing if isinstance(case.thing, ReplyFile) else None
    made = making.make(case.claim, by=by, file=file, **data)
    return response(made, data["output"])


def response(file, form):
    """The file as a download: HttpResponse."""
    body = {"html": as_page, "pdf": as_pdf, "json": as_json}[form](file)
    answer = HttpResponse(body, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{_name(file)}.{form}"'
    return leaves_as(answer, "court-file", _mode_of(file))


def _name(file):
    words = slugify(f"{file.party} {file.wording}")[:60].strip("-") or "claim"
    return f"{words}-{timezone.localtime(file.made_at):%Y-%m-%d}-{_mode_of(file).value}"


def _mode_of(file):
    return Mode.REDACTED if file.redacted else Mode.WHOLE


def as_page(file):
    """The file as one HTML document with its style in it, ready for paper."""
    lines = [(line, told(line.verb)) for line in file.lines]
    style = mark_safe(_style())
    return render_to_string(
        "backoffice/court/file.html", {"file": file, "lines": lines, "digest": digest_of(file), "style": style}
    )


@cache
def _style():
    with open(finders.find("backoffice/court.css"), encoding="utf-8") as css:  # noqa: PTH123
        return css.read()


def as_pdf(file):
    """The same document as PDF. Nothing is fetched: it points to nothing."""
    import weasyprint

    return weasyprint.HTML(string=as_page(file), url_fetcher=_fetch_nothing).write_pdf()


def _fetch_nothing(url, *args, **kwargs):
    raise ValueError("a court file is made of itself alone")


COURT_FILE = Verb(
    "court-file",
    _l("File for a complaint or a court"),
    _l(
        "Everything that was asked, sent, answered, granted, decided and printed, in time order and with its hashes; the "
        "journal is checked while the file is made. Names of staff, addresses, internal notes and answers off the record "
        "are redacted, with a schedule of what and why. The journal notes that you made it."
    ),
    _hand_out,
    CourtForm,
    lambda by, case: permissions.role_refusal(by, "court_file"),
)
