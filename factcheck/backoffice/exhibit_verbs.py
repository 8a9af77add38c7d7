"""The verbs on files of evidence: add, copy, redact, release, take back, set aside, and open an original."""

from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from factcheck.desk import handing_out
from factcheck.evidence import exhibits, late_copies, manifest
from factcheck.evidence.confided import is_a_sources, is_confided, why_not_kept
from factcheck.evidence.withheld import has_withheld
from factcheck.leaving import Mode, leaves_as
from factcheck.newsroom.roles import EDITORS

from . import exhibit_forms as forms
from .attachment import attachment
from .verb_forms import Because
from .verbs import Verb, role_needed
from .when import open_to_edits

ABOUT = ("backoffice/evidence/about_file.html",)


def item_files(item):
    return f"{reverse('admin:evidence_item_change', args=[item.pk])}#files"


def _usable(by, case):
    item = getattr(case.thing, "item", case.thing)
    withdrawn = [_t("This evidence is withdrawn.")] if item.withdrawn_at else []
    return open_to_edits(by, case) or withdrawn


def _to_be_kept(by, case):
    return _usable(by, case) or why_not_kept(case.item)


def _standing(by, case):
    aside = [_t("It was set aside.")] if case.thing.set_aside_at else []
    return _usable(by, case) or aside


def _to_be_redacted(by, case):
    return _standing(by, case) or why_not_kept(case.item)


def _to_be_released(by, case):
    released = [_t("It is released already.")] if case.thing.released_at else []
    return _usable(by, case) or exhibits.why_not_released(case.thing) or released


def _to_be_set_aside(by, case):
    released = [_t("It is released to readers: an editor has to take it back first.")] if case.thing.released_at else []
    return _standing(by, case) or released


def _to_be_copied(by, case):
    return _usable(by, case) or late_copies.why_not_made(case.thing)


def _is_released(by, case):
    return [] if case.thing.released_at else [_t("It is not released, so there is nothing to take back.")]


def _may_open(by, case):
    return exhibits.why_may_not_open_original(by, case.thing)


def _has_originals(by, case):
    return [] if exhibits.originals(case.thing).exists() else [_t("No file of it is here.")]


def _received(case, by, data):
    exhibits.receive(case.thing, by=by, upload=data["upload"])
    return item_files(case.thing)


def _redacted(case, by, data):
    exhibits.receive(case.thing.item, by=by, upload=data["upload"], redacts=case.thing)
    return item_files(case.thing.item)


def _on_exhibit(action):
    def act(case, by, data):
        action(case.thing, by=by, **data)
        return item_files(case.thing.item)

    return act


def _original(case, by, data):
    file = data["file"]
    opened = exhibits.open_original(case.thing, file, by=by)
    mode = Mode.CUSTODIAN if is_a_sources(case.thing) else Mode.INTERNAL
    return attachment(file, exhibits.name_of(case.thing, file), "evidence-original", mode, opened)


ADD_FILE = Verb(
    "add-file",
    _("Add a file"),
    _("A document, picture, recording or video in hand. Its hash and its true type are taken down as it comes in."),
    _received,
    forms.UploadForm,
    not_now=_to_be_kept,
    done=_("The file is kept, and its copy is below."),
)
HOLDING_VERBS = (
    ADD_FILE,
    Verb(
        "original",
        _("Open an original"),
        _(
            "The file as it came, with everything that is hidden in it. That you opened it is in the custody record, for good."
        ),
        _original,
        forms.OriginalForm,
        _may_open,
        _has_originals,
        second_factor=lambda case: is_confided(case.thing) or has_withheld(case.thing),
    ),
)
EXHIBIT_VERBS = (
    Verb(
        "release",
        _("Release to readers"),
        _(
            "Readers get the copy without hidden data with the next edition, as a download. Open the copy first: what can be "
            "read or seen in it, they will read and see. A sign-off covers it."
        ),
        _on_exhibit(exhibits.release),
        forms.ReleaseForm,
        role_needed(EDITORS),
        _to_be_released,
        shows=ABOUT,
        done=_("Released: it goes out with the next edition."),
        tone="main",
    ),
    Verb(
        "take-back",
        _("Take back from readers"),
        _(
            "From this moment readers cannot fetch it, whatever edition they look at. The page says that it was taken back."
        ),
        _on_exhibit(handing_out.take_back),
        Because,
        role_needed(EDITORS),
        _is_released,
        shows=ABOUT,
        done=_("Taken back, at once."),
        tone="grave",
    ),
    Verb(
        "redact",
        _("Add a redacted copy"),
        _("The same document with what must not be seen taken out. It is kept beside the original, as made from it."),
        _redacted,
        forms.UploadForm,
        not_now=_to_be_redacted,
        shows=ABOUT,
        done=_("The redacted copy is kept."),
    ),
    Verb(
        "make-copy",
        _("Make the copy"),
        _(
            "A copy without hidden data, for a file that came before one could be made of its kind. It may take a minute."
        ),
        _on_exhibit(late_copies.add_copy),
        forms.CopyForm,
        not_now=_to_be_copied,
        shows=ABOUT,
        done=_("The copy is kept. Open it before anybody gets it."),
    ),
    Verb(
        "set-aside",
        _("Set aside"),
        _("We stop relying on this file. It stays, with your reason, and can no longer be released."),
        _on_exhibit(exhibits.set_aside),
        Because,
        not_now=_to_be_set_aside,
        shows=ABOUT,
        done=_("Set aside, on the record."),
        tone="grave",
    ),
)


def _manifest(case, by, data):
    listed = manifest.list_for_staff(case.claim, by=by, **data)
    response = JsonResponse(listed, json_dumps_params={"ensure_ascii": False, "indent": 1})
    mode = Mode(listed["form"])
    response["Content-Disposition"] = f'attachment; filename="evidence-{case.claim.ref}-{mode.value}.json"'
    return leaves_as(response, "evidence-list", mode)


MANIFEST = Verb(
    "evidence-list",
    _("Take out the list of evidence"),
    _(
        "A file that lists every item of evidence with its hashes, for a lawyer or a partner. What is restricted, or a "
        "confidential source’s, stands in it under a random name alone. That you took it out is on the record."
    ),
    _manifest,
    forms.ListForm,
    may=lambda by, case: manifest.why_may_not_list(by),
)
