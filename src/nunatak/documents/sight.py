"""Words to the texts that a reader sees in them: side by side in a line, one over the other in a bubble, a prefix at
its corner.

Places are measured along and across the reading direction in line heights, so the same rules hold for text that is
read upwards or downwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nunatak.documents.page import Box, PageText, Word

_MOST_WORDS = 6
_GAP_BESIDE = 1.3  # in line heights
_GAP_BELOW = 1.1
_OFF_CENTRE = 0.9
_PREFIX_REACH = 2.6
_LONGEST_PREFIX = 4  # characters
_LEAST_WEIGHT = 0.1
_MOST_CELLS = 1_000  # along all words together: letters may be of no height


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the next word of a text may be, beside and below, in line heights."""

    beside: float = _GAP_BESIDE
    below: float = _GAP_BELOW

    @staticmethod
    def weighed(right: float, down: float) -> Reach:
        """The reach of direction weights: the lower, the farther, within bounds."""
        return Reach(_GAP_BESIDE / max(right, _LEAST_WEIGHT), _GAP_BELOW / max(down, _LEAST_WEIGHT))


USUAL = Reach()


@dataclass(frozen=True, slots=True)
class Place:
    """A word in the frame of its reading direction, in page units: left to right is `left` to `right`."""

    index: int
    word: Word
    left: float
    top: float
    right: float
    bottom: float
    height: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Seen:
    """A text made of words that stand together: their indices in the page's words, in reading order."""

    words: tuple[int, ...]
    stacked: bool = False


def places(text: PageText, wanted: Sequence[int]) -> list[Place]:
    """The places of the wanted words, those at right angles."""
    found = []
    for index in wanted:
        word = text.words[index]
        turn = round(word.angle / 90) % 4
        if abs(word.angle - 90 * turn) <= 3 or word.angle >= 357:
            left, top, right, bottom = _turned(word.box, turn, text.width, text.height)
            found.append(Place(index, word, left, top, right, bottom, bottom - top))
    return found


def seen(text: PageText, wanted: Sequence[int], reach: Reach = USUAL, *, most: int = _MOST_WORDS) -> Iterator[Seen]:
    """Every text that the wanted words make, alone and together, of at most so many words (two or more)."""
    placed = places(text, wanted)
    beside, below = _neighbours(placed, reach)
    for index in wanted:
        yield Seen((index,))
    for place in placed:
        yield from _runs(place.index, beside, most)
        yield from _stacks(place.index, beside, below, most)
    if most > 2:
        yield from _prefixed(placed, below)


