"""Tracing: the course between two ports as a curve, a straight line or a loop."""

from __future__ import annotations

from nunatak.drawing.geometry import Point
from nunatak.render.anchor import Port
from nunatak.render.course import Course, bent, curve

CORNER = 8.0
_LEAST_OUT = 0.05  # how much of a straight line's way leads away from the border it leaves
_LOOP = 36.0
_LOOP_CORNER = 20.0
_LONGEST_HANDLE = 220.0


def curved(start: Port, end: Port) -> Course:
    """A cubic curve that leaves and meets both borders at right angles."""
    a, b = start.point, end.point
    return curve(a, start.out(_handle(start, end)), end.out(_handle(end, start)), b)


def straight(start: Port, end: Port) -> Course:
    return Course([(start.point, end.point)])


def along_a_border(start: Port, end: Port) -> bool:
    """Whether a straight line between two ports doesn't leave one of them outwards."""
    way = Point(end.point.x - start.point.x, end.point.y - start.point.y).unit()
    leaves = way.x * start.direction.x + way.y * start.direction.y
    meets = way.x * end.direction.x + way.y * end.direction.y
    return leaves < _LEAST_OUT or meets > -_LEAST_OUT


def loop(start: Port, end: Port) -> Course:
    """A line from a thing round its corner back to itself."""
    a, b = start.out(_LOOP), end.out(_LOOP)
    if start.direction == end.direction:
        return bent([start.point, a, b, end.point], _LOOP_CORNER)
    corner = Point(a.x, b.y) if start.direction.x else Point(b.x, a.y)
    return bent([start.point, a, corner, b, end.point], _LOOP_CORNER)


def _handle(here: Port, there: Port) -> float:
    """How far a curve runs straight out: half the way when it goes ahead, a bow's height when it must turn."""
    dx, dy = there.point.x - here.point.x, there.point.y - here.point.y
    ahead = dx * here.direction.x + dy * here.direction.y
    aside = abs(dx * here.direction.y) + abs(dy * here.direction.x)
    alike = here.direction.x * there.direction.x + here.direction.y * there.direction.y
    if alike > 0:
        return min(max(36.0, aside * 0.3), _LONGEST_HANDLE) + max(ahead, 0.0)
    if ahead > 0 and alike < 0:
        return max(ahead / 2, min(aside / 4, 40.0, ahead))
    if ahead > 0:
        return max(ahead * 0.55, min(aside / 4, 40.0))
    return min(max(36.0, (aside - ahead) * 0.3), _LONGEST_HANDLE)
