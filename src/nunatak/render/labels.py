"""Labels: where on its line each label stands, clear of cards, titles, other labels and, if it can be, other lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from nunatak.drawing.geometry import Box, Point
from nunatak.render.course import Course
from nunatak.render.grid import Grid
from nunatak.render.inscription import Label

_HIT = 1000.0  # a card, a title or another label under the label
_ENDS = 300.0  # a head or a dot under it
_HIDDEN = 250.0  # hardly anything left to see of its line
_BORDER = 90.0
_CROSSED = 140.0
_PER_UNIT, _FAR = 0.6, 600.0  # held against a unit from the wanted place; on longer lines than that, of their share
_CORNER = 50.0  # a bend of its line under it
_HEAD_ROOM = 20.0
_LEAST_SEEN = 44.0
_BESIDE_GAP = 5.0
_MOST_STEPS, _LONGEST_STEP = 12, 48.0
_MARGIN = 4.0
_PIECE = 32.0  # how finely a line is known to the labels
_LONG = 96.0
_GOOD = 30.0  # what costs no more than a label beside its line is not searched further
# What lies in the ground.
_LINE, _RIM, _SOLID, _LABEL = range(4)
_SORTS = 4
_LEADERS = (36.0, 64.0, 96.0, 128.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A label in its place. `gap`: the distances between which its line isn't drawn, because the label stands on it;
    `leader`: from the line to a label that had to leave it."""

    label: Label
    box: Box
    gap: tuple[float, float] | None = None
    leader: tuple[Point, Point] | None = None


class _Try(NamedTuple):
    label: Label
    box: Box
    at: float
    cost: float
    on: bool


