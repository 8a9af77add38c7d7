"""The line of pages across the top of the desk: what this person may open, in the order of the work."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom.roles import AUTHORS, Role


@dataclass(frozen=True)
class Entry:
    """One page: `current` is "page" on the page itself, "true" on one below it, else empty."""

    label: str
    url: str
    current: str


# model of the page, what the page is called
PAGES = (
    ("inbox.Filing", _("Inbox")),
    ("claims.Claim", _("Claims")),
    ("claims.Story", _("Stories")),
    ("claims.Speaker", _("Speakers")),
    ("claims.Topic", _("Topics")),
    ("letters.Letter", _("Letters")),
    ("evidence.Watch", _("Links")),
    ("sources.Pseudonym", _("Pseudonyms")),
    ("sources.Source", _("Protected sources")),
    ("desk.Override", _("Overrides and waivers")),
    ("desk.Rating", _("Ratings")),
    ("published.Check", _("Published")),
    ("newsroom.JournalEntry", _("Journal")),
    ("newsroom.User", _("People")),
)


def around(site, request):
    """What the frame of every page shows this person: the pages, the search, their roles."""
    admins = {model._meta.label: admin for model, admin in site._registry.items()}
    open_to = {name for name, admin in admins.items() if admin.has_view_permission(request)}
    urls = {name: _list_of(admins[name]) for name, _label in PAGES if name in open_to}
    if request.user.has_role(*AUTHORS, Role.LEGAL):
        urls["sources.Source"] = reverse("admin:sources_source_changelist")
    home = reverse("admin:index")
    return {
        "desk_nav": [Entry(_("Desk"), home, "page" if request.path == home else "")]
        + [Entry(label, urls[name], _current(request.path, urls[name])) for name, label in PAGES if name in urls],
        "find_claims_url": urls.get("claims.Claim", ""),
        "role_names": [role.label for role in Role if role in request.user.roles],
    }


def _list_of(admin):
    return reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_changelist")


def _current(path, url):
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""
