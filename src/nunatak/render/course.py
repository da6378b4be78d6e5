"""The course of a line: straight, quadratic and cubic pieces, measured along their length."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from math import hypot

from nunatak.drawing.geometry import Box, Point, Segment

# Two points are straight, three a quadratic, four a cubic curve.
Piece = tuple[Point, ...]

_LETTERS = {2: "L", 3: "Q", 4: "C"}
_SAMPLES = {2: 1, 3: 3, 4: 12}
_STRETCH = 4  # places of a course that are looked at together
# How much each of a piece's points counts at its samples, both ends left out.
_STEPS = [(1 - step / 12, step / 12) for step in range(1, 12)]
_CUBIC = [(u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t) for u, t in _STEPS]
_QUADRATIC = [(u * u, 2 * u * t, t * t) for u, t in ((2 / 3, 1 / 3), (1 / 3, 2 / 3))]


class Course:
    """Pieces end to end. Places on it are told by their distance from its start in units."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = tuple(pieces)

    @cached_property
    def track(self) -> tuple[list[float], list[float]]:
        """The x and the y of places along it, close enough that straight lines between them are the course. Two lists
        of numbers: a big diagram has so many that the garbage collector would feel them as points."""
        xs, ys = [self.pieces[0][0].x], [self.pieces[0][0].y]
        for piece in self.pieces:
            if len(piece) == 4:
                (x0, y0), (x1, y1), (x2, y2), (x3, y3) = piece
                xs += [a * x0 + b * x1 + c * x2 + d * x3 for a, b, c, d in _CUBIC]
                ys += [a * y0 + b * y1 + c * y2 + d * y3 for a, b, c, d in _CUBIC]
            elif len(piece) == 3:
                (x0, y0), (x1, y1), (x2, y2) = piece
                xs += [a * x0 + b * x1 + c * x2 for a, b, c in _QUADRATIC]
                ys += [a * y0 + b * y1 + c * y2 for a, b, c in _QUADRATIC]
            xs.append(piece[-1].x)
            ys.append(piece[-1].y)
        return xs, ys

    @cached_property
    def _marks(self) -> list[float]:
        """The distance of each of these places from the start."""
        xs, ys = self.track
        marks = [0.0]
        for index in range(1, len(xs)):
            marks.append(marks[-1] + hypot(xs[index] - xs[index - 1], ys[index] - ys[index - 1]))
        return marks

    @property
    def points(self) -> list[Point]:
        """Places along it, close enough that straight lines between them are the course."""
        return list(map(Point, *self.track))

    @property
    def length(self) -> float:
        return self._marks[-1]

    @cached_property
    def box(self) -> Box:
        return _around(*self.track)

    @cached_property
    def _stretches(self) -> list[tuple[list[float], list[float], Box]]:
        """A few neighbouring places each, with the box round them."""
        xs, ys = self.track
        ends = range(0, len(xs) - 1, _STRETCH)
        parts = [(xs[end : end + _STRETCH + 1], ys[end : end + _STRETCH + 1]) for end in ends]
        return [(x, y, _around(x, y)) for x, y in parts]

    def crosses(self, box: Box) -> bool:
        """Whether the course passes through the inside of a box."""
        x, y, right, bottom = box.x, box.y, box.right, box.bottom
        for xs, ys, (left, top, width, height) in self._stretches:
            if x < left + width and left < right and y < top + height and top < bottom:
                for ax, ay, bx, by in zip(xs, ys, xs[1:], ys[1:], strict=False):
                    if x < bx < right and y < by < bottom:
                        return True
                    beside = (ax <= x and bx <= x) or (ax >= right and bx >= right)
                    off = beside or (ay <= y and by <= y) or (ay >= bottom and by >= bottom)
                    if not off and box.crossed_by(Point(ax, ay), Point(bx, by)):
                        return True
        return False

    def at(self, distance: float) -> Point:
        """The place at a distance, the nearer end for one beyond them."""
        index, share = self._find(distance)
        xs, ys = self.track
        x, y = xs[index], ys[index]
        return Point(x + (xs[index + 1] - x) * share, y + (ys[index + 1] - y) * share)

    def direction(self, distance: float) -> Point:
        """The direction of travel at a distance, as a unit vector."""
        return self.place(distance)[1]

    def place(self, distance: float) -> tuple[Point, Point]:
        """The place at a distance, the nearer end for one beyond them, and the direction of travel there."""
        index, share = self._find(distance)
        xs, ys = self.track
        x, y = xs[index], ys[index]
        dx, dy = xs[index + 1] - x, ys[index + 1] - y
        step = hypot(dx, dy) or 1.0
        return Point(x + dx * share, y + dy * share), Point(dx / step, dy / step)

    @property
    def longest_run(self) -> float:
        """The distance of the middle of its longest straight piece, of its own middle where it has none."""
        marks, index = self._marks, 0
        longest, middle = 0.0, self.length / 2
        for piece in self.pieces:
            after = index + _SAMPLES[len(piece)]
            if len(piece) == 2 and marks[after] - marks[index] > longest:
                longest, middle = marks[after] - marks[index], (marks[after] + marks[index]) / 2
            index = after
        return middle

    def edge(self, room: Box, inside: float, outside: float) -> float:
        """Where the course leaves a box between a distance inside it and one that may be outside, to a 64th of that."""
        if self._lies(outside, room):
            return outside
        for _ in range(6):
            middle = (inside + outside) / 2
            if self._lies(middle, room):
                inside = middle
            else:
                outside = middle
        return outside

    def _lies(self, distance: float, room: Box) -> bool:
        index, share = self._find(distance)
        xs, ys = self.track
        x, y = xs[index], ys[index]
        left, top, width, height = room
        within = left <= x + (xs[index + 1] - x) * share <= left + width
        return within and top <= y + (ys[index + 1] - y) * share <= top + height

    def reversed(self) -> Course:
        """The same course from its end to its start."""
        return Course([tuple(reversed(piece)) for piece in reversed(self.pieces)])

    def split(self, distance: float) -> tuple[Course, Course]:
        """What lies before and what lies behind a distance."""
        index, share = self._find(distance)
        for number, piece in enumerate(self.pieces):
            count = _SAMPLES[len(piece)]
            if index < count:
                first, second = _parted(piece, (index + share) / count)
                return Course([*self.pieces[:number], first]), Course([second, *self.pieces[number + 1 :]])
            index -= count
        end = self.pieces[-1][-1]
        return self, Course([(end, end)])

    def _find(self, distance: float) -> tuple[int, float]:
        marks = self._marks
        index = min(max(bisect_left(marks, distance) - 1, 0), len(marks) - 2)
        step = marks[index + 1] - marks[index]
        return index, min(max((distance - marks[index]) / step, 0.0), 1.0) if step else 0.0


