"""The product's own check of a layout: everything in its own area, nothing in another's, nothing on anything else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from nunatak.core.errors import Invalid
from nunatak.render import areas
from nunatak.render.grid import Grid
from nunatak.render.options import Options
from nunatak.render.picture import Picture
from nunatak.render.resolve import Placed, resolve

APART = 16.0  # the least between sibling areas
_MOST_TOLD = 5


def check(picture: Picture, fixed: Collection[str] = ()) -> None:
    """Raises Invalid for a picture whose things are not where they belong, naming them. What is wrong among the things
    `fixed`, which somebody else has placed, is passed over, and so are areas that share members without one lying in
    the other: no layout can part those."""
    faults = list(_faults(picture, fixed))
    if faults:
        raise Invalid("The layout isn't right: " + "; ".join(faults[:_MOST_TOLD]), tuple(faults[:_MOST_TOLD]))


def _faults(picture: Picture, fixed: Collection[str]) -> Iterator[str]:
    resolved = resolve(picture, Options())
    placed = {p.thing.id: p for p in (*resolved.areas, *resolved.boxes)}
    nesting = areas.nest(picture.things, {p.thing.id for p in resolved.areas})
    around = {id: _around(id, placed) for id in placed}
    torn = {area for area, held in nesting.members.items() if any(area not in around[id] for id in held)}
    grid, numbers = Grid(), list(placed)
    for number, id in enumerate(numbers):
        grid.put(number, placed[id].box)
    for id, here in placed.items():
        if id in torn:
            continue
        for area in around[id]:
            if area not in torn and not placed[area].box.encloses(here.box):
                yield f"{_named(here)} is not inside {_named(placed[area])}"
        apart = APART if here.shape == "area" else 0.0
        for number in sorted(grid.numbers(here.box.inset(-apart))):
            there = placed[numbers[number]]
            if _foreign(here, there, around, torn) and not _among(here, there, placed, fixed):
                gap = apart if there.shape == "area" else 0.0
                if here.box.overlaps(there.box, gap):
                    yield f"{_named(here)} is {'on' if here.box.overlaps(there.box) else 'too near'} {_named(there)}"


def _around(id: str, placed: Mapping[str, Placed]) -> tuple[str, ...]:
    found: list[str] = []
    parent = placed[id].parent_id
    while parent is not None and parent not in found:
        found.append(parent)
        parent = placed[parent].parent_id
    return tuple(found)


def _foreign(here: Placed, there: Placed, around: Mapping[str, tuple[str, ...]], torn: Collection[str]) -> bool:
    """Whether two things have no business with each other; each pair is met once."""
    a, b = here.thing.id, there.thing.id
    return a < b and b not in torn and a not in around[b] and b not in around[a]


def _among(here: Placed, there: Placed, placed: Mapping[str, Placed], fixed: Collection[str]) -> bool:
    """Whether both were placed by somebody else: fixed themselves, or areas round something fixed."""
    held = {id for id in fixed if id in placed}
    around = held | {area for id in held for area in _around(id, placed)}
    return here.thing.id in around and there.thing.id in around


def _named(placed: Placed) -> str:
    return f"{placed.thing.name or placed.thing.type!r} ({placed.thing.id})"
