"""Boxes from another tool's paper on our grid: nothing overlaps, and neighbours keep room for a label between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from nunatak.core.diagram import GRID, Point

# Between the centres of neighbours: a card's width and a label; a card's height and a label.
PITCH_X = 384
PITCH_Y = 320
ROW_LENGTH = 5

Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A box on the other tool's paper: centre and size in its units, and the size it gets from us. `rank` orders the
    boxes that have no place: each rank starts a row."""

    id: str
    x: float
    y: float
    width: float
    height: float
    our_width: int
    our_height: int
    rank: int = 0


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How the paper becomes ours: a paper point times `x`, `y` less `left`, `top`; `places` holds each box's top-left
    corner by id."""

    x: float
    y: float
    left: float
    top: float
    places: dict[str, Place]

    def point(self, x: float, y: float) -> Point:
        """A point of the paper in our units."""
        return Point(x=round(x * self.x - self.left), y=round(y * self.y - self.top))


def scaled(sheets: Sequence[Sheet], homeless: Sequence[Sheet] = ()) -> Scale:
    """The scale of a diagram, chosen so that the nearest neighbours stand one pitch apart and nothing overlaps. Boxes
    in `homeless`, and those that lie on an earlier one, stand in rows below. The top-left corner of all is 0, 0."""
    kept, gap_x, gap_y = _settled(sheets)
    strays = [*homeless, *(s for s in sheets if s.id not in kept)]
    x = max((s.our_width / s.width for s in kept.values()), default=1.0)
    y = max((s.our_height / s.height for s in kept.values()), default=1.0)
    x, y = max(x, PITCH_X / gap_x), max(y, PITCH_Y / gap_y)
    left = min((s.x * x - s.our_width / 2 for s in kept.values()), default=0.0)
    top = min((s.y * y - s.our_height / 2 for s in kept.values()), default=0.0)
    places = {s.id: _snapped(s.x * x - s.our_width / 2 - left, s.y * y - s.our_height / 2 - top) for s in kept.values()}
    below = max((place[1] for place in places.values()), default=-PITCH_Y) + PITCH_Y
    return Scale(x=x, y=y, left=left, top=top, places=places | dict(_rows(strays, below)))


def _snapped(x: float, y: float) -> Place:
    return round(x / GRID) * GRID, round(y / GRID) * GRID


def _settled(sheets: Sequence[Sheet]) -> tuple[dict[str, Sheet], float, float]:
    """The sheets that lie on no earlier one, and the smallest distance between the centres of two in a row and of two
    in a column (infinite without neighbours). A lattice of the largest size keeps this linear."""
    width = max((s.width for s in sheets), default=1)
    height = max((s.height for s in sheets), default=1)
    lattice: defaultdict[tuple[int, int], list[Sheet]] = defaultdict(list)
    kept: dict[str, Sheet] = {}
    gap_x = gap_y = float("inf")
    for sheet in sheets:
        cell = int(sheet.x // width), int(sheet.y // height)
        near = [other for at in _around(cell) for other in lattice.get(at, ())]
        if any(_beside(sheet, other) and _above(sheet, other) for other in near):
            continue
        gap_x = min([gap_x, *(abs(sheet.x - other.x) for other in near if _beside(sheet, other))])
        gap_y = min([gap_y, *(abs(sheet.y - other.y) for other in near if _above(sheet, other))])
        kept[sheet.id] = sheet
        lattice[cell].append(sheet)
    return kept, gap_x, gap_y


def _around(cell: tuple[int, int]) -> Iterator[tuple[int, int]]:
    return ((cell[0] + x, cell[1] + y) for x in (-2, -1, 0, 1, 2) for y in (-2, -1, 0, 1, 2))


def _beside(one: Sheet, other: Sheet) -> bool:
    """Whether the two share some height, as boxes in a row do."""
    return abs(one.y - other.y) * 2 < one.height + other.height


def _above(one: Sheet, other: Sheet) -> bool:
    """Whether the two share some width, as boxes in a column do."""
    return abs(one.x - other.x) * 2 < one.width + other.width


def _rows(sheets: Sequence[Sheet], top: int) -> Iterator[tuple[str, Place]]:
    """Rows of a few boxes, by rank, from `top` down."""
    for _, rank in groupby(sorted(sheets, key=lambda s: s.rank), key=lambda s: s.rank):
        row = list(rank)
        for start in range(0, len(row), ROW_LENGTH):
            for column, sheet in enumerate(row[start : start + ROW_LENGTH]):
                yield sheet.id, (column * PITCH_X, top)
            top += PITCH_Y