def _around(xs: list[float], ys: list[float]) -> Box:
    x, y = min(xs), min(ys)
    return Box(x, y, max(xs) - x, max(ys) - y)


def curve(start: Point, control1: Point, control2: Point, end: Point) -> Course:
    return Course([(start, control1, control2, end)])


def bent(points: Sequence[Point], radius: float) -> Course:
    """Straight pieces through the points, each corner rounded by `radius` or by half of the shorter piece beside it."""
    kept = [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
    if len(kept) == 1:
        return Course([(kept[0], kept[0])])
    pieces: list[Piece] = []
    here = kept[0]
    for before, corner, after in zip(kept, kept[1:], kept[2:], strict=False):
        cut = min(radius, before.distance(corner) / 2, corner.distance(after) / 2)
        near = corner.toward(before, cut / before.distance(corner))
        far = corner.toward(after, cut / corner.distance(after))
        pieces += [(here, near), (near, corner, far)]
        here = far
    pieces.append((here, kept[-1]))
    return Course(pieces)


def segments(courses: Sequence[Course]) -> tuple[Segment, ...]:
    """The path of some courses, numbers rounded to hundredths."""
    found: list[Segment] = []
    for course in courses:
        found.append(("M", *_rounded(course.pieces[0][:1])))
        found += [(_LETTERS[len(piece)], *_rounded(piece[1:])) for piece in course.pieces]
    return tuple(found)


def _rounded(points: Sequence[Point]) -> list[float]:
    return [round(number, 2) for point in points for number in point]


def _parted(piece: Piece, t: float) -> tuple[Piece, Piece]:
    """Both parts of a piece, by halving its controls as de Casteljau does."""
    first, second = [piece[0]], [piece[-1]]
    level = piece
    while len(level) > 1:
        level = tuple([Point(x + (x2 - x) * t, y + (y2 - y) * t) for (x, y), (x2, y2) in pairwise(level)])
        first.append(level[0])
        second.append(level[-1])
    return tuple(first), tuple(reversed(second))
