"""Points and boxes, in units with y down; directions as unit vectors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot
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
