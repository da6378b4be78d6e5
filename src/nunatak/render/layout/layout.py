"""Picture in, laid out picture out: things get places, lines ways, and the product checks what it was given."""

from __future__ import annotations

from msgspec.structs import replace

from nunatak.core.errors import Invalid
from nunatak.core.fields import Struct
from nunatak.drawing.fonts import Fonts
from nunatak.drawing.geometry import Point
from nunatak.render.layout import fresh
from nunatak.render.layout.check import check
from nunatak.render.layout.graph import Direction, Tree, joining, options_of, tree, walls
from nunatak.render.layout.laid import Laid, snapped
from nunatak.render.layout.levels import Engine, Levels
from nunatak.render.layout.write import written
from nunatak.render.measure import Measured, measure
from nunatak.render.options import Options
from nunatak.render.picture import Picture
from nunatak.render.resolve import resolve


class Wanted(Struct, frozen=True, kw_only=True):
    """How a picture is laid out: which way lines run for the most part, the things (not areas) that stay where they
    are, and whether all stay but those that lie on another."""

    direction: Direction = "down"
    pinned_ids: tuple[str, ...] = ()
    only_new: bool = False


def layout(picture: Picture, wanted: Wanted, engine: Engine, fonts: Fonts) -> Picture:
    """The picture with new places; the same picture and wishes give the same places. Raises Invalid for pinned ids that
    aren't there and for places that would be wrong."""
    measured = measure(resolve(picture, Options()), fonts)
    here = tree(measured)
    fixed = _fixed(picture, here, wanted)
    if wanted.only_new:
        laid, kept = _among(measured, here, fixed, _drawn(picture, fixed)), fixed
    else:
        wires = joining(measured, here)
        options = options_of(wanted.direction, here)
        levels = Levels(here, wires, wanted.direction, walls=walls(here, wires), options=options, engine=engine)
        laid, kept = levels.all(), frozenset[str]()
        if fixed:
            laid = _among(measured, here, fixed, _beside(laid, here, fixed))
    found = written(picture, laid)
    if wanted.only_new:
        found = _unmoved(picture, found, kept)
    check(found, fixed)
    return found


def _fixed(picture: Picture, here: Tree, wanted: Wanted) -> frozenset[str]:
    """The things that stay."""
    leaves = [thing.id for thing in picture.things if not here.inside.get(thing.id)]
    unknown = [id for id in wanted.pinned_ids if id not in here.placed]
    if unknown:
        raise Invalid("Not everything that is to stay is there", tuple(
            f"pinnedIds: expected ids of the diagram's objects, got {id}" for id in unknown))  # fmt: skip
    pinned = {leaf for id in wanted.pinned_ids for leaf in (id, *here.below(id)) if not here.inside.get(leaf)}
    if wanted.only_new:
        pinned |= set(leaves) - set(fresh.new(here, leaves))
    return frozenset(pinned)


def _beside(laid: Laid, here: Tree, fixed: frozenset[str]) -> Laid:
    """What was found, moved so that the uppermost of the things that stay is where it is."""
    first = min(fixed, key=lambda id: (here.placed[id].box.y, here.placed[id].box.x, id))
    there, at = laid.corners[first], here.placed[first].box
    return laid.moved(snapped(at.x) - there.x, snapped(at.y) - there.y)


def _drawn(picture: Picture, fixed: frozenset[str]) -> Laid:
    """The ways of lines between things that stay, as they are."""
    lines = [line for line in picture.lines if len(line.points) > 1 and {line.origin_id, line.target_id} <= fixed]
    return Laid(ways={line.id: tuple(Point(point.x, point.y) for point in line.points) for line in lines})


def _among(measured: Measured, here: Tree, fixed: frozenset[str], found: Laid) -> Laid:
    """Places for all that doesn't stay, nearest to those that were found, or to what they are joined to; and the ways
    that were found between things that are where they were found."""
    ground = fresh.Ground(here, {id: here.placed[id].box for id in fixed}, [] if found.corners else found.ways.values())
    for thing in measured.resolved.picture.things:
        if thing.id not in fixed and not here.inside.get(thing.id):
            at = found.corners.get(thing.id) or fresh.wanted(here, thing.id, ground, measured.wires)
            ground.put(thing.id, at)
    corners = {id: Point(box.x, box.y) for id, box in ground.boxes.items()}
    there = {id for id, corner in corners.items() if found.corners.get(id) == corner}
    lines = [wire.joined for wire in measured.wires]
    kept = {line.line.id for line in lines if {line.origin.thing.id, line.target.thing.id} <= there}
    return Laid(
        corners=corners,
        ways={id: way for id, way in found.ways.items() if id in kept},
        labels={id: middle for id, middle in found.labels.items() if id in kept},
    )


def _unmoved(before: Picture, after: Picture, kept: frozenset[str]) -> Picture:
    """Lines between things that stayed run as they did; if something new is in the way, drawing finds out."""
    stayed = {thing.id for thing in after.things if thing.id in kept}
    lines = [old if {old.origin_id, old.target_id} <= stayed else new
             for old, new in zip(before.lines, after.lines, strict=True)]  # fmt: skip
    return replace(after, lines=lines)
