"""Differences as they are drawn: the outline of where something was, an arrow from there, and how many there are."""

from __future__ import annotations

from typing import get_args

from nunatak.drawing.geometry import Box, Point
from nunatak.drawing.scene import Group, Node, Paint
from nunatak.render import figure, shapes
from nunatak.render.overlay import DIFFERENCE_COLORS
from nunatak.render.picture import DifferenceSort, Picture, differing
from nunatak.render.resolve import Placed, given_box
from nunatak.render.route import Routed
from nunatak.render.swatches import SWATCHES
from nunatak.render.theme import Theme

_DASH, _THIN = (4.0, 4.0), 1.25
_HEAD_LENGTH, _HEAD_WIDTH = 9.0, 7.0
_SHORTEST = 20.0  # of an arrow; a thing that moved by less shows its way by itself


def counts(picture: Picture) -> dict[DifferenceSort, int]:
    """How many things, lines and pins of a picture differ in which way."""
    found: dict[DifferenceSort, int] = dict.fromkeys(get_args(DifferenceSort), 0)
    for difference in differing(picture):
        found[difference.sort] += 1
    return found


def places(routed: Routed) -> list[Box]:
    """The boxes in which things were."""
    return [box for _, box in _moved(routed)]


def ghosts(routed: Routed, theme: Theme) -> list[Group]:
    """An outline for each thing that was elsewhere, with an arrow to where it is."""
    color = SWATCHES[theme.name][DIFFERENCE_COLORS["moved"]].edge
    line = Paint(stroke=color, stroke_width=_THIN, dash=_DASH)
    found = []
    for placed, was in _moved(routed):
        nodes: list[Node] = [shapes.rect(figure.body(placed.shape, was), figure.BOX_RADIUS, line)]
        if placed.shape == "actor":
            square = figure.tile(was)
            nodes.append(shapes.rect(square, square.width * 0.25, line))
        nodes += _arrow(was, placed.box, color)
        found.append(Group(id=f"{placed.thing.id}:was", role="ghost", children=tuple(nodes)))
    return found


def _moved(routed: Routed) -> list[tuple[Placed, Box]]:
    found = []
    for card in routed.measured.boxes:
        thing = card.placed.thing
        if thing.difference is not None and (was := thing.difference.was) is not None:
            place = given_box(card.placed.shape, was)
            if place != card.placed.box:
                found.append((card.placed, place))
    return found


def _arrow(start: Box, end: Box, color: str) -> list[Node]:
    """A thin arrow from border to border, where there is room for one."""
    a, b = _border(start, end.center), _border(end, start.center)
    if start.overlaps(end) or a.distance(b) < _SHORTEST:
        return []
    along = Point(b.x - a.x, b.y - a.y).unit()
    foot = b.moved(-along.x * _HEAD_LENGTH, -along.y * _HEAD_LENGTH)
    thin = Paint(stroke=color, stroke_width=_THIN)
    return [shapes.path(thin, ("M", *a), ("L", *foot)), shapes.arrow(b, along, _HEAD_LENGTH, _HEAD_WIDTH, color)]


def _border(box: Box, toward: Point) -> Point:
    """Where the way from a box's middle to a point leaves the box."""
    middle = box.center
    dx, dy = abs(toward.x - middle.x), abs(toward.y - middle.y)
    shares = [half / away for half, away in ((box.width / 2, dx), (box.height / 2, dy)) if away]
    return middle.toward(toward, min([1.0, *shares]))
