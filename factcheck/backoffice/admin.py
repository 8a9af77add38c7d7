"""Django looks here for what belongs to the admin: everything that registers itself with the desk's site."""

from . import claims

__all__ = ["claims"]
