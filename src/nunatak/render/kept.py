"""Kept ways: a line that was laid out follows its corners as long as they fit the things that it joins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from nunatak.drawing.geometry import Box, Point, bounds
from nunatak.render import figure
from nunatak.render.anchor import OUTWARD, Port, Side, port
from nunatak.render.resolve import Joined, Placed

_NEAR = 4.0  # how far off a border a way may end


class Kept(NamedTuple):
    """The two ports of a way, and all its corners from the one to the other."""

    start: Port
    end: Port
    corners: tuple[Point, ...]


def kept(line: Joined, foreign: Callable[[Box], list[Box]]) -> Kept | None:
    """The way that is kept with a line; None when there is none, when something has been moved since, or when the line
    is to look otherwise. `foreign` answers the boxes in a box that the line doesn't join."""
    given = line.line
    asked = given.origin_connector or given.target_connector or line.shape == "straight" or line.origin is line.target
    if len(given.points) < 2 or asked:
        return None
    way = [Point(point.x, point.y) for point in given.points]
    if any((a.x != b.x) == (a.y != b.y) for a, b in pairwise(way)):
        return None
    start, end = _port(line.origin, way[0], way[1]), _port(line.target, way[-1], way[-2])
    if start is None or end is None:
        return None
    corners = (start.point, *way[1:-1], end.point)
    if any(foreign(bounds(piece)) for piece in pairwise(corners)):
        return None
    return Kept(start, end, corners)


def outward(point: Point, following: Point) -> Side:
    """The side on which a way leaves a thing."""
    if point.x == following.x:
        return "bottom" if following.y > point.y else "top"
    return "right" if following.x > point.x else "left"


def border(box: Box, side: Side, point: Point) -> Point:
    """The place on a side that is level with a point."""
    match side:
        case "top":
            return Point(point.x, box.y)
        case "bottom":
            return Point(point.x, box.bottom)
        case "left":
            return Point(box.x, point.y)
        case "right":
            return Point(box.right, point.y)


def _port(placed: Placed, point: Point, following: Point) -> Port | None:
    side, box = outward(point, following), placed.box
    on = border(box, side, point)
    if on.distance(point) > _NEAR or not box.inset(-_NEAR).contains(on):
        return None
    if placed.shape == "actor":
        return Port(_on_actor(box, side, point), OUTWARD[side])
    along = (point.x - box.x) / box.width if side in ("top", "bottom") else (point.y - box.y) / box.height
    found = port(placed, side, min(max(along, 0.0), 1.0))
    # Rounding must not tilt the first piece.
    level = Point(found.point.x, point.y) if side in ("left", "right") else Point(point.x, found.point.y)
    return Port(level, found.direction)


def _on_actor(box: Box, side: Side, point: Point) -> Point:
    """Where a way meets an actor: its tile where that is in the way, else its card."""
    tile, body = figure.tile(box), figure.body("actor", box)
    if side in ("left", "right"):
        return border(tile if point.y < body.y else body, side, point)
    return border(tile if side == "top" and tile.x <= point.x <= tile.right else body, side, point)


def fitted(way: Sequence[Point], origin: Box, target: Box) -> tuple[Point, ...]:
    """The way with its ends on the borders of the boxes that it joins."""
    start, end = border(origin, outward(way[0], way[1]), way[0]), border(target, outward(way[-1], way[-2]), way[-1])
    return (start, *way[1:-1], end)
