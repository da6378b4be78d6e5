"""Which way up the text of a page stands, and words that were read with the page turned, told as the page is shown.

A scan may lie on its side or its head. Letters are learned, and lines searched, best upright; so a page is turned to be
read, by quarter turns: `turns` of them clockwise is what its text is turned by.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy
from msgspec.structs import replace
from numpy.typing import NDArray

from nunatak.documents.lines import upright
from nunatak.documents.page import Box, Word
from nunatak.documents.reader import Engine, Grey, Letter, certainty

FEWEST_LINES, MOST_LINES = 4, 16  # that must be there, and are looked at to tell which way up they are
VARIED = 6  # characters that there must be to tell up from down
_CERTAIN, _CLEARER = 0.8, 1.05  # of a line that is read right
Points = NDArray[numpy.float64]


def upside_down(lines: Sequence[Grey], engine: Engine) -> bool:
    """Whether most lines of text that say anything are read more surely turned by half a circle, and say more than a
    few letters then: a `p` is a `d` on its head."""
    turned_ = [numpy.ascontiguousarray(line[::-1, ::-1]) for line in lines]
    told = list(zip(engine.recognize(lines), engine.recognize(turned_), strict=True))
    better = [letters for upright_, letters in told if _surer(letters, upright_)]
    worse = sum(_surer(upright_, letters) for upright_, letters in told)
    varied = len({letter.text for letters in better for letter in letters}) >= VARIED
    return varied and len(better) >= FEWEST_LINES and len(better) > 2 * worse


def _surer(letters: Sequence[Letter], others: Sequence[Letter]) -> bool:
    return certainty(letters) > max(_CERTAIN, _CLEARER * certainty(others))


def straightened(points: Points, turns: int, across: float, down: float) -> Points:
    """Points of a page `across` wide and `down` high after it is turned back."""
    x, y = points[:, 0], points[:, 1]
    return numpy.stack(((x, y), (y, across - x), (across - x, down - y), (down - y, x))[turns], axis=1)


def turned(words: Sequence[Word], turns: int) -> list[Word]:
    """Words of a page that was turned back, where they stand on the page as it is."""
    if not turns:
        return list(words)
    return [replace(word, box=_box(word.box, turns), angle=upright(word.angle + 90 * turns)) for word in words]


def _box(box: Box, turns: int) -> Box:
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    sides = {
        1: (1 - bottom, left, 1 - top, right),
        2: (1 - right, 1 - bottom, 1 - left, 1 - top),
        3: (top, 1 - right, bottom, 1 - left),
    }[turns]
    return Box(*(round(side, 5) for side in sides))
