"""Rectangles in diagram units, and a grid that finds those near a place without looking at all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import floor
from typing import NamedTuple

# A rectangle over more cells than this is kept apart and asked every time.
_MOST_CELLS = 256
# Nobody needs to know of more; it keeps heaps of things on one spot from costing their square.
_MOST_HITS = 48


class Bounds(NamedTuple):
    """A rectangle: `left` <= `right`, `top` <= `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Bounds:
        """Larger by `by` on all sides; smaller when negative."""
        return Bounds(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def overlaps(self, other: Bounds) -> bool:
        """Whether they share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Bounds) -> bool:
        """Whether the other lies inside, edges included."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def has(self, x: float, y: float) -> bool:
        """Whether the point lies inside, edges included."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def around(bounds: Iterable[Bounds]) -> Bounds | None:
    """The smallest rectangle that holds all, or None for none."""
    every = list(bounds)
    if not every:
        return None
    return Bounds(
        min(b.left for b in every),
        min(b.top for b in every),
        max(b.right for b in every),
        max(b.bottom for b in every),
    )


class Grid:
    """Rectangles by the square cells they touch; each bears the number it was put in with."""

    def __init__(self, cell: float = 128) -> None:
        self._cell = cell
        self._cells: defaultdict[tuple[int, int], list[tuple[int, Bounds]]] = defaultdict(list)
        self._large: list[tuple[int, Bounds]] = []

    def put(self, number: int, bounds: Bounds) -> None:
        """Adds a rectangle; the same number may have several."""
        left, top, right, bottom = self._span(bounds)
        if (right - left + 1) * (bottom - top + 1) > _MOST_CELLS:
            self._large.append((number, bounds))
            return
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                self._cells[column, row].append((number, bounds))

    def near(self, bounds: Bounds) -> Iterator[tuple[int, Bounds]]:
        """The rectangles that overlap `bounds` with their numbers, some twice, at most a few dozen."""
        hits = 0
        for number, other in self._candidates(bounds):
            if (
                bounds.left < other.right
                and other.left < bounds.right
                and bounds.top < other.bottom
                and other.top < bounds.bottom
            ):
                yield number, other
                hits += 1
                if hits >= _MOST_HITS:
                    return

    def _candidates(self, bounds: Bounds) -> Iterator[tuple[int, Bounds]]:
        left, top, right, bottom = self._span(bounds)
        cells = self._cells
        if (right - left + 1) * (bottom - top + 1) > max(_MOST_CELLS, len(cells)):
            for column, row in cells:
                if left <= column <= right and top <= row <= bottom:
                    yield from cells[column, row]
        else:
            for column in range(left, right + 1):
                for row in range(top, bottom + 1):
                    if (column, row) in cells:
                        yield from cells[column, row]
        yield from self._large

    def _span(self, bounds: Bounds) -> tuple[int, int, int, int]:
        cell = self._cell
        return floor(bounds[0] / cell), floor(bounds[1] / cell), floor(bounds[2] / cell), floor(bounds[3] / cell)
