"""Fonts: how wide a text is, which font draws which part of it, and the smallest font that draws it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

import uharfbuzz as hb

from nunatak.drawing import woff
from nunatak.drawing.characters import clings, estimate
from nunatak.drawing.scene import FontKey

# Who draws what the first one lacks, in turn; what nobody has stays with the fallback.
CHAINS: dict[FontKey, tuple[FontKey, ...]] = {
    "sans": ("sans", "fallback", "mono"),
    "sans-semibold": ("sans-semibold", "fallback-semibold", "mono"),
    "mono": ("mono", "sans", "fallback"),
    "fallback": ("fallback", "sans", "mono"),
    "fallback-semibold": ("fallback-semibold", "sans-semibold", "mono"),
}
ASCII = frozenset(map(chr, range(32, 127)))
# A word with the spaces behind it. A space kerns with the full stop or comma that follows it, so these stay together;
# no other pair with a space does, which lets a text's width be the sum of its words' widths.
WORDS = re.compile(r"(?:[^ ]| +(?=[.,…]))+ *| +")
_CACHEDWORDS = 20_000
_CACHED_SUBSETS = 64
# What only shaping and looking up characters need.
_LAYOUT_TABLES = ("GDEF", "GPOS", "GSUB", "cmap", "name", "post", "OS/2", "DSIG", "STAT", "BASE", "kern")


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
    """One font file, ready to shape; `coverage` holds its characters, metrics are in ems."""

    def __init__(self, file: bytes) -> None:
        self.file = file
        self._face = hb.Face(hb.Blob(file))
        self._font = hb.Font(self._face)
        self.coverage = frozenset(map(chr, self._face.unicodes))
        self._upem: int = self._face.upem
        self.count: int = self._face.glyph_count
        extents = self._font.get_font_extents("ltr")
        self.ascent: float = extents.ascender / self._upem
        self.descent: float = -extents.descender / self._upem
        self._word = lru_cache(maxsize=_CACHEDWORDS)(self.shape)

    def glyphs(self, text: str) -> list[Glyph]:
        """The glyphs of the text from left to right, shaped as a whole. Where several stand for the same characters,
        the first one does, and the others for none."""
        buffer = self._shaped(text)
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

    def outline(self, glyph: int) -> tuple[tuple[str | float, ...], ...]:
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

    def _shaped(self, text: str) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        return buffer

    def outlines(self, glyphs: frozenset[int]) -> bytes:
        """A TrueType file of the outlines of just these glyphs, under the numbers that they have here."""
        asked = hb.SubsetInput()
        asked.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.RETAIN_GIDS
        asked.sets(hb.SubsetInputSets.GLYPH_INDEX).set(glyphs)
        asked.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(map(_tag, _LAYOUT_TABLES))
        return bytes(hb.subset(self._face, asked).blob.data)

    def subset(self, characters: frozenset[str]) -> bytes:
        asked = hb.SubsetInput()
        asked.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        asked.unicode_set.set(set(map(ord, characters)))
        return bytes(hb.subset(self._face, asked).blob.data)


class Fonts:
    """The fonts that everything is measured and drawn with: static TrueType files by key, without ligatures and
    contextual alternates. A key may be missing; the others of its chain stand in for it."""

    def __init__(self, files: Mapping[FontKey, bytes]) -> None:
        self._faces = {key: Face(file) for key, file in files.items()}
        self._chains = {
            key: tuple(k for k in chain if k in self._faces) or tuple(self._faces) for key, chain in CHAINS.items()
        }
        self._subset = lru_cache(maxsize=_CACHED_SUBSETS)(self._make_subset)
        self._embedded = lru_cache(maxsize=_CACHED_SUBSETS)(self._make_embedded)

    @cached_property
    def keys(self) -> tuple[FontKey, ...]:
        """The keys that have a file, in a fixed order."""
        return tuple(key for key in CHAINS if key in self._faces)

    def width(self, text: str, font: FontKey, size: float) -> float:
        """The advance in units of one line of text at `size`, drawn run by run as `runs` splits it."""
        face = self._faces.get(font)
        if face is not None and face.coverage.issuperset(text):
            return face.advance(text) * size
        return sum(self._run_advance(key, run) for key, run in self.runs(text, font)) * size

    def runs(self, text: str, font: FontKey) -> list[tuple[FontKey, str]]:
        """The text as pieces that are each drawn in one font, in reading order; characters that no font has stay with
        the fallback, marks and joiners with what they belong to."""
        face = self._faces.get(font)
        if face is not None and face.coverage.issuperset(text):
            return [(font, text)] if text else []
        keys: list[FontKey] = []
        for character in text:
            keys.append(keys[-1] if keys and clings(character) else self._font_of(character, font))
        return [(key, "".join(c for _, c in run)) for key, run in groupby(zip(keys, text, strict=True), lambda p: p[0])]

    def covers(self, font: FontKey, text: str) -> bool:
        """Whether the font has every character of the text."""
        face = self._faces.get(font)
        return face is not None and face.coverage.issuperset(text)

    def face(self, font: FontKey) -> Face:
        """The font file behind a key, or the one that stands in for it."""
        return self._faces[self._chains[font][0]]

    def ascent(self, font: FontKey, size: float) -> float:
        """Units from the baseline up to the top of the font's line."""
        return self.face(font).ascent * size

    def descent(self, font: FontKey, size: float) -> float:
        """Units from the baseline down to the bottom of the font's line."""
        return self.face(font).descent * size

    def subset(self, font: FontKey, characters: frozenset[str]) -> bytes:
        """A TrueType file of just these characters and ASCII, placed exactly as in the whole font."""
        return self._subset(font, self._drawn(font, characters))

    def embedded(self, font: FontKey, characters: frozenset[str]) -> str:
        """The same subset as the `data:` address of a WOFF2 file, for `@font-face`."""
        return self._embedded(font, self._drawn(font, characters))

    def coverage(self, font: FontKey, characters: frozenset[str]) -> frozenset[str]:
        """The characters that `subset` and `embedded` put into the file for these."""
        return self._drawn(font, characters)

    def _drawn(self, font: FontKey, characters: frozenset[str]) -> frozenset[str]:
        # ASCII always goes in: most pictures then share one subset, made once in a process.
        return self._faces[font].coverage & (characters | ASCII)

    def _make_subset(self, font: FontKey, characters: frozenset[str]) -> bytes:
        return self._faces[font].subset(characters)

    def _make_embedded(self, font: FontKey, characters: frozenset[str]) -> str:
        return "data:font/woff2;base64," + b64encode(woff.write(self._subset(font, characters))).decode()

    def _font_of(self, character: str, font: FontKey) -> FontKey:
        chain = self._chains[font]
        having = (key for key in chain if character in self._faces[key].coverage)
        lost = next((key for key in chain if key.startswith("fallback")), chain[-1])
        return next(having, lost)

    def _run_advance(self, font: FontKey, run: str) -> float:
        face = self._faces[font]
        if face.coverage.issuperset(run):
            return face.advance(run)
        # A joiner counts as unknown even where the font has it: it belongs to the pictographs round it.
        parts = groupby(run, lambda character: character in face.coverage and not clings(character))
        pieces = ((known, "".join(part)) for known, part in parts)
        return sum(face.advance(piece) if known else estimate(piece) for known, piece in pieces)


def _tag(name: str) -> int:
    """A table's name as the four bytes of a number."""
    return int.from_bytes(name.encode().ljust(4), "big")
