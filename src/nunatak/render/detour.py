"""Detours: the cheapest square way round some boxes, over the streets beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush

from nunatak.drawing.geometry import Box, Point

Cost = Callable[[Point, Point], float]
_Place = tuple[int, int]
_State = tuple[_Place, _Place]  # where, and the step that led there


def detour(
    start: Point,
    end: Point,
    headings: tuple[Point, Point],
    boxes: Iterable[Box],
    *,
    clear: float,
    bend: float,
    cost: Cost,
) -> list[Point]:
    """The corners of the cheapest way from `start`, which is left in the first heading, to `end`, which is entered in
    the second: along streets `clear` units beside the boxes, and never back where it came from. A turn costs `bend`,
    a straight piece `cost`, which is never less than its length."""
    return _Streets(start, end, list(boxes), clear).way(headings, bend, cost)


class _Streets:
    """The places, across and down, where a way may turn."""

    def __init__(self, start: Point, end: Point, boxes: list[Box], clear: float) -> None:
        self._xs = _lanes((start.x, end.x), [(box.x - clear, box.right + clear) for box in boxes])
        self._ys = _lanes((start.y, end.y), [(box.y - clear, box.bottom + clear) for box in boxes])
        self._start = self._xs.index(start.x), self._ys.index(start.y)
        self._end = self._xs.index(end.x), self._ys.index(end.y)

    def way(self, headings: tuple[Point, Point], bend: float, cost: Cost) -> list[Point]:
        first, last = ((int(heading.x), int(heading.y)) for heading in headings)
        begin: _State = (self._start, first)
        costs: dict[_State, float] = {begin: 0.0}
        before: dict[_State, _State] = {}
        pieces: dict[frozenset[_Place], float] = {}
        waiting = [(self._left(self._start), 0, begin)]
        count = 0
        while waiting:
            _, _, state = heappop(waiting)
            place, step = state
            if place == self._end and step == last:
                return self._corners(state, before)
            for there, following in self._steps(state, last):
                edge = frozenset((place, there))
                if edge not in pieces:
                    pieces[edge] = cost(self._point(place), self._point(there)) if place != there else 0.0
                paid = costs[state] + pieces[edge] + (bend if following != step else 0.0)
                reached: _State = (there, following)
                if paid < costs.get(reached, float("inf")):
                    costs[reached] = paid
                    before[reached] = state
                    count += 1
                    heappush(waiting, (paid + self._left(there), count, reached))
        return [self._point(self._start), self._point(self._end)]

    def _steps(self, state: _State, last: _Place) -> Iterator[_State]:
        """The next places in the three ways that don't lead back; at the end there is the turn into it, too."""
        (x, y), step = state
        for across, down in ((1, 0), (-1, 0), (0, -1), (0, 1)):
            if (across, down) == (-step[0], -step[1]):
                continue
            if 0 <= x + across < len(self._xs) and 0 <= y + down < len(self._ys):
                yield (x + across, y + down), (across, down)
        if (x, y) == self._end and step != last and (-step[0], -step[1]) != last:
            yield (x, y), last

    def _left(self, place: _Place) -> float:
        """The least that is still to be paid from a place."""
        a, b = self._point(place), self._point(self._end)
        return abs(a.x - b.x) + abs(a.y - b.y)

    def _point(self, place: _Place) -> Point:
        return Point(self._xs[place[0]], self._ys[place[1]])

    def _corners(self, state: _State, before: dict[_State, _State]) -> list[Point]:
        found = [self._point(state[0])]
        while state in before:
            state = before[state]
            found.append(self._point(state[0]))
        return found[::-1]


def _lanes(ends: tuple[float, float], beside: list[tuple[float, float]]) -> list[float]:
    """Streets in their order: through both ends, halfway between them, and beside all boxes."""
    return sorted({*ends, sum(ends) / 2, *(lane for pair in beside for lane in pair)})
