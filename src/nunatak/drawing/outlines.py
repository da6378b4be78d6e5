"""Outlines: texts as shapes, for a rasterizer that can't place several glyphs of one character beside each other."""

from __future__ import annotations

from nunatak.drawing.characters import joins
from nunatak.drawing.face import WORDS, Glyph
from nunatak.drawing.fonts import CHAINS, Fonts
from nunatak.drawing.geometry import Segment
from nunatak.drawing.scene import FontKey, Text


def needed(text: Text, words: str, fonts: Fonts) -> bool:
    """Whether a text's glyphs aren't just one beside the other."""
    if words.isascii() or not fonts.covers(text.font, words):
        return False
    alone = text.font in CHAINS or text.font.startswith("cjk")
    return not alone or any(joins(words, place) for place in range(1, len(words)))


def glyphs(fonts: Fonts, font: FontKey, words: str, *, leftward: bool) -> list[Glyph]:
    """The glyphs of a run from the left to the right; words are shaped one by one, as they were measured."""
    face = fonts.face(font)
    ordered = WORDS.findall(words)[:: -1 if leftward else 1]
    return [glyph for word in ordered for glyph in face.glyphs(word, leftward=leftward)]


def segments(text: Text, words: str, fonts: Fonts) -> list[Segment]:
    """The outlines of a text where it stands, in units, y down."""
    face, size, found = fonts.face(text.font), text.size, list[Segment]()
    x = text.x
    for glyph in glyphs(fonts, text.font, words, leftward=text.leftward):
        left, base = x + glyph.dx * size, text.y - glyph.dy * size
        for letter, *values in face.outline(glyph.number):
            places = (left + v * size if i % 2 == 0 else base - v * size for i, v in enumerate(map(float, values)))
            found.append((letter, *places))
        x += glyph.advance * size
    return found
