"""PDF pages through PDFium, which isn't safe for threads: one lock a process, held from opening to closing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from pypdfium2 import raw

from nunatak.documents.errors import Encrypted, NoSuchPage, Truncated, Unreadable
from nunatak.documents.page import Content, Page

Corners = tuple[float, float, float, float]
_LOCK = threading.RLock()


@contextmanager
def opened(content: Content) -> Iterator[pypdfium2.PdfDocument]:
    """The document, as long as the block runs. Raises Encrypted, Truncated."""
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise _refusal(error) from None
        try:
            yield document
        finally:
            document.close()


@contextmanager
def opened_page(content: Content, number: int) -> Iterator[pypdfium2.PdfPage]:
    """One page, counted from 1, as long as the block runs. Raises as `opened` does, and NoSuchPage, Unreadable."""
    with opened(content) as document:
        page = _loaded(document, number)
        try:
            yield page
        finally:
            page.close()


def page_of(document: pypdfium2.PdfDocument, number: int) -> Page:
    """How large page `number` is, without reading what is on it (no rotation, no crop box yet). Raises Unreadable."""
    try:
        width, height = document.get_page_size(number - 1)
    except pypdfium2.PdfiumError:
        raise Unreadable(f"Page {number} can't be read: the file is damaged there") from None
    return _sized(Page(number=number, width=width, height=height))


def described(page: pypdfium2.PdfPage, number: int) -> Page:
    """The record of a page that is open."""
    width, height = page.get_size()
    return _sized(Page(number=number, width=width, height=height, rotation=page.get_rotation(), crop=bounds(page)))


def bounds(page: pypdfium2.PdfPage) -> Corners:
    """The part of the page's own space that is displayed: left, bottom, right, top."""
    left, bottom, right, top = page.get_bbox()
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _sized(page: Page) -> Page:
    if not (page.width > 0 and page.height > 0):
        raise Unreadable(f"Page {page.number} has no size")
    return page


def _loaded(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    if not 1 <= number <= len(document):
        raise NoSuchPage(f"The document has {len(document)} pages; page {number} was asked for")
    try:
        return document[number - 1]
    except pypdfium2.PdfiumError:
        raise Unreadable(f"Page {number} can't be read: the file is damaged there") from None


def _refusal(error: pypdfium2.PdfiumError) -> Unreadable:
    code = getattr(error, "err_code", None)
    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return Encrypted("The PDF is encrypted and asks for a password; upload it without one")
    return Truncated("The PDF is damaged or ends too early; no page of it can be read")
