"""Whether a baked folder is the live site: each file byte for byte, its gzip, what is missing, and where every link leads."""

import gzip
import hashlib
import re
from html import unescape
from itertools import chain
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote, urldefrag, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from . import addresses, batches, older
from .asking import GONE, pieces
from .tree import COMPRESSED, Stopped

LINK = re.compile(r'\b(?:href|src)="([^"]+)"|\bcontent="(https?:[^"]+)"|<(?:loc|id|uri)>([^<]+)</')
FOLLOWED = (".html", ".xml", ".atom")
CHUNK = 1 << 20


class Comparison:
    """`faults` yields a sentence for each thing that is wrong, and has the next bake make its file anew."""

    def __init__(self, tree, inventory, website, tell):
        self.tree, self.inventory, self.website, self.tell = tree, inventory, website, tell
        self.looked_at, self.strangers, self.dead = 0, [], {}

    def faults(self):
        of = self.inventory.count()
        for wanted in self._all_wanted():
            path = wanted.path or self.tree.path_of(wanted.address)
            yield from self._of_a_file(path, wanted)
            self.tell("compared", self.looked_at, of)
        yield from self._dead_links()
        yield from self._left_over()

    def _all_wanted(self):
        """All that should be there now, whatever the notes say; all of it counts as seen."""

        def everyone(names):
            self.inventory.stale(names)
            return set(names)

        for batch in batches.static(everyone):
            yield from batch.wanted
        for _none, some in batches.claims(everyone):
            for batch in some:
                yield from batch.wanted
        for kind in batches.HEADINGS:
            for _none, some in batches.headings(kind, everyone):
                for batch in some:
                    yield from batch.wanted
        lists = [older.pages(name, everyone) for name in addresses.LISTS]
        for _none, some in chain(*lists, batches.ledger(everyone)):
            for batch in some:
                yield from batch.wanted
        for batch in batches.once():
            everyone({batch.name: ""})
            yield from batch.wanted

    def _of_a_file(self, path, wanted):
        answer, there = self.website.ask(wanted.address), self.tree.root / path
        live = _digest_of(pieces(answer))
        is_gone = answer.status_code in GONE and answer.status_code != wanted.status
        if is_gone and not there.exists():
            return
        self.looked_at += 1
        if is_gone:
            yield self._mended(path, "is there, and live there is nothing at its address")
        elif not there.is_file():
            yield self._mended(path, "is missing")
        else:
            yield from self._of_what_is_there(path, live, answer.headers.get("Content-Type", ""))
            if there.suffix in FOLLOWED:
                self._follow_links(path, there.read_bytes(), wanted.address)

    def _of_what_is_there(self, path, live, kind):
        plain, packed = self.tree.root / path, self.tree.root / f"{path}.gz"
        baked = _digest_in(plain, open)
        if baked != live:
            yield self._mended(path, "is not what the live site answers")
        elif kind.startswith(COMPRESSED) and _digest_in(packed, gzip.open) != baked:
            yield self._mended(path, "is not what its gzip holds")

    def _mended(self, path, what):
        self.inventory.make_anew(path)
        return f"{path} {what}."

    def _left_over(self):
        for name in self.inventory.not_seen():
            for path in self.inventory.files_of(name):
                yield f"{path} is there, and nothing of it is published now."
        for path in self.tree.every_file():
            ours = path.removesuffix(".gz")
            if not self.inventory.has(path) and not self.inventory.has(ours):
                self.strangers.append(path)

    def _follow_links(self, path, content, address):
        for link in dict.fromkeys("".join(found) for found in LINK.findall(content.decode())):
            to = _inside(unescape(link), address)
            if to and not self._leads_somewhere(to):
                first, others = self.dead.get(to, (path, -1))
                self.dead[to] = first, others + 1

    def _dead_links(self):
        for to, (path, others) in self.dead.items():
            more = f" (and {others:,} more)" if others else ""
            yield f"{path}{more} links to {to}, and nothing is there."

    def _leads_somewhere(self, to):
        address, _, asked = to.partition("?")
        try:
            name = resolve(unquote(address)).view_name
        except Resolver404:  # no page of the website, and a file all the same: a style sheet
            name = ""
        if not _is_baked(name, asked):
            asked = ""  # the server of the files says in a sentence that it cannot answer this
        return name in addresses.NOT_BAKED or self._is_there(f"{address}?{asked}" if asked else address)

    def _is_there(self, address):
        try:
            return (self.tree.root / self.tree.path_of(address)).is_file()
        except Stopped:
            return False


def _is_baked(name, asked):
    """Whether what is asked at the address of this name is asked of a file."""
    names = {parameter for parameter, _value in parse_qsl(asked)}
    return bool(names) and names <= addresses.ASKED.get(name, set())


def _inside(link, address):
    """The path of a link that leads to a page of ours, or None."""
    link = urldefrag(link)[0]
    if link.startswith(f"{settings.SITE_URL}/"):
        return link.removeprefix(settings.SITE_URL)
    if not link or urlsplit(link).scheme or link.startswith("//"):
        return None
    if link.startswith("/"):
        return link
    return f"{address.partition('?')[0]}{link}" if link.startswith("?") else str(PurePosixPath(address, link))


def _digest_of(parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def _digest_in(path, opened):
    """The SHA-256 of what is in a file; None where it cannot be read."""
    try:
        with opened(path, "rb") as file:
            return _digest_of(iter(lambda: file.read(CHUNK), b""))
    except (OSError, EOFError):
        return None
