"""The file of a backup: a compressed tar of rows as JSON lines, files as they are, and an end that says it is whole."""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import msgspec

from nunatak.core.errors import Busy, Invalid, NotFound
from nunatak.jobs.notes import Queued

FORMAT = 1
_ROWS, _BLOBS = "rows/", "blobs/"
_MANIFEST, _SECRET, _JOBS, _END = "manifest.json", "secret", "jobs.json", "end.json"
_LEVEL = 3  # of compression: pictures are compressed already
_ENCODER = msgspec.json.Encoder()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup is: its format, the program that wrote it, its schema's revision, and when."""

    format: int
    program: str
    revision: str
    made: datetime


class End(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows of each table and how many files there are."""

    rows: dict[str, int]
    blobs: int


class Writer:
    """Writes a backup; the file is there under its name when all of it is written, and never half."""

    def __init__(self, path: Path) -> None:
        self._path, self._part = path, path.with_name(f"{path.name}.part")

    def __enter__(self) -> Writer:
        self._file = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        self._tar = tarfile.open(fileobj=self._file, mode="w:gz", compresslevel=_LEVEL)
        return self

    def __exit__(self, type_: object, *_rest: object) -> None:
        with self._file:
            self._tar.close()
            self._file.flush()
            os.fsync(self._file.fileno())
        if type_ is None:
            self._part.replace(self._path)
        else:
            self._part.unlink()

    def manifest(self, manifest: Manifest) -> None:
        self._add(_MANIFEST, _ENCODER.encode(manifest))

    def secret(self, secret: str) -> None:
        self._add(_SECRET, secret.encode())

    def rows(self, table: str, rows: Iterable[dict[str, Any]]) -> int:
        """Adds a table, and says how many rows it has."""
        count = 0
        with tempfile.TemporaryFile() as lines:
            for row in rows:
                lines.write(_ENCODER.encode(row) + b"\n")
                count += 1
            size = lines.tell()
            lines.seek(0)
            self._add_file(f"{_ROWS}{table}.jsonl", lines, size)
        return count

    def blobs(self, blobs: Iterable[tuple[str, bytes]]) -> int:
        """Adds files by their keys, and says how many."""
        count = 0
        for key, data in blobs:
            self._add(f"{_BLOBS}{key}", data)
            count += 1
        return count

    def jobs(self, jobs: Iterable[Queued]) -> None:
        self._add(_JOBS, _ENCODER.encode(list(jobs)))

    def end(self, end: End) -> None:
        self._add(_END, _ENCODER.encode(end))

    def _add(self, name: str, data: bytes) -> None:
        self._add_file(name, io.BytesIO(data), len(data))

    def _add_file(self, name: str, file: IO[bytes], size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        self._tar.addfile(entry, file)


class Reader:
    """Reads a backup in the order in which it was written: `tables`, then `blobs`, then `jobs` and `complete`. Raises
    NotFound for no file, Invalid for one that is no whole backup, Busy for one of a newer program than `known`."""

    def __init__(self, path: Path, *, known: str) -> None:
        self._path, self._known = path, known
        self._held: tuple[str, IO[bytes]] | None = None
        self.jobs: list[Queued] = []

    def __enter__(self) -> Reader:
        try:
            self._tar = tarfile.open(self._path, "r|gz")
            self.manifest = msgspec.json.decode(self._next(_MANIFEST), type=Manifest)
        except OSError as error:
            raise NotFound(f"{self._path} can't be read: {error.strerror or error}") from None
        except (tarfile.TarError, msgspec.DecodeError, EOFError):
            raise self._unfit() from None
        if self.manifest.format > FORMAT or self.manifest.revision > self._known:
            raise Busy(
                f"{self._path} was written by nunatak {self.manifest.program}: restore it with that or a newer one"
            )
        self.secret = self._next(_SECRET).decode()
        return self

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        self._tar.close()
        if isinstance(error, tarfile.TarError | EOFError | zlib.error):
            raise self._unfit() from None

    def tables(self) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
        """Each table's name and rows."""
        for name, file in self._while(_ROWS):
            yield name.removesuffix(".jsonl"), (msgspec.json.decode(line) for line in file)

    def blobs(self) -> Iterator[tuple[str, bytes]]:
        """Each file's key and bytes."""
        for key, file in self._while(_BLOBS):
            yield key, file.read()

    def complete(self, found: End) -> None:
        """Reads the rest; raises Invalid unless the file is whole."""
        try:
            self.jobs = msgspec.json.decode(self._next(_JOBS), type=list[Queued])
            told = msgspec.json.decode(self._next(_END), type=End)
        except msgspec.DecodeError:
            raise self._unfit() from None
        if told != found:
            raise self._unfit()

    def _while(self, folder: str) -> Iterator[tuple[str, IO[bytes]]]:
        """The entries of a folder, which stand together."""
        while (entry := self._entry()) is not None and entry[0].startswith(folder):
            self._held = None
            yield entry[0].removeprefix(folder), entry[1]

    def _next(self, name: str) -> bytes:
        entry = self._entry()
        if entry is None or entry[0] != name:
            raise self._unfit()
        self._held = None
        return entry[1].read()

    def _entry(self) -> tuple[str, IO[bytes]] | None:
        """The next entry, which stays the next one until it is taken."""
        try:
            if self._held is None and (found := self._tar.next()) is not None:
                file = self._tar.extractfile(found)
                self._held = (found.name, file) if file is not None else None
        except (tarfile.TarError, EOFError, OSError):
            raise self._unfit() from None
        return self._held

    def _unfit(self) -> Invalid:
        return Invalid(f"{self._path} is no whole backup", ("expected a file that `nunatak backup` wrote to its end",))
