"""A grid that finds the boxes near a place without looking at all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from itertools import chain, product
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
        right, bottom, cell = x + width, y + height, self._cell
        entry = (number, x, y, right, bottom)
        left, top, last, low = floor(x / cell), floor(y / cell), floor(right / cell), floor(bottom / cell)
        if left == last and top == low:
            self._cells[left, top].append(entry)
        elif (last - left + 1) * (low - top + 1) > _MOST_CELLS:
            self._large.append(entry)
        else:
            for column in range(left, last + 1):
                for row in range(top, low + 1):
                    self._cells[column, row].append(entry)

    def near(self, box: Box) -> list[tuple[int, Box]]:
        """The boxes that share more than a border with `box`, and their numbers; at most a few hundred."""
        entries = self._entries(box)
        x, y, right, bottom = box.x, box.y, box.right, box.bottom
        if len(entries) > _MOST_SEEN:
            hits = self._hits(box)
        else:
            hits = {id(e): e for e in entries if x < e[3] and e[1] < right and y < e[4] and e[2] < bottom}
        return [(number, Box(left, top, far - left, low - top)) for number, left, top, far, low in hits.values()]

    def numbers(self, box: Box) -> set[int]:
        """The numbers of the boxes that share more than a border with `box`, a few hundred at most."""
        entries = self._entries(box)
        if len(entries) > _MOST_SEEN:
            return {entry[0] for entry in self._hits(box).values()}
        return _numbers(entries, box)

    def part(self, box: Box) -> Callable[[Box], set[int]]:
        """What answers as `numbers` does for boxes that lie in `box`: for those who ask for several of them."""
        entries = self._entries(box)
        if len(entries) > _MOST_SEEN:
            return self.numbers
        x, y, right, bottom = box.x, box.y, box.right, box.bottom
        near = [entry for entry in entries if x < entry[3] and entry[1] < right and y < entry[4] and entry[2] < bottom]
        return partial(_numbers, near)

    def touched(self, box: Box) -> bool:
        """Whether any box shares more than a border with `box`."""
        x, y, right, bottom = box.x, box.y, box.right, box.bottom
        for entries in self._held(box):
            for _, left, top, far, low in entries:
                if x < far and left < right and y < low and top < bottom:
                    return True
        return False

    def _hits(self, box: Box) -> dict[int, _Entry]:
        """What is met first, by identity: a box is in several cells."""
        x, y, right, bottom = box.x, box.y, box.right, box.bottom
        hits: dict[int, _Entry] = {}
        for entries in self._held(box):
            for entry in entries:
                if x < entry[3] and entry[1] < right and y < entry[4] and entry[2] < bottom:
                    hits[id(entry)] = entry
                    if len(hits) >= _MOST_SEEN:
                        return hits
        return hits

    def _entries(self, box: Box) -> list[_Entry]:
        """What lies in the cells that a box touches, once for each of them."""
        held = self._held(box)
        return held[0] if len(held) == 1 else list(chain.from_iterable(held))

    def _held(self, box: Box) -> list[list[_Entry]]:
        """The cells that a box touches, and what is kept apart."""
        x, y, width, height = box
        cell, cells = self._cell, self._cells
        left, top, last, low = floor(x / cell), floor(y / cell), floor((x + width) / cell), floor((y + height) / cell)
        if left == last and top == low:
            held = [cells.get((left, top), _NONE)]
        elif (last - left + 1) * (low - top + 1) > len(cells):
            held = [cells[at] for at in cells if left <= at[0] <= last and top <= at[1] <= low]
        else:
            held = [cells[at] for at in product(range(left, last + 1), range(top, low + 1)) if at in cells]
        return [*held, self._large] if self._large else held


def _numbers(entries: list[_Entry], box: Box) -> set[int]:
    """The numbers of those that share more than a border with a box."""
    x, y, width, height = box
    right, bottom = x + width, y + height
    return {number for number, left, top, far, low in entries if x < far and left < right and y < low and top < bottom}
