"""Where the words of a page are read: in its text, in that and what CAD programs leave as annotations, or in pixels."""

from __future__ import annotations

import io
from pathlib import Path

from msgspec.structs import replace

from nunatak.core.detect_terms import Reading
from nunatak.documents import annotated, pages, pdfium, rasters, reading
from nunatak.documents.page import Limits, PageText, Word

Content = bytes | Path
_READ_SIDE = 6_600  # pixels of the longest side: 2.5 mm letters on A1 are 20 pixels


def read(content: Content, number: int, limits: Limits, source: Reading = "embedded") -> PageText:
    """The words of page `number`. Raises Unreadable and what derives from it."""
    if source == "embedded" or pages.kind_of(content) != "application/pdf":
        return reading.read(content, number, limits)
    return _pixels(content, number, limits) if source == "pixels" else _annotations(content, number, limits)


def _pixels(content: Content, number: int, limits: Limits) -> PageText:
    """What an eye can read, whatever text the page has."""
    with pdfium.opened_page(content, number) as page:
        told = pdfium.described(page, number)
    picture = io.BytesIO()
    rasters.page_image(content, number, replace(limits, png_side=_READ_SIDE)).save(picture, "PNG", compress_level=1)
    return replace(reading.read(picture.getvalue(), 1, limits), page=number, width=told.width, height=told.height)


def _annotations(content: Content, number: int, limits: Limits) -> PageText:
    """The page's words, but where an annotation says what stands there."""
    with pdfium.opened_page(content, number) as page:
        said = annotated.words(page)
    found = reading.read(content, number, limits)
    lines = max((word.line for word in said), default=-1) + 1
    others = [
        replace(word, line=word.line + lines) for word in found.words if not any(_overlap(one, word) for one in said)
    ]
    return replace(found, source="text" if said and not others else found.source, words=(*said, *others))


def _overlap(one: Word, other: Word) -> bool:
    x, y = (other.box.left + other.box.right) / 2, (other.box.top + other.box.bottom) / 2
    return one.box.left <= x <= one.box.right and one.box.top <= y <= one.box.bottom
