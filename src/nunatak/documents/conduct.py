"""A page from file to record through a process pool: what is done when a page takes its process along.

`run` makes one call in another process and raises one of `lost` when that process died or took too long, as the pool's
`run` does. A lost page is told in words; the document's other pages go on.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from nunatak.documents import work
from nunatak.documents.errors import Unreadable
from nunatak.documents.page import Document, Drawn, Limits, PageText

Content = bytes | Path


class Hands(NamedTuple):
    """Who makes the calls: `run(function, *arguments, timeout=seconds)`, and what it raises for a lost process."""

    run: Callable[..., Any]
    lost: tuple[type[Exception], ...]
    limits: Limits = Limits()
    look_seconds: float = 30
    read_seconds: float = 120
    draw_seconds: float = 60


def look(hands: Hands, content: Content) -> Document:
    """What the document is. Raises Unreadable, also when looking at it took the process along."""
    document: Document = _asked(hands, hands.look_seconds, "The file", work.look, content, hands.limits)
    return document


def read(hands: Hands, content: Content, page: int) -> PageText:
    """The words of a page. Raises Unreadable."""
    text: PageText = _asked(hands, hands.read_seconds, f"Page {page}", work.read, content, page, hands.limits)
    return text


def raster(hands: Hands, content: Content, page: int) -> bytes:
    """The page as PNG. Raises Unreadable."""
    png: bytes = _asked(hands, hands.draw_seconds, f"Page {page}", work.raster, content, page, hands.limits)
    return png


def draw(hands: Hands, content: Content, page: int, *, grayscale: bool = True) -> Drawn:
    """The page for an SVG document; as a picture where its vectors took the process along. Raises Unreadable."""
    try:
        drawn: Drawn = hands.run(work.draw, content, page, hands.limits, grayscale, timeout=hands.draw_seconds)
    except hands.lost:
        drawn = _asked(hands, hands.draw_seconds, f"Page {page}", work.picture, content, page, hands.limits, grayscale)
    return drawn


def _asked(
    hands: Hands, seconds: float, what: str, function: Callable[..., Any], content: Content, *arguments: object
) -> Any:
    try:
        return hands.run(function, content, *arguments, timeout=seconds)
    except hands.lost as loss:
        raise Unreadable(f"{what} can't be read: the reader gave up on it ({loss})") from None
