"""What the engine found, in whole steps of the grid: corners of things, ways of lines, and their labels' places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from nunatak.core.diagram import GRID
from nunatak.drawing.geometry import Box, Point
from nunatak.render.layout.graph import Graph

Way = tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Places by id: `corners` of things (an area's are its children's business), `ways` of lines from border to border,
    and the middles of `labels`."""

    corners: dict[str, Point] = field(default_factory=dict)
    ways: dict[str, Way] = field(default_factory=dict)
    labels: dict[str, Point] = field(default_factory=dict)

    def moved(self, dx: float, dy: float) -> Laid:
        """All of it somewhere else."""
        return Laid(
            corners={id: point.moved(dx, dy) for id, point in self.corners.items()},
            ways={id: tuple(point.moved(dx, dy) for point in way) for id, way in self.ways.items()},
            labels={id: point.moved(dx, dy) for id, point in self.labels.items()},
        )

    def turned(self) -> Laid:
        """All of it with across and down exchanged."""
        return Laid(
            corners={id: Point(point.y, point.x) for id, point in self.corners.items()},
            ways={id: tuple(Point(point.y, point.x) for point in way) for id, way in self.ways.items()},
            labels={id: Point(point.y, point.x) for id, point in self.labels.items()},
        )

    def take(self, other: Laid) -> None:
        """Adds what another found; a label that has a place here keeps it."""
        self.corners.update(other.corners)
        self.ways.update(other.ways)
        for id, middle in other.labels.items():
            self.labels.setdefault(id, middle)


def read(found: Graph) -> Laid:
    """The engine's answer, with coordinates of the graph. The same rounding of every coordinate keeps pieces upright
    and level, and things that are whole steps wide as far apart as they were, or one step less."""
    laid = Laid()
    for node in _nodes(found["children"]):
        laid.corners[node["id"][2:]] = Point(snapped(node["x"]), snapped(node["y"]))
    for edge in found.get("edges", ()):
        id = edge["id"][2:]
        laid.ways[id] = corners(point for section in edge.get("sections", ()) for point in _points(section))
        for label in edge.get("labels", ()):
            box = Box(label["x"], label["y"], label["width"], label["height"])
            laid.labels[id] = Point(snapped(box.center.x), snapped(box.center.y))
    return laid


def snapped(units: float) -> float:
    """The nearest step of the grid."""
    return float(int(units // GRID * GRID + (GRID if units % GRID >= GRID / 2 else 0)))


def share_of(way: Way, place: Point, start: float = 0.0, end: float = 0.0) -> float:
    """How far along a way, in percent, the point nearest to a place is; `start` and `end` units of it are heads."""
    best, least, done = 0.0, float("inf"), 0.0
    for a, b in pairwise(way):
        length = a.distance(b)
        part = ((place.x - a.x) * (b.x - a.x) + (place.y - a.y) * (b.y - a.y)) / (length * length) if length else 0.0
        nearest = a.toward(b, min(max(part, 0.0), 1.0))
        away = nearest.distance(place)
        if away < least:
            best, least = done + a.distance(nearest), away
        done += length
    room = done - start - end
    return min(max((best - start) / room * 100, 0.0), 100.0) if room > 0 else 50.0


def _nodes(nodes: Iterable[Graph]) -> Iterator[Graph]:
    for node in nodes:
        yield node
        yield from _nodes(node.get("children", ()))


def _points(section: Graph) -> Iterator[Point]:
    for point in (section["startPoint"], *section.get("bendPoints", ()), section["endPoint"]):
        yield Point(snapped(point["x"]), snapped(point["y"]))


def corners(points: Iterable[Point]) -> Way:
    """The corners that matter: none doubled, none on a straight run."""
    kept: list[Point] = []
    for point in _squared(list(points)):
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2].x == kept[-1].x == point.x or kept[-2].y == kept[-1].y == point.y):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _squared(points: list[Point]) -> list[Point]:
    """The way with slanted pieces, which the engine leaves now and then, made upright or level: one end of each is
    moved along the piece that it shares with a neighbour."""
    for index in range(len(points) - 1):
        a, b = points[index], points[index + 1]
        if a.x == b.x or a.y == b.y:
            continue
        if index:
            upright = points[index - 1].y == a.y
        elif len(points) > 2:
            upright = points[2].y == b.y
        else:
            upright = abs(b.y - a.y) > abs(b.x - a.x)
        points[index] = Point(b.x, a.y) if upright else Point(a.x, b.y)
    return points
