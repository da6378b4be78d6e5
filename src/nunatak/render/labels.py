"""Labels: where on its line each label stands, clear of cards, titles, other labels and, if it can be, other lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
_CROSSED = 400.0  # another line under it
_PER_UNIT, _FAR = 0.6, 600.0  # held against a unit from the wanted place; on longer lines than that, of their share
_CORNER = 50.0  # a bend of its line under it
_HEAD_ROOM = 20.0
_LEAST_SEEN = 44.0
_BESIDE_GAP = 5.0
_MOST_STEPS, _LONGEST_STEP = 12, 48.0
_MARGIN = 4.0
_LEVEL = 0.75  # how level a line is that may have its label over or under it
_PIECE = 32.0  # how finely a line is known to the labels
_LONG = 96.0
_GOOD = 30.0  # what costs no more than a label beside its line is not searched further
# What lies in the ground.
_LINE, _RIM, _SOLID, _LABEL = range(4)
_SORTS = 4
_LEADERS = (36.0, 64.0, 96.0, 128.0)

Near = Callable[[Box], set[int]]  # what of the ground lies in a box, by its numbers there


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
    """What labels keep off: solid things and the labels set so far, areas' borders and the courses of all lines."""

    def __init__(self) -> None:
        self._solids, self._strokes = Grid(), Grid()
        self._labels = 0

    def add_solid(self, number: int, box: Box) -> None:
        """Adds a card or a title; one number may have several boxes."""
        self._solids.put(number * _SORTS + _SOLID, box)

    def add_border(self, number: int, strip: Box) -> None:
        """Adds a side of an area's border."""
        self._strokes.put(number * _SORTS + _RIM, strip)

    def add_line(self, number: int, course: Course) -> None:
        x, y, width, height = course.box
        if not width or not height:
            self._put(number * _SORTS + _LINE, x, y, width, height)
            return
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
        self._strokes.put(key, Box(min(x, x + dx) - 1, min(y, y + dy) - 1, abs(dx) + 2, abs(dy) + 2))

    def place(self, number: int, course: Course, labels: tuple[Label, Label], position: float) -> Standing:
        """Sets a line's label as near as can be to `position` percent of its length; off the line, with a leader, where
        nothing on it is free, and on it after all where nothing else is."""
        best, standing = self._along(number, course, labels, position), None
        if best is None or best.cost >= _CROSSED:
            standing = self._aside(number, course, labels[1], best.cost if best else _HIT)
            if standing is None and (best is None or best.cost >= _HIT):
                best = self._along(number, course, labels, position, crowded=True)
        if standing is None:
            assert best is not None
            gap = _gap(course, best.box, best.at) if best.on else None
            standing = Standing(label=best.label, box=best.box, gap=gap)
        self._solids.put(self._labels * _SORTS + _LABEL, standing.box.inset(-_MARGIN))
        self._labels += 1
        return standing

    def _along(
        self, number: int, course: Course, labels: tuple[Label, Label], position: float, *, crowded: bool = False
    ) -> _Try | None:
        """The best place on or beside a line, where it is `crowded` also one on something solid."""
        wanted = course.length * position / 100
        per_unit = _PER_UNIT * min(1.0, _FAR / (course.length or 1.0))
        best: _Try | None = None
        for at in _steps(course.length, wanted):
            shift = abs(at - wanted) * per_unit
            if best is not None and best.cost <= shift + _GOOD:
                break
            for tried in self._tries(number, course, labels, at, shift, best.cost if best else 1e9, crowded):
                if best is None or tried.cost < best.cost:
                    best = tried
        return best

    def _tries(
        self,
        number: int,
        course: Course,
        labels: tuple[Label, Label],
        at: float,
        shift: float,
        limit: float,
        crowded: bool,
    ) -> Iterator[_Try]:
        """The places round a distance that cost less than `limit` and, one after the other, than those before them."""
        center, direction = course.place(at)
        near: Near | None = None
        for extra, label, box, on in _places(center, direction, labels):
            cost = shift + extra
            if cost >= limit:
                continue
            near = near or self._solids.part(_around(center, labels))
            room = _room(box)
            hits = len(near(room))
            if hits and not crowded:
                continue
            cost += _HIT * hits
            if on:
                cost += _hidden(course, at, box, direction)
            if cost < limit and not hits:
                cost += self._crossed(number, room)
            if cost < limit and not on:
                cost += _over(course, box)
            if cost < limit:
                limit = cost
                yield _Try(label=label, box=box, at=at, cost=cost, on=on)

    def _aside(self, number: int, course: Course, label: Label, limit: float) -> Standing | None:
        """Off the line, with a leader; None where nothing there is free and costs less than `limit`."""
        found: tuple[float, Standing] | None = None
        for rank, (foot, box, near) in enumerate(self._asides(course, label)):
            room = _room(box)
            if not near(room):
                cost = self._crossed(number, room) + rank  # the nearer the better
                if cost < limit and (found is None or cost < found[0]):
                    end = Point(min(max(foot.x, box.x), box.right), min(max(foot.y, box.y), box.bottom))
                    found = (cost, Standing(label=label, box=box, leader=(foot, end)))
            if found is not None and found[0] <= rank:
                break
        return found[1] if found is not None else None

    def _crossed(self, number: int, room: Box) -> float:
        """What is held against a label's room for the borders and the other lines in it."""
        own, cost = number * _SORTS + _LINE, 0.0
        for key in self._strokes.numbers(room):
            if key != own:
                cost += _CROSSED if key % _SORTS == _LINE else _BORDER
        return cost

    def _asides(self, course: Course, label: Label) -> Iterator[tuple[Point, Box, Near]]:
        """Places off a line, each with the point of the line that it is beside and what is near; the nearer ones
        first."""
        for share in (0.5, 0.35, 0.65, 0.2, 0.8):
            foot, direction = course.place(course.length * share)
            across = (label.width * abs(direction.y) + label.height * abs(direction.x)) / 2
            along = (label.width * abs(direction.x) + label.height * abs(direction.y)) / 2
            reach = 2 * along + 2 * across + _LEADERS[-1]
            near = self._solids.part(Box(foot.x - reach, foot.y - reach, 2 * reach, 2 * reach))
            for away in _LEADERS:
                for sign, slide in ((1, 0.0), (-1, 0.0), (1, along), (-1, along), (1, -along), (-1, -along)):
                    by = (away - 24 + across) * sign
                    center = foot.moved(slide * direction.x - by * direction.y, slide * direction.y + by * direction.x)
                    yield foot, _centered(label, center), near


