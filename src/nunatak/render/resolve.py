"""Picture to Resolved: every thing has a shape, a size and its place among the areas, every line two ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nunatak.core.fields import LineShape
from nunatak.drawing.geometry import Box
from nunatak.render import areas
from nunatak.render.options import Options
from nunatak.render.overlay import Overlay, overlay, without_hidden
from nunatak.render.picture import Line, Picture, Spot, Thing
from nunatak.render.story import Story, story

Shape = Literal["box", "actor", "store", "component", "area"]

BOX_SIZE = (256.0, 128.0)
ACTOR_SIZE = (256.0, 160.0)
AREA_SIZE = (512.0, 384.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A thing with its final place. `depth`: for an area, how many areas lie round it; for any other thing, the depth
    of the innermost area it is in. None is on the canvas."""

    thing: Thing
    shape: Shape
    box: Box
    parent_id: str | None = None
    depth: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A line whose two ends are there."""

    line: Line
    origin: Placed
    target: Placed
    shape: LineShape


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A picture without open questions, in drawing order: areas from the outermost inwards, then lines, then boxes."""

    picture: Picture
    options: Options
    areas: tuple[Placed, ...]
    boxes: tuple[Placed, ...]
    lines: tuple[Joined, ...]
    warnings: tuple[str, ...]
    overlay: Overlay
    story: Story


def resolve(picture: Picture, options: Options) -> Resolved:
    """Answers every question about places that can be answered without fonts; what is hidden is gone from here on."""
    picture = without_hidden(picture, options)
    told = story(picture, options)
    placed = _placed(picture)
    lines, warnings = _joined(picture, placed)
    shapes = placed.values()
    return Resolved(
        picture=picture,
        options=options,
        areas=tuple(sorted((p for p in shapes if p.shape == "area"), key=lambda p: p.depth or 0)),
        boxes=tuple(p for p in shapes if p.shape != "area"),
        lines=lines,
        warnings=warnings,
        overlay=overlay(picture, options, told),
        story=told,
    )


def _placed(picture: Picture) -> dict[str, Placed]:
    things = {thing.id: thing for thing in picture.things}
    shapes = {id: _shape(thing) for id, thing in things.items()}
    given = {id: given_box(shapes[id], thing) for id, thing in things.items()}
    nesting = areas.nest(list(things.values()), {id for id, shape in shapes.items() if shape == "area"})
    sized = areas.size(nesting, given)
    return {
        id: Placed(
            thing=thing,
            shape=shapes[id],
            box=sized.get(id, given[id]),
            parent_id=nesting.parents.get(id),
            depth=nesting.depth(id),
        )
        for id, thing in things.items()
    }


def _shape(thing: Thing) -> Shape:
    # A group can't be a box; readers of other products' content still meet some.
    if thing.shape == "area" or thing.type == "group":
        return "area"
    if thing.type in ("actor", "store", "component"):
        return thing.type
    return "box"


def given_box(shape: Shape, spot: Thing | Spot) -> Box:
    """Where something is put, with its shape's size where none is given."""
    width, height = {"actor": ACTOR_SIZE, "area": AREA_SIZE}.get(shape, BOX_SIZE)
    return Box(spot.x, spot.y, spot.width or width, spot.height or height)


def _joined(picture: Picture, placed: Mapping[str, Placed]) -> tuple[tuple[Joined, ...], tuple[str, ...]]:
    by_model = _by_model(placed)
    joined, warnings = [], []
    for line in picture.lines:
        ends = [placed.get(id or "") or by_model.get(id or "") for id in (line.origin_id, line.target_id)]
        origin, target = ends
        if origin is None or target is None:
            missing = "origin" if origin is None else "target"
            warnings.append(f"Connection {line.id} isn't drawn: its {missing} isn't on the diagram.")
            continue
        joined.append(Joined(line=line, origin=origin, target=target, shape=line.line_shape or picture.line_shape))
    return tuple(joined), tuple(warnings)


def _by_model(placed: Mapping[str, Placed]) -> dict[str, Placed]:
    """Things by model id: some writers name a line's ends so. A box is meant before an area of the same object."""
    found: dict[str, Placed] = {}
    for thing in placed.values():
        known = found.get(thing.thing.model_id)
        if known is None or (known.shape == "area" and thing.shape != "area"):
            found[thing.thing.model_id] = thing
    return found
