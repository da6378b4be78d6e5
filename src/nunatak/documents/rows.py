"""Pieces of ink to rows of letters: boxes of like height that follow each other, from left to right or upwards.

All places are pixels. A row is found along one direction; where two directions claim a piece, the closer row has it.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_ALIKE = 0.55  # how low a letter may be beside another
_GAP = 1.4  # in heights: a hyphen or a space may stand between two letters
_TIGHT = 0.6  # in heights: letters of a word
_WIDEST = 4.0  # in heights: letters that touch
_OVERLAP = 0.15  # in heights
_HATCHED = 0.2  # in heights: strokes and gaps of hatching
_BAND = 0.35  # in heights: how far signs may stick out
_LOW = 0.6  # of the row's height: what is lower may be a sign


class Piece(NamedTuple):
    """Ink that hangs together, seen along the reading direction: `left` to `right`, `top` to `bottom`."""

    number: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Row:
    """Letters in reading order, each of one piece or more, between two levels; `turn` is 0, or 3 for upwards."""

    turn: int
    top: float
    bottom: float
    letters: tuple[tuple[Piece, ...], ...]

    @property
    def height(self) -> float:
        return self.bottom - self.top


def rows(boxes: Sequence[tuple[float, float, float, float]], least: float, most: float) -> list[Row]:
    """The rows that boxes (left, top, right, bottom) make whose height is `least` to `most`; each box once."""
    runs = [(turn, run) for turn in (0, 3) for run in _runs(_turned(boxes, turn), least, most)]
    found = [each for each in runs if not _hatched(each[1])]
    found.sort(key=lambda each: (-_closeness(each[1]), each[0], each[1][0].top, each[1][0].left))
    taken: set[int] = set()
    kept: dict[int, list[list[Piece]]] = {0: [], 3: []}
    for turn, run in found:
        free = [piece for piece in run if piece.number not in taken]
        if len(free) > 1 and len(free) == len(run):
            kept[turn].append(run)
            taken.update(piece.number for piece in free)
    return [row for turn, runs in kept.items() for row in _filled(turn, runs, _turned(boxes, turn), taken)]


def _turned(boxes: Sequence[tuple[float, float, float, float]], turn: int) -> list[Piece]:
    if turn == 0:
        return [Piece(index, *box) for index, box in enumerate(boxes)]
    return [Piece(index, -bottom, left, -top, right) for index, (left, top, right, bottom) in enumerate(boxes)]


class _Cells:
    """Pieces by level, from left to right."""

    def __init__(self, pieces: Sequence[Piece], size: float) -> None:
        self._size = size
        self._cells: defaultdict[int, list[Piece]] = defaultdict(list)
        for piece in pieces:
            for level in range(int(piece.top // size), int(piece.bottom // size) + 1):
                self._cells[level].append(piece)
        for cell in self._cells.values():
            cell.sort(key=lambda piece: piece.left)
        self._lefts = {level: [piece.left for piece in cell] for level, cell in self._cells.items()}

    def between(self, left: float, right: float, top: float, bottom: float) -> dict[int, Piece]:
        """Those that begin from left to right and come into the levels."""
        found = {}
        for level in range(int(top // self._size), int(bottom // self._size) + 1):
            cell = self._cells.get(level, [])
            lefts = self._lefts.get(level, [])
            for place in range(bisect_left(lefts, left), len(cell)):
                if lefts[place] > right:
                    break
                found[cell[place].number] = cell[place]
        return found


def _runs(pieces: Sequence[Piece], least: float, most: float) -> list[list[Piece]]:
    """Tall pieces, each followed by the nearest that has it as its nearest too."""
    tall = [p for p in pieces if least <= p.height <= most and p.right - p.left <= _WIDEST * p.height]
    cells = _Cells(tall, most)
    after: dict[int, tuple[float, Piece]] = {}
    before: dict[int, tuple[float, Piece]] = {}
    for piece in tall:
        reach = piece.right + _GAP * piece.height / _ALIKE
        for other in cells.between(piece.left, reach, piece.top, piece.bottom).values():
            gap = other.left - piece.right
            if other is not piece and _follows(piece, other, gap):
                if piece.number not in after or gap < after[piece.number][0]:
                    after[piece.number] = gap, other
                if other.number not in before or gap < before[other.number][0]:
                    before[other.number] = gap, piece
    mutual = {
        index: other for index, (_, other) in after.items() if before.get(other.number, (0, other))[1].number == index
    }
    followed = {other.number for other in mutual.values()}
    runs = []
    for piece in tall:
        if piece.number in mutual and piece.number not in followed:
            run = [piece]
            while run[-1].number in mutual:
                run.append(mutual[run[-1].number])
            runs.append(run)
    return runs


def _follows(piece: Piece, other: Piece, gap: float) -> bool:
    height = max(piece.height, other.height)
    level = min(piece.bottom, other.bottom) - max(piece.top, other.top)
    lower = min(piece.height, other.height)
    return (
        -_OVERLAP * height < gap < _GAP * height
        and other.left > piece.left
        and lower >= _ALIKE * height
        and level > 0.6 * lower
    )


def _closeness(run: Sequence[Piece]) -> int:
    """How many letters stand as close as in a word."""
    pairs = itertools.pairwise(run)
    return sum(other.left - piece.right < _TIGHT * max(piece.height, other.height) for piece, other in pairs)


def _hatched(run: Sequence[Piece]) -> bool:
    """Whether most of a run are strokes closer to each other than letters ever are: an area filled with lines."""
    pairs = list(itertools.pairwise(run))
    close = sum(
        max(piece.right - piece.left, other.right - other.left, other.left - piece.right) < _HATCHED * piece.height
        for piece, other in pairs
    )
    return 2 * close > len(pairs)


def _filled(turn: int, runs: Sequence[list[Piece]], pieces: Sequence[Piece], taken: set[int]) -> list[Row]:
    """The rows of runs, with the signs between their letters and the parts of letters put together."""
    cells = _Cells([piece for piece in pieces if piece.number not in taken], 64)
    made = []
    for run in runs:
        heights = sorted(piece.height for piece in run)
        high = [piece for piece in run if piece.height > 0.85 * heights[-1 - len(heights) // 4]]
        top, bottom = sorted(p.top for p in high)[len(high) // 2], sorted(p.bottom for p in high)[len(high) // 2]
        tall = bottom - top
        near = cells.between(run[0].left - tall, run[-1].right + tall, top - _BAND * tall, bottom + _BAND * tall)
        signs = [
            piece
            for piece in near.values()
            if piece.number not in taken
            and piece.top > top - _BAND * tall
            and piece.bottom < bottom + _BAND * tall
            and piece.height < _LOW * tall
            and piece.right - piece.left < tall
        ]
        taken.update(piece.number for piece in signs)
        made.append(Row(turn, top, bottom, _letters([*run, *signs])))
    return made


def _letters(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """The pieces from left to right, those over each other as one letter."""
    letters: list[list[Piece]] = []
    right = 0.0
    for piece in sorted(pieces, key=lambda each: (each.left, each.top)):
        narrow = piece.right - piece.left
        if letters and (piece.left + piece.right) / 2 < right and narrow <= 2 * (right - letters[-1][0].left) + 2:
            letters[-1].append(piece)
            right = max(right, piece.right)
        else:
            letters.append([piece])
            right = piece.right
    return tuple(tuple(letter) for letter in letters)
