"""Crops: a picture cut down to some of its things, and nothing in it that can't be seen."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from nunatak.drawing.geometry import Box
from nunatak.render.edges import solid
from nunatak.render.route import Routed

_ROOM = 24.0
_NOTHING = "None of the objects to crop to is on the diagram: it is drawn whole."


def cut(routed: Routed) -> tuple[Routed, tuple[str, ...]]:
    """The picture with a box round the things whose ids, or whose model objects' ids, the options name, and without
    what lies wholly outside of it; a warning where there are none."""
    wanted = set(routed.measured.resolved.options.crop_ids)
    if not wanted:
        return routed, ()
    cards = (*routed.measured.areas, *routed.measured.boxes)
    chosen = [solid(c) for c in cards if not wanted.isdisjoint((c.placed.thing.id, c.placed.thing.model_id))]
    if not chosen:
        return routed, (_NOTHING,)
    box = reduce(Box.union, chosen).inset(-_ROOM)
    measured = replace(
        routed.measured,
        areas=tuple(card for card in routed.measured.areas if card.placed.box.overlaps(box)),
        boxes=tuple(card for card in routed.measured.boxes if solid(card).overlaps(box)),
    )
    strands = tuple(
        replace(strand, standing=strand.standing if strand.standing and strand.standing.box.overlaps(box) else None)
        for strand in routed.strands
        if any(course.box.overlaps(box) for course in strand.courses)
    )
    return replace(routed, measured=measured, strands=strands, box=box), ()
