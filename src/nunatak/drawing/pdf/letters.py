"""Text in PDF: shaped glyphs under the font's own numbers, and at the end a font of just those that were shown."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import uharfbuzz as hb

from nunatak.drawing import outlines
from nunatak.drawing.face import WORDS, Face, Glyph
from nunatak.drawing.fonts import CHAINS, Fonts
from nunatak.drawing.pdf.objects import File, array, dictionary, real, reference
from nunatak.drawing.scene import FontKey
from nunatak.drawing.woff import table

_CACHED_WORDS = 20_000
_PLAIN = ("cjk", "emoji", "symbols")  # whose glyphs are always the same characters
_MOST_MAPPED = 100  # entries that one block of a character map may have


class Shown(NamedTuple):
    """A text as pieces between `[` and `]TJ`, for a font of size 1, and its width in ems. `whole` says that the font
    has all of its characters, `plain` that each of its glyphs tells which character it is."""

    pieces: str
    width: float
    whole: bool
    plain: bool


class Letters:
    """The glyphs that a document shows. Its fonts are written when everything has been shown."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self._used: defaultdict[FontKey, dict[int, Glyph]] = defaultdict(dict)
        self._word = lru_cache(maxsize=_CACHED_WORDS)(self._shown_word)

    def shown(self, font: FontKey, text: str, *, leftward: bool = False) -> Shown:
        """One run in one font. Words are shaped one by one, as they were measured."""
        found = [self._word(font, word, leftward) for word in _ordered(text, leftward)]
        if len(found) == 1:
            return found[0]
        pieces, widths, wholes, plains = zip(*found, strict=True) if found else ((), (), (), ())
        return Shown("".join(pieces), sum(widths, 0.0), all(wholes), all(plains))

    def glyphs(self, font: FontKey, text: str, *, leftward: bool = False) -> list[Glyph]:
        """The glyphs of a run, for who draws their outlines."""
        return outlines.glyphs(self.fonts, font, text, leftward=leftward)

    def _shown_word(self, font: FontKey, word: str, leftward: bool) -> Shown:
        glyphs = self.fonts.face(font).glyphs(word, leftward=leftward)
        for glyph in glyphs:
            self._used[font].setdefault(glyph.number, glyph)
        width = sum((glyph.advance for glyph in glyphs), 0.0)
        whole = all(glyph.number for glyph in glyphs)
        plain = whole and not leftward and (font in CHAINS or font.startswith(_PLAIN))
        return Shown(_pieces(glyphs), width, whole, plain)

    def resources(self, file: File) -> dict[str, str]:
        """The fonts as the names that the pages use, written into the file."""
        return {font: reference(_font(file, font, self.fonts.face(font), used)) for font, used in self._used.items()}


def _ordered(text: str, leftward: bool) -> list[str]:
    """A run's words from the left to the right."""
    found: list[str] = WORDS.findall(text)
    return found[::-1] if leftward else found


def _pieces(glyphs: list[Glyph]) -> str:
    """Glyph numbers in hexadecimal; between them, in thousandths, how far back to go."""
    written: list[str] = []
    for (moved, dy), group in groupby(glyphs, key=lambda glyph: (bool(glyph.dx), glyph.dy)):
        if dy:
            written.append(f"]TJ {real(dy)} Ts[")
        for glyph in group:
            before, after = -glyph.dx, glyph.usual + glyph.dx - glyph.advance
            written.append(f" {_back(before)}" if moved else "")  # behind another number
            written.append(f"<{glyph.number:04x}>{_back(after)}")
        if dy:
            written.append("]TJ 0 Ts[")
    return "".join(written).replace("><", "")


def actual(text: str) -> str:
    """The beginning of what stands for a text, whatever its glyphs are."""
    return f"/Span<</ActualText<feff{text.encode('utf-16-be').hex()}>>>BDC"


def _back(ems: float) -> str:
    thousandths = round(ems * 1000, 1)
    return f"{thousandths:g}" if thousandths else ""


def _font(file: File, key: FontKey, face: Face, used: dict[int, Glyph]) -> int:
    numbers = frozenset(used) | {0}
    data = face.outlines(numbers)
    name = f"/{_tag(data)}+nunatak-{key}"
    system = dictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0})
    widths = array(f"{number}[{used[number].usual * 1000:.1f}]" for number in sorted(used))
    kind = {"Subtype": "/CIDFontType0"} if face.cubic else {"Subtype": "/CIDFontType2", "CIDToGIDMap": "/Identity"}
    inner = {
        "Type": "/Font",
        **kind,
        "BaseFont": name,
        "CIDSystemInfo": system,
        "FontDescriptor": reference(_descriptor(file, name, face, data)),
        "W": widths,
    }
    outer = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": name,
        "Encoding": "/Identity-H",
        "DescendantFonts": array([reference(file.add(dictionary(inner)))]),
        "ToUnicode": reference(file.stream(_characters(face, used, own=key not in CHAINS).encode("ascii"))),
    }
    return file.add(dictionary(outer))


def _descriptor(file: File, name: str, face: Face, data: bytes) -> int:
    ascent, descent = round(face.ascent * 1000), round(-face.descent * 1000)
    return file.add(
        dictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name,
                "Flags": 4,
                "FontBBox": array([-1000, descent, 3000, ascent]),
                "ItalicAngle": 0,
                "Ascent": ascent,
                "Descent": descent,
                "CapHeight": round(face.metric(hb.OTMetricsTag.CAP_HEIGHT) * 1000),
                "StemV": 80,
                **_program(file, face, data),
            }
        )
    )


def _program(file: File, face: Face, data: bytes) -> dict[str, str]:
    """The font file itself; of one with cubic outlines, their table alone."""
    if not face.cubic:
        return {"FontFile2": reference(file.stream(data, {"Length1": len(data)}))}
    return {"FontFile3": reference(file.stream(table(data, b"CFF "), {"Subtype": "/CIDFontType0C"}))}


def _tag(data: bytes) -> str:
    """Six letters that tell this part of a font from others."""
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])


def _characters(face: Face, used: dict[int, Glyph], *, own: bool) -> str:
    """The map from glyphs back to characters, by which readers search and copy."""
    told = ((number, glyph.text if own else _meant(face, glyph)) for number, glyph in sorted(used.items()) if number)
    lines = [f"<{number:04x}><{text.encode('utf-16-be').hex()}>" for number, text in told if text]
    blocks = [lines[start : start + _MOST_MAPPED] for start in range(0, len(lines), _MOST_MAPPED)]
    maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n{maps}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )


def _meant(face: Face, glyph: Glyph) -> str:
    """What a glyph was written for: one letter, or else what the font says that it is."""
    return glyph.text if len(glyph.text) == 1 else face.characters.get(glyph.number, glyph.text)
