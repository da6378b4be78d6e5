"""Chips: badges as small pills with a dot and a word, in rows that fit where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nunatak.drawing.geometry import Box, Point
from nunatak.drawing.scene import Node, Paint
from nunatak.render import shapes
from nunatak.render.lettering import Ink, Lettering
from nunatak.render.overlay import Badge
from nunatak.render.swatches import SWATCHES
from nunatak.render.theme import Theme
from nunatak.render.wrap import Block, Face, Ruler, wrap

FACE = Face("sans", 12, 16)
HEIGHT, GAP = 20.0, 6.0
_PADDING, _DOT, _DOT_GAP = 8.0, 8.0, 6.0
_WIDEST = 140.0


@dataclass(frozen=True, slots=True)
class Chip:
    """A badge's words, measured; without a badge it counts those that found no room."""

    words: Block
    badge: Badge | None

    @property
    def width(self) -> float:
        dot = _DOT + _DOT_GAP if self.badge else 0.0
        return self.words.width + dot + 2 * _PADDING


def row_width(chips: Sequence[Chip]) -> float:
    """How wide a row of chips is."""
    return sum(chip.width for chip in chips) + GAP * max(0, len(chips) - 1)


def fitted(badges: Sequence[Badge], ruler: Ruler, width: float, *, widest: float = _WIDEST) -> tuple[Chip, ...]:
    """As many badges as a row of this width holds, the first always, and a count of the others; the words of none are
    wider than `widest`."""
    if not badges:
        return ()
    chips = [Chip(wrap(b.name or "–", ruler, FACE, width=min(widest, width - 30), rows=1), b) for b in badges]
    for count in range(len(chips), 0, -1):
        left = len(chips) - count
        more = (Chip(wrap(f"+{left}", ruler, FACE, width=60, rows=1), None),) if left else ()
        row = (*chips[:count], *more)
        if row_width(row) <= width or count == 1:
            return row
    return ()


class Chips:
    """Paints the chips of one picture."""

    def __init__(self, theme: Theme, lettering: Lettering) -> None:
        self._theme, self._lettering = theme, lettering

    def row(self, chips: Sequence[Chip], middle: Point) -> list[Node]:
        """A row of chips round its middle."""
        nodes: list[Node] = []
        if not chips:
            return nodes
        x = middle.x - row_width(chips) / 2
        for chip in chips:
            nodes += self.chip(chip, x, middle.y - HEIGHT / 2)
            x += chip.width + GAP
        return nodes

    def chip(self, chip: Chip, x: float, y: float) -> list[Node]:
        """One chip with its top left corner."""
        theme, badge = self._theme, chip.badge
        swatch = SWATCHES[theme.name][badge.color] if badge else None
        edge = swatch.edge if swatch else theme.faint_line
        pill = shapes.rect(Box(x, y, chip.width, HEIGHT), HEIGHT / 2, Paint(fill=theme.canvas, stroke=edge))
        nodes: list[Node] = [pill]
        left = x + _PADDING
        if swatch is not None:
            paint = Paint(fill=swatch.fill, stroke=swatch.edge)
            nodes.append(shapes.circle(Point(left + _DOT / 2, y + HEIGHT / 2), _DOT / 2, paint))
            left += _DOT + _DOT_GAP
        return nodes + list(self._lettering.set(chip.words, Ink(fill=theme.label), x=left, y=y + 2, titled=True))
