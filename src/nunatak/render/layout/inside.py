"""Keeping lines in: a line between two members of an area runs inside of it, in the strip along its border."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from nunatak.drawing.geometry import Box, Point, bounds
from nunatak.render.anchor import Side
from nunatak.render.areas import INSET_BOTTOM, INSET_LEFT, INSET_RIGHT, INSET_TOP
from nunatak.render.layout.laid import Way, corners, snapped
from nunatak.render.resolve import Joined, Placed

# Between a border and the line next to it, between a line and the members or another line.
_EDGE, _CLEAR = 8.0, 8.0
_TITLE, _TITLED = 44.0, 400.0  # how deep a title reaches, and how far from its area's left it may
_DEEP: dict[Side, float] = {"left": INSET_LEFT, "top": INSET_TOP, "right": INSET_RIGHT, "bottom": INSET_BOTTOM}


class _Piece(NamedTuple):
    """A piece of a way, from its corner of that number to the next: how far it lies inside a border (less than nothing:
    outside), where along that border it starts and ends, and whether it can be moved: it ends at no thing."""

    line: str
    corner: int
    depth: float
    start: float
    end: float
    inner: bool


def inside(ways: Mapping[str, Way], lines: Mapping[str, Joined], placed: Mapping[str, Placed]) -> dict[str, Way]:
    """The ways with those pieces moved in that lay outside of the area that both ends of their line are in: areas are
    as large as their members need, and an engine that knows nothing of that leaves them now and then. Where the strip
    between border and members has no room left, a way stays."""
    found = {id: list(way) for id, way in ways.items()}
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for id in found:
        if id in lines and (home := _home(lines[id], placed)) is not None:
            homes[home].append(id)
    hulls = {id: bounds(way) for id, way in found.items()}
    for home, held in homes.items():
        box = placed[home].box
        room = box.inset(-1.0)
        out = [id for id in held if not box.inset(_EDGE).encloses(hulls[id])]
        for side in _DEEP if out else ():
            strays = [p for id in out for p in _pieces(id, found[id], box, side) if p.depth < _EDGE and p.inner]
            if strays:
                beside = {id: way for id, way in found.items() if hulls[id].overlaps(room)}
                _move_in(beside, strays, box, side)
    return {id: corners(way) for id, way in found.items()}


def _home(line: Joined, placed: Mapping[str, Placed]) -> str | None:
    """The innermost area round both ends."""
    around = _around(line.origin, placed)
    return next((area for area in _around(line.target, placed) if area in around), None)


def _around(thing: Placed, placed: Mapping[str, Placed]) -> list[str]:
    found: list[str] = []
    parent = thing.parent_id
    while parent is not None and parent not in found:
        found.append(parent)
        parent = placed[parent].parent_id
    return found


def _pieces(line: str, way: Sequence[Point], box: Box, side: Side) -> Iterator[_Piece]:
    """The pieces that run along a side."""
    for index, (a, b) in enumerate(pairwise(way)):
        inner = 0 < index < len(way) - 2
        if side in ("left", "right") and a.x == b.x and a.y != b.y:
            depth = a.x - box.x if side == "left" else box.right - a.x
            yield _Piece(line, index, depth, min(a.y, b.y), max(a.y, b.y), inner)
        elif side in ("top", "bottom") and a.y == b.y and a.x != b.x:
            depth = a.y - box.y if side == "top" else box.bottom - a.y
            yield _Piece(line, index, depth, min(a.x, b.x), max(a.x, b.x), inner)


def _move_in(found: dict[str, list[Point]], strays: list[_Piece], box: Box, side: Side) -> None:
    """Gives the strays tracks of their own beside the border, in their order, in the first gap that has room."""
    strays.sort(key=lambda piece: (piece.depth, piece.line))
    moved = {(piece.line, piece.corner) for piece in strays}
    near = [piece for id, way in found.items() for piece in _pieces(id, way, box, side)]
    first, last = min(piece.start for piece in strays), max(piece.end for piece in strays)
    beside = [p for p in near if p.start < last + _CLEAR and p.end > first - _CLEAR and (p.line, p.corner) not in moved]
    top = _TITLE if side == "top" and first < box.x + _TITLED else _EDGE
    taken = sorted(p.depth for p in beside if 0.0 <= p.depth < _DEEP[side])
    for least, most in pairwise([top - _CLEAR, *(depth for depth in taken if depth > top - _CLEAR), _DEEP[side]]):
        if most - least >= _CLEAR * (len(strays) + 1):
            _spread(found, strays, box, side, (least, most))
            return


def _spread(
    found: dict[str, list[Point]], strays: list[_Piece], box: Box, side: Side, between: tuple[float, float]
) -> None:
    least, most = between
    for number, piece in enumerate(strays, 1):
        depth = least + (most - least) * number / (len(strays) + 1)
        _set(found[piece.line], piece.corner, box, side, depth)


def _set(way: list[Point], index: int, box: Box, side: Side, depth: float) -> None:
    for corner in (index, index + 1):
        x, y = way[corner]
        match side:
            case "left":
                x = snapped(box.x + depth)
            case "right":
                x = snapped(box.right - depth)
            case "top":
                y = snapped(box.y + depth)
            case "bottom":
                y = snapped(box.bottom - depth)
        way[corner] = Point(x, y)
