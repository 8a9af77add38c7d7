"""What a site asks of robots (RFC 9309). A page that it asks robots to leave alone is left alone, and told as that."""

from django.utils.translation import gettext as _
from protego import Protego

from . import links
from .charsets import to_text
from .fetch import Limits
from .refusals import Failed, Forbidden

LIMITS = Limits(seconds=15, received=1024 * 1024, unpacked=1024 * 1024, redirects=5)


class Robots:
    """The wishes of every site met on one errand, each asked for once."""

    def __init__(self, fetcher):
        self.fetcher, self._rules = fetcher, {}

    def require(self, url):
        """Raise Forbidden (code "robots") where the site of `url` asks robots to leave it alone."""
        if not self.allow(url):
            raise Forbidden(
                "robots",
                _("The site asks programs not to fetch this page (robots.txt). Save it by hand and add it as a file."),
            )

    def allow(self, url):
        link = links.parse(url)
        if link.origin not in self._rules:
            self._rules[link.origin] = self._asked(link.origin)
        rules = self._rules[link.origin]
        return rules if isinstance(rules, bool) else rules.can_fetch(url, self.fetcher.agent)

    def _asked(self, origin):
        """The rules of a site; True where it has none, False where it cannot tell us (as the standard has it)."""
        try:
            last = self.fetcher.fetch(f"{origin}/robots.txt", limits=LIMITS).last
        except Failed as problem:
            if problem.code in ("unreachable", "no-such-host", "certificate"):
                raise
            return False
        if last.status >= 500 or last.status == 429:
            return False
        return Protego.parse(to_text(last.body)) if last.status == 200 else True
