"""Text that a PDF page draws with lines: found by the shapes of its letters, read with the help of the OCR engine.

Searching and reading such a page as pixels takes ten times as long: what is ink is known here without looking.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import cv2
import numpy

from nunatak.documents import ink
from nunatak.documents.alphabet import Glyph, Sign, Signs, learned, settled, shape
from nunatak.documents.ink import Glance, Ink, around, cut
from nunatak.documents.outlines import Outline
from nunatak.documents.page import Box, Word
from nunatak.documents.reader import LINE_HEIGHT, Engine, Letter, certainty
from nunatak.documents.rows import Piece, Row
from nunatak.documents.turns import VARIED, straightened, turned

_SPACE = 0.62  # in heights
_SAME_AGAIN = 4  # letters: hatching looks like so many of one
_PAD = 0.2  # in heights: white round a word that is read by itself
_MARGIN = 0.2  # in heights: a word's box is a line's, not its ink's
_CERTAIN, _DOUBTED = 0.6, 0.85
_FAMILIAR = 0.5  # of the letters of a page that is read upright
_MOST_READ = 1_500  # words that are read by themselves


class _Spelled(NamedTuple):
    """A word: where it begins and ends in its row, and its letters by index."""

    row: Row
    line: int
    letters: tuple[tuple[Piece, ...], ...]
    glyphs: tuple[int, ...]


def words(outlines: Sequence[Outline], width: float, height: float, engine: Engine) -> list[Word]:
    """The words that outlines draw on a page of that size, in rows from left to right or upwards; of a page that lies
    on its side or head, in rows as its reader turns it."""
    glance = ink.glanced(outlines, width / max(width, height), height / max(width, height))
    turns = 3 if glance.sideways else 0
    page = _lettered(_turned(glance, turns), engine)
    if page.familiar < _FAMILIAR:  # letters that stand on their heads say nothing
        other = _lettered(_turned(glance, (turns + 2) % 4), engine)
        if other.familiar > page.familiar and other.varied:
            page, turns = other, (turns + 2) % 4
    return turned(_read(page, engine), turns)


class _Lettered(NamedTuple):
    """The letters of a page, in rows; the sign of each, and what the signs say as far as that is known."""

    picture: Ink
    rows: list[Row]
    signs: Signs
    known: dict[int, Sign]

    @property
    def familiar(self) -> float:
        """How many of the letters say something, 0..1."""
        return sum(sign in self.known for sign in self.signs.of) / max(1, len(self.signs.of))

    @property
    def varied(self) -> bool:
        """Whether the letters are enough different ones to tell up from down: a `p` is a `d` on its head."""
        return len({sign.text for sign in self.known.values()}) >= VARIED


def _turned(glance: Glance, turns: int) -> Glance:
    """A page with its text upright, if that was turned by so many quarters of a circle."""
    if not turns:
        return glance
    across, down = glance.across, glance.down
    outlines = [
        Outline(tuple(straightened(line, turns, across, down) for line in outline.lines), outline.filled)
        for outline in glance.outlines
    ]
    return ink.glanced(outlines, *((across, down) if turns == 2 else (down, across)))


def _lettered(glance: Glance, engine: Engine) -> _Lettered:
    picture, found = ink.looked(glance)
    glyphs = [_glyph(picture, row, letter) for row in found for letter in row.letters]
    signs = Signs([shape(glyph) for glyph in glyphs])
    return _Lettered(picture, found, signs, learned(glyphs, signs, engine) if glyphs else {})


def _read(page: _Lettered, engine: Engine) -> list[Word]:
    spelled = list(_spelled(page.rows))
    unknown = [one for one in spelled if any(page.signs.of[index] not in page.known for index in one.glyphs)]
    lacking = _recognized(page.picture, unknown, page.signs, engine)
    made = [_word(one, page.signs, page.known, lacking, page.picture.shape) for one in spelled]
    return [word for word in made if word is not None]


def _glyph(picture: Ink, row: Row, letter: Sequence[Piece]) -> Glyph:
    left, top, right, bottom = around(letter)
    part = numpy.ascontiguousarray(cut(picture, row.turn, (left, top, right, bottom)))
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
    sides = [around(letter) for letter in row.letters]
    gaps = [after[0] - before[2] for before, after in itertools.pairwise(sides)]
    return {place for place, gap in enumerate(gaps, 1) if gap > _SPACE * row.height}


_Key = tuple[int, ...]


def _recognized(
    picture: Ink, lacking: Sequence[_Spelled], signs: Signs, engine: Engine
) -> dict[_Key, tuple[list[Letter], bool]]:
    """What words with signs that nobody knows say, by their signs: the letters, and whether it is read downwards."""
    each: dict[_Key, _Spelled] = {}
    for one in lacking:
        if len(one.glyphs) > 1 and len(each) < _MOST_READ:
            each.setdefault(tuple(signs.of[index] for index in one.glyphs), one)
    lines = [_crop(picture, one) for one in each.values()]
    read = engine.recognize(lines)
    found = {key: (letters, False) for key, letters in zip(each, read, strict=True)}
    doubted = [
        (key, line)
        for (key, one), line in zip(each.items(), lines, strict=True)
        if one.row.turn and certainty(found[key][0]) < _DOUBTED
    ]
    turned = engine.recognize([numpy.ascontiguousarray(line[::-1, ::-1]) for _, line in doubted])
    for (key, _), letters in zip(doubted, turned, strict=True):
        if certainty(letters) > certainty(found[key][0]) + 0.05:
            found[key] = letters, True
    return found


def _crop(picture: Ink, one: _Spelled) -> Ink:
    """A word black on white, as high as a line that the engine reads."""
    left, top, right, bottom = around([piece for letter in one.letters for piece in letter])
    pad = _PAD * one.row.height
    top, bottom = min(top, one.row.top), max(bottom, one.row.bottom)
    part = cut(picture, one.row.turn, (left - pad, top - pad, right + pad, bottom + pad))
    if not part.size:
        return numpy.full((LINE_HEIGHT, LINE_HEIGHT), 255, numpy.uint8)
    thick = max(1, round(0.06 * one.row.height))
    fat: Any = cv2.dilate(numpy.ascontiguousarray(part), numpy.ones((thick, thick), numpy.uint8))
    wide = min(max(8, round(part.shape[1] * LINE_HEIGHT / part.shape[0])), 40 * LINE_HEIGHT)
    how = cv2.INTER_AREA if part.shape[0] > LINE_HEIGHT else cv2.INTER_LINEAR
    return 255 - numpy.asarray(cv2.resize(fat, (wide, LINE_HEIGHT), interpolation=how), numpy.uint8)


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
        text, sure = settled("".join(sign.text for sign in every)), sum(s.certainty for s in every) / len(every)
    else:
        text, sure = "".join(letter.text for letter in letters).replace(" ", ""), certainty(letters)
    if sure < _CERTAIN or not any(map(str.isalnum, text)):
        return None
    angle = 0.0 if one.row.turn == 0 else 90.0 if down else 270.0
    return Word(text=text, box=_box(one, shape_), angle=angle, line=one.line, confidence=round(min(sure, 0.999), 3))


def _box(one: _Spelled, shape_: tuple[int, ...]) -> Box:
    left, _, right, _ = around([piece for letter in one.letters for piece in letter])
    margin = _MARGIN * one.row.height
    left, right, top, bottom = left - margin / 2, right + margin / 2, one.row.top - margin, one.row.bottom + margin
    if one.row.turn:
        left, top, right, bottom = top, -right, bottom, -left
    high, wide = shape_[0] - 2, shape_[1] - 2
    sides = left / wide, top / high, right / wide, bottom / high
    return Box(*(round(min(max(side, 0.0), 1.0), 5) for side in sides))
