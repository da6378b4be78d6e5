"""Lines of the drawing that come among letters: a symbol's edge that touches a letter makes one piece of ink with it.

What is a letter is a question of the text beside it: a line of twice the height of a small text is no letter there,
though there may be letters of that height elsewhere on the page.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nunatak.documents.rows import Row

Boxes = NDArray[numpy.float64]  # left, top, right, bottom in each row

_ALONG, _ACROSS = 1.5, 0.3  # in heights: how far round a row letters are looked for
_LARGER = 1.45  # in heights: no letter of a row
_WITHIN = 0.3  # in heights: how far a row's own ink may stick out of it


def strangers(boxes: Boxes, rows: Sequence[Row]) -> NDArray[numpy.bool_]:
    """Which of the boxes come near a row and are too large for it, and lie within no row themselves. All places are in
    one unit."""
    near, own = numpy.zeros(len(boxes), bool), numpy.zeros(len(boxes), bool)
    if not rows:
        return near
    extents = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
    larger = numpy.flatnonzero(extents > _LARGER * min(row.height for row in rows))
    asked = boxes[larger]
    for row in rows:
        left, top, right, bottom = _grown(row, _ALONG * row.height, _ACROSS * row.height)
        met = (asked[:, 0] < right) & (asked[:, 2] > left) & (asked[:, 1] < bottom) & (asked[:, 3] > top)
        found = larger[met]
        near[found] |= extents[found] > _LARGER * row.height
        own[found] |= _inside(boxes[found], _grown(row, _WITHIN * row.height, _WITHIN * row.height))
    return near & ~own


def _inside(boxes: Boxes, sides: tuple[float, float, float, float]) -> NDArray[numpy.bool_]:
    left, top, right, bottom = sides
    found: NDArray[numpy.bool_] = (
        (boxes[:, 0] > left) & (boxes[:, 1] > top) & (boxes[:, 2] < right) & (boxes[:, 3] < bottom)
    )
    return found


def _grown(row: Row, along: float, across: float) -> tuple[float, float, float, float]:
    """The row's sides on the page, moved apart."""
    left = min(piece.left for piece in row.letters[0]) - along
    right = max(piece.right for letter in row.letters for piece in letter) + along
    top, bottom = row.top - across, row.bottom + across
    return (left, top, right, bottom) if row.turn == 0 else (top, -right, bottom, -left)
