"""Text of a grey image by OCR: blank tiles are skipped, the rest is searched, and only lines of text are recognized."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import cv2
import numpy
from numpy.typing import NDArray

from nunatak.documents.lines import upright
from nunatak.documents.page import Box, Word
from nunatak.documents.reader import LINE_HEIGHT, Engine, Grey, Letter, certainty
from nunatak.documents.turns import FEWEST_LINES, MOST_LINES, turned, upside_down

_TILE, _MARGIN = 960, 64  # pixels
_INK = 200  # darker than this is ink
_FEWEST_INK = 12  # ink pixels that a tile must have to be searched
_LIKELY, _SURE = 0.3, 0.5
_GROWTH = 1.6
_SMALLEST = 4  # pixels
_CERTAIN, _DOUBTED, _SETTLED = 0.5, 0.85, 0.96
_WAYS = ((0.15, 1.0), (0.0, 1.6), (0.15, 1.6))
_GOES_ON = 2.0  # heights
_NUMBER, _ENDING = re.compile(r"\d{4,6}"), re.compile(r"-\w{1,4}")
_STUBBY = 2.5
_UPRIGHT_WHEN = 1.5  # higher than wide by this: the line is read upwards or downwards
_LONG = 12  # heights: a line that is looked at to tell which way up it is
_LONGEST = 40  # a line's width in heights; the recognizer sees no more at once


class Patch(NamedTuple):
    """A line of text in an image: centre, length and height in pixels, degrees clockwise that it is turned."""

    x: float
    y: float
    length: float
    height: float
    angle: float


def words(image: Grey, engine: Engine, *, search_scale: float = 1.0) -> list[Word]:
    """The words of an image. They are searched in it scaled by `search_scale`, and read in full size."""
    found = patches(image, engine, search_scale)
    turns = _turns(image, found, engine)
    if turns:
        image = numpy.ascontiguousarray(numpy.rot90(image, turns))
        found = patches(image, engine, search_scale)
    read = _read(image, engine, found)
    told = [word for line, (patch, letters) in enumerate(read) for word in _words(patch, letters, line, image.shape)]
    return turned(told, turns)


def _turns(image: Grey, found: Sequence[Patch], engine: Engine) -> int:
    """By how many quarters of a circle most text is turned: its longest lines tell whether it stands on its head. A few
    lines can't tell, and are looked at one by one."""
    long = [patch for patch in found if _STUBBY * patch.height <= patch.length <= _LONG * patch.height]
    sideways = [45 < patch.angle < 315 for patch in long]
    most = 2 * sum(sideways) > len(long)
    lines = [one for one, each in zip(long, sideways, strict=True) if each == most]
    if len(lines) < FEWEST_LINES:
        return 0
    longest = sorted(lines, key=lambda one: -one.length / one.height)[:MOST_LINES]
    return ((3 if most else 0) + 2 * upside_down([_line(image, patch) for patch in longest], engine)) % 4


def patches(image: Grey, engine: Engine, scale: float) -> list[Patch]:
    """Where lines of text stand, in reading order."""
    small = image if scale == 1 else _scaled(image, scale)
    likely = _likely(small, engine)
    found = [patch for patch in _shapes(likely) if min(patch.length, patch.height) >= _SMALLEST]
    back = 1 / scale
    scaled = [Patch(p.x * back, p.y * back, p.length * back, p.height * back, p.angle) for p in found]
    return sorted(scaled, key=lambda patch: (round(patch.y), round(patch.x)))


def _scaled(image: Grey, scale: float) -> Grey:
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
    return numpy.asarray(cv2.resize(image, size, interpolation=how), numpy.uint8)


