"""Figures: the parts of a box, an actor, a store, in diagram units; what measuring, routing and painting agree on."""

from __future__ import annotations

from math import sqrt

from nunatak.drawing.geometry import Box
from nunatak.render.resolve import Placed, Shape

BOX_RADIUS = 8
AREA_RADIUS = 12
ICON_SIZE = 32
ICON_LEFT = 24
ICON_GAP = 12
# At 256 x 160 an actor's tile is 56 units wide and 8 above its card; lower figures shrink it.
_TILE, _TILE_SHARE, _TILE_GAP_SHARE = 56, 0.35, 1 / 7
# At 256 wide a store's lid is 17 units high.
_LID, _LID_SHARE = 17, 0.2


def tile(box: Box) -> Box:
    """The square over an actor's card that bears the person."""
    size = min(_TILE, box.width, box.height * _TILE_SHARE)
    return Box(box.x + (box.width - size) / 2, box.y, size, size)


def body(shape: Shape, box: Box) -> Box:
    """The card that bears the text: an actor's without its tile, all of any other figure."""
    if shape != "actor":
        return box
    above = tile(box).height * (1 + _TILE_GAP_SHARE)
    return Box(box.x, box.y + above, box.width, box.height - above)


def lid(box: Box) -> float:
    """Half the height of a store's lid, which is also how far its bottom bulges."""
    return min(_LID, box.height * _LID_SHARE) / 2


def rim(box: Box, x: float) -> float:
    """How far a store's top border at `x` lies under its box's top, and its bottom border over the bottom."""
    across = (x - box.x) / (box.width / 2) - 1 if box.width else 0.0
    return lid(box) * (1 - sqrt(max(0.0, 1 - across * across)))


def text_box(placed: Placed) -> Box:
    """Where a figure's text may stand."""
    box = body(placed.shape, placed.box)
    across = min(20.0, box.width / 12)
    if placed.shape == "store":
        above, below = 2 * lid(box) + min(2.0, box.height / 20), lid(box) + min(4.0, box.height / 20)
    else:
        above = below = min(7.0 if placed.shape == "actor" else 12.0, box.height / 10)
    return Box(box.x + across, box.y + above, box.width - 2 * across, max(0.0, box.height - above - below))
