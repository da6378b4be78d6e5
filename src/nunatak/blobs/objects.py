"""Objects under keys, on disk or in S3, behind the few calls that the product makes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, S3Store

from nunatak.core.errors import Busy, Invalid, NotFound

if TYPE_CHECKING:
    from obstore import WritableFile
    from obstore.store import RetryConfig, S3Config

# Every part starts with a letter, digit, _ or -: no hidden files, no `.` or `..`, no empty parts.
_KEY = re.compile(r"[a-z0-9_-][a-z0-9_.-]*(/[a-z0-9_-][a-z0-9_.-]*)*")
_LONGEST_KEY = 512
_CHUNK = 1 << 20
_READY = "ready.check"
_STAGED = re.compile(r"#\d+$")  # how the library names a file that it is still writing
_WRITTEN_AT_ONCE = 8 << 20  # bytes of a streamed object that wait for the storage, at most twice so many
# A storage that doesn't answer must refuse within seconds, for a person or a job waits.
_PATIENCE: RetryConfig = {"max_retries": 3, "retry_timeout": timedelta(seconds=10)}


class Writing:
    """An object on its way into the storage: it is there once `close` has returned. One that is dropped before
    was never there. Every call raises Busy when the storage doesn't answer."""

    def __init__(self, key: str, file: WritableFile) -> None:
        self.key = key
        self._file = file

    def write(self, data: bytes) -> None:
        """Takes the next piece."""
        with _said(self.key):
            self._file.write(data)

    def close(self) -> None:
        """Ends the object: readers see it from now on."""
        with _said(self.key):
            self._file.close()


class Blobs:
    """Objects under keys of lower-case letters, digits and `_ - . /` (at most 512 characters; Invalid otherwise).

    The bytes under a key never change: whoever writes a key again writes the same bytes. Content type and name belong
    in the database. Every call raises Busy when the storage doesn't answer.
    """

    def __init__(self, store: LocalStore | S3Store) -> None:
        self._store = store

    def put(self, key: str, data: bytes) -> None:
        """Stores an object whole: readers see it complete or not at all."""
        with _said(key):
            obstore.put(self._store, _checked(key), data)

    def writing(self, key: str) -> Writing:
        """An object to be stored piece by piece, for what shouldn't be in memory whole."""
        path = _checked(key)
        with _said(key):
            file = obstore.open_writer(self._store, path, buffer_size=_WRITTEN_AT_ONCE, max_concurrency=2)
        return Writing(key, file)

    def path(self, key: str) -> Path | None:
        """The object's file, where the storage is a disk of this machine; None where it isn't, or for no object."""
        if not isinstance(self._store, LocalStore) or self._store.prefix is None:
            return None
        found = Path(self._store.prefix) / _checked(key)
        return found if found.is_file() else None

    def get(self, key: str) -> bytes:
        """The object's bytes; raises NotFound."""
        with _said(key):
            return bytes(obstore.get(self._store, _checked(key)).bytes())

    def stream(self, key: str, chunk: int = _CHUNK) -> Iterator[bytes]:
        """The object in pieces of about `chunk` bytes; raises NotFound at once, before the first piece."""
        with _said(key):
            found = obstore.get(self._store, _checked(key))
        return _pieces(key, found.stream(min_chunk_size=chunk))

    def size(self, key: str) -> int:
        """The object's length in bytes; raises NotFound."""
        with _said(key):
            return obstore.head(self._store, _checked(key))["size"]

    def exists(self, key: str) -> bool:
        """Whether there is an object under the key."""
        try:
            self.size(key)
        except NotFound:
            return False
        return True

    def delete(self, key: str) -> None:
        """Removes the object, if it is there."""
        try:
            with _said(key):
                obstore.delete(self._store, _checked(key))
        except NotFound:
            return

    def list(self, prefix: str = "") -> Iterator[str]:
        """The keys below a folder (`pictures` finds `pictures/a`, not `pictures2/a`), all of them without one."""
        for key, _ in self.dated(prefix):
            yield key

    def dated(self, prefix: str = "") -> Iterator[tuple[str, datetime]]:
        """The keys below a folder, each with the time when it was written last."""
        with _said(prefix):
            for page in obstore.list(self._store, prefix=_checked(prefix) if prefix else None):
                for found in page:
                    if found["path"] != _READY:
                        yield found["path"], found["last_modified"]

    def discard_unfinished(self, before: datetime) -> int:
        """Removes what puts that never ended left on a disk before a time, and says how many there were. Of S3, ask the
        bucket's own rule for that."""
        if not isinstance(self._store, LocalStore) or self._store.prefix is None:
            return 0
        with _said(""):
            return sum(_discarded(path, before) for path in _staged(self._store.prefix))

    def check(self) -> None:
        """Raises Busy when the storage can't be written to."""
        self.put(_READY, b"ready")  # a full disk takes an empty file


def open_blobs(url: str) -> Blobs:
    """The storage at a URL, whose folder is made when it isn't there:

    - `file:///folder` or a plain path;
    - `s3://bucket/prefix?region=…&endpoint=…&allow_http=true&access_key_id=…&secret_access_key=…`, where each
      parameter left out comes from the AWS_ variables of the environment.

    Raises Invalid for any other URL.
    """
    parts = urlsplit(url)
    if parts.scheme == "s3" and parts.netloc:
        return Blobs(_s3(parts.netloc, parts.path.strip("/"), dict(parse_qsl(parts.query))))
    if parts.scheme == "file" and not parts.netloc:
        return Blobs(_disk(Path(unquote(parts.path))))
    if url and not parts.scheme:
        return Blobs(_disk(Path(url)))
    raise Invalid("The file storage's address is not valid", ("expected file:///folder or s3://bucket/prefix",))


def _disk(folder: Path) -> LocalStore:
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(folder, mkdir=True, automatic_cleanup=True)


def _s3(bucket: str, prefix: str, given: dict[str, str]) -> S3Store:
    http = given.pop("allow_http", "false") == "true"
    known = {"region", "endpoint", "access_key_id", "secret_access_key", "session_token"}
    if unknown := given.keys() - known:
        raise Invalid(
            "The file storage's address is not valid", tuple(f"unknown parameter {name}" for name in sorted(unknown))
        )
    return S3Store(
        bucket,
        prefix=prefix or None,
        config=cast("S3Config", given),
        client_options={"connect_timeout": "3s", "timeout": "60s", "allow_http": http},
        retry_config=_PATIENCE,
    )


def _staged(folder: Path) -> Iterator[Path]:
    """The files that are still being written; folders that go meanwhile are passed over."""
    for inner, _, names in os.walk(folder):
        yield from (Path(inner, name) for name in names if _STAGED.search(name))


def _discarded(path: Path, before: datetime) -> bool:
    """Removes a file that was written before a time; whether it was there: one whose put ends has its own name then."""
    with suppress(FileNotFoundError):
        if path.stat().st_mtime < before.timestamp():
            path.unlink()
            return True
    return False


def _checked(key: str) -> str:
    if len(key) > _LONGEST_KEY or not _KEY.fullmatch(key):
        raise Invalid("The key of a file is not valid", (f"expected a-z 0-9 _ - . /, got {key[:80]!r}",))
    return key


def _pieces(key: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    with _said(key):
        for piece in pieces:
            yield bytes(piece)


@contextmanager
def _said(key: str) -> Iterator[None]:
    """The storage's own failures in the product's words."""
    try:
        yield
    except (NotFoundError, FileNotFoundError):
        raise NotFound("File not found", (key,)) from None
    except (BaseError, OSError) as error:
        raise Busy("The file storage is not available; try again") from error
