"""What may leave the building for a piece of evidence, and under which name (EV-8).

Fetching a page tells its owner that the newsroom looked; sending its address to an archive tells everybody. Both are done
when somebody asks for it, one item at a time, and never for what is restricted or would lead to a source.
"""

from django.conf import settings
from django.utils.translation import gettext as _

from factcheck.fetching.fetch import Fetcher
from factcheck.fetching.save_page_now import SavePageNow


def fetcher():
    """The newsroom's own fetch.Fetcher, by its settings."""
    return Fetcher(settings.USER_AGENT, allowances=settings.ALLOW_PRIVATE_CAPTURE)


def archive():
    """The Internet Archive's service, or None where the newsroom has no keys for it."""
    if not settings.INTERNET_ARCHIVE_KEYS:
        return None
    access, _colon, secret = settings.INTERNET_ARCHIVE_KEYS.partition(":")
    return SavePageNow(fetcher(), access, secret, settings.INTERNET_ARCHIVE_URL)


def against_fetching(item):
    """Every reason why the link of an Item is not fetched, in sentences."""
    reasons = []
    if not item.url:
        reasons.append(_("This evidence has no web address."))
    if item.withdrawn_at:
        reasons.append(_("This evidence is withdrawn."))
    if item.visibility == item.Visibility.RESTRICTED:
        reasons.append(_("This evidence is restricted: nothing goes out for it. Add what you have as a file."))
    if item.confidential:
        reasons.append(
            _("This evidence comes from a confidential source: nothing goes out for it. Add what you have as a file.")
        )
    return reasons


def against_archiving(item):
    """Every reason why the link of an Item is not sent to the Internet Archive, in sentences."""
    reasons = against_fetching(item)
    if item.visibility == item.Visibility.INTERNAL:
        reasons.append(_("This evidence is internal: its address is not made public."))
    if item.source and item.source.pseudonym_id:
        reasons.append(_("This evidence is somebody's whose identity is protected: its address is not made public."))
    if not settings.INTERNET_ARCHIVE_KEYS:
        reasons.append(
            _(
                "The newsroom has no keys for the Internet Archive (INTERNET_ARCHIVE_KEYS). An address of a copy that "
                "exists can be typed in."
            )
        )
    return reasons
