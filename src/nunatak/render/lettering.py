"""Lettering: measured lines as scene texts, one for each font that a line needs."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec.structs import replace

from nunatak.drawing.fonts import Fonts
from nunatak.drawing.scene import Text
from nunatak.render.wrap import Block

# Where a line's baseline lies: the text's middle is that of its capitals and small letters together.
_BASELINE = 0.35
HALO = 4.0


class Ink(NamedTuple):
    """How letters are painted: their colour, the colour of the halo behind them, whether they are struck through."""

    fill: str
    halo: str | None = None
    strike: bool = False


class Lettering:
    """Sets blocks in the fonts they were measured with."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts

    def set(
        self,
        block: Block,
        ink: Ink,
        *,
        x: float,
        y: float,
        align: Literal["left", "middle"] = "left",
        titled: bool = False,
    ) -> list[Text]:
        """The block's lines, the first line's top at `y`; `x` is their left end or their middle. What is written from
        right to left has its lines' beginnings under each other. `titled`: what is cut says all of itself, where
        nothing round it does."""
        texts: list[Text] = []
        face = block.face
        baseline = y + face.leading / 2 + face.size * _BASELINE
        for row in block.rows:
            left = x - row.width / 2 if align == "middle" else x
            if block.leftward and align == "left":
                left += block.width - row.width
            texts += self._line(row.text, block, ink, left, baseline, row.width)
            baseline += face.leading
        if titled and block.cut and texts:
            texts[-1] = replace(texts[-1], title=block.whole)
        return texts

    def _line(self, text: str, block: Block, ink: Ink, x: float, y: float, width: float) -> list[Text]:
        face = block.face
        runs = self._fonts.runs(text, face.font, leftward=block.leftward)
        texts = []
        for run in runs:
            advance = width if len(runs) == 1 and not run.leftward else self._fonts.advance(run, face.size)
            texts.append(
                Text(
                    x=round(x, 2),
                    y=round(y, 2),
                    text=run.text,
                    font=run.font,
                    size=face.size,
                    fill=ink.fill,
                    width=round(advance, 2),
                    halo=None if ink.strike else ink.halo,  # a halo would paint over the stroke
                    halo_width=HALO,
                    strike=ink.strike,
                    leftward=run.leftward,
                )
            )
            x += advance
        return texts
