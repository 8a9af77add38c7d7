"""A speaker's ratings as bars, drawn on the server: numbers in, coordinates out. The template writes the SVG and its table."""

from dataclasses import dataclass

WIDTH = 340  # of the longest bar, in the drawing's own units
STEP = 46


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    code: str
    token: str
    shape: str
    number: int
    width: float
    y: int


class Chart:
    """`bars`, the most frequent rating first, and the size of the drawing. Empty where nothing was rated."""

    def __init__(self, counts):
        """`counts`: rows of rating_code, rating_label, rating_token and number, as `reading.ratings_of` gives them."""
        rows = sorted(counts, key=lambda row: (-row["number"], row["rating_label"]))
        most = rows[0]["number"] if rows else 1
        self.bars = [
            Bar(
                label=row["rating_label"],
                code=row["rating_code"],
                token=row["rating_token"],
                shape=row["rating_shape"],
                number=row["number"],
                width=round(WIDTH * row["number"] / most, 1),
                y=place * STEP,
            )
            for place, row in enumerate(rows)
        ]
        self.height = STEP * len(self.bars)
        self.total = sum(bar.number for bar in self.bars)