def around(boxes: Sequence[Box]) -> Box:
    """The box that holds all of them."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _turned(box: Box, turn: int, width: float, height: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = box.left * width, box.top * height, box.right * width, box.bottom * height
    if turn == 1:  # read downwards: along is y, across is -x
        return top, -right, bottom, -left
    if turn == 2:
        return -right, -bottom, -left, -top
    if turn == 3:  # read upwards: along is -y, across is x
        return -bottom, left, -top, right
    return left, top, right, bottom


Links = dict[int, list[int]]


def _neighbours(placed: Sequence[Place], reach: Reach) -> tuple[Links, Links]:
    """For each word those that follow it in its line, and those that stand under its middle."""
    beside: Links = {}
    below: Links = {}
    for turn in range(4):
        turned = [place for place in placed if round(place.word.angle / 90) % 4 == turn]
        cells = _Cells(turned)
        for place in turned:
            near = cells.near(place, reach)
            for other in near if reach == USUAL else sorted(near, key=lambda one: (one.left, one.top)):
                if _follows(place, other, reach.beside):
                    beside.setdefault(place.index, []).append(other.index)
                elif _under(place, other, reach.below):
                    below.setdefault(place.index, []).append(other.index)
    return beside, below


class _Cells:
    """Places by squares of the page, so that each looks at its neighbours only."""

    def __init__(self, placed: Sequence[Place]) -> None:
        self._size = _cell(placed, 3.0)
        self._cells: defaultdict[tuple[int, int], list[Place]] = defaultdict(list)
        for place in placed:
            for column in range(int(place.left // self._size), int(place.right // self._size) + 1):
                self._cells[column, int(place.top // self._size)].append(place)

    def near(self, place: Place, reach: Reach) -> list[Place]:
        row = int(place.top // self._size)
        found: dict[int, Place] = {}
        wide = int((place.height * reach.beside) // self._size) + 1
        deep = int((place.height * (1 + reach.below)) // self._size) + 1
        for column in range(int(place.left // self._size), int(place.right // self._size) + wide + 1):
            for y in range(row - 1, row + deep + 1):
                for other in self._cells.get((column, y), ()):
                    if other is not place:
                        found[other.index] = other
        return list(found.values())


def _cell(placed: Sequence[Place], heights: float) -> float:
    """The side of a cell of so many usual heights, in page units; larger where there would be too many cells."""
    if not placed:
        return 1.0
    usual = sorted(place.height for place in placed)[len(placed) // 2]
    across = max(place.right for place in placed) - min(place.left for place in placed)
    down = max(place.bottom for place in placed) - min(place.top for place in placed)
    return max(heights * usual, max(across, down) / _MOST_CELLS) or 1.0


def _alike(place: Place, other: Place) -> bool:
    lower, higher = sorted((place.height, other.height))
    return higher <= 2.2 * lower


def _follows(place: Place, other: Place, most: float) -> bool:
    height = max(place.height, other.height)
    level = min(place.bottom, other.bottom) - max(place.top, other.top)
    gap = other.left - place.right
    return -0.4 * height < gap < most * height and level > 0.5 * min(place.height, other.height)


def _under(place: Place, other: Place, most: float) -> bool:
    height = max(place.height, other.height)
    gap = other.top - place.bottom
    return (
        -0.45 * height < gap < most * height
        and other.top > place.top
        and abs(place.middle - other.middle) < _OFF_CENTRE * height
        and _alike(place, other)
    )


def _runs(start: int, beside: Links, most: int) -> Iterator[Seen]:
    """The word and those that follow it in its line."""
    words = [start]
    while len(words) < most and words[-1] in beside:
        words.append(beside[words[-1]][0])
        if words[-1] in words[:-1]:
            return
        yield Seen(tuple(words))


def _stacks(start: int, beside: Links, below: Links, most: int) -> Iterator[Seen]:
    """The word, those under it, and what follows the last of them in its line."""
    for second in below.get(start, ()):
        yield Seen((start, second), stacked=True)
        if most == 2:
            continue
        for run in _runs(second, beside, most):
            if start not in run.words:
                yield Seen((start, *run.words), stacked=True)
        for third in below.get(second, ()):
            yield Seen((start, second, third), stacked=True)


def _prefixed(placed: Sequence[Place], below: Links) -> Iterator[Seen]:
    """Stacks with a short word at their upper left, outside of the bubble."""
    by_index = {place.index: place for place in placed}
    step = _cell(placed, _PREFIX_REACH)
    cells: defaultdict[tuple[int, int], list[Place]] = defaultdict(list)
    for place in placed:
        if len(place.word.text) <= _LONGEST_PREFIX:
            cells[int(place.right // step), int(place.top // step)].append(place)
    for upper, lowers in below.items():
        head = by_index[upper]
        for lower in lowers:
            foot = by_index[lower]
            for cell in _corner_cells(head, foot, step):
                for prefix in cells.get(cell, ()):
                    if prefix.index not in (upper, lower) and _at_corner(prefix, head, foot):
                        yield Seen((prefix.index, upper, lower), stacked=True)


def _corner_cells(head: Place, foot: Place, step: float) -> Iterator[tuple[int, int]]:
    """The cells in which the right upper end of a prefix may lie."""
    height, left = max(head.height, foot.height), min(head.left, foot.left)
    for column in range(int((left - _PREFIX_REACH * height) // step), int((left + 0.8 * height) // step) + 1):
        for row in range(int((head.top - 1.6 * height) // step), int((head.top + 1.2 * height) // step) + 1):
            yield column, row


def _at_corner(prefix: Place, head: Place, foot: Place) -> bool:
    height = max(head.height, foot.height)
    left = min(head.left, foot.left)
    return (
        prefix.word.angle == head.word.angle
        and -_PREFIX_REACH * height < prefix.right - left < 0.8 * height
        and prefix.right < head.left + 0.2 * height
        and -1.6 * height < prefix.top - head.top < 1.2 * height
        and _alike(prefix, head)
    )
