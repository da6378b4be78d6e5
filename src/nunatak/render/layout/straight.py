"""Straightening: small jogs are taken out of ways, and pieces that run on an area's border are moved off it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from nunatak.drawing.geometry import Box, Point, bounds
from nunatak.render.grid import Grid
from nunatak.render.layout.laid import Laid, Way, corners
from nunatak.render.resolve import Joined, Placed

_JOG = 12.0  # a shorter piece between two that run on the same way is a jog
_ON, _OFF = 6.0, (12.0, 8.0, 16.0)  # from a border: too near, and where to go
_APART, _CLEAR = 10.0, 8.0  # what a moved piece keeps from other lines and from things
_PORT = 16.0  # from the corner of a thing
_WIDE, _HIGH = 144.0, 56.0  # what is kept free for a label


def straight(laid: Laid, lines: Mapping[str, Joined], placed: Mapping[str, Placed]) -> dict[str, Way]:
    """The ways with fewer and better corners; those that have no room for it stay as they are."""
    streets = _Streets(laid, placed)
    found = {}
    for id, way in laid.ways.items():
        if id in lines and len(way) > 3:
            found[id] = streets.off_borders(id, streets.straightened(id, way, lines[id]))
        else:
            found[id] = way
    return found


class _Streets:
    """What ways keep off: things, areas' borders, other ways and their labels."""

    def __init__(self, laid: Laid, placed: Mapping[str, Placed]) -> None:
        self._pieces, self._lines, self._boxes, self._rims = Grid(), list[str](), Grid(), Grid(512)
        self._areas = [p.box for p in placed.values() if p.shape == "area"]
        for number, one in enumerate(p for p in placed.values() if p.shape != "area"):
            self._boxes.put(number, one.box)
        for number, area in enumerate(self._areas):
            for rim in _rims(area):
                self._rims.put(number, rim)
        for id, way in laid.ways.items():
            self._mark(id, way)
        self._labels, self._labelled = Grid(), list(laid.labels)
        for number, middle in enumerate(laid.labels.values()):
            self._labels.put(number, Box(middle.x - _WIDE / 2, middle.y - _HIGH / 2, _WIDE, _HIGH))

    def straightened(self, id: str, way: Way, line: Joined) -> Way:
        """The way without jogs, as far as there is room: the piece behind a jog, or the one before it, is moved."""
        index = 0
        while index + 3 < len(way):
            a, b, c, d = way[index : index + 4]
            if 0 < b.distance(c) <= _JOG and _runs_on(a, b, c, d):
                behind = (*way[: index + 2], _level(b, d, a), *way[index + 4 :])
                before = (*way[:index], _level(c, a, d), *way[index + 2 :])
                last, first = index + 4 == len(way), index == 0
                for tried, end, place in ((behind, last, line.target), (before, first, line.origin)):
                    moved = tried[index + 1 : index + 3] if tried is behind else tried[index : index + 2]
                    at = moved[1] if tried is behind else moved[0]
                    if self._free(id, moved[0], moved[1]) and (not end or _on_side(place.box, at, moved)):
                        way, index = corners(tried), -1
                        self._mark(id, way)
                        break
            index += 1
        return way

    def off_borders(self, id: str, way: Way) -> Way:
        """The way with its inner pieces off the borders that they run on."""
        points = list(way)
        for index in range(1, len(points) - 2):
            a, b = points[index], points[index + 1]
            upright = a.x == b.x
            for border in self._along(a, b):
                at = a.x if upright else a.y
                outside = [border + sign * by for by in _OFF for sign in ((1, -1) if at >= border else (-1, 1))]
                for place in outside:
                    moved = (_at(a, place, upright), _at(b, place, upright))
                    if self._free(id, *moved) and not any(self._along(*moved)):
                        points[index : index + 2] = moved
                        self._mark(id, moved)
                        break
                break
        return corners(points)

    def _along(self, a: Point, b: Point) -> Iterator[float]:
        """The borders that a piece runs on: where they are, across it."""
        room = bounds((a, b))
        for _, rim in self._rims.near(room.inset(-_ON)):
            if a.x == b.x and rim.width <= rim.height and min(room.bottom, rim.bottom) - max(room.y, rim.y) > _JOG:
                yield rim.center.x
            elif a.y == b.y and rim.height < rim.width and min(room.right, rim.right) - max(room.x, rim.x) > _JOG:
                yield rim.center.y

    def _free(self, id: str, a: Point, b: Point) -> bool:
        """Whether a piece has room: no thing near its inner part, no other way along it."""
        room = bounds((a, b))
        upright = a.x == b.x
        inner = Box(room.x - _CLEAR, room.y + 1, room.width + 2 * _CLEAR, room.height - 2)
        if not upright:
            inner = Box(room.x + 1, room.y - _CLEAR, room.width - 2, room.height + 2 * _CLEAR)
        if inner.width > 0 and inner.height > 0 and self._boxes.touched(inner):
            return False
        beside = Box(room.x - _APART, room.y, room.width + 2 * _APART, room.height)
        if not upright:
            beside = Box(room.x, room.y - _APART, room.width, room.height + 2 * _APART)
        if any(self._labelled[number] != id for number in self._labels.numbers(beside)):
            return False
        near = self._pieces.near(beside)
        return all(self._lines[number] == id or (box.height > box.width) != upright for number, box in near)

    def _mark(self, id: str, way: Way) -> None:
        for piece in pairwise(way):
            self._pieces.put(len(self._lines), bounds(piece))
            self._lines.append(id)


def _at(corner: Point, place: float, upright: bool) -> Point:
    return Point(place, corner.y) if upright else Point(corner.x, place)


def _rims(box: Box) -> tuple[Box, ...]:
    return (
        Box(box.x, box.y, box.width, 0),
        Box(box.x, box.bottom, box.width, 0),
        Box(box.x, box.y, 0, box.height),
        Box(box.right, box.y, 0, box.height),
    )


def _runs_on(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether a way goes on behind a jog as before it."""
    if a.x == b.x and c.x == d.x:
        return (b.y - a.y) * (d.y - c.y) > 0
    return a.y == b.y and c.y == d.y and (b.x - a.x) * (d.x - c.x) > 0


def _level(on: Point, moved: Point, other: Point) -> Point:
    """A corner moved onto the line of a piece, which runs from `on` to `other`."""
    return Point(on.x, moved.y) if on.x == other.x else Point(moved.x, on.y)


def _on_side(box: Box, at: Point, piece: tuple[Point, ...]) -> bool:
    """Whether a way may end there: not at a corner."""
    if piece[0].x == piece[1].x:
        return box.x + _PORT <= at.x <= box.right - _PORT
    return box.y + _PORT <= at.y <= box.bottom - _PORT
