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

from nunatak.core.file import FileContent
from nunatak.documents import work
from nunatak.documents.errors import Unreadable
from nunatak.documents.page import Document, Drawn, Limits, PageText
from nunatak.jobs.pool import WorkerDied
from nunatak.services.service import Service

T = TypeVar("T")
_ENCODER = msgspec.json.Encoder()


class Pages:
    """The pages of one content, made in other processes: what breaks one of them costs one page. Every call may
    raise Unreadable in words for the person who uploaded the file."""

    def __init__(self, service: Service, content: FileContent, source: Path, limits: Limits) -> None:
        self._service = service
        self._source = source
        self._limits = limits
        self._folder = f"pages/{content.digest}-{service.reader}"

    def document(self) -> Document:
        """What the content is, and how large its pages are."""
        return self._kept("document.json", Document, work.look)

    def text(self, number: int) -> PageText:
        """The words of a page."""
        return self._kept(f"{number}-text.json", PageText, work.read, number)

    def drawn(self, number: int, *, grayscale: bool) -> Drawn:
        """The page for an SVG document; as a picture where drawing it broke its process."""
        name = f"{number}-{'gray' if grayscale else 'color'}.json"
        try:
            return self._kept(name, Drawn, partial(work.draw, grayscale=grayscale), number)
        except Broken:
            return self._kept(name, Drawn, partial(work.picture, grayscale=grayscale), number)

    def raster(self, number: int) -> str:
        """The key of the page's PNG."""
        key = f"{self._folder}/{number}.png"
        with self._service.turns.on(key):
            if not self._service.blobs.exists(key):
                self._service.blobs.put(key, self._apart(work.raster, number))
        return key

    def _kept(self, name: str, type_: type[T], make: Callable[..., T], *args: object) -> T:
        key = f"{self._folder}/{name}"
        with self._service.turns.on(key):
            if self._service.blobs.exists(key):
                return msgspec.json.decode(self._service.blobs.get(key), type=type_)
            made = self._apart(make, *args)
            self._service.blobs.put(key, _ENCODER.encode(made))
            return made

    def _apart(self, make: Callable[..., T], *args: object) -> T:
        """A call in another process, once more where that dies: another call may have taken its memory."""
        for last in (False, True):
            try:
                return self._service.apart(make, self._source, *args, self._limits)
            except WorkerDied:
                self._service.jobs.check()  # raises Busy where the server is stopping: the job is done again then
                if last:
                    raise Broken from None
        raise AssertionError


class Broken(Unreadable):
    """A page that ends the process which works on it."""

    code = "document/broken"

    def __init__(self) -> None:
        super().__init__("The page breaks the program that reads it, or needs more memory than a page may have")


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
