"""Pages made in other processes: what breaks one of them costs one page, and is told in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import structlog

from nunatak.core.detect_terms import Reading
from nunatak.core.errors import Refusal, TooLarge
from nunatak.documents import work
from nunatak.documents.errors import Unreadable
from nunatak.documents.page import Document, Drawn, Limits, PageText
from nunatak.jobs.pool import WorkerDied
from nunatak.services.service import Apart

T = TypeVar("T")
_log: Any = structlog.get_logger("nunatak.drawings")


class Broken(Unreadable):
    """A page that ends the process which works on it, or that the program fails on."""

    code = "document/broken"

    def __init__(self) -> None:
        super().__init__("The page breaks the program that reads it, or needs more memory than a page may have")


def _always() -> None:
    """Nothing stops."""


@dataclass(frozen=True, kw_only=True)
class Making:
    """What is made of one document. Every call may raise Unreadable in words for the person whose file it is, and
    TooLarge for work that takes too long; `check` raises Busy where processes end because all of this stops."""

    apart: Apart
    source: Path
    limits: Limits
    check: Callable[[], None] = _always

    def document(self) -> Document:
        """What the content is, and how large its pages are."""
        return self._made(work.look)

    def text(self, number: int, source: Reading = "embedded") -> PageText:
        """The words of a page, read where `source` says."""
        return self._made(work.read if source == "embedded" else partial(work.read, source=source), number)

    def drawn(self, number: int, *, grayscale: bool) -> Drawn:
        """The page for an SVG document; as a picture where drawing it broke its process or took too long."""
        try:
            return self._made(partial(work.draw, grayscale=grayscale), number)
        except (Broken, TooLarge):
            return self._made(partial(work.picture, grayscale=grayscale), number)

    def raster(self, number: int) -> bytes:
        """The page's PNG."""
        return self._made(work.raster, number)

    def _made(self, function: Callable[..., T], *args: object) -> T:
        return guarded(self.apart, self.check, function, self.source, *args, self.limits)


def guarded(apart: Apart, check: Callable[[], None], function: Callable[..., T], *args: object) -> T:
    """A call in another process, once more where that dies: another call may have taken its memory. Raises Broken for
    what no document should lead to; the log has the reason."""
    for last in (False, True):
        try:
            return apart(function, *args)
        except WorkerDied:
            check()
            if last:
                raise Broken from None
        except Refusal:
            raise
        except Exception as error:
            _log.warning("page not made", reason=f"{type(error).__name__}: {error}")
            raise Broken from None
    raise AssertionError


def readable(text: Callable[[int], PageText], number: int) -> tuple[PageText | None, str]:
    """A page's words for the layer that is searched, or why there are none: the page is drawn without them."""
    try:
        return text(number), ""
    except (Unreadable, TooLarge) as refusal:
        return None, f"Its words can't be read: {refusal.message}"
