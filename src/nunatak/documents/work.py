"""What a worker process does with a document: one call, one page, so that a crash of a native library costs that page.

`content` is the file's bytes or the path of a local copy (large files shouldn't be copied to a worker for each page).
The pool passes arguments by position. Every function may raise `documents.errors.Unreadable`; all results are records
of `documents.page` or bytes. The libraries are loaded where they work: a server that only names these functions has
40 MB less to hold.
"""

from __future__ import annotations

from nunatak.core.detect_terms import Reading
from nunatak.documents.page import Content, Document, Drawn, Limits, PageText


def look(content: Content, limits: Limits) -> Document:
    """What the document is and how large its pages are; nothing is rendered."""
    from nunatak.documents import pages

    return pages.look(content, limits)


def read(content: Content, page: int, limits: Limits, source: Reading = "embedded") -> PageText:
    """The words of a page: from its text layer, by OCR where its text is drawn, or as `source` says."""
    from nunatak.documents import sources

    return sources.read(content, page, limits, source)


def raster(content: Content, page: int, limits: Limits) -> bytes:
    """The page as PNG, at most `limits.png_side` pixels long."""
    from nunatak.documents import rasters

    return rasters.png(content, page, limits)


def draw(content: Content, page: int, limits: Limits, grayscale: bool = True) -> Drawn:
    """The page for an SVG document: vectors where it has them and they come out right, otherwise a picture."""
    from nunatak.documents import vectors

    return vectors.draw(content, page, limits, grayscale=grayscale)


def picture(content: Content, page: int, limits: Limits, grayscale: bool = True) -> Drawn:
    """The page for an SVG document as a picture; what takes the place of `draw` when that took its process along."""
    from nunatak.documents import rasters

    return rasters.picture(content, page, limits, grayscale=grayscale)
