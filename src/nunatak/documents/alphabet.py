"""The letters of one drawing: alike shapes are one sign, and the OCR engine reads each sign twice instead of all text.

A CAD program draws a letter the same way each time. Two samples of each sign are set side by side in lines that look
like text; a sign whose samples are read alike is known, and with it every place where it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import cv2
import numpy
from numpy.typing import NDArray

from nunatak.documents.reader import LINE_HEIGHT, Engine, Letter

Ink = NDArray[numpy.uint8]
Vector = NDArray[numpy.float32]

_SIDE = 16  # pixels of a shape
_FORM = 0.5  # how much proportions count, against the pixels
_NEAR = 0.08  # how far apart alike shapes are, in parts of what a shape is apart from nothing
_NEXT = 0.30  # how far apart a rare shape may be from a sign that is known,
_CLEARER = 1.6  # and how much further from any that says something else
_OFTEN = 3  # times that a sign occurs to be read on its own
_SURE, _ALONE = 0.6, 0.9
_THIN = 0.13  # in heights of a row: a single stroke
_ROUNDS = 2
_IN_LINE = 12  # samples
_SET, _ABOVE, _BESIDE = 32, 8, 5  # pixels: height of a capital, what is over it, what is between two
_WIDEST = 60
_SAME = {"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "—": "-", "–": "-", "Γ": "P"}
ROUND, UPRIGHT = "\ue000", "\ue001"  # what may be 0, O or o; what may be 1, I or l
_UNCLEAR = {"0": ROUND, "1": UPRIGHT}


class Glyph(NamedTuple):
    """A letter cut out tightly (255 is ink, a pixel wide), with its middle and height in heights of its row."""

    ink: Ink
    level: float
    height: float


class Sign(NamedTuple):
    """What a shape says, and how sure that is (0..1)."""

    text: str
    certainty: float


def shape(glyph: Glyph) -> Vector:
    """The glyph's ink on a grid, however thick and large it was, and its proportions."""
    height, width = glyph.ink.shape
    ys, xs = numpy.nonzero(glyph.ink)
    grid = numpy.zeros((_SIDE + 2, _SIDE + 2), numpy.uint8)
    grid[1 + ys * _SIDE // height, 1 + xs * _SIDE // width] = 255
    soft: Any = cv2.GaussianBlur(grid, (5, 5), 1.0)
    slim = numpy.log2(min(width / height, 3.0) + 0.25) / 2
    form = [_FORM * _SIDE * value for value in (slim, glyph.level, glyph.height)]
    return numpy.concatenate([soft.ravel().astype(numpy.float32) / 255, numpy.array(form, numpy.float32)])


class Signs:
    """Shapes put together: `of[i]` is the sign of shape `i`, `middles` what the shapes of each are in the mean."""

    def __init__(self, shapes: Sequence[Vector]) -> None:
        self._shapes = shapes
        self.of: list[int] = []
        self.scale = float(numpy.mean([(each[:-3] ** 2).sum() for each in shapes])) if shapes else 1.0
        size = len(shapes[0]) if shapes else 1
        kept, norms, counts = numpy.zeros((256, size), numpy.float32), numpy.zeros(256, numpy.float32), [0] * 256
        count = 0
        for each in shapes:
            sign = count
            if count:
                apart = norms[:count] - 2 * (kept[:count] @ each) + each @ each
                nearest = int(apart.argmin())
                sign = nearest if apart[nearest] < _NEAR * self.scale else count
            if sign == len(kept):
                kept, norms = numpy.concatenate([kept, kept * 0]), numpy.concatenate([norms, norms * 0])
                counts += [0] * len(counts)
            count = max(count, sign + 1)
            counts[sign] += 1
            kept[sign] += (each - kept[sign]) / counts[sign]
            norms[sign] = kept[sign] @ kept[sign]
            self.of.append(sign)
        self.middles: NDArray[numpy.float32] = kept[:count]

    def members(self) -> dict[int, list[int]]:
        """The shapes of each sign, by index."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for index, sign in enumerate(self.of):
            found[sign].append(index)
        return dict(found)

    def samples(self, sign: int, members: Sequence[int]) -> tuple[int, int]:
        """The shape that is most like its sign, and the one that is least."""
        apart = [float(((self._shapes[index] - self.middles[sign]) ** 2).sum()) for index in members]
        return members[int(numpy.argmin(apart))], members[int(numpy.argmax(apart))]


def learned(glyphs: Sequence[Glyph], signs: Signs, engine: Engine) -> dict[int, Sign]:
    """What the signs say, as far as it is clear."""
    often = {sign: members for sign, members in signs.members().items() if len(members) >= _OFTEN}
    votes: defaultdict[int, list[Letter | None]] = defaultdict(list)
    known = {sign: Sign(text, 1.0) for sign, members in often.items() if (text := _plain(glyphs[members[0]]))}
    for turn in range(_ROUNDS):
        asked = [sign for sign in sorted(often) if sign not in known]
        samples = [(sign, *signs.samples(sign, often[sign])) for sign in asked]
        chosen = [(sign, first) for sign, first, _ in samples], [(sign, last) for sign, _, last in samples]
        order = [chosen[side][place] for side in (0, 1) for place in _shuffled(len(asked), 2 * turn + side)]
        for sign, letter in _read([(sign, glyphs[index]) for sign, index in order], engine):
            votes[sign].append(letter)
        known |= {sign: told for sign in asked if (told := _agreed(votes[sign])) is not None}
    return known | _near(signs, known)


def _plain(glyph: Glyph) -> str:
    """What a single straight stroke says, which an engine sees least surely."""
    slim = glyph.ink.shape[1] / glyph.ink.shape[0] * glyph.height  # width in heights of the row
    if slim < _THIN and glyph.height > 1 - _THIN and abs(glyph.level - 0.5) < _THIN:
        return UPRIGHT
    return "-" if glyph.height < _THIN and 0.25 < slim < 1 and abs(glyph.level - 0.5) < 0.2 else ""


def _shuffled(count: int, seed: int) -> list[int]:
    """So that a sign has other neighbours each time."""
    order: list[int] = numpy.random.default_rng(seed).permutation(count).tolist()
    return order


def _agreed(votes: Sequence[Letter | None]) -> Sign | None:
    """What all, or all but one, samples were read as."""
    sums: defaultdict[str, float] = defaultdict(float)
    counts: defaultdict[str, int] = defaultdict(int)
    written: defaultdict[str, set[str]] = defaultdict(set)
    for letter in votes:
        if letter is not None and letter.certainty >= _SURE:
            text = _SAME.get(letter.text, letter.text)
            sums[text] += letter.certainty
            counts[text] += 1
            written[text].add(letter.text)
    if not sums:
        return None
    best = max(sums, key=lambda text: (counts[text], sums[text], text))
    if counts[best] < 2 or counts[best] < len(votes) - 1 or sum(counts.values()) - counts[best] > len(votes) // 4:
        return None
    text = best if written[best] in ({"1"}, {"o"}) else _UNCLEAR.get(best, best)
    return Sign("o" if written[best] == {"o"} else text, sums[best] / len(votes))


def _near(signs: Signs, known: dict[int, Sign]) -> dict[int, Sign]:
    """Rare signs that are like a known one, and much less like any that says something else."""
    found: dict[int, Sign] = {}
    if not known:
        return found
    numbers = list(known)
    middles = signs.middles[numbers]
    for sign, middle in enumerate(signs.middles):
        if sign in known:
            continue
        apart = ((middles - middle) ** 2).sum(axis=1)
        best = int(apart.argmin())
        text, certainty = known[numbers[best]]
        others = [far for far, number in zip(apart, numbers, strict=True) if known[number].text != text]
        if apart[best] < _NEXT * signs.scale and min(others, default=numpy.inf) > _CLEARER * apart[best]:
            found[sign] = Sign(text, 0.95 * certainty)
    return found


def _read(samples: Sequence[tuple[int, Glyph]], engine: Engine) -> list[tuple[int, Letter | None]]:
    """Each sign with the letter that stands where it was set."""
    pieces = [samples[start : start + _IN_LINE] for start in range(0, len(samples), _IN_LINE)]
    made = [_line([glyph for _, glyph in piece]) for piece in pieces]
    read = engine.recognize([line for line, _ in made])
    found: list[tuple[int, Letter | None]] = []
    for piece, (line, places), letters in zip(pieces, made, read, strict=True):
        width = line.shape[1]
        for (sign, _), (left, right) in zip(piece, places, strict=True):
            inside = [each for each in letters if left - 4 <= each.place * width <= right + 4]
            middle = (left + right) / 2
            nearest = min(inside, key=lambda each: abs(each.place * width - middle), default=None)
            found.append((sign, nearest))
    return found


def _line(glyphs: Sequence[Glyph]) -> tuple[Ink, list[tuple[int, int]]]:
    """Glyphs set side by side, black on white, and where each stands from left to right."""
    canvas = numpy.full((LINE_HEIGHT, len(glyphs) * (_WIDEST + _BESIDE) + 2 * _ABOVE), 255, numpy.uint8)
    at = _ABOVE
    places = []
    for glyph in glyphs:
        ink = _sized(glyph)
        high, wide = ink.shape
        top = min(max(0, round(_ABOVE + glyph.level * _SET - high / 2)), LINE_HEIGHT - high)
        canvas[top : top + high, at : at + wide] = 255 - ink
        places.append((at, at + wide))
        at += wide + _BESIDE
    return canvas[:, : at - _BESIDE + _ABOVE], places


def _sized(glyph: Glyph) -> Ink:
    """The glyph's ink in the size of a line, its strokes as thick as those of text."""
    height, width = glyph.ink.shape
    high = min(max(2, round(glyph.height * _SET)), LINE_HEIGHT)
    wide = min(max(2, round(width * high / height)), _WIDEST)
    thick = max(1, round(0.06 * height / max(glyph.height, 0.3))) if height > _ABOVE else 1
    fat: Any = cv2.dilate(glyph.ink, numpy.ones((thick, thick), numpy.uint8))
    how = cv2.INTER_AREA if high < height else cv2.INTER_LINEAR
    return numpy.asarray(cv2.resize(fat, (wide, high), interpolation=how), numpy.uint8)


def settled(text: str) -> str:
    """A word with what may be 0 or O, 1 or I decided: letters among letters, where no digit stands."""
    made = []
    for part in _parts(text):
        others = [character for character in part if character not in (ROUND, UPRIGHT)]
        letters = bool(others) and all(map(str.isalpha, others)) and len(part) <= 2 * len(others)
        small = letters and others[0].islower()
        zero, one = ("o", "l") if small else ("O", "I") if letters else ("0", "1")
        made.append(part.replace(ROUND, zero).replace(UPRIGHT, one))
    return "".join(made)


def _parts(text: str) -> list[str]:
    """A text in runs of letters and digits, and what is between."""
    parts: list[str] = []
    for character in text:
        if parts and _in_word(parts[-1][-1]) == _in_word(character):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def _in_word(character: str) -> bool:
    return character.isalnum() or character in (ROUND, UPRIGHT)
