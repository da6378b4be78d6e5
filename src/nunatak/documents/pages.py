"""Bytes to what they are: the kind of a document is read from its bytes, a page's size from the file's structure."""

from __future__ import annotations

import pypdfium2

from nunatak.documents import images, pdfium
from nunatak.documents.errors import TooBig, TooManyPages, UnknownKind, Unreadable
from nunatak.documents.page import Content, Document, Limits, MediaType, Page

_LETTER = 612, 792  # what readers take a page for that says nothing of its size
_HEAD = 1024  # a PDF may begin with other bytes


def media_type(head: bytes) -> MediaType:
    """The kind of the document that begins with `head` (1 KiB is enough). Raises UnknownKind."""
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "image/tiff"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if b"%PDF-" in head[:_HEAD]:
        return "application/pdf"
    raise UnknownKind("The file is no PDF, TIFF, PNG or JPEG; its first bytes are of none of them")


def kind_of(content: Content) -> MediaType:
    """The kind of a whole document. Raises UnknownKind."""
    return media_type(head(content))


def head(content: Content) -> bytes:
    """The first bytes of a document."""
    if isinstance(content, bytes):
        return content[:_HEAD]
    with content.open("rb") as file:
        return file.read(_HEAD)


def look(content: Content, limits: Limits) -> Document:
    """The document's kind and pages. Raises UnknownKind, Encrypted, Truncated, TooManyPages, TooBig."""
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if size > limits.content_bytes:
        raise TooBig(f"The file has {size:,} bytes; at most {limits.content_bytes:,} are read")
    kind = kind_of(content)
    if kind != "application/pdf":
        return Document(media_type=kind, pages=images.pages(content, kind, limits))
    with pdfium.opened(content) as document:
        if len(document) > limits.pages:
            raise TooManyPages(f"The PDF has {len(document):,} pages; at most {limits.pages:,} are read")
        return Document(media_type=kind, pages=_pages(document))


def _pages(document: pypdfium2.PdfDocument) -> tuple[Page, ...]:
    """The pages of a PDF. One that is damaged is listed, and its own error later; raises Unreadable where all are."""
    found: list[Page] = []
    errors: list[Unreadable] = []
    for number in range(1, len(document) + 1):
        try:
            found.append(pdfium.page_of(document, number))
        except Unreadable as error:
            errors.append(error)
            found.append(Page(number=number, width=_LETTER[0], height=_LETTER[1]))
    if not found:
        raise Unreadable("The PDF has no pages")
    if len(errors) == len(found):
        raise errors[0]
    return tuple(found)
