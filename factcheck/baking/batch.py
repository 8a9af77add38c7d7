"""A batch of files: what is baked together, finished together, and made anew together."""

from dataclasses import dataclass, field


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
