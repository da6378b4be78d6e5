"""Square lines: the shortest way of upright and level pieces between two ports, round foreign boxes on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from nunatak.drawing.geometry import Box, Point
from nunatak.render.anchor import Port
from nunatak.render.grid import Grid

# How far a line runs straight out of a border, and how far it keeps from foreign boxes.
STUB = 24.0
CLEAR = 16.0
_APART = 12.0
_BEND = 48.0
_HIT = 2000.0
_SHARED = 160.0
_MOST_LANES = 9

Way = list[Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What a way must keep off: `in_the_way` answers the foreign boxes in a box, `own` are the boxes that it joins,
    `used` holds the pieces of the lines that were drawn before."""

    in_the_way: Callable[[Box], list[Box]]
    own: tuple[Box, ...]
    used: Grid


def square(start: Port, end: Port, field: Field) -> Way:
    """The corners of the best way found."""
    ways = list(_ways(start, end, *_lanes(start, end, ())))
    costs = [_cost(way, field) for way in ways]
    least = min(costs)
    best = ways[costs.index(least)]
    if least < _HIT:
        return best
    hit = [box for a, b in pairwise(best) for box in field.in_the_way(_strip(a, b, 4.0))]
    ways = list(_ways(start, end, *_lanes(start, end, [*hit, *field.own])))
    return min([best, *ways], key=lambda way: _cost(way, field))


def mark(way: Way, number: int, used: Grid) -> None:
    """Remembers a way's pieces, so that later lines keep off them."""
    for a, b in pairwise(way):
        used.put(number, _strip(a, b, _APART / 2))


def _lanes(start: Port, end: Port, hit: Iterable[Box]) -> tuple[list[float], list[float]]:
    """The places, across and down, where a way may turn: halfway, just out of both borders, beside what was hit."""
    a, b = start.out(_stub(start, end)), end.out(_stub(end, start))
    xs = [(start.point.x + end.point.x) / 2, a.x, b.x]
    ys = [(start.point.y + end.point.y) / 2, a.y, b.y]
    xs += [xs[0] + shift for shift in (_APART, -_APART, 2 * _APART, -2 * _APART)]
    ys += [ys[0] + shift for shift in (_APART, -_APART, 2 * _APART, -2 * _APART)]
    for box in list(hit)[:4]:
        xs += [box.x - CLEAR, box.right + CLEAR]
        ys += [box.y - CLEAR, box.bottom + CLEAR]
    return xs, ys


def _ways(start: Port, end: Port, xs: list[float], ys: list[float]) -> Iterator[Way]:
    a, b = start.out(_stub(start, end)), end.out(_stub(end, start))
    ends = (start.point, a, b, end.point)
    # Of equally good ways the first is taken: those that turn halfway look best.
    for x, y in zip(xs, ys, strict=True):
        yield _joined(ends, [Point(x, a.y), Point(x, b.y)])
        yield _joined(ends, [Point(a.x, y), Point(b.x, y)])
    yield _joined(ends, [Point(a.x, b.y)])
    yield _joined(ends, [Point(b.x, a.y)])
    if len(xs) > 7:
        for x in xs[7:]:
            for y in ys[7:]:
                yield _joined(ends, [Point(x, a.y), Point(x, y), Point(b.x, y)])
                yield _joined(ends, [Point(a.x, y), Point(x, y), Point(x, b.y)])


def _joined(ends: tuple[Point, Point, Point, Point], turns: list[Point]) -> Way:
    """The corners that matter: no doubled points, none on a straight run."""
    way: Way = []
    for point in (ends[0], ends[1], *turns, ends[2], ends[3]):
        if way and point == way[-1]:
            continue
        if len(way) > 1 and _runs_on(way[-2], way[-1], point):
            way.pop()
        way.append(point)
    return way


def _runs_on(a: Point, b: Point, c: Point) -> bool:
    level = a.y == b.y == c.y and (b.x - a.x) * (c.x - b.x) >= 0
    return level or (a.x == b.x == c.x and (b.y - a.y) * (c.y - b.y) >= 0)


def _cost(way: Way, field: Field) -> float:
    pieces = list(pairwise(way))
    cost = _BEND * (len(way) - 2)
    for a, b in pieces:
        if a.x != b.x and a.y != b.y:
            return 1e9  # a slanted piece is no square way
        cost += abs(a.x - b.x) + abs(a.y - b.y)
    if _turns_back(way):
        cost += 4 * _HIT
    for number, (a, b) in enumerate(pieces):
        cost += _HIT * len(field.in_the_way(_strip(a, b, 8.0)))
        cost += _SHARED * _runs_along(a, b, field.used)
        for index, box in enumerate(field.own):
            # The first piece touches the first box, the last piece the last one.
            touches = number == (0, len(pieces) - 1)[index]
            cost += _HIT * box.inset(1.0 if touches else -4.0).crossed_by(a, b)
    return cost


def _turns_back(way: Way) -> bool:
    return any(
        (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) < 0
        for a, b, c in zip(way, way[1:], way[2:], strict=False)
    )


def _runs_along(a: Point, b: Point, used: Grid) -> int:
    """How many earlier pieces lie on this one for more than a crossing."""
    level = a.y == b.y
    return sum(
        (box.width > box.height) == level and max(box.width, box.height) > 2 * _APART
        for _, box in used.near(_strip(a, b, 0.5))
    )


def _strip(a: Point, b: Point, margin: float) -> Box:
    return Box(min(a.x, b.x) - margin, min(a.y, b.y) - margin, abs(a.x - b.x) + 2 * margin, abs(a.y - b.y) + 2 * margin)


def _stub(here: Port, there: Port) -> float:
    """The straight run out of a border: less where the other border is near and looks this way."""
    ahead = (there.point.x - here.point.x) * here.direction.x + (there.point.y - here.point.y) * here.direction.y
    opposed = here.direction.x * there.direction.x + here.direction.y * there.direction.y < 0
    return min(STUB, max(ahead / 2, 4.0)) if opposed and 0 < ahead < 2 * STUB else STUB
