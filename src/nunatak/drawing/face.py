"""Faces: one font file each, and the glyphs, widths, outlines and smaller files that it gives."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

import uharfbuzz as hb

# A word with the spaces behind it. A space kerns with the full stop or comma that follows it, so these stay together;
# no other pair with a space does, which lets a text's width be the sum of its words' widths.
WORDS = re.compile(r"(?:[^ ]| +(?=[.,…]))+ *| +")
_CACHEDWORDS = 20_000
_CACHED_OUTLINES = 2_000
# What only shaping and looking up characters need.
_LAYOUT_TABLES = ("GDEF", "GPOS", "GSUB", "cmap", "name", "post", "OS/2", "DSIG", "STAT", "BASE", "kern")
# What a font needn't have: joiners, variation selectors and the sign that text runs to the left show nothing.
UNSEEN = frozenset("\u200c\u200d\u200f\ufe0e\ufe0f")


class Glyph(NamedTuple):
    """One glyph of a shaped text: its number in the font (0: the font has none), the characters that it stands for,
    its advance, the advance that the font itself gives it, and how far it stands off its place, all in ems."""

    number: int
    text: str
    advance: float
    usual: float
    dx: float
    dy: float


class Face:
    """One font file, ready to shape; `coverage` holds its characters, metrics are in ems. `weight` is chosen of a
    variable font, `index` of a file with several; such ones come from other packages and are taken to have joiners."""

    def __init__(self, file: bytes, *, index: int = 0, weight: int | None = None) -> None:
        self.file = file
        self._weight = weight
        self._face = hb.Face(hb.Blob(file), index)
        self._font = hb.Font(self._face)
        self.coverage = frozenset(map(chr, self._face.unicodes))
        if weight is not None:
            self._font.set_variations({"wght": weight})
            self.coverage |= UNSEEN
        self._upem: int = self._face.upem
        self.count: int = self._face.glyph_count
        extents = self._font.get_font_extents("ltr")
        self.ascent: float = extents.ascender / self._upem
        self.descent: float = -extents.descender / self._upem
        self._word = lru_cache(maxsize=_CACHEDWORDS)(self.shape)
        self.outline = lru_cache(maxsize=_CACHED_OUTLINES)(self._outline)

    @cached_property
    def cubic(self) -> bool:
        """Whether glyphs are outlined by cubic curves, in a table of another kind."""
        tags = set(self._face.table_tags)
        return bool({"CFF ", "CFF2"} & tags)

    def glyphs(self, text: str, *, leftward: bool = False) -> list[Glyph]:
        """The glyphs of the text from left to right, shaped as a whole. Where several stand for the same characters,
        the first one does, and the others for none."""
        buffer = self._shaped(text, leftward=leftward)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions or ()
        starts = sorted({info.cluster for info in infos})
        ends = dict(pairwise([*starts, len(text)]))
        glyphs, told = [], set()
        for info, place in zip(infos, positions, strict=True):
            words = "" if info.cluster in told else text[info.cluster : ends[info.cluster]]
            told.add(info.cluster)
            usual = self._font.get_glyph_h_advance(info.codepoint)
            sizes = (size / self._upem for size in (place.x_advance, usual, place.x_offset, place.y_offset))
            glyphs.append(Glyph(info.codepoint, words, *sizes))
        return glyphs

    @cached_property
    def characters(self) -> dict[int, str]:
        """The character of every glyph that one alone leads to; of several, the first in Unicode."""
        pairs = ((self._font.get_nominal_glyph(ord(character)), character) for character in self.coverage)
        return dict(sorted(pairs, key=lambda pair: pair[1], reverse=True))

    def _outline(self, glyph: int) -> tuple[tuple[str | float, ...], ...]:
        """A glyph's outline as path segments, in ems, y up."""
        found: list[tuple[str | float, ...]] = []
        pen = hb.DrawFuncs()
        for letter, listen in (
            ("M", pen.set_move_to_func),
            ("L", pen.set_line_to_func),
            ("Q", pen.set_quadratic_to_func),
            ("C", pen.set_cubic_to_func),
            ("Z", pen.set_close_path_func),
        ):
            listen(lambda *given, letter=letter: found.append((letter, *(v / self._upem for v in given[:-1]))))
        self._font.draw_glyph(glyph, pen, None)
        return tuple(found)

    def metric(self, tag: hb.OTMetricsTag) -> float:
        """A metric of the whole font."""
        return float(self._font.get_metric_position_with_fallback(tag)) / self._upem

    def shape(self, text: str) -> float:
        """The advance in ems of the text, shaped as a whole."""
        buffer = self._shaped(text)
        return float(sum(position.x_advance for position in buffer.glyph_positions or ())) / self._upem

    def advance(self, text: str) -> float:
        """The advance in ems of the text, from its words' advances."""
        if " " not in text:
            return self._word(text)
        return sum(map(self._word, WORDS.findall(text)), 0.0)

    def _shaped(self, text: str, *, leftward: bool | None = None) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if leftward is not None:
            buffer.direction = "rtl" if leftward else "ltr"
        hb.shape(self._font, buffer)
        return buffer

    def outlines(self, glyphs: frozenset[int]) -> bytes:
        """A font file of the outlines of just these glyphs, under the numbers that they have here."""
        asked = self._asked(hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.CFF_IDENTITY_CHARSET)
        asked.sets(hb.SubsetInputSets.GLYPH_INDEX).set(glyphs)
        asked.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(map(_tag, _LAYOUT_TABLES))
        return bytes(hb.subset(self._face, asked).blob.data)

    def subset(self, characters: frozenset[str]) -> bytes:
        """A font file that draws just these characters."""
        asked = self._asked(hb.SubsetFlags.DEFAULT)
        asked.unicode_set.set(set(map(ord, characters)))
        return bytes(hb.subset(self._face, asked).blob.data)

    def _asked(self, flags: hb.SubsetFlags) -> hb.SubsetInput:
        asked = hb.SubsetInput()
        asked.flags = flags | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        if self._weight is not None:
            asked.flags |= hb.SubsetFlags.DOWNGRADE_CFF2
            asked.pin_all_axes_to_default(self._face)
            asked.pin_axis_location(self._face, "wght", self._weight)
        return asked


def _tag(name: str) -> int:
    """A table's name as the four bytes of a number."""
    return int.from_bytes(name.encode().ljust(4), "big")
