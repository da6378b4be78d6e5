"""Things that no line reaches, in rows and columns: an engine of layers would set them all side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nunatak.drawing.geometry import Box, Point
from nunatak.render.layout.graph import up
from nunatak.render.layout.rows import GAP, SHAPE, sheet

LEAST = 4  # fewer things than that make one row


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Things with their corners, from the block's own top left one."""

    width: float
    height: float
    corners: Mapping[str, Point]


def block(boxes: Mapping[str, Box]) -> Block:
    """Things, by id, in as many columns as make the smallest sheet."""
    across = max(up(box.width) for box in boxes.values()) + GAP
    down = max(up(box.height) for box in boxes.values()) + GAP

    def size(count: int) -> tuple[float, float]:
        return count * across - GAP, -(-len(boxes) // count) * down - GAP

    columns = min(range(1, len(boxes) + 1), key=lambda count: sheet(*size(count), SHAPE))
    width, height = size(columns)
    return Block(width=width, height=height, corners=_placed(list(boxes), columns, across, down))


def _placed(ids: Sequence[str], columns: int, across: float, down: float) -> dict[str, Point]:
    return {id: Point(number % columns * across, number // columns * down) for number, id in enumerate(ids)}
