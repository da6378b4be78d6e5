"""A page to its words: written text from the page's text layer, drawn text by OCR."""

from __future__ import annotations

from pathlib import Path

import numpy
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from nunatak.documents import images, pages, pdfium, reader, texts
from nunatak.documents.page import Limits, MediaType, Page, PageText, Source, Word

Content = bytes | Path
Grey = NDArray[numpy.uint8]

_ENOUGH_LETTERS = 300  # a page with so many written letters says what it has to say
_FEW_PATHS = 40
_SEARCHED_SIDE, _READ_SIDE = 3_500, 6_600  # pixels of the longest side: 2.5 mm letters on A1 are 20 pixels when read
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
        grey = _rendered(page) if drawn and reader.installed() else None
    return _page_text(told, words, grey, drawn)


def _image(content: Content, kind: MediaType, number: int, limits: Limits) -> PageText:
    image = images.pixels(content, kind, number, limits).convert("L")
    told = Page(number=number, width=image.width, height=image.height)
    grey = numpy.asarray(image, numpy.uint8) if reader.installed() else None
    return _page_text(told, [], grey, drawn=True)


def _page_text(page: Page, words: list[Word], grey: Grey | None, drawn: bool) -> PageText:
    found = _recognized(grey) if grey is not None else []
    source: Source = "both" if words and found else "text" if words else "ocr" if found else "none"
    notes = (_NO_ENGINE,) if drawn and grey is None else ()
    every = (*words, *_after(words, found))
    return PageText(page=page.number, width=page.width, height=page.height, source=source, words=every, notes=notes)


def _recognized(grey: Grey) -> list[Word]:
    from nunatak.documents import ocr  # its libraries are optional

    return ocr.words(grey, reader.engine(), search_scale=min(2.0, _SEARCHED_SIDE / max(grey.shape)))


def _after(words: list[Word], found: list[Word]) -> list[Word]:
    """What was recognized beside what is written, in lines of its own."""
    lines = max((word.line for word in words), default=-1) + 1
    new = [word for word in found if not any(_covers(written, word) for written in words)]
    return [
        Word(text=word.text, box=word.box, angle=word.angle, line=word.line + lines, confidence=word.confidence)
        for word in new
    ]


def _covers(written: Word, word: Word) -> bool:
    box, other = written.box, word.box
    x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _draws(page: pypdfium2.PdfPage) -> bool:
    """Whether the page has pictures, or paths enough to be letters."""
    paths = 0
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        kind = raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, index))
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            return True
        paths += kind == raw.FPDF_PAGEOBJ_PATH
        if paths > _FEW_PATHS:
            return True
    return False


def _rendered(page: pypdfium2.PdfPage) -> Grey:
    scale = _READ_SIDE / max(page.get_size())
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        rows = numpy.array(bitmap.to_numpy(), numpy.uint8)
    finally:
        bitmap.close()
    return rows.reshape(rows.shape[:2])
