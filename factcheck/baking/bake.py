"""The bake: what has changed since the last one is asked of the website and written, what is not published any more is removed."""

import hashlib
from itertools import islice

from factcheck.published import everything, reading

from . import addresses, batches, older
from .asking import GONE, UNCHANGED, pieces, release
from .tree import Stopped

TOGETHER = 40  # batches that are noted in one go
ROUNDS = 20
STILL_PUBLISHING = (
    f"Something was published in each of the {ROUNDS} rounds of this bake, so lists may be older than the last publication. "
    "Every page in the folder is whole. Bake again."
)


class Bake:
    """One bake of a Tree with its Inventory; `tell(what, done, of)` is told how far it is."""

    def __init__(self, tree, inventory, website, tell):
        self.tree, self.inventory, self.website, self.tell = tree, inventory, website, tell
        self.written = self.kept = self.removed = 0

    def all(self):
        """Bake everything, and what is published meanwhile as well, so that no list names a page that is not there.

        Raises Stopped where something was published in every round, when all else is done.
        """
        self._make(batches.static(self.inventory.stale))
        caught_up = any(self._round() for _ in range(ROUNDS))
        self._remove_the_rest()
        if not caught_up:
            raise Stopped(STILL_PUBLISHING)

    def _round(self):
        """Bake what has changed. Returns whether nothing was published meanwhile."""
        began = reading.last_change()
        self._claims()
        for kind in batches.HEADINGS:
            self._each(kind, batches.headings(kind, self.inventory.stale))
        for name in addresses.LISTS:
            self._each(f"older {name}", older.pages(name, self.inventory.stale))
        self._each("ledger", batches.ledger(self.inventory.stale))
        self._once()
        return reading.last_change() == began

    def _claims(self):
        for parties in self.inventory.parties_without_a_page():
            if here := everything.with_a_page(parties):
                self.inventory.link_to(here)
        self._each("claims", batches.claims(self.inventory.stale), everything.number_of_checks())

    def _each(self, what, chunks, of=0):
        done = 0
        for unchanged, changed in chunks:
            done += unchanged
            self.tell(what, done, of)
            while some := list(islice(changed, TOGETHER)):
                self._make(some)
                done += len(some)
                self.tell(what, done, of)

    def _once(self):
        for batch in batches.once():
            self.inventory.stale({batch.name: ""})  # it is seen, whether or not it is made anew
            if not self._is_unchanged(batch):
                self._make([batch])

    def _is_unchanged(self, batch):
        of, _, etag = self.inventory.depends(batch.name).partition(" ")
        if of != release() or not etag or batch.name.partition(":")[2] in addresses.EVERY_TIME:
            return False
        return self.website.ask(batch.wanted[0].address, etag).status_code == UNCHANGED

    def _make(self, some):
        """Make these batches: noted as unfinished, written, noted as finished."""
        with self.inventory.at_once():
            plans = [_Plan(self, batch) for batch in some]
        with reading.ahead([batch.claim for batch in some if batch.claim]):
            for plan in plans:
                plan.carry_out()
        with self.inventory.at_once():
            for plan in plans:
                self.inventory.finish(plan.batch.name, plan.depends, plan.written, plan.gone, plan.batch.waits)

    def _remove_the_rest(self):
        for name in self.inventory.not_seen():
            files = self.inventory.files_of(name)
            for path in files:
                self.tree.remove(path)
            self.removed += len(files)
            with self.inventory.at_once():
                self.inventory.forget(name)


class _Plan:
    """What is to be done for one batch, noted before it is done."""

    def __init__(self, bake, batch):
        self.bake, self.batch, self.depends = bake, batch, batch.depends
        self.known = bake.inventory.files_of(batch.name)
        wanted = {w.path or bake.tree.path_of(w.address): w for w in batch.wanted}
        self.todo = {path: w for path, w in wanted.items() if not self._stands(path, w)}
        self.gone = set(self.known) - set(wanted)
        self.written = {}
        for path in self.todo:
            self._refuse_a_stranger(path)
        bake.inventory.begin(batch.name, self.todo)

    def _stands(self, path, wanted):
        sha256, depends = self.known.get(path, (None, ""))
        return bool(wanted.depends) and sha256 is not None and depends == wanted.depends

    def _refuse_a_stranger(self, path):
        if path in self.known or self.bake.inventory.has(path) or not self.bake.tree.there(path):
            return
        raise Stopped(
            f"{self.bake.tree.root / path} is there and was not baked. Move it away; nothing is written over it."
        )

    def carry_out(self):
        for path, wanted in self.todo.items():
            answer = self.bake.website.ask(wanted.address)
            if answer.status_code in GONE and answer.status_code != wanted.status:
                self.gone.add(path)
                continue
            self.depends = self.depends or f"{release()} {answer.headers.get('ETag', '')}"
            self.written[path] = (self._keep(path, answer), wanted.depends)
        for path in self.gone:
            self.bake.tree.remove(path)
            self.bake.removed += path in self.known

    def _keep(self, path, answer):
        """The SHA-256 of an answer, in the file now, too."""
        kind = answer.headers.get("Content-Type", "")
        self.bake.written += 1
        if answer.streaming:
            return self.bake.tree.write(path, pieces(answer), kind)
        sha256 = hashlib.sha256(answer.content).digest()
        if sha256 == self.known.get(path, (None,))[0]:
            self.bake.written -= 1
            self.bake.kept += 1
        else:
            self.bake.tree.write_small(path, answer.content, kind)
        return sha256
