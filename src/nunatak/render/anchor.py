"""Anchors: where on a figure's border a line may end, and which way it leaves there."""

from __future__ import annotations

from typing import Literal, NamedTuple

from nunatak.drawing.geometry import Box, Point
from nunatak.render import figure
from nunatak.render.resolve import Placed

Side = Literal["top", "right", "bottom", "left"]

OUTWARD: dict[Side, Point] = {
    "top": Point(0.0, -1.0),
    "right": Point(1.0, 0.0),
    "bottom": Point(0.0, 1.0),
    "left": Point(-1.0, 0.0),
}
OPPOSITE: dict[Side, Side] = {"top": "bottom", "right": "left", "bottom": "top", "left": "right"}
# The twelve connectors of the wire: a side, and how far along it from its left or upper end.
CONNECTORS: dict[str, tuple[Side, float]] = {
    "top-left": ("top", 0.25), "top-center": ("top", 0.5), "top-right": ("top", 0.75),
    "right-top": ("right", 0.25), "right-middle": ("right", 0.5), "right-bottom": ("right", 0.75),
    "bottom-left": ("bottom", 0.25), "bottom-center": ("bottom", 0.5), "bottom-right": ("bottom", 0.75),
    "left-top": ("left", 0.25), "left-middle": ("left", 0.5), "left-bottom": ("left", 0.75),
}  # fmt: skip


class Port(NamedTuple):
    """A place on a border and the direction, as a unit vector, in which a line leaves it."""

    point: Point
    direction: Point

    def out(self, by: float) -> Point:
        """The place `by` units away from the border."""
        return self.point.moved(self.direction.x * by, self.direction.y * by)

    def inward(self) -> Port:
        """The same place, left the other way: into an area, to something in it."""
        return Port(self.point, Point(-self.direction.x, -self.direction.y))


def named(placed: Placed, connector: str) -> Port:
    """The port of a connector. An actor's upper corners are the sides of its tile."""
    side, share = CONNECTORS[connector]
    if placed.shape == "actor" and side == "top" and share != 0.5:
        square = figure.tile(placed.box)
        side = "left" if share < 0.5 else "right"
        return Port(_on(square, side, 0.5), OUTWARD[side])
    return port(placed, side, share)


def port(placed: Placed, side: Side, share: float) -> Port:
    """The port at a share of a side; a store's rims are curved, an actor has its tile on top."""
    box = edge(placed, side)
    point = _on(box, side, share)
    if placed.shape == "store" and side in ("top", "bottom"):
        sag = figure.rim(box, point.x)
        point = point.moved(0, sag if side == "top" else -sag)
    return Port(point, OUTWARD[side])


def edge(placed: Placed, side: Side) -> Box:
    """The box whose side is meant."""
    if placed.shape != "actor":
        return placed.box
    return figure.tile(placed.box) if side == "top" else figure.body("actor", placed.box)


def span(placed: Placed, side: Side) -> tuple[float, float]:
    """Where a side starts and ends on its axis."""
    box = edge(placed, side)
    return (box.x, box.right) if side in ("top", "bottom") else (box.y, box.bottom)


def _on(box: Box, side: Side, share: float) -> Point:
    if side == "top":
        return Point(box.x + box.width * share, box.y)
    if side == "bottom":
        return Point(box.x + box.width * share, box.bottom)
    return Point(box.x if side == "left" else box.right, box.y + box.height * share)