def _likely(image: Grey, engine: Engine) -> NDArray[numpy.uint8]:
    """For each pixel 0..255: how likely it belongs to text."""
    height, width = image.shape
    likely = numpy.zeros((height, width), numpy.uint8)
    for top, left in _tiles(height, width):
        y0, x0 = max(0, top - _MARGIN), max(0, left - _MARGIN)
        seen = image[y0 : top + _TILE + _MARGIN, x0 : left + _TILE + _MARGIN]
        if numpy.count_nonzero(seen < _INK) < _FEWEST_INK:
            continue
        rows, columns = (-(-side // 32) * 32 for side in seen.shape)
        fed = numpy.full((rows, columns), 255, numpy.uint8)
        fed[: seen.shape[0], : seen.shape[1]] = seen
        told = (engine.detect(fed) * 255).astype(numpy.uint8)[: seen.shape[0], : seen.shape[1]]
        kept = told[top - y0 : top - y0 + _TILE, left - x0 : left - x0 + _TILE]
        likely[top : top + _TILE, left : left + _TILE] = kept
    return likely


def _tiles(height: int, width: int) -> Iterator[tuple[int, int]]:
    for top in range(0, height, _TILE):
        for left in range(0, width, _TILE):
            yield top, left


def _shapes(likely: NDArray[numpy.uint8]) -> Iterator[Patch]:
    """The rectangles round what is likely text, grown to hold the whole of its letters."""
    mask = cv2.dilate((likely > _LIKELY * 255).astype(numpy.uint8), numpy.ones((2, 2), numpy.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for label in range(1, count):
        left, top, width, height, area = stats[label]
        if area < _SMALLEST**2:
            continue
        part = labels[top : top + height, left : left + width] == label
        if likely[top : top + height, left : left + width][part].mean() < _SURE * 255:
            continue
        ys, xs = numpy.nonzero(part)
        points = numpy.stack((xs, ys), axis=1).astype(numpy.float32)
        (x, y), (across, down), turned = cv2.minAreaRect(points)
        if max(width, height) < _STUBBY * min(width, height):  # too short to tell by how much it is turned
            x, y, across, down, turned = (width - 1) / 2, (height - 1) / 2, width - 1, height - 1, 0
        yield _grown(x + left + 0.5, y + top + 0.5, across + 1, down + 1, turned)


def _grown(x: float, y: float, across: float, down: float, turned: float) -> Patch:
    grown = _GROWTH * across * down / (2 * (across + down))
    length, height, angle = across + 2 * grown, down + 2 * grown, turned
    while angle > 45:
        length, height, angle = height, length, angle - 90
    while angle <= -45:
        length, height, angle = height, length, angle + 90
    if height > _UPRIGHT_WHEN * length:
        length, height, angle = height, length, angle - 90
    return Patch(float(x), float(y), float(length), float(height), upright(float(angle)))


Reading = tuple[Patch, list[Letter]]


def _read(image: Grey, engine: Engine, found: Sequence[Patch]) -> list[Reading]:
    """What each patch says; one that is read with doubt is looked at again, and in other ways."""
    first = engine.recognize([_line(image, patch) for patch in found])
    read = list(zip(found, first, strict=True))
    _again(image, engine, read, _upside_down, _better)
    _vote(image, engine, read)
    _again(image, engine, read, _longer, _continued)
    return [(patch, letters) for patch, letters in read if letters and certainty(letters) >= _CERTAIN]


def _again(
    image: Grey,
    engine: Engine,
    read: list[Reading],
    other: Callable[[Reading], Patch | None],
    better: Callable[[list[Letter], list[Letter]], bool],
) -> None:
    """Reads the patches that `other` gives instead of some, and keeps what is better."""
    tried = [(index, patch) for index, reading in enumerate(read) if (patch := other(reading)) is not None]
    lines = engine.recognize([_line(image, patch) for _, patch in tried])
    for (index, patch), letters in zip(tried, lines, strict=True):
        if better(read[index][1], letters):
            read[index] = patch, letters


def _upside_down(reading: Reading) -> Patch | None:
    """Upright text that says little upwards may be read downwards."""
    patch, letters = reading
    doubted = 45 < patch.angle < 315 and certainty(letters) < _DOUBTED
    return patch._replace(angle=(patch.angle + 180) % 360) if doubted else None


def _better(old: list[Letter], new: list[Letter]) -> bool:
    return certainty(new) > certainty(old) + 0.05


def _longer(reading: Reading) -> Patch | None:
    """A text that ends with a hyphen goes on, a number may: a line of the drawing may have ended the search early."""
    patch, letters = reading
    if len(letters) < 3 or not (letters[-1].text == "-" or _NUMBER.fullmatch(_text(letters))):
        return None
    cos, sin = math.cos(math.radians(patch.angle)), math.sin(math.radians(patch.angle))
    more = _GOES_ON * patch.height
    return patch._replace(x=patch.x + cos * more / 2, y=patch.y + sin * more / 2, length=patch.length + more)


def _continued(old: list[Letter], new: list[Letter]) -> bool:
    more = _text(new).removeprefix(_text(old).rstrip("-"))
    return more != _text(new) and _ENDING.fullmatch(more) is not None and certainty(new) > _DOUBTED


def _vote(image: Grey, engine: Engine, read: list[Reading]) -> None:
    """Doubted texts are read lower, wider and both; what most ways see most surely is kept."""
    doubted = [index for index, (_, letters) in enumerate(read) if 0 < certainty(letters) < _SETTLED]
    votes = [[read[index][1]] for index in doubted]
    for lower, wider in _WAYS:
        lines = [_line(image, _lowered(read[index][0], lower), wider) for index in doubted]
        for told, letters in zip(votes, engine.recognize(lines), strict=True):
            told.append(letters)
    for index, told in zip(doubted, votes, strict=True):
        sums: dict[str, float] = {}
        for letters in told:
            sums[_text(letters)] = sums.get(_text(letters), 0.0) + certainty(letters) ** 2
        best = max(sums, key=lambda text: (sums[text], text))
        read[index] = read[index][0], max((each for each in told if _text(each) == best), key=certainty)


def _lowered(patch: Patch, part: float) -> Patch:
    less = patch.height * part
    return patch._replace(height=patch.height - less, length=max(patch.height, patch.length - less))


def _text(letters: Sequence[Letter]) -> str:
    return "".join(letter.text for letter in letters)


def _line(image: Grey, patch: Patch, wider: float = 1.0) -> Grey:
    """The patch cut out, turned to be read from left to right, stretched along the line by `wider`."""
    scale = LINE_HEIGHT / patch.height
    width = max(8, min(round(patch.length * scale * wider), _LONGEST * LINE_HEIGHT))
    cos, sin = math.cos(math.radians(patch.angle)), math.sin(math.radians(patch.angle))
    along, down = patch.length / width, patch.height / LINE_HEIGHT
    half, deep = (width - 1) / 2, (LINE_HEIGHT - 1) / 2
    # Where each pixel of the line is taken from.
    matrix = numpy.array(
        [
            [cos * along, -sin * down, patch.x - 0.5 - cos * along * half + sin * down * deep],
            [sin * along, cos * down, patch.y - 0.5 - sin * along * half - cos * down * deep],
        ]
    )
    cut: Any = cv2.warpAffine(
        image, matrix, (width, LINE_HEIGHT), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=255
    )
    return numpy.asarray(cut, numpy.uint8)


def _words(patch: Patch, letters: Sequence[Letter], line: int, shape: tuple[int, ...]) -> Iterator[Word]:
    """The line's words, each with its part of the patch."""
    text = _text(letters)
    place = 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        told = letters[start:place]
        whole = start == 0 and place == len(text)
        half = patch.height / patch.length * 0.35  # about half a letter
        least = letters[start - 1].place if start else 0.0  # where the space before it is
        most = letters[place].place if place < len(letters) else 1.0
        first, last = (0.0, 1.0) if whole else (max(least, told[0].place - half), min(most, told[-1].place + half))
        box = _box(patch, first, last, shape)
        yield Word(text=word, box=box, angle=patch.angle, line=line, confidence=round(certainty(told), 3))


def _box(patch: Patch, first: float, last: float, shape: tuple[int, ...]) -> Box:
    cos, sin = math.cos(math.radians(patch.angle)), math.sin(math.radians(patch.angle))
    corners = [
        (patch.x + cos * along - sin * down, patch.y + sin * along + cos * down)
        for along in ((first - 0.5) * patch.length, (last - 0.5) * patch.length)
        for down in (-patch.height / 2, patch.height / 2)
    ]
    xs, ys = zip(*corners, strict=True)
    sides = min(xs) / shape[1], min(ys) / shape[0], max(xs) / shape[1], max(ys) / shape[0]
    return Box(*(round(min(max(side, 0.0), 1.0), 5) for side in sides))
