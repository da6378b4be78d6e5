"""The words of a PDF page's text layer, with boxes and angles, as a reader of the displayed page sees them."""

from __future__ import annotations

import ctypes
import math
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from nunatak.documents import lines, pdfium
from nunatak.documents.lines import Glyph
from nunatak.documents.page import Word

_MOST_CHARACTERS = 1_000_000


class Frame(NamedTuple):
    """The displayed part of the page's own space, and how far it is turned clockwise to be displayed."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space as displayed: origin top left, y down."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def frame(page: pypdfium2.PdfPage) -> Frame:
    """The frame of an open page."""
    return Frame(*pdfium.bounds(page), page.get_rotation() % 360)


def words(page: pypdfium2.PdfPage) -> list[Word]:
    """The words of an open page in reading order; text outside of what is displayed is left out."""
    shown = frame(page)
    text = page.get_textpage()
    try:
        return lines.words(_Reader(text, shown).glyphs(), *shown.size)
    finally:
        text.close()


class _Reader:
    """Reads characters one by one; keeps the memory that the library writes into."""

    def __init__(self, text: pypdfium2.PdfTextPage, shown: Frame) -> None:
        self._page = text
        self._text = text.raw
        self._shown = shown
        self._sides = [ctypes.c_double() for _ in range(4)]
        self._origin = [ctypes.c_double() for _ in range(2)]
        self._matrix = raw.FS_MATRIX()
        self._loose = raw.FS_RECTF()

    def glyphs(self) -> list[Glyph]:
        found: list[Glyph] = []
        spaced = False
        for index in range(min(max(0, self._page.count_chars()), _MOST_CHARACTERS)):
            code = raw.FPDFText_GetUnicode(self._text, index)
            if code <= 32 or code == 0xA0 or raw.FPDFText_IsGenerated(self._text, index) == 1:
                spaced = spaced or code in (0x20, 0xA0)  # a line break says only that the file goes on elsewhere
            elif (glyph := self._glyph(index, code, spaced)) is not None:
                found.append(glyph)
                spaced = False
        return found

    def _glyph(self, index: int, code: int, spaced: bool) -> Glyph | None:
        left, right, bottom, top = self._sides
        if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            return None
        if not raw.FPDFText_GetCharBox(self._text, index, left, right, bottom, top):
            return None
        corners = left.value, bottom.value, right.value, top.value
        if not all(map(math.isfinite, corners)):
            return None
        first, second = self._shown.place(*corners[:2]), self._shown.place(*corners[2:])
        xs, ys = sorted((first[0], second[0])), sorted((first[1], second[1]))
        angle = math.degrees(raw.FPDFText_GetCharAngle(self._text, index)) + self._shown.rotation
        box = xs[0], ys[0], xs[1], ys[1]
        em = self._em(index, box, angle)
        return Glyph(chr(code), box, self._start(index, first), angle, em, spaced, self._advance(index, angle))

    def _advance(self, index: int, angle: float) -> float:
        """How far the character takes the pen along the line; 0 where the library can't say."""
        if lines.upright(angle) % 90 or not raw.FPDFText_GetLooseCharBox(self._text, index, self._loose):
            return 0.0
        sides = self._loose
        wide, high = abs(sides.right - sides.left), abs(sides.top - sides.bottom)
        own = lines.upright(angle - self._shown.rotation)
        return float(high if own in (90, 270) else wide)

    def _start(self, index: int, otherwise: tuple[float, float]) -> tuple[float, float]:
        x, y = self._origin
        if raw.FPDFText_GetCharOrigin(self._text, index, x, y):
            return self._shown.place(x.value, y.value)
        return otherwise

    def _em(self, index: int, box: lines.Sides, angle: float) -> float:
        """The height of a line; what a font calls its size is believed as far as its characters look like that."""
        told = 0.0
        if raw.FPDFText_GetMatrix(self._text, index, self._matrix):
            told = raw.FPDFText_GetFontSize(self._text, index) * math.hypot(self._matrix.c, self._matrix.d)
        across, along = (box[3] - box[1], box[2] - box[0])
        if lines.upright(angle) in (90, 270):
            across, along = along, across
        ink = max(across, along)
        return told if 0.7 * ink <= told <= 6 * ink or ink == 0 < told else 1.4 * ink
