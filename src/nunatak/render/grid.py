"""A grid that finds the boxes near a place without looking at all of them."""

from __future__ import annotations

from collections import defaultdict
from math import floor

from nunatak.drawing.geometry import Box

# A box over more cells than this is kept apart and asked every time.
_MOST_CELLS = 256
# Nobody needs to know of more; it keeps heaps of things on one spot from costing their square.
_MOST_SEEN = 512

_Entry = tuple[int, float, float, float, float]
_NONE: list[_Entry] = []


class Grid:
    """Boxes by the square cells they touch, `cell` units wide; each bears the number it was put in with."""

    def __init__(self, cell: float = 256) -> None:
        self._cell = cell
        self._cells: defaultdict[tuple[int, int], list[_Entry]] = defaultdict(list)
        self._large: list[_Entry] = []

    def put(self, number: int, box: Box) -> None:
        """Adds a box; one number may have several."""
        x, y, width, height = box
        entry = (number, x, y, x + width, y + height)
        left, top, right, bottom = self._span(box)
        if left == right and top == bottom:
            self._cells[left, top].append(entry)
        elif (right - left + 1) * (bottom - top + 1) > _MOST_CELLS:
            self._large.append(entry)
        else:
            for column in range(left, right + 1):
                for row in range(top, bottom + 1):
                    self._cells[column, row].append(entry)

    def near(self, box: Box) -> list[tuple[int, Box]]:
        """The boxes that share more than a border with `box`, and their numbers; at most a few hundred."""
        return [
            (number, Box(left, top, right - left, bottom - top))
            for number, left, top, right, bottom in self._hits(box).values()
        ]

    def numbers(self, box: Box) -> set[int]:
        """The numbers of the boxes that share more than a border with `box`, a few hundred at most."""
        x, y, width, height = box
        right, bottom, cell = x + width, y + height, self._cell
        column, row = floor(x / cell), floor(y / cell)
        if column == floor(right / cell) and row == floor(bottom / cell) and not self._large:
            entries = self._cells.get((column, row), _NONE)
        else:
            entries = [entry for entries in self._candidates(box) for entry in entries]
        if len(entries) > _MOST_SEEN:
            return {entry[0] for entry in self._hits(box).values()}
        return {
            number for number, left, top, far, low in entries if x < far and left < right and y < low and top < bottom
        }

    def touched(self, box: Box) -> bool:
        """Whether any box shares more than a border with `box`."""
        x, y, width, height = box
        right, bottom = x + width, y + height
        for entries in self._candidates(box):
            for entry in entries:
                if x < entry[3] and entry[1] < right and y < entry[4] and entry[2] < bottom:
                    return True
        return False

    def _hits(self, box: Box) -> dict[int, _Entry]:
        """What is met first, by identity: a box is in several cells."""
        x, y, width, height = box
        right, bottom = x + width, y + height
        hits: dict[int, _Entry] = {}
        for entries in self._candidates(box):
            for entry in entries:
                if x < entry[3] and entry[1] < right and y < entry[4] and entry[2] < bottom:
                    hits[id(entry)] = entry
                    if len(hits) >= _MOST_SEEN:
                        return hits
        return hits

    def _candidates(self, box: Box) -> list[list[_Entry]]:
        """What lies in the cells that a box touches."""
        left, top, right, bottom = self._span(box)
        cells = self._cells
        if left == right and top == bottom:
            found = [cells[left, top]] if (left, top) in cells else []
        elif (right - left + 1) * (bottom - top + 1) > len(cells):
            found = [
                entries for (column, row), entries in cells.items() if left <= column <= right and top <= row <= bottom
            ]
        else:
            keys = [(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)]
            found = [cells[key] for key in keys if key in cells]
        if self._large:
            found.append(self._large)
        return found

    def _span(self, box: Box) -> tuple[int, int, int, int]:
        x, y, width, height = box
        cell = self._cell
        return floor(x / cell), floor(y / cell), floor((x + width) / cell), floor((y + height) / cell)
