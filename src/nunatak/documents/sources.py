"""Where the words of a page are read: in its text, in that and what CAD programs leave as annotations, or in pixels."""

from __future__ import annotations

import io

from msgspec.structs import replace

from nunatak.core.detect_terms import Reading
from nunatak.documents import annotated, pages, pdfium, rasters, reading
from nunatak.documents.page import Content, Limits, PageText


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
    finer = replace(limits, png_side=reading.READ_SIDE)
    rasters.page_image(content, number, finer).save(picture, "PNG", compress_level=1)
    return replace(reading.read(picture.getvalue(), 1, limits), page=number, width=told.width, height=told.height)


def _annotations(content: Content, number: int, limits: Limits) -> PageText:
    """The page's words, but where an annotation says what stands there."""
    with pdfium.opened_page(content, number) as page:
        said = annotated.words(page)
    found = reading.read(content, number, limits)
    lines = max((word.line for word in said), default=-1) + 1
    beside = (word for word in found.words if not any(one.box.covers(word.box) for one in said))
    others = [replace(word, line=word.line + lines) for word in beside]
    return replace(found, source="text" if said and not others else found.source, words=(*said, *others))
