"""Detours: the cheapest square way round some boxes, over the streets beside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from nunatak.drawing.geometry import Box, Point


class Toll(NamedTuple):
    """What is to be paid on a street between two places on its axis, by every piece of a way that lies there."""

    start: float
    end: float
    price: float


# What a street from one point to another costs beside its length.
Tolls = Callable[[Point, Point], Iterable[Toll]]
_State = tuple[int, int, int]  # the column and the row of a crossing, and the step that led there
_RIGHT, _LEFT, _UP, _DOWN = range(4)
_STEPS = {(1, 0): _RIGHT, (-1, 0): _LEFT, (0, -1): _UP, (0, 1): _DOWN}
_BACK = (_LEFT, _RIGHT, _DOWN, _UP)


def detour(
    start: Point,
    end: Point,
    headings: tuple[Point, Point],
    boxes: Iterable[Box],
    *,
    clear: float,
    bend: float,
    tolls: Tolls,
) -> list[Point]:
    """The corners of the cheapest way from `start`, which is left in the first heading, to `end`, which is entered in
    the second: along streets `clear` units beside the boxes, and never back where it came from. A turn costs `bend`,
    a straight piece its length and the tolls of its street, which each street is asked for once."""
    return _Streets(start, end, list(boxes), clear, tolls).way(headings, bend)


class _Streets:
    """The places, across and down, where a way may turn."""

    def __init__(self, start: Point, end: Point, boxes: list[Box], clear: float, tolls: Tolls) -> None:
        self._xs = _lanes((start.x, end.x), [(box.x - clear, box.right + clear) for box in boxes])
        self._ys = _lanes((start.y, end.y), [(box.y - clear, box.bottom + clear) for box in boxes])
        self._start = self._xs.index(start.x), self._ys.index(start.y)
        self._end = self._xs.index(end.x), self._ys.index(end.y)
        self._across = [abs(x - end.x) for x in self._xs]
        self._down = [abs(y - end.y) for y in self._ys]
        self._tolls = tolls
        self._levels: dict[int, list[float]] = {}
        self._uprights: dict[int, list[float]] = {}

    def way(self, headings: tuple[Point, Point], bend: float) -> list[Point]:
        first, last = (_STEPS[int(heading.x), int(heading.y)] for heading in headings)
        begin: _State = (*self._start, first)
        goal: _State = (*self._end, last)
        costs: dict[_State, float] = {begin: 0.0}
        before: dict[_State, _State] = {}
        waiting = [(0.0, 0, begin)]
        count = 0
        while waiting:
            _, _, state = heappop(waiting)
            if state == goal:
                return self._corners(state, before)
            here, step = costs[state], state[2]
            for reached, price in self._steps(state, goal):
                paid = here + price if reached[2] == step else here + price + bend
                if reached not in costs or paid < costs[reached]:
                    costs[reached] = paid
                    before[reached] = state
                    count += 1
                    # What is certainly still to be paid from there decides what is looked at next.
                    heappush(waiting, (paid + self._across[reached[0]] + self._down[reached[1]], count, reached))
        return [self._point(*self._start), self._point(*self._end)]

    def _steps(self, state: _State, goal: _State) -> Iterator[tuple[_State, float]]:
        """The next crossings in the three ways that don't lead back, and what the pieces to them cost; at the end
        there is the turn into it, too."""
        x, y, step = state
        if step != _LEFT and x + 1 < len(self._xs):
            yield (x + 1, y, _RIGHT), self._level(y)[x]
        if step != _RIGHT and x:
            yield (x - 1, y, _LEFT), self._level(y)[x - 1]
        if step != _DOWN and y:
            yield (x, y - 1, _UP), self._upright(x)[y - 1]
        if step != _UP and y + 1 < len(self._ys):
            yield (x, y + 1, _DOWN), self._upright(x)[y]
        if (x, y) == self._end and step not in (goal[2], _BACK[goal[2]]):
            yield goal, 0.0

    def _level(self, row: int) -> list[float]:
        """What the pieces of a level street cost."""
        known = self._levels.get(row)
        if known is None:
            y, xs = self._ys[row], self._xs
            known = self._levels[row] = _priced(xs, self._tolls(Point(xs[0], y), Point(xs[-1], y)))
        return known

    def _upright(self, column: int) -> list[float]:
        known = self._uprights.get(column)
        if known is None:
            x, ys = self._xs[column], self._ys
            known = self._uprights[column] = _priced(ys, self._tolls(Point(x, ys[0]), Point(x, ys[-1])))
        return known

    def _point(self, column: int, row: int) -> Point:
        return Point(self._xs[column], self._ys[row])

    def _corners(self, state: _State, before: dict[_State, _State]) -> list[Point]:
        found = [self._point(state[0], state[1])]
        while state in before:
            state = before[state]
            found.append(self._point(state[0], state[1]))
        return found[::-1]


def _priced(crossings: list[float], tolls: Iterable[Toll]) -> list[float]:
    """The cost of each piece of a street between two crossings."""
    prices = [end - start for start, end in pairwise(crossings)]
    for start, end, price in tolls:
        for piece in range(max(bisect_right(crossings, start) - 1, 0), min(bisect_left(crossings, end), len(prices))):
            prices[piece] += price
    return prices


def _lanes(ends: tuple[float, float], beside: list[tuple[float, float]]) -> list[float]:
    """Streets in their order: through both ends, halfway between them, and beside all boxes."""
    return sorted({*ends, sum(ends) / 2, *(lane for pair in beside for lane in pair)})
