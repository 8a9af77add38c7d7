"""A batch of files: what is baked together, finished together, and made anew together."""

from dataclasses import dataclass, field
from itertools import islice

AT_A_TIME = 500


@dataclass(slots=True)
class Wanted:
    """A file that is to be there: the address whose answer it holds, and what it depends on where that is less than its batch."""

    address: str
    depends: str = ""
    path: str = ""  # where it is not the address that says it
    status: int = 200


@dataclass(slots=True)
class Batch:
    """Files that belong together. `depends` says of what state they are made; "" where only the answer's own ETag does."""

    name: str
    depends: str
    wanted: list[Wanted]
    waits: set = field(default_factory=set)
    claim: str = ""  # the address of the claim whose pages they are


def of_those_that_changed(rows, named, stale, made):
    """(how many stand as they are, the Batches of the others) of some hundreds of `rows` at a time.

    `named(row)` gives the name of its batch and what that depends on; `stale({name: depends})` the names of those to be made
    anew; `made(rows, {name: depends})` their Batches.
    """
    rows = iter(rows)
    while chunk := [(*named(row), row) for row in islice(rows, AT_A_TIME)]:
        depends = {name: state for name, state, _row in chunk}
        names = stale(depends)
        changed = [row for name, _state, row in chunk if name in names]
        yield len(chunk) - len(changed), made(changed, depends)
