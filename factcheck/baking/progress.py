"""How far a bake is: a bar that moves on a terminal, and a line for each part where nobody looks at one."""

import time

WIDTH = 24
EVERY = 0.1  # seconds between two looks of the bar


class Progress:
    def __init__(self, out, moving):
        self.out, self.moving = out, moving
        self.began = time.monotonic()
        self.what, self.line, self.told_at = "", "", 0

    def seconds(self):
        return time.monotonic() - self.began

    def tell(self, what, done, of):
        """`done` of `of` pages of a kind; 0 where nobody has counted how many there are."""
        if what != self.what:
            self.end()
            self.what, self.since = what, time.monotonic()
        self.line = f"{what} {self._bar(done, of)}"
        if self.moving and time.monotonic() - self.told_at > EVERY:
            self.told_at = time.monotonic()
            self.out.write(f"\r\x1b[K{self.line}", ending="")
            self.out.flush()

    def _bar(self, done, of):
        if not of:
            return f"{done:,}"
        of = max(done, of)  # more may have been published since they were counted
        full = WIDTH * done // of
        rate = done / max(time.monotonic() - self.since, 0.001)
        return f"[{'=' * full}{' ' * (WIDTH - full)}] {done:,} of {of:,}, {rate:,.0f} a second"

    def end(self):
        """Leave what was told last as a line of its own."""
        if self.line:
            self.out.write(f"\r\x1b[K{self.line}" if self.moving else self.line)
        self.line = self.what = ""
