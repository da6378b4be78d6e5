"""Text that a PDF page draws with lines: found by the shapes of its letters, read with the help of the OCR engine.

Searching and reading such a page as pixels takes ten times as long: what is ink is known here without looking.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import cv2
import numpy
from numpy.typing import NDArray

from nunatak.documents.alphabet import Glyph, Sign, Signs, learned, settled, shape
from nunatak.documents.outlines import Outline
from nunatak.documents.page import Box, Word
from nunatak.documents.reader import LINE_HEIGHT, Engine, Letter
from nunatak.documents.rows import Piece, Row, rows

Ink = NDArray[numpy.uint8]

_SIDE, _MOST_SIDE = 6_600, 10_000  # pixels of the page's longest side
_TALL = 28  # pixels that a letter should be high
_LARGEST = 0.025  # of the longest side: what is larger is no letter
_SMALLEST = 0.0012
_PART = 0.8  # of the largest: how high a letter is
_LARGER = 2.0  # times the height of high letters: a circle round text is larger
_SPACE = 0.62  # in heights
_SAME_AGAIN = 4  # letters: hatching looks like so many of one
_PAD = 0.2  # in heights: white round a word that is read by itself
_MARGIN = 0.2  # in heights: a word's box is a line's, not its ink's
_CERTAIN, _DOUBTED = 0.6, 0.85
_MOST_READ = 1_500  # words that are read by themselves


class _Spelled(NamedTuple):
    """A word: where it begins and ends in its row, and its letters by index."""

    row: Row
    line: int
    letters: tuple[tuple[Piece, ...], ...]
    glyphs: tuple[int, ...]


def words(outlines: Sequence[Outline], width: float, height: float, engine: Engine) -> list[Word]:
    """The words that outlines draw on a page of that size, in rows from left to right or upwards."""
    ink, found = _rows(outlines, width, height)
    glyphs = [_glyph(ink, row, letter) for row in found for letter in row.letters]
    if not glyphs:
        return []
    signs = Signs([shape(glyph) for glyph in glyphs])
    known = learned(glyphs, signs, engine)
    spelled = list(_spelled(found))
    lacking = _recognized(ink, [one for one in spelled if _unknown(one, signs, known)], signs, engine)
    made = [_word(one, signs, known, lacking, ink.shape) for one in spelled]
    return [word for word in made if word is not None]


def _rows(outlines: Sequence[Outline], width: float, height: float) -> tuple[Ink, list[Row]]:
    """The ink of what may be letters, and the rows in it; looked at twice, the second time in the letters' own size."""
    across, down = width / max(width, height), height / max(width, height)
    sized = [(outline, outline.extent) for outline in outlines]
    ink, found = _looked(sized, _LARGEST, (_SIDE, across, down))
    heights = sorted(row.height for row in found for _ in row.letters)
    if not heights:
        return ink, found
    largest = min(_LARGEST, _LARGER * heights[len(heights) * 9 // 10] / _SIDE)
    side = round(min(_MOST_SIDE, max(_SIDE, _SIDE * _TALL / heights[len(heights) // 2])))
    return _looked(sized, largest, (side, across, down))


def _looked(
    sized: Sequence[tuple[Outline, float]], largest: float, size: tuple[int, float, float]
) -> tuple[Ink, list[Row]]:
    """The ink of outlines that are no larger, and its rows; `size` is the pixels of a side, and how far it goes."""
    ink = _inked([outline for outline, extent in sized if extent <= largest], *size)
    return ink, rows(_boxes(ink), _SMALLEST * size[0], _PART * _LARGEST * size[0])


def _inked(outlines: Sequence[Outline], side: int, across: float, down: float) -> Ink:
    """A picture of the outlines with lines a pixel wide; 255 is ink."""
    ink = numpy.zeros((round(down * side) + 2, round(across * side) + 2), numpy.uint8)
    for outline in outlines:
        lines = [numpy.round(line * (side * 16)).astype(numpy.int32) for line in outline.lines]
        if outline.filled:
            cv2.fillPoly(ink, lines, 255, shift=4)
        cv2.polylines(ink, lines, False, 255, 1, shift=4)
    return ink


def _boxes(ink: Ink) -> list[tuple[float, float, float, float]]:
    """The boxes of ink that hangs together."""
    contours, found = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    levels: Any = found
    if levels is None:
        return []
    outer = [cv2.boundingRect(each) for each, level in zip(contours, levels[0], strict=True) if level[3] < 0]
    return [(left, top, left + wide, top + high) for left, top, wide, high in outer]


def _around(pieces: Sequence[Piece]) -> tuple[float, float, float, float]:
    return (
        min(piece.left for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.right for piece in pieces),
        max(piece.bottom for piece in pieces),
    )


def _cut(ink: Ink, turn: int, sides: tuple[float, float, float, float]) -> Ink:
    """A part of the picture (left, top, right, bottom as the row is read), turned to be read from left to right."""
    left, top, right, bottom = map(round, sides)
    if turn == 0:
        return ink[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    return numpy.rot90(ink[max(0, -right) : max(0, -left), max(0, top) : max(0, bottom)], -1)


def _glyph(ink: Ink, row: Row, letter: Sequence[Piece]) -> Glyph:
    left, top, right, bottom = _around(letter)
    part = numpy.ascontiguousarray(_cut(ink, row.turn, (left, top, right, bottom)))
    return Glyph(part, ((top + bottom) / 2 - row.top) / row.height, (bottom - top) / row.height)


def _spelled(found: Sequence[Row]) -> Iterator[_Spelled]:
    """The rows in words."""
    start = 0
    for line, row in enumerate(found):
        first = 0
        breaks = _breaks(row)
        for place in range(1, len(row.letters) + 1):
            if place == len(row.letters) or place in breaks:
                inside = row.letters[first:place]
                yield _Spelled(row, line, inside, tuple(range(start + first, start + place)))
                first = place
        start += len(row.letters)


def _breaks(row: Row) -> set[int]:
    """The letters before which a space stands."""
    sides = [_around(letter) for letter in row.letters]
    gaps = [after[0] - before[2] for before, after in itertools.pairwise(sides)]
    return {place for place, gap in enumerate(gaps, 1) if gap > _SPACE * row.height}


def _unknown(one: _Spelled, signs: Signs, known: dict[int, Sign]) -> bool:
    return any(signs.of[index] not in known for index in one.glyphs)


_Key = tuple[int, ...]


def _recognized(
    ink: Ink, lacking: Sequence[_Spelled], signs: Signs, engine: Engine
) -> dict[_Key, tuple[list[Letter], bool]]:
    """What words with signs that nobody knows say, by their signs: the letters, and whether it is read downwards."""
    each: dict[_Key, _Spelled] = {}
    for one in lacking:
        if len(one.glyphs) > 1 and len(each) < _MOST_READ:
            each.setdefault(tuple(signs.of[index] for index in one.glyphs), one)
    lines = [_crop(ink, one) for one in each.values()]
    read = engine.recognize(lines)
    found = {key: (letters, False) for key, letters in zip(each, read, strict=True)}
    doubted = [
        (key, line)
        for (key, one), line in zip(each.items(), lines, strict=True)
        if one.row.turn and _sure(found[key][0]) < 0.85
    ]
    turned = engine.recognize([numpy.ascontiguousarray(line[::-1, ::-1]) for _, line in doubted])
    for (key, _), letters in zip(doubted, turned, strict=True):
        if _sure(letters) > _sure(found[key][0]) + 0.05:
            found[key] = letters, True
    return found


def _crop(ink: Ink, one: _Spelled) -> Ink:
    """A word black on white, as high as a line that the engine reads."""
    left, top, right, bottom = _around([piece for letter in one.letters for piece in letter])
    pad = _PAD * one.row.height
    top, bottom = min(top, one.row.top), max(bottom, one.row.bottom)
    part = _cut(ink, one.row.turn, (left - pad, top - pad, right + pad, bottom + pad))
    if not part.size:
        return numpy.full((LINE_HEIGHT, LINE_HEIGHT), 255, numpy.uint8)
    thick = max(1, round(0.06 * one.row.height))
    fat: Any = cv2.dilate(numpy.ascontiguousarray(part), numpy.ones((thick, thick), numpy.uint8))
    wide = min(max(8, round(part.shape[1] * LINE_HEIGHT / part.shape[0])), 40 * LINE_HEIGHT)
    how = cv2.INTER_AREA if part.shape[0] > LINE_HEIGHT else cv2.INTER_LINEAR
    return 255 - numpy.asarray(cv2.resize(fat, (wide, LINE_HEIGHT), interpolation=how), numpy.uint8)


def _sure(letters: Sequence[Letter]) -> float:
    return sum(letter.certainty for letter in letters) / len(letters) if letters else 0.0


def _word(
    one: _Spelled,
    signs: Signs,
    known: dict[int, Sign],
    lacking: dict[_Key, tuple[list[Letter], bool]],
    shape_: tuple[int, ...],
) -> Word | None:
    own = tuple(signs.of[index] for index in one.glyphs)
    if len(own) >= _SAME_AGAIN and len(set(own)) == 1:
        return None
    letters, down = lacking.get(own, ([], False))
    told = [known.get(sign) for sign in own]
    if own not in lacking and all(told):
        every = [sign for sign in told if sign]
        text, certainty = settled("".join(sign.text for sign in every)), sum(s.certainty for s in every) / len(every)
    else:
        text, certainty = "".join(letter.text for letter in letters).replace(" ", ""), _sure(letters)
    if certainty < _CERTAIN or not any(map(str.isalnum, text)):
        return None
    angle = 0.0 if one.row.turn == 0 else 90.0 if down else 270.0
    return Word(
        text=text, box=_box(one, shape_), angle=angle, line=one.line, confidence=round(min(certainty, 0.999), 3)
    )


def _box(one: _Spelled, shape_: tuple[int, ...]) -> Box:
    left, _, right, _ = _around([piece for letter in one.letters for piece in letter])
    margin = _MARGIN * one.row.height
    left, right, top, bottom = left - margin / 2, right + margin / 2, one.row.top - margin, one.row.bottom + margin
    if one.row.turn:
        left, top, right, bottom = top, -right, bottom, -left
    high, wide = shape_[0] - 2, shape_[1] - 2
    sides = left / wide, top / high, right / wide, bottom / high
    return Box(*(round(min(max(side, 0.0), 1.0), 5) for side in sides))
