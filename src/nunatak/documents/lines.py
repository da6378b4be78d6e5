"""Characters with places to words, and words to lines: joined by where they stand, not by the order in the file."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from nunatak.documents.page import Box, Word

Sides = tuple[float, float, float, float]  # left, top, right, bottom
T = TypeVar("T")

# All in heights of a line (em).
_GAP_IN_WORD = 0.3
_GAP_AT_SPACE = 0.12
_GAP_IN_LINE = 1.2
_OVERLAP = 0.5
_DRIFT = 0.2  # across the baseline
_SAME_PLACE = 0.1


class Glyph(NamedTuple):
    """A character as displayed, in page units: its ink's box, the start of its baseline, the direction it is read in
    (degrees clockwise), the height of its line, whether white space stands before it, and how far it takes the pen."""

    text: str
    box: Sides
    origin: tuple[float, float]
    angle: float
    em: float
    spaced: bool = False
    advance: float = 0.0


@dataclass(slots=True)
class _Run:
    """Glyphs, or words, that follow each other along a direction: from `start` to `end`, `level` across."""

    angle: float
    start: float
    end: float
    level: float
    em: float
    box: Sides
    text: str
    spaced: bool = False
    parts: list[_Run] = field(default_factory=list)


def words(glyphs: Sequence[Glyph], width: float, height: float) -> list[Word]:
    """The words that the glyphs make on a page of that size, in reading order; those outside of it are left out."""
    runs = _joined([_run(glyph) for glyph in glyphs if glyph.text.strip()], _same_word)
    found = [_lined(run) for run in runs]
    lines = sorted(_joined(found, _same_line), key=_reading_order)
    made = ((number, part) for number, line in enumerate(lines) for part in line.parts or [line])
    return [word for number, part in made if (word := _word(part, number, width, height)) is not None]


def upright(angle: float) -> float:
    """The angle, 0 <= angle < 360; one within two degrees of a right angle is that."""
    right = round(angle / 90) * 90
    return float((right if abs(angle - right) <= 2 else round(angle, 1)) % 360)


def _run(glyph: Glyph) -> _Run:
    angle = upright(glyph.angle)
    start, level = _along(glyph.origin, angle)
    left, top, right, bottom = glyph.box
    advanced = start + min(glyph.advance, 1.5 * glyph.em)
    if angle % 90 == 0:
        start, end = sorted((_along((left, top), angle)[0], _along((right, bottom), angle)[0]))
    else:
        end = start + 2 * (_along(((left + right) / 2, (top + bottom) / 2), angle)[0] - start)
    return _Run(
        angle, start, max(start, end, advanced), level, max(glyph.em, 0.01), glyph.box, glyph.text, glyph.spaced
    )


def _along(point: tuple[float, float], angle: float) -> tuple[float, float]:
    """Where a point lies along and across a reading direction."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return point[0] * cos + point[1] * sin, point[1] * cos - point[0] * sin


def _same_word(before: _Run, after: _Run) -> bool:
    gap = (after.start - before.end) / min(before.em, after.em)
    return -_OVERLAP < gap < (_GAP_AT_SPACE if after.spaced else _GAP_IN_WORD) and _alike(before, after)


def _same_line(before: _Run, after: _Run) -> bool:
    return -_OVERLAP < (after.start - before.end) / min(before.em, after.em) < _GAP_IN_LINE and _alike(before, after)


def _alike(before: _Run, after: _Run) -> bool:
    em = min(before.em, after.em)
    return (
        before.start < after.start
        and abs(before.level - after.level) < _DRIFT * em
        and max(before.em, after.em) < 2 * em
    )


def _joined(runs: list[_Run], follows: Callable[[_Run, _Run], bool]) -> list[_Run]:
    """The runs with each followed by its nearest follower. What the file says twice in one place is kept once."""
    cells = _Cells(runs)
    next_of: dict[int, int] = {}
    taken: set[int] = set()
    doubled: set[int] = set()
    for index, run in enumerate(runs):
        if index in doubled:
            continue
        near = cells.near(index, run)
        doubled.update(other for other in near if other > index and _doubles(run, runs[other]))
        followers = [other for other in near if other not in doubled and other != index and follows(run, runs[other])]
        free = [other for other in followers if other not in taken]
        if free:
            next_of[index] = min(free, key=lambda other: (runs[other].start, other))
            taken.add(next_of[index])
    heads = [index for index in range(len(runs)) if index not in taken and index not in doubled]
    return [_chain(runs, next_of, head) for head in heads]


class _Cells:
    """Runs by squares of the page, those of a direction and a size by themselves: one letter as high as the page would
    otherwise make every run a neighbour of all others."""

    def __init__(self, runs: Sequence[_Run]) -> None:
        self._sizes = [math.frexp(run.em)[1] for run in runs]  # what follows differs by less than one doubling
        self._sides: dict[int, float] = {}
        for run, size in zip(runs, self._sizes, strict=True):
            self._sides[size] = max(run.em * (_GAP_IN_LINE + _OVERLAP), self._sides.get(size, 0.0))
        self._cells: defaultdict[tuple[float, int, int, int], list[int]] = defaultdict(list)
        for index, (run, size) in enumerate(zip(runs, self._sizes, strict=True)):
            side = self._sides[size]
            self._cells[run.angle, size, int(run.start // side), int(run.level // side)].append(index)

    def near(self, index: int, run: _Run) -> list[int]:
        """The runs about as large as this one that may follow it, or stand in its place."""
        found: list[int] = []
        own, angle, cells = self._sizes[index], run.angle, self._cells
        for size in (own - 1, own, own + 1):
            side = self._sides.get(size)
            if side is None:
                continue
            column, row = int(run.end // side), int(run.level // side)
            for x in {int(run.start // side), column - 1, column, column + 1}:
                for y in (row - 1, row, row + 1):
                    if held := cells.get((angle, size, x, y)):
                        found += held
        return found


def _doubles(run: _Run, other: _Run) -> bool:
    near = _SAME_PLACE * run.em
    return run.text == other.text and abs(run.start - other.start) < near and abs(run.level - other.level) < near


def _chain(runs: list[_Run], next_of: dict[int, int], head: int) -> _Run:
    parts = [runs[head]]
    while head in next_of:
        head = next_of[head]
        parts.append(runs[head])
    first = parts[0]
    box = _around([part.box for part in parts])
    text = "".join(part.text for part in parts)
    return _Run(first.angle, first.start, parts[-1].end, first.level, first.em, box, text, first.spaced, parts)


def _lined(run: _Run) -> _Run:
    run.parts = []
    run.spaced = False
    return run


def _around(boxes: list[Sides]) -> Sides:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _reading_order(line: _Run) -> tuple[float, float, float, str]:
    left, top, _, _ = line.box
    return round(top, 1), round(left, 1), line.angle, line.text


def _word(run: _Run, line: int, width: float, height: float) -> Word | None:
    left, top, right, bottom = run.box
    if right <= 0 or bottom <= 0 or left >= width or top >= height:
        return None
    box = Box(_part(left, width), _part(top, height), _part(right, width), _part(bottom, height))
    return Word(text=run.text, box=box, angle=run.angle, line=line)


def _part(value: float, whole: float) -> float:
    return round(min(max(value / whole, 0.0), 1.0), 5)
