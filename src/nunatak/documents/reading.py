"""A page to its words: written text from the page's text layer, drawn text by its shapes or, in pictures, by OCR."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from nunatak.documents import images, outlines, pages, pdfium, reader, texts
from nunatak.documents.outlines import Outline
from nunatak.documents.page import Content, Limits, MediaType, Page, PageText, Source, Word

Grey = NDArray[numpy.uint8]

_ENOUGH_LETTERS = 300  # a page with so many written letters says what it has to say
_FEW_LINES, _SEGMENTS = 40, 8  # of a line, as letters have them
_DEEPEST = 4  # forms in forms
_PICTURED = 0.05  # of the page: with larger pictures it is read as one
_FEWEST_LETTERS = 40  # that a page of outlines must have to be believed: else it is looked at as a picture
_SEARCHED_SIDE, READ_SIDE = 3_500, 6_600  # pixels of the longest side: 2.5 mm letters on A1 are 20 pixels when read
_NO_ENGINE = "Text on this page is drawn, not written, and no OCR engine is installed (nunatak[ocr])"


def read(content: Content, number: int, limits: Limits) -> PageText:
    """The words of page `number`. Raises Unreadable and what derives from it."""
    kind = pages.kind_of(content)
    if kind == "application/pdf":
        return _pdf(content, number)
    return _image(content, kind, number, limits)


def _pdf(content: Content, number: int) -> PageText:
    with pdfium.opened_page(content, number) as page:
        told = pdfium.described(page, number)
        words = texts.words(page)
        drawn = sum(len(word.text) for word in words) < _ENOUGH_LETTERS and _draws(page)
        if not drawn or not reader.installed():
            return _page_text(told, words, [], unread=drawn)
        pictured = _pictured(page)
        found = [] if pictured else _spelled(outlines.outlines(page), told)
        if sum(len(word.text) for word in found) >= _FEWEST_LETTERS:
            return _page_text(told, words, found)
        grey = _rendered(page)
    return _page_text(told, words, _recognized(grey))


def _image(content: Content, kind: MediaType, number: int, limits: Limits) -> PageText:
    image = images.pixels(content, kind, number, limits).convert("L")
    told = Page(number=number, width=image.width, height=image.height)
    if not reader.installed():
        return _page_text(told, [], [], unread=True)
    return _page_text(told, [], _recognized(numpy.asarray(image, numpy.uint8)))


def _page_text(page: Page, words: list[Word], found: list[Word], *, unread: bool = False) -> PageText:
    source: Source = "both" if words and found else "text" if words else "ocr" if found else "none"
    notes = (_NO_ENGINE,) if unread else ()
    every = (*words, *_after(words, found))
    return PageText(page=page.number, width=page.width, height=page.height, source=source, words=every, notes=notes)


def _spelled(found: list[Outline], page: Page) -> list[Word]:
    from nunatak.documents import drawn  # its libraries are optional

    return drawn.words(found, page.width, page.height, reader.engine())


def _recognized(grey: Grey) -> list[Word]:
    from nunatak.documents import ocr  # its libraries are optional

    return ocr.words(grey, reader.engine(), search_scale=min(2.0, _SEARCHED_SIDE / max(grey.shape)))


def _after(words: list[Word], found: list[Word]) -> list[Word]:
    """What was recognized beside what is written, in lines of its own."""
    lines = max((word.line for word in words), default=-1) + 1
    new = [word for word in found if not any(written.box.covers(word.box) for written in words)]
    return [
        Word(text=word.text, box=word.box, angle=word.angle, line=word.line + lines, confidence=word.confidence)
        for word in new
    ]


def _draws(page: pypdfium2.PdfPage) -> bool:
    """Whether the page has pictures, or lines enough to be letters: a path of very many segments may be a text."""
    lines = 0
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        each = raw.FPDFPage_GetObject(page.raw, index)
        kind = raw.FPDFPageObj_GetType(each)
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            return True
        if kind == raw.FPDF_PAGEOBJ_PATH:
            lines += max(1, raw.FPDFPath_CountSegments(each) // _SEGMENTS)
        if lines > _FEW_LINES:
            return True
    return False


def _pictured(page: pypdfium2.PdfPage) -> bool:
    """Whether pictures cover so much of the page that text may be in them."""
    objects = (raw.FPDFPage_GetObject(page.raw, index) for index in range(raw.FPDFPage_CountObjects(page.raw)))
    return _covered(objects) > _PICTURED * float(page.get_width() * page.get_height())


def _covered(objects: Iterator[Any], depth: int = 0) -> float:
    """How much of their space pictures among the objects take, also those inside of forms."""
    covered, matrix = 0.0, raw.FS_MATRIX()
    for each in objects:
        kind = raw.FPDFPageObj_GetType(each)
        if kind not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            continue
        raw.FPDFPageObj_GetMatrix(each, matrix)
        larger = abs(matrix.a * matrix.d - matrix.b * matrix.c)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:  # a picture fills the unit square of its own space
            covered += larger
        elif depth < _DEEPEST:
            inside = (raw.FPDFFormObj_GetObject(each, index) for index in range(raw.FPDFFormObj_CountObjects(each)))
            covered += larger * _covered(inside, depth + 1)
    return covered


def _rendered(page: pypdfium2.PdfPage) -> Grey:
    scale = READ_SIDE / max(page.get_size())
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        rows = numpy.array(bitmap.to_numpy(), numpy.uint8)
    finally:
        bitmap.close()
    return rows.reshape(rows.shape[:2])
