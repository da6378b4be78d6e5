"""A picture with the places that were found for it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from msgspec.structs import replace

from nunatak.core.diagram import Point
from nunatak.render import kept
from nunatak.render.layout.inside import inside
from nunatak.render.layout.laid import Laid, share_of, snapped
from nunatak.render.layout.straight import straight
from nunatak.render.options import Options
from nunatak.render.picture import Line, Picture, Thing
from nunatak.render.resolve import Joined, Placed, resolve
from nunatak.render.route import HEAD_LENGTH


def written(picture: Picture, laid: Laid) -> Picture:
    """The picture with its things at their corners, areas round their members, and lines on their ways; a line that
    was given none is left to the renderer."""
    moved = replace(picture, things=[_moved(thing, laid) for thing in picture.things])
    resolved = resolve(moved, Options())
    placed = {p.thing.id: p for p in (*resolved.areas, *resolved.boxes)}
    joined = {line.line.id: line for line in resolved.lines}
    led = dataclasses.replace(laid, ways=inside(straight(laid, joined, placed), joined, placed))
    return replace(
        moved,
        things=[_sized(thing, placed) for thing in moved.things],
        lines=[_led(line, joined.get(line.id), led) for line in moved.lines],
    )


def _moved(thing: Thing, laid: Laid) -> Thing:
    corner = laid.corners.get(thing.id)
    return replace(thing, x=corner.x, y=corner.y) if corner else thing


def _sized(thing: Thing, placed: Mapping[str, Placed]) -> Thing:
    """An area says where it came to lie; its size is always computed."""
    box = placed[thing.id].box
    return replace(thing, x=snapped(box.x), y=snapped(box.y)) if placed[thing.id].shape == "area" else thing


def _led(line: Line, joined: Joined | None, laid: Laid) -> Line:
    free = replace(line, points=[], origin_connector=None, target_connector=None)
    way = laid.ways.get(line.id)
    if joined is None or way is None or len(way) < 2:
        return free
    corners = kept.fitted(way, joined.origin.box, joined.target.box)
    start = HEAD_LENGTH if line.direction == "bidirectional" else 0.0
    end = HEAD_LENGTH if line.direction is not None else 0.0
    middle = laid.labels.get(line.id)
    share = share_of(corners, middle, start, end) if middle else 50.0
    points = [Point(x=corner.x, y=corner.y) for corner in corners]
    return replace(free, points=points, label_position=round(share, 1))
