"""Places on the map, as GeoJSON has them: whether two shapes meet, are apart, or one lies in the other.

Degrees count as lengths on a plane, as in the drawings' API that this is for. Raises Invalid for what is no shape.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nunatak.core.errors import Invalid

Relation = Literal["intersects", "disjoint", "within"]
Point = tuple[float, float]
Edge = tuple[Point, Point]
_DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_MOST_POINTS = 10_000


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Single points, the edges of lines and areas, and areas as rings: the outer one first, then holes."""

    points: tuple[Point, ...]
    edges: tuple[Edge, ...]
    areas: tuple[tuple[tuple[Point, ...], ...], ...]

    @property
    def corners(self) -> Iterator[Point]:
        """Every point that it is made of."""
        yield from self.points
        for edge in self.edges:
            yield from edge

    def holds(self, point: Point) -> bool:
        """Whether a point lies on it or in it."""
        return (
            point in self.points
            or any(_on(point, edge) for edge in self.edges)
            or any(_inside(point, rings) for rings in self.areas)
        )


def shape(geometry: Any, where: str) -> Shape:
    """The shape of a GeoJSON geometry; `where` names the field in a refusal."""
    type_, coordinates = (geometry.get("type"), geometry.get("coordinates")) if isinstance(geometry, dict) else (0, 0)
    if type_ not in _DEPTHS:
        raise _unfit(where, f"expected a type among {', '.join(_DEPTHS)}")
    nested = coordinates
    for _ in range(3 - _DEPTHS[type_]):
        nested = [nested]
    try:
        parts = [[[(float(x), float(y)) for x, y, *_ in ring] for ring in _lists(part)] for part in _lists(nested)]
    except (TypeError, ValueError):
        raise _unfit(where, f"expected the coordinates of a {type_}") from None
    if sum(len(ring) for part in parts for ring in part) > _MOST_POINTS:
        raise _unfit(where, f"expected at most {_MOST_POINTS:,} points")
    return _made(type_, parts)


def related(one: Shape, relation: Relation, other: Shape) -> bool:
    """Whether `one` stands in this relation to `other`."""
    if relation == "within":
        return all(map(other.holds, one.corners)) and not (other.areas and _crosses(one, other))
    return _meet(one, other) == (relation == "intersects")


def _made(type_: str, parts: Sequence[Sequence[Sequence[Point]]]) -> Shape:
    rings = [ring for part in parts for ring in part]
    if type_.endswith("Point"):
        return Shape(points=tuple(point for ring in rings for point in ring), edges=(), areas=())
    edges = tuple(edge for ring in rings for edge in itertools.pairwise(ring))
    areas = tuple(tuple(map(tuple, part)) for part in parts) if type_.endswith("Polygon") else ()
    return Shape(points=(), edges=edges, areas=areas)


def _lists(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _meet(one: Shape, other: Shape) -> bool:
    return (
        any(map(other.holds, one.corners))
        or any(map(one.holds, other.corners))
        or any(_cross(edge, each) for edge in one.edges for each in other.edges)
    )


def _crosses(one: Shape, other: Shape) -> bool:
    """Whether an edge of one leaves the other between its ends."""
    return any(_cross(edge, each) for edge in one.edges for each in other.edges)


def _side(edge: Edge, point: Point) -> float:
    (ax, ay), (bx, by) = edge
    return (bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax)


def _cross(one: Edge, other: Edge) -> bool:
    """Whether two edges cross each other in one point that is no end of either."""
    return _side(one, other[0]) * _side(one, other[1]) < 0 and _side(other, one[0]) * _side(other, one[1]) < 0


def _on(point: Point, edge: Edge) -> bool:
    (ax, ay), (bx, by) = edge
    between = min(ax, bx) <= point[0] <= max(ax, bx) and min(ay, by) <= point[1] <= max(ay, by)
    return between and _side(edge, point) == 0


def _inside(point: Point, rings: Sequence[Sequence[Point]]) -> bool:
    """Whether a ray from the point crosses the rings an odd number of times."""
    x, y = point
    crossings = 0
    for ring in rings:
        for (ax, ay), (bx, by) in itertools.pairwise(ring):
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                crossings += 1
    return crossings % 2 == 1


def _unfit(where: str, expected: str) -> Invalid:
    return Invalid(f"{where} is no place on the map", (f"{where}: {expected}",))
