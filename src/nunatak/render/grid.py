"""A grid that finds the boxes near a place without looking at all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import floor

from nunatak.drawing.geometry import Box

# A box over more cells than this is kept apart and asked every time.
_MOST_CELLS = 256
# Nobody needs to know of more; it keeps heaps of things on one spot from costing their square.
_MOST_HITS = 48

_Entry = tuple[int, float, float, float, float]


class Grid:
    """Boxes by the square cells they touch, `cell` units wide; each bears the number it was put in with."""

    def __init__(self, cell: float = 128) -> None:
        self._cell = cell
        self._cells: defaultdict[tuple[int, int], list[_Entry]] = defaultdict(list)
        self._large: list[_Entry] = []

    def put(self, number: int, box: Box) -> None:
        """Adds a box; one number may have several."""
        entry = (number, box.x, box.y, box.x + box.width, box.y + box.height)
        left, top, right, bottom = self._span(box)
        if (right - left + 1) * (bottom - top + 1) > _MOST_CELLS:
            self._large.append(entry)
            return
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                self._cells[column, row].append(entry)

    def near(self, box: Box) -> Iterator[tuple[int, Box]]:
        """The boxes that share more than a border with `box`, and their numbers: some twice, at most a few dozen."""
        x, y, width, height = box
        right, bottom = x + width, y + height
        hits = 0
        for number, left, top, far, low in self._candidates(box):
            if x < far and left < right and y < low and top < bottom:
                yield number, Box(left, top, far - left, low - top)
                hits += 1
                if hits >= _MOST_HITS:
                    return

    def _candidates(self, box: Box) -> Iterator[_Entry]:
        left, top, right, bottom = self._span(box)
        cells = self._cells
        if (right - left + 1) * (bottom - top + 1) > len(cells):
            for (column, row), entries in cells.items():
                if left <= column <= right and top <= row <= bottom:
                    yield from entries
        else:
            for column in range(left, right + 1):
                for row in range(top, bottom + 1):
                    yield from cells.get((column, row), ())
        yield from self._large

    def _span(self, box: Box) -> tuple[int, int, int, int]:
        cell = self._cell
        return (
            floor(box.x / cell),
            floor(box.y / cell),
            floor((box.x + box.width) / cell),
            floor((box.y + box.height) / cell),
        )
