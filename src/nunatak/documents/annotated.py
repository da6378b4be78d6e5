"""The texts that CAD programs leave beside letters drawn as strokes: annotations of a PDF page with what each says."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from nunatak.documents import texts
from nunatak.documents.page import Box, Word
from nunatak.documents.texts import Frame

_MOST = 50_000
_LONGEST = 2_000  # bytes of a text
_WRITER = "SHX"  # a part of the name under which such annotations are written


def words(page: pypdfium2.PdfPage) -> list[Word]:
    """The words of an open page's stroke texts, each text a line of its own."""
    shown = texts.frame(page)
    found: list[Word] = []
    for line, (text, sides) in enumerate(_annotations(page)):
        found += _spread(text, _box(shown, sides), line)
    return found


def _annotations(page: pypdfium2.PdfPage) -> Iterator[tuple[str, raw.FS_RECTF]]:
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            sides = raw.FS_RECTF()
            text = _value(annotation, b"Contents").strip()
            if text and _WRITER in _value(annotation, b"T") and raw.FPDFAnnot_GetRect(annotation, sides):
                yield text, sides
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _value(annotation: raw.FPDF_ANNOTATION, key: bytes) -> str:
    size = min(raw.FPDFAnnot_GetStringValue(annotation, key, None, 0), _LONGEST)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0")


def _box(shown: Frame, sides: raw.FS_RECTF) -> Box:
    """The place on the displayed page, within it."""
    first, second = shown.place(sides.left, sides.bottom), shown.place(sides.right, sides.top)
    width, height = shown.size
    xs, ys = sorted((first[0], second[0])), sorted((first[1], second[1]))
    inside = [min(1.0, max(0.0, side)) for side in (xs[0] / width, ys[0] / height, xs[1] / width, ys[1] / height)]
    return Box(*inside)


def _spread(text: str, box: Box, line: int) -> Iterator[Word]:
    """The words of a text, each over its share of the box; a box that is higher than wide is read upwards."""
    upwards = box.bottom - box.top > 1.5 * (box.right - box.left) and len(text) > 1
    start = 0
    for piece in text.split():
        start = text.index(piece, start)
        begin, end = start / len(text), (start + len(piece)) / len(text)
        start += len(piece)
        wide, high = box.right - box.left, box.bottom - box.top
        part = (
            Box(box.left, box.bottom - end * high, box.right, box.bottom - begin * high)
            if upwards
            else Box(box.left + begin * wide, box.top, box.left + end * wide, box.bottom)
        )
        yield Word(text=piece, box=part, angle=270 if upwards else 0, line=line)