def _places(center: Point, direction: Point, labels: tuple[Label, Label]) -> Iterator[tuple[float, Label, Box, bool]]:
    """The wide and the narrow label on a line, then over and under it where it runs level; what is held against each,
    and whether it is on the line."""
    wide, narrow = labels
    yield 0.0, wide, _centered(wide, center), True
    if narrow is not wide:
        yield 15.0, narrow, _centered(narrow, center), True
    if abs(direction.x) > _LEVEL:
        # A sloping line needs more room to pass under or over the label's corner.
        drop = narrow.height / 2 + _BESIDE_GAP + narrow.width * 0.35 * abs(direction.y / direction.x)
        yield 25.0, narrow, _centered(narrow, center.moved(0, -drop)), False
        yield 30.0, narrow, _centered(narrow, center.moved(0, drop)), False


def _room(box: Box) -> Box:
    """A label's box with its margin."""
    x, y, width, height = box
    return Box(x - _MARGIN, y - _MARGIN, width + 2 * _MARGIN, height + 2 * _MARGIN)


def _around(center: Point, labels: tuple[Label, Label]) -> Box:
    """All that labels on and beside a line may cover at a place."""
    across = max(labels[0].width, labels[1].width) / 2 + 2 * _MARGIN
    down = max(labels[0].height, labels[1].height) + labels[1].width * 0.35 + 4 * _MARGIN
    return Box(center.x - across, center.y - down, 2 * across, 2 * down)


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
    return course.edge(room, at, max(at - reach, 0.0)), course.edge(room, at, min(at + reach, course.length))
