"""Fonts: how wide a text is, which font draws which part of it, and the smallest font that draws it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import groupby

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
_WORDS = re.compile(r"(?:[^ ]| +(?=[.,…]))+ *| +")
_CACHED_WORDS = 20_000
_CACHED_SUBSETS = 64


class Face:
    """One font file, ready to shape; `coverage` holds its characters, metrics are in ems."""

    def __init__(self, file: bytes) -> None:
        self.file = file
        self._face = hb.Face(hb.Blob(file))
        self._font = hb.Font(self._face)
        self.coverage = frozenset(map(chr, self._face.unicodes))
        self._upem: int = self._face.upem
        extents = self._font.get_font_extents("ltr")
        self.ascent: float = extents.ascender / self._upem
        self.descent: float = -extents.descender / self._upem
        self._word = lru_cache(maxsize=_CACHED_WORDS)(self.shape)

    def shape(self, text: str) -> float:
        """The advance in ems of the text, shaped as a whole."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        return float(sum(position.x_advance for position in buffer.glyph_positions or ())) / self._upem

    def advance(self, text: str) -> float:
        """The advance in ems of the text, from its words' advances."""
        if " " not in text:
            return self._word(text)
        return sum(map(self._word, _WORDS.findall(text)), 0.0)

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

    def ascent(self, font: FontKey, size: float) -> float:
        """Units from the baseline up to the top of the font's line."""
        return self._face_for(font).ascent * size

    def descent(self, font: FontKey, size: float) -> float:
        """Units from the baseline down to the bottom of the font's line."""
        return self._face_for(font).descent * size

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

    def _face_for(self, font: FontKey) -> Face:
        return self._faces[self._chains[font][0]]

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
