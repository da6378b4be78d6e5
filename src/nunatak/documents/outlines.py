"""What a PDF page draws with lines, as displayed: outlines as points, pieces that follow each other joined to one.

CAD programs write a letter as one line or as many; what belongs together is found by where pieces end and begin.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from nunatak.documents import texts

Points = NDArray[numpy.float64]
_DEEPEST = 4
_MOST_POINTS = 3_000_000
_DOT = 1 / 5_000  # of the page's longest side: smaller than what anybody draws
_CURVE = numpy.array([[(1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u * u * (1 - u), u**3] for u in (0.25, 0.5, 0.75, 1)])
_Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Outline(NamedTuple):
    """Lines that belong together, each with its points (x, y in 0..1 of the page's longest side, y down), and whether
    their inside is filled."""

    lines: tuple[Points, ...]
    filled: bool


def outlines(page: pypdfium2.PdfPage) -> list[Outline]:
    """All that an open page draws with lines, also inside of its forms."""
    shown = texts.frame(page)
    reader = _Reader(max(shown.size))
    objects = (raw.FPDFPage_GetObject(page.raw, index) for index in range(raw.FPDFPage_CountObjects(page.raw)))
    reader.read(objects, _UNMOVED)
    return _joined(reader.parted(shown), _DOT)


def sides(found: Sequence[Outline]) -> Points:
    """What each outline covers: left, top, right, bottom, in a row of an array."""
    if not found:
        return numpy.zeros((0, 4))
    every = [line for outline in found for line in outline.lines]
    points = numpy.concatenate(every)
    firsts = numpy.cumsum([0, *(sum(map(len, outline.lines)) for outline in found)])[:-1]
    return numpy.hstack((numpy.minimum.reduceat(points, firsts), numpy.maximum.reduceat(points, firsts)))


class _Reader:
    """Reads points one by one into flat lists; keeps the memory that the library writes into."""

    def __init__(self, longest: float) -> None:
        self._tiny = _DOT * longest
        self._x, self._y = ctypes.c_float(), ctypes.c_float()
        self._to = ctypes.byref(self._x), ctypes.byref(self._y)
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._how = ctypes.byref(self._fill), ctypes.byref(self._stroke)
        self._matrix = raw.FS_MATRIX()
        self._points: list[float] = []
        self._starts: list[int] = []  # of lines, in points
        self._paths: list[int] = []  # first line of each path
        self._filled: list[bool] = []
        self._moved: list[_Matrix] = []  # of each path

    def read(self, objects: Iterator[Any], by: _Matrix, depth: int = 0) -> None:
        kind_of = raw.FPDFPageObj_GetType
        for each in objects:
            kind = kind_of(each)
            if kind == raw.FPDF_PAGEOBJ_PATH and len(self._points) < 2 * _MOST_POINTS:
                self._path(each, by)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                count = raw.FPDFFormObj_CountObjects(each)
                inside = (raw.FPDFFormObj_GetObject(each, index) for index in range(count))
                self.read(inside, _product(self._matrix_of(each), by), depth + 1)

    def _matrix_of(self, each: Any) -> _Matrix:
        raw.FPDFPageObj_GetMatrix(each, ctypes.byref(self._matrix))
        told = self._matrix
        return told.a, told.b, told.c, told.d, told.e, told.f

    def _path(self, path: Any, by: _Matrix) -> None:
        count = raw.FPDFPath_CountSegments(path)
        if count < 2 or (count == 5 and self._dot(path, by)):
            return
        filled = False
        if count > 2:
            filled = bool(raw.FPDFPath_GetDrawMode(path, *self._how) and self._fill.value)
            if not filled and not self._stroke.value:
                return
        own = self._matrix_of(path)
        self._paths.append(len(self._starts))
        self._moved.append(own if by is _UNMOVED else _product(own, by))
        self._filled.append(filled)
        self._segments(path, count)

    def _dot(self, path: Any, by: _Matrix) -> bool:
        """Whether a path of five points is a pen's dot, of which there are thousands: two corners tell."""
        x, y, to = self._x, self._y, self._to
        get, point = raw.FPDFPath_GetPathSegment, raw.FPDFPathSegment_GetPoint
        point(get(path, 0), *to)
        left, top = x.value, y.value
        point(get(path, 2), *to)
        apart = abs(x.value - left) + abs(y.value - top)
        if apart >= 2 * self._tiny:
            return False
        own = self._matrix_of(path)
        moved = own if by is _UNMOVED else _product(own, by)
        return bool(apart * max(map(abs, moved[:4])) < 2 * self._tiny)

    def _segments(self, path: Any, count: int) -> None:
        x, y, to, points = self._x, self._y, self._to, self._points
        get, point, kind_of = raw.FPDFPath_GetPathSegment, raw.FPDFPathSegment_GetPoint, raw.FPDFPathSegment_GetType
        curved = 0
        for index in range(count):
            segment = get(path, index)
            kind = kind_of(segment) if count > 2 else raw.FPDF_SEGMENT_LINETO
            if kind == raw.FPDF_SEGMENT_MOVETO or index == 0:
                self._starts.append(len(points) // 2)
            point(segment, *to)
            points.append(x.value)
            points.append(y.value)
            curved = curved + 1 if kind == raw.FPDF_SEGMENT_BEZIERTO else 0
            if curved == 3:
                self._bend()
                curved = 0

    def _bend(self) -> None:
        """Puts points of the curve in the place of its last three, which steer it."""
        if len(self._points) >= 8:
            steered = numpy.array(self._points[-8:]).reshape(4, 2)
            self._points[-6:] = (_CURVE @ steered).ravel().tolist()

    def parted(self, shown: texts.Frame) -> list[Outline]:
        """What was read, path by path."""
        if not self._starts:
            return []
        count = len(self._points) // 2
        starts = numpy.array([*self._starts, count])
        by_path = numpy.array([*self._paths, len(self._starts)])
        matrices = numpy.repeat(numpy.array(self._moved), numpy.diff(starts[by_path]), axis=0)
        lines = numpy.split(_placed(numpy.array(self._points).reshape(-1, 2), matrices, shown), starts[1:-1])
        paths = zip(self._paths, by_path[1:].tolist(), self._filled, strict=True)
        return [part for first, last, filled in paths for part in _parts(tuple(lines[first:last]), filled=filled)]


def _parts(lines: tuple[Points, ...], *, filled: bool) -> Iterator[Outline]:
    """The outlines of a path: of one that isn't filled each line, for some programs draw a whole text as one path."""
    if filled:
        yield Outline(lines, filled)
    else:
        yield from (Outline((line,), filled) for line in lines)


def _placed(points: Points, by: Points, shown: texts.Frame) -> Points:
    x = by[:, 0] * points[:, 0] + by[:, 2] * points[:, 1] + by[:, 4]
    y = by[:, 1] * points[:, 0] + by[:, 3] * points[:, 1] + by[:, 5]
    first, second, third = shown.place(0, 0), shown.place(1, 0), shown.place(0, 1)
    across = first[0] + (second[0] - first[0]) * x + (third[0] - first[0]) * y
    down = first[1] + (second[1] - first[1]) * x + (third[1] - first[1]) * y
    placed = numpy.stack((across, down), axis=1) / max(shown.size)
    return numpy.nan_to_num(placed, nan=-1.0, posinf=-1.0, neginf=-1.0)


def _joined(found: list[Outline], near: float) -> list[Outline]:
    """The outlines, a line that begins where the line before it ended joined to that."""
    joined: list[Outline] = []
    chain: list[Points] = []
    end = (numpy.inf, numpy.inf)
    for outline in found:
        single = outline.lines[0] if len(outline.lines) == 1 and not outline.filled else None
        if single is not None and abs(single[0, 0] - end[0]) < near and abs(single[0, 1] - end[1]) < near:
            chain.append(single[1:])
        else:
            if chain:
                joined.append(Outline((numpy.concatenate(chain),), False))
            chain = [single] if single is not None else []
            if single is None:
                joined.append(outline)
        end = (single[-1, 0], single[-1, 1]) if single is not None else (numpy.inf, numpy.inf)
    if chain:
        joined.append(Outline((numpy.concatenate(chain),), False))
    return joined


def _product(first: _Matrix, second: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    if second is _UNMOVED:
        return first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
