"""Things that no line reaches, in rows and columns: an engine of layers would set them all side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nunatak.drawing.geometry import Box, Point
from nunatak.render.layout.graph import up
from nunatak.render.layout.rows import SHAPE, sheet

LEAST = 4  # fewer things than that make one row
_GAP = 56


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Things with their corners, from the block's own top left one."""

    width: float
    height: float
    corners: Mapping[str, Point]


def block(boxes: Mapping[str, Box]) -> Block:
    """Things, by id, in as many columns as make the smallest sheet."""
    across = max(up(box.width) for box in boxes.values()) + _GAP
    down = max(up(box.height) for box in boxes.values()) + _GAP

    def size(count: int) -> tuple[float, float]:
        return count * across - _GAP, -(-len(boxes) // count) * down - _GAP

    columns = min(range(1, len(boxes) + 1), key=lambda count: sheet(*size(count), SHAPE))
    width, height = size(columns)
    return Block(width=width, height=height, corners=_placed(list(boxes), columns, across, down))


def _placed(ids: Sequence[str], columns: int, across: int, down: int) -> dict[str, Point]:
    return {
        id: Point(float(number % columns * across), float(number // columns * down)) for number, id in enumerate(ids)
    }
