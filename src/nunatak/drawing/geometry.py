"""Points, boxes, curves and polylines, in units with y down; angles and directions as unit vectors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot, sqrt
from typing import NamedTuple

Segment = tuple[str | float, ...]


class Point(NamedTuple):
    """A place, or a direction."""

    x: float
    y: float

    def toward(self, other: Point, fraction: float) -> Point:
        """The place at `fraction` of the way to another: 0 is here, 1 is there."""
        return Point(self.x + (other.x - self.x) * fraction, self.y + (other.y - self.y) * fraction)

    def distance(self, other: Point) -> float:
        return hypot(other.x - self.x, other.y - self.y)

    def moved(self, dx: float, dy: float) -> Point:
        return Point(self.x + dx, self.y + dy)

    def unit(self) -> Point:
        """The same direction, one unit long; no direction stays none."""
        length = hypot(self.x, self.y)
        return Point(self.x / length, self.y / length) if length else Point(0.0, 0.0)


class Box(NamedTuple):
    """An upright rectangle from its top-left corner; sizes are never negative."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def center(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def inset(self, by: float) -> Box:
        """The box `by` units smaller on every side, or larger when negative; at least nothing round its centre."""
        across, down = min(by, self.width / 2), min(by, self.height / 2)
        return Box(self.x + across, self.y + down, self.width - 2 * across, self.height - 2 * down)

    def union(self, other: Box) -> Box:
        """The smallest box round both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def contains(self, point: Point) -> bool:
        """Whether the point is inside or on the border."""
        return self.x <= point.x <= self.right and self.y <= point.y <= self.bottom

    def encloses(self, other: Box) -> bool:
        """Whether the other box is inside, borders may touch."""
        return self.contains(Point(other.x, other.y)) and self.contains(Point(other.right, other.bottom))

    def overlaps(self, other: Box, gap: float = 0.0) -> bool:
        """Whether the two share more than a border, or are less than `gap` units apart on both axes."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )

    def crossed_by(self, start: Point, end: Point) -> bool:
        """Whether a straight line passes through the inside; running along a border does not count."""
        enter, leave = 0.0, 1.0
        x, y, width, height = self
        (ax, ay), (bx, by) = start, end
        # Twice the same in a row: this is asked more often than anything else.
        if ax != bx:
            first, last = (x - ax) / (bx - ax), (x + width - ax) / (bx - ax)
            enter, leave = max(enter, min(first, last)), min(leave, max(first, last))
        elif not x < ax < x + width:
            return False
        if ay != by:
            first, last = (y - ay) / (by - ay), (y + height - ay) / (by - ay)
            enter, leave = max(enter, min(first, last)), min(leave, max(first, last))
        elif not y < ay < y + height:
            return False
        return enter < leave


def bounds(points: Iterable[Point]) -> Box:
    """The smallest box round the points; raises ValueError when there are none."""
    xs, ys = zip(*points, strict=True)
    x, y = min(xs), min(ys)
    return Box(x, y, max(xs) - x, max(ys) - y)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box round all boxes; raises ValueError when there are none."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(x, y, right - x, bottom - y)


class Cubic(NamedTuple):
    """A cubic Bézier curve; its parameter `t` runs from 0 at `start` to 1 at `end`."""

    start: Point
    control1: Point
    control2: Point
    end: Point

    def point(self, t: float) -> Point:
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self
        return Point(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3)

    def tangent(self, t: float) -> Point:
        """The direction of travel, as a unit vector; where controls lie on an end, the direction just beside it."""
        u = 1 - t
        a, b, c = u * u, 2 * u * t, t * t
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self
        slope = Point(a * (x1 - x0) + b * (x2 - x1) + c * (x3 - x2), a * (y1 - y0) + b * (y2 - y1) + c * (y3 - y2))
        if not slope.x and not slope.y:
            near = self.point(min(t + 0.001, 1.0)), self.point(max(t - 0.001, 0.0))
            slope = Point(near[0].x - near[1].x, near[0].y - near[1].y)
        return slope.unit()

    def bounds(self) -> Box:
        """The smallest box round the curve itself, not round its controls."""
        turns = {0.0, 1.0, *_turns(*(p.x for p in self)), *_turns(*(p.y for p in self))}
        return bounds(self.point(t) for t in turns)

    def polyline(self, parts: int = 32) -> list[Point]:
        """The curve as `parts` straight pieces of equal parameter."""
        return [self.point(index / parts) for index in range(parts + 1)]

    def length(self) -> float:
        return polyline_length(self.polyline())

    def at(self, fraction: float) -> tuple[Point, Point]:
        """The place at `fraction` (0..1) of the curve's length, and its direction there."""
        pieces = self.polyline()
        left = min(max(fraction, 0.0), 1.0) * polyline_length(pieces)
        for index, (a, b) in enumerate(pairwise(pieces)):
            step = a.distance(b)
            if left <= step and step > 0:
                t = (index + left / step) / (len(pieces) - 1)
                return self.point(t), self.tangent(t)
            left -= step
        return self.end, self.tangent(1.0)


def _turns(p0: float, p1: float, p2: float, p3: float) -> list[float]:
    """Where one coordinate of a cubic stops and turns: the parameters inside 0..1 at which its slope is nothing."""
    a, b, c = p3 - 3 * p2 + 3 * p1 - p0, 2 * (p2 - 2 * p1 + p0), p1 - p0
    if abs(a) < 1e-9 * (abs(b) + abs(c)):
        roots = [-c / b] if b else []
    else:
        root = b * b - 4 * a * c
        roots = [(-b + sign * sqrt(root)) / (2 * a) for sign in (1, -1)] if root >= 0 and a else []
    return [t for t in roots if 0 < t < 1]


def polyline_length(points: Sequence[Point]) -> float:
    return sum(a.distance(b) for a, b in pairwise(points))


def polyline_at(points: Sequence[Point], fraction: float) -> tuple[Point, Point]:
    """The place at `fraction` (0..1) of the polyline's length, and its direction there as a unit vector."""
    left = min(max(fraction, 0.0), 1.0) * polyline_length(points)
    for a, b in pairwise(points):
        step = a.distance(b)
        if left <= step and step > 0:
            return a.toward(b, left / step), Point(b.x - a.x, b.y - a.y).unit()
        left -= step
    before = next((point for point in reversed(points) if point != points[-1]), points[-1])
    return points[-1], Point(points[-1].x - before.x, points[-1].y - before.y).unit()


def rounded(points: Sequence[Point], radius: float) -> tuple[Segment, ...]:
    """Path segments along the polyline with every corner rounded by `radius`, or by less where a piece is short: each
    corner takes at most half of the pieces beside it."""
    kept = [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
    segments: list[Segment] = [("M", *kept[0])]
    for before, corner, after in zip(kept, kept[1:], kept[2:], strict=False):
        cut = min(radius, before.distance(corner) / 2, corner.distance(after) / 2)
        start = corner.toward(before, cut / before.distance(corner))
        end = corner.toward(after, cut / corner.distance(after))
        segments += [("L", *start), ("Q", *corner, *end)]
    if len(kept) > 1:
        segments.append(("L", *kept[-1]))
    return tuple(segments)
