"""Outlines to ink, and ink to rows of letters: looked at twice, the second time in the letters' own size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import cv2
import numpy
from numpy.typing import NDArray

from nunatak.documents.outlines import Outline, Points, sides
from nunatak.documents.rows import Piece, Row, rows
from nunatak.documents.strangers import strangers

Ink = NDArray[numpy.uint8]
Sides = tuple[float, float, float, float]  # left, top, right, bottom

_GLANCE, _SIDE, _MOST_SIDE = 4_400, 6_600, 10_000  # pixels of the page's longest side
_TALL = 28  # pixels that a letter should be high
_LARGEST = 0.025  # of the longest side: what is larger is no letter
_SMALLEST = 0.0012
_PART = 0.8  # of the largest: how high a letter is
_LARGER = 2.0  # times the height of high letters: a circle round text is larger


class Glance(NamedTuple):
    """What a first look at a page finds: its width and height in parts of the longer, the outlines with what each
    covers, and rows in the ink of small ones, in pixels of that look."""

    across: float
    down: float
    outlines: Sequence[Outline]
    boxes: Points
    ink: Ink
    rows: list[Row]

    @property
    def extents(self) -> Points:
        """The longer sides of what outlines cover."""
        return _extents(self.boxes)

    @property
    def sideways(self) -> bool:
        """Whether more letters stand in rows that go upwards."""
        return sum(len(row.letters) if row.turn else -len(row.letters) for row in self.rows) > 0


def glanced(outlines: Sequence[Outline], across: float, down: float) -> Glance:
    """A first look at outlines on a page, whose longer side is 1."""
    boxes = sides(outlines)
    small = numpy.flatnonzero(_extents(boxes) <= _LARGEST).tolist()
    return Glance(across, down, outlines, boxes, *_looked([outlines[at] for at in small], _GLANCE, across, down))


def looked(glance: Glance) -> tuple[Ink, list[Row]]:
    """The ink of what may be letters in their own size, and the rows in it."""
    heights = sorted(row.height / _GLANCE for row in glance.rows for _ in row.letters)
    if not heights:
        return glance.ink, glance.rows
    largest = min(_LARGEST, _LARGER * heights[len(heights) * 9 // 10])
    side = round(min(_MOST_SIDE, max(_SIDE, _TALL / heights[len(heights) // 2])))
    kept = (glance.extents <= largest) & ~strangers(glance.boxes * _GLANCE, glance.rows)
    return _looked([glance.outlines[at] for at in numpy.flatnonzero(kept).tolist()], side, glance.across, glance.down)


def _extents(boxes: Points) -> Points:
    found: Points = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, initial=0.0)
    return found


def _looked(outlines: Sequence[Outline], side: int, across: float, down: float) -> tuple[Ink, list[Row]]:
    """The ink of outlines in a picture whose longest side has so many pixels, and its rows."""
    ink = _inked(outlines, side, across, down)
    return ink, rows(_boxes(ink), _SMALLEST * side, _PART * _LARGEST * side)


def _inked(outlines: Sequence[Outline], side: int, across: float, down: float) -> Ink:
    """A picture of the outlines with lines a pixel wide; 255 is ink."""
    ink = numpy.zeros((round(down * side) + 2, round(across * side) + 2), numpy.uint8)
    for outline in outlines:
        lines = [numpy.round(line * (side * 16)).astype(numpy.int32) for line in outline.lines]
        if outline.filled:
            cv2.fillPoly(ink, lines, 255, shift=4)
        cv2.polylines(ink, lines, False, 255, 1, shift=4)
    return ink


def _boxes(ink: Ink) -> list[tuple[float, float, float, float]]:
    """The boxes of ink that hangs together."""
    contours, found = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    levels: Any = found
    if levels is None:
        return []
    outer = [cv2.boundingRect(each) for each, level in zip(contours, levels[0], strict=True) if level[3] < 0]
    return [(left, top, left + wide, top + high) for left, top, wide, high in outer]


def around(pieces: Sequence[Piece]) -> Sides:
    """The sides of what pieces cover, as their row is read."""
    return (
        min(piece.left for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.right for piece in pieces),
        max(piece.bottom for piece in pieces),
    )


def cut(ink: Ink, turn: int, sides: Sides) -> Ink:
    """A part of the picture (left, top, right, bottom as the row is read), turned to be read from left to right."""
    left, top, right, bottom = map(round, sides)
    if turn == 0:
        return ink[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    return numpy.rot90(ink[max(0, -right) : max(0, -left), max(0, top) : max(0, bottom)], -1)
