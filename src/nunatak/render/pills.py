"""Pills: the numbers of a story's steps, in the colour of what they are, in rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nunatak.core.tag import TagColor
from nunatak.drawing.geometry import Box, Point
from nunatak.drawing.scene import Group, Node, Paint
from nunatak.render import shapes
from nunatak.render.lettering import Ink, Lettering
from nunatak.render.overlay import DIFFERENCE_COLORS
from nunatak.render.picture import DifferenceSort, Step
from nunatak.render.swatches import SWATCHES
from nunatak.render.theme import Theme
from nunatak.render.wrap import Block, Face, Ruler, wrap

FACE = Face("sans-semibold", 12, 16)
HEIGHT, GAP = 22.0, 4.0
_MOST = 6
# The signs of steps without a number, and what every sort is shown in; messages are plain.
SIGNS = {"introduction": "▶", "alternate": "?", "parallel": "∥", "subflow": "↗", "information": "i", "conclusion": "■"}
_COLORS: dict[str, TagColor] = {
    "introduction": "green", "process": "blue", "alternate": "yellow", "parallel": "yellow", "subflow": "dark-blue",
    "information": "purple", "conclusion": "red",
}  # fmt: skip
DIFFERENCE_SIGNS: dict[DifferenceSort, str] = {"added": "+", "removed": "−", "moved": "→", "changed": "~"}


@dataclass(frozen=True, slots=True)
class Pill:
    """A step's number or sign, measured; `step_id` is empty for the count of those that found no room."""

    words: Block
    sort: str
    step_id: str = ""

    @property
    def width(self) -> float:
        return max(HEIGHT, self.words.width + 14)


def pill(step: Step, ruler: Ruler) -> Pill:
    """The pill of a step."""
    text = str(step.number) if step.number else SIGNS.get(step.sort, "•")
    return Pill(wrap(text, ruler, FACE, width=80, rows=1), step.sort, step.id)


def sign(sort: DifferenceSort | None, ruler: Ruler) -> tuple[Pill, ...]:
    """The sign of a difference, as a row of one; none for none."""
    return (Pill(wrap(DIFFERENCE_SIGNS[sort], ruler, FACE, width=80, rows=1), sort),) if sort else ()


def pills(steps: Sequence[Step], ruler: Ruler, width: float) -> tuple[Pill, ...]:
    """A row of steps at most so wide, the first always in it; the last of it counts those that are too many."""
    row = tuple(pill(step, ruler) for step in steps[:_MOST])
    for count in range(len(row), 0, -1):
        left = len(steps) - count
        rest = (Pill(wrap(f"+{left}", ruler, FACE, width=80, rows=1), "message"),) if left else ()
        if len(rest) + count <= _MOST and row_width((*row[:count], *rest)) <= width:
            return (*row[:count], *rest)
    return row[:1]


def row_width(row: Sequence[Pill]) -> float:
    """How wide a row of pills is."""
    return sum(each.width for each in row) + GAP * max(0, len(row) - 1)


class Pills:
    """Paints the pills of one picture."""

    def __init__(self, theme: Theme, lettering: Lettering) -> None:
        self._theme, self._lettering = theme, lettering

    def row(self, row: Sequence[Pill], middle: Point) -> list[Node]:
        """A row of pills round its middle."""
        nodes: list[Node] = []
        if not row:
            return nodes
        x = middle.x - row_width(row) / 2
        for each in row:
            nodes.append(self.one(each, x, middle.y - HEIGHT / 2))
            x += each.width + GAP
        return nodes

    def one(self, each: Pill, x: float, y: float) -> Group:
        """One pill with its top left corner."""
        theme = self._theme
        fill = self.color(each.sort)
        box = shapes.rect(Box(x, y, each.width, HEIGHT), HEIGHT / 2, Paint(fill=fill, stroke=theme.canvas))
        ink = Ink(fill=theme.tile_ink)
        words = self._lettering.set(each.words, ink, x=x + each.width / 2, y=y + 3, align="middle")
        return Group(id=each.step_id or None, role="pill", children=(box, *words))

    def color(self, sort: str) -> str:
        """What a sort of steps is shown in."""
        name = _COLORS.get(sort) or DIFFERENCE_COLORS.get(sort)
        return SWATCHES[self._theme.name][name].edge if name else self._theme.tile
