"""Django looks here for what belongs to the admin: everything that registers itself with the desk's site."""

from . import (
    answered_for,
    claim_surroundings,
    claims,
    evidence,
    inbox,
    invitations,
    letters,
    link_report,
    newsroom,
    people,
    published,
    reply,
    sources,
)

__all__ = [
    "answered_for",
    "claim_surroundings",
    "claims",
    "evidence",
    "inbox",
    "invitations",
    "letters",
    "link_report",
    "newsroom",
    "people",
    "published",
    "reply",
    "sources",
]
