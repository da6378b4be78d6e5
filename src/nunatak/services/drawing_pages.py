"""The pages of a content: each thing that is made of one is made once, and kept under the content's digest."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from nunatak.core.detect_terms import Reading
from nunatak.core.file import FileContent
from nunatak.documents.errors import Unreadable
from nunatak.documents.page import Document, Drawn, Limits, PageText
from nunatak.services.page_making import Making
from nunatak.services.service import Service

T = TypeVar("T")
_ENCODER = msgspec.json.Encoder()


class Pages:
    """The pages of one content. Every call may raise Unreadable in words for the person who uploaded the file."""

    def __init__(self, service: Service, content: FileContent, source: Path, limits: Limits) -> None:
        self._service = service
        # `check` raises Busy where the server is stopping: the job is done again then.
        self._making = Making(apart=service.documents, source=source, limits=limits, check=service.jobs.check)
        self._folder = f"pages/{content.digest}-{service.reader}"

    def document(self) -> Document:
        """What the content is, and how large its pages are."""
        return self._kept("document.json", Document, self._making.document)

    def text(self, number: int, source: Reading = "embedded") -> PageText:
        """The words of a page, read where `source` says."""
        name = f"{number}-text.json" if source == "embedded" else f"{number}-text-{source}.json"
        return self._kept(name, PageText, partial(self._making.text, number, source))

    def drawn(self, number: int, *, grayscale: bool) -> Drawn:
        """The page for an SVG document; as a picture where drawing it broke its process."""
        name = f"{number}-{'gray' if grayscale else 'color'}.json"
        return self._kept(name, Drawn, partial(self._making.drawn, number, grayscale=grayscale))

    def raster(self, number: int) -> str:
        """The key of the page's PNG."""
        key = f"{self._folder}/{number}.png"
        with self._service.turns.on(key):
            if not self._service.blobs.exists(key):
                self._service.blobs.put(key, self._making.raster(number))
        return key

    def _kept(self, name: str, type_: type[T], make: Callable[[], T]) -> T:
        key = f"{self._folder}/{name}"
        with self._service.turns.on(key):
            if self._service.blobs.exists(key):
                return msgspec.json.decode(self._service.blobs.get(key), type=type_)
            made = make()
            self._service.blobs.put(key, _ENCODER.encode(made))
            return made


@contextmanager
def opened(service: Service, content: FileContent | None, limits: Limits | None = None) -> Iterator[Pages]:
    """The pages of a content, whose bytes lie in a file as long as this lasts. Raises Unreadable for a file that has
    no content, NotFound for one whose bytes are gone."""
    if content is None:
        raise Unreadable("The file has no content: nothing was uploaded yet")
    with _local(service, content) as source:
        yield Pages(service, content, source, limits or Limits())


@contextmanager
def _local(service: Service, content: FileContent) -> Iterator[Path]:
    """The content as a file: the storage's own where it has one, or else a copy that goes at the end."""
    only = content.pieces[0].key if len(content.pieces) == 1 else None
    there = service.blobs.path(only) if only else None
    if there is not None:
        yield there
        return
    folder = Path(tempfile.mkdtemp(prefix="nunatak-"))
    try:
        copy = folder / "content"
        with copy.open("wb") as file:
            for piece in streamed(service, content):
                file.write(piece)
        yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def streamed(service: Service, content: FileContent) -> Iterator[bytes]:
    """A content in pieces; raises NotFound at once where its first blob is gone."""
    first, *rest = [piece.key for piece in content.pieces]
    opened = service.blobs.stream(first)

    def pieces() -> Iterator[bytes]:
        yield from opened
        for key in rest:
            yield from service.blobs.stream(key)

    return pieces()


def plain(value: Any) -> bytes:
    """A record as JSON."""
    return _ENCODER.encode(value)
