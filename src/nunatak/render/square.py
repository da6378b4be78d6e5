"""Square lines: the shortest way of upright and level pieces between two ports, round foreign boxes on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from operator import itemgetter

from nunatak.drawing.geometry import Box, Point
from nunatak.render.anchor import Port
from nunatak.render.detour import Toll, detour
from nunatak.render.grid import Grid

# How far a line runs straight out of a border, and how far it keeps from foreign boxes.
STUB = 24.0
CLEAR = 16.0
_APART = 12.0
_BEND = 48.0
_HIT = 2000.0
_SHARED = 160.0
_NEAR, _OWN_CLEAR, _BORDER = 8.0, 4.0, 1.0  # nearer to a foreign box, or to its own, is through it
_HALF_PIECE = 0.5  # half of what a piece is wide to those that would lie on it
_MOST_ROUNDS, _MOST_MET = 3, 6

Way = list[Point]


@dataclass(frozen=True, kw_only=True)
class Field:
    """What a way must keep off: `in_the_way` answers the foreign boxes in a box, `own` are the boxes that it joins,
    `used` holds the pieces of the lines that were drawn before."""

    in_the_way: Callable[[Box], list[Box]]
    own: tuple[Box, ...]
    used: Grid

    @cached_property
    def own_rooms(self) -> list[Box]:
        """The own boxes with the room that a way keeps free round them."""
        return [box.inset(-_OWN_CLEAR) for box in self.own]

    @cached_property
    def own_cores(self) -> list[Box]:
        """The own boxes without the borders that a way may touch."""
        return [box.inset(_BORDER) for box in self.own]


def square(start: Port, end: Port, field: Field) -> Way:
    """The corners of the best way found: one with few turns, or where something is in all of their ways, a detour."""
    least, best = _least(_ways(start, end, *_lanes(start, end)), field)
    if least < _HIT:
        return best
    met: dict[Box, None] = dict.fromkeys(field.own)
    for _ in range(_MOST_ROUNDS):
        hit = [box for a, b in pairwise(best) for box in field.in_the_way(_strip(a, b, _NEAR)) if box not in met]
        if not hit and len(met) > len(field.own):
            break
        met.update(dict.fromkeys(hit[:_MOST_MET]))
        least, best = min((least, best), _least([_detour(start, end, list(met), field)], field), key=itemgetter(0))
        if least < _HIT:
            break
    return best


def _least(ways: Iterable[Way], field: Field) -> tuple[float, Way]:
    """The cheapest of some ways, the first of equal ones. What is cheap to know comes first: most needn't be held
    against all that is on the canvas."""
    known = sorted((_bare(way), number, way) for number, way in enumerate(ways))
    best = (1e12, 0, known[0][2])
    for bare, number, way in known:
        if bare >= best[0]:
            break
        best = min(best, (bare + _met(way, field, best[0] - bare), number, way))
    return best[0], best[2]


def _detour(start: Port, end: Port, boxes: list[Box], field: Field) -> Way:
    a, b = start.out(_stub(start, end)), end.out(_stub(end, start))
    headings = start.direction, end.inward().direction
    turns = detour(a, b, headings, boxes, clear=CLEAR, bend=_BEND, tolls=partial(_tolls, field))
    return _joined((start.point, a, b, end.point), turns)


def _tolls(field: Field, a: Point, b: Point) -> list[Toll]:
    """What a street from one point to another, rightwards or down, meets: boxes, and lines that were drawn before."""
    level = a.y == b.y
    tolls = [_toll(box, level, _NEAR, _HIT) for box in field.in_the_way(_strip(a, b, _NEAR))]
    for box in field.own_rooms:
        if box.crossed_by(a, b):
            tolls.append(_toll(box, level, 0.0, _HIT))
    return tolls + [_toll(box, level, _HALF_PIECE, _SHARED) for box in _alongside(a, b, field.used)]


def _toll(box: Box, level: bool, near: float, price: float) -> Toll:
    start, length = (box.x, box.width) if level else (box.y, box.height)
    return Toll(start - near, start + length + near, price)


def mark(way: Way, number: int, used: Grid) -> None:
    """Remembers a way's pieces, so that later lines keep off them."""
    for a, b in pairwise(way):
        used.put(number, _strip(a, b, _APART / 2))


def _lanes(start: Port, end: Port) -> tuple[list[float], list[float]]:
    """The places, across and down, where a way may turn: halfway, or just out of one of the borders."""
    a, b = start.out(_stub(start, end)), end.out(_stub(end, start))
    xs = [(start.point.x + end.point.x) / 2, a.x, b.x]
    ys = [(start.point.y + end.point.y) / 2, a.y, b.y]
    xs += [xs[0] + shift for shift in (_APART, -_APART, 2 * _APART, -2 * _APART)]
    ys += [ys[0] + shift for shift in (_APART, -_APART, 2 * _APART, -2 * _APART)]
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


def _bare(way: Way) -> float:
    """What a way costs on an empty canvas: its length and its bends."""
    cost = _BEND * (len(way) - 2)
    for a, b in pairwise(way):
        if a.x != b.x and a.y != b.y:
            return 1e9  # a slanted piece is no square way
        cost += abs(a.x - b.x) + abs(a.y - b.y)
    return cost + 4 * _HIT if _turns_back(way) else cost


def _met(way: Way, field: Field, most: float) -> float:
    """What is held against a way for what it meets; what is more than `most` needn't be known exactly."""
    pieces = list(pairwise(way))
    cost = _HIT * sum(_own_met(way, field))
    for a, b in pieces:
        if cost > most:
            return cost
        cost += _HIT * len(field.in_the_way(_strip(a, b, _NEAR)))
    if cost > most:
        return cost
    return cost + _SHARED * sum(len(_alongside(a, b, field.used)) for a, b in pieces)


def _own_met(way: Way, field: Field) -> Iterator[bool]:
    """For each piece of a way, whether it runs through one of its own boxes."""
    last = len(way) - 2
    for number, (a, b) in enumerate(pairwise(way)):
        for index, (core, room) in enumerate(zip(field.own_cores, field.own_rooms, strict=True)):
            # The first piece touches the first box, the last piece the last one.
            touches = number == (0, last)[index]
            yield (core if touches else room).crossed_by(a, b)


def _turns_back(way: Way) -> bool:
    return any(
        (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) < 0
        for a, b, c in zip(way, way[1:], way[2:], strict=False)
    )


def _alongside(a: Point, b: Point, used: Grid) -> list[Box]:
    """The earlier pieces that lie on this one for more than a crossing."""
    level = a.y == b.y
    return [
        box
        for _, box in used.near(_strip(a, b, _HALF_PIECE))
        if (box.width > box.height) == level and max(box.width, box.height) > 2 * _APART
    ]


def _strip(a: Point, b: Point, margin: float) -> Box:
    return Box(min(a.x, b.x) - margin, min(a.y, b.y) - margin, abs(a.x - b.x) + 2 * margin, abs(a.y - b.y) + 2 * margin)


def _stub(here: Port, there: Port) -> float:
    """The straight run out of a border: less where the other border is near and looks this way."""
    ahead = (there.point.x - here.point.x) * here.direction.x + (there.point.y - here.point.y) * here.direction.y
    opposed = here.direction.x * there.direction.x + here.direction.y * there.direction.y < 0
    return min(STUB, max(ahead / 2, 4.0)) if opposed and 0 < ahead < 2 * STUB else STUB