class Ground:
    """What labels keep off: solid things, areas' borders, the courses of all lines, the labels set so far. All of it
    lies in one grid, for a label that looks for its place asks for all of it every time."""

    def __init__(self) -> None:
        self._grid = Grid()
        self._labels = 0

    def add_solid(self, number: int, box: Box) -> None:
        """Adds a card or a title; one number may have several boxes."""
        self._grid.put(number * _SORTS + _SOLID, box)

    def add_border(self, number: int, strip: Box) -> None:
        """Adds a side of an area's border."""
        self._grid.put(number * _SORTS + _RIM, strip)

    def add_line(self, number: int, course: Course) -> None:
        xs, ys = course.track
        stride = max(1, int(_PIECE * len(xs) / (course.length + 1)))
        places = [*range(0, len(xs) - 1, stride), len(xs) - 1]
        for a, b in pairwise(places):
            self._add_piece(number * _SORTS + _LINE, xs[a], ys[a], xs[b] - xs[a], ys[b] - ys[a])

    def _add_piece(self, key: int, x: float, y: float, dx: float, dy: float) -> None:
        # The box of a long slanted piece would claim far more than the piece.
        if abs(dx) > _LONG and abs(dy) > _LONG:
            parts = min(16, int(max(abs(dx), abs(dy)) // _LONG) + 1)
            for part in range(parts):
                self._put(key, x + dx * part / parts, y + dy * part / parts, dx / parts, dy / parts)
        else:
            self._put(key, x, y, dx, dy)

    def _put(self, key: int, x: float, y: float, dx: float, dy: float) -> None:
        self._grid.put(key, Box(min(x, x + dx) - 1, min(y, y + dy) - 1, abs(dx) + 2, abs(dy) + 2))

    def place(self, number: int, course: Course, labels: tuple[Label, Label], position: float) -> Standing:
        """Sets a line's label as near as can be to `position` percent of its length."""
        best = self._along(number, course, labels, position)
        if best.cost >= _HIT:
            standing = self._aside(number, course, labels[1], best)
        else:
            gap = _gap(course, best.box, best.at) if best.on else None
            standing = Standing(label=best.label, box=best.box, gap=gap)
        self._grid.put(self._labels * _SORTS + _LABEL, standing.box.inset(-_MARGIN))
        self._labels += 1
        return standing

    def _along(self, number: int, course: Course, labels: tuple[Label, Label], position: float) -> _Try:
        wanted = course.length * position / 100
        per_unit = _PER_UNIT * min(1.0, _FAR / (course.length or 1.0))
        best: _Try | None = None
        for at in _steps(course.length, wanted):
            shift = abs(at - wanted) * per_unit
            if best is not None and best.cost <= shift + _GOOD:
                break
            for tried in self._tries(number, course, labels, at, shift, best.cost if best else 1e9):
                if best is None or tried.cost < best.cost:
                    best = tried
        assert best is not None
        return best

    def _tries(
        self, number: int, course: Course, labels: tuple[Label, Label], at: float, shift: float, limit: float
    ) -> Iterator[_Try]:
        """The wide and the narrow label on the line, then beside it where it runs level; what costs more than `limit`
        is left out."""
        center, direction = course.place(at)
        for extra, label in ((0.0, labels[0]), (15.0, labels[1])):
            if extra and label is labels[0]:
                break
            box = _centered(label, center)
            cost = shift + extra + _hidden(course, at, box, direction)
            if cost < limit:
                cost += self._cost(number, box)
                limit = min(limit, cost)
                yield _Try(label=label, box=box, at=at, cost=cost, on=True)
        if abs(direction.x) > 0.75 and limit > shift + 25.0:
            label = labels[1]
            # A sloping line needs more room to pass under or over the label's corner.
            drop = label.height / 2 + _BESIDE_GAP + label.width * 0.35 * abs(direction.y / direction.x)
            for extra, by in ((25.0, -drop), (30.0, drop)):
                box = _centered(label, center.moved(0, by))
                cost = shift + extra + self._cost(number, box)
                if cost < limit:
                    cost += _over(course, box)
                yield _Try(label=label, box=box, at=at, cost=cost, on=False)

    def _aside(self, number: int, course: Course, label: Label, best: _Try) -> Standing:
        """Off the line, with a leader, where nothing on it is free; on it after all where nothing else is."""
        found: tuple[float, Standing] | None = None
        for rank, (foot, box) in enumerate(_asides(course, label)):
            cost = self._cost(number, box) + rank  # the nearer the better
            if cost < _HIT and (found is None or cost < found[0]):
                end = Point(min(max(foot.x, box.x), box.right), min(max(foot.y, box.y), box.bottom))
                found = (cost, Standing(label=label, box=box, leader=(foot, end)))
            if found is not None and found[0] <= rank:
                break
        if found is not None:
            return found[1]
        gap = _gap(course, best.box, best.at) if best.on else None
        return Standing(label=best.label, box=best.box, gap=gap)

    def _cost(self, number: int, box: Box) -> float:
        x, y, width, height = box
        room = Box(x - _MARGIN, y - _MARGIN, width + 2 * _MARGIN, height + 2 * _MARGIN)
        own = number * _SORTS + _LINE
        cost, hits = 0.0, 0
        for key in self._grid.numbers(room):
            sort = key % _SORTS
            if sort == _LINE:
                cost += _CROSSED if key != own else 0.0
            elif sort == _RIM:
                cost += _BORDER
            else:
                hits += 1
        return _HIT * hits if hits else cost


def _asides(course: Course, label: Label) -> Iterator[tuple[Point, Box]]:
    """Places off a line, each with the point of the line that it is beside; the nearer ones first."""
    for share in (0.5, 0.35, 0.65, 0.2, 0.8):
        foot, direction = course.place(course.length * share)
        across = (label.width * abs(direction.y) + label.height * abs(direction.x)) / 2
        along = (label.width * abs(direction.x) + label.height * abs(direction.y)) / 2
        for away in _LEADERS:
            for sign, slide in ((1, 0.0), (-1, 0.0), (1, along), (-1, along), (1, -along), (-1, -along)):
                by = (away - 24 + across) * sign
                center = foot.moved(slide * direction.x - by * direction.y, slide * direction.y + by * direction.x)
                yield foot, _centered(label, center)


def _steps(length: float, wanted: float) -> Iterator[float]:
    """Distances from the wanted one outwards, to both ends; wider apart where a long line is far from there."""
    yield wanted
    step = min(max(20.0, length / _MOST_STEPS), _LONGEST_STEP)
    away = step
    while away <= length:
        if wanted + away <= length:
            yield wanted + away
        if wanted - away >= 0:
            yield wanted - away
        away += max(step, away / _MOST_STEPS)


def _hidden(course: Course, at: float, box: Box, direction: Point) -> float:
    """What is held against a label on its line for what it hides of it."""
    level = abs(direction.x) > abs(direction.y)
    half = (box.width / abs(direction.x) if level else box.height / abs(direction.y or 1.0)) / 2 + _MARGIN
    cost, length = 0.0, course.length
    if length - 2 * half < _LEAST_SEEN:
        cost += _HIDDEN
    if at - half < _HEAD_ROOM or length - at - half < _HEAD_ROOM:
        cost += _ENDS
    if len(course.pieces) == 1:
        return cost
    before, behind = course.direction(at - half), course.direction(at + half)
    if before.x * behind.x + before.y * behind.y < 0.95:
        cost += _CORNER
    return cost


def _over(course: Course, box: Box) -> float:
    """What is held against a label beside its line for lying on another leg of it."""
    if len(course.pieces) == 1:
        return 0.0
    places = map(Point, *course.track)
    return _CROSSED if any(box.crossed_by(a, b) for a, b in pairwise(places)) else 0.0


def _centered(label: Label, center: Point) -> Box:
    width, height = label.width, label.height
    x, y = center
    return Box(x - width / 2, y - height / 2, width, height)


def _gap(course: Course, box: Box, at: float) -> tuple[float, float]:
    """Where the course enters and leaves the label's room round `at`."""
    room = box.inset(-_MARGIN)
    reach = room.width + room.height
    return _edge(course, room, at, max(at - reach, 0.0)), _edge(course, room, at, min(at + reach, course.length))


def _edge(course: Course, room: Box, inside: float, outside: float) -> float:
    if room.contains(course.at(outside)):
        return outside
    for _ in range(6):
        middle = (inside + outside) / 2
        if room.contains(course.at(middle)):
            inside = middle
        else:
            outside = middle
    return outside
