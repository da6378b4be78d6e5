"""The service: everything a use case needs, put together in one place by the wiring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from sqlalchemy import Connection

from nunatak.core.access import Actor
from nunatak.render.draw import Files
from nunatak.services import deliveries, logs
from nunatak.services.ahead import later
from nunatak.services.bounds import Bounds
from nunatak.services.changes import Ledger
from nunatak.services.deliveries import Retries
from nunatak.services.housekeeping import Keeping
from nunatak.services.meters import Meters
from nunatak.services.posting import Poster
from nunatak.services.refusals import Refusals
from nunatak.services.turns import Turns
from nunatak.services.vault import Vault
from nunatak.services.vocabularies import Vocabularies
from nunatak.store.database import Database
from nunatak.store.unit import Unit

if TYPE_CHECKING:
    from nunatak.services.issuers import Issuer

T = TypeVar("T")


class BlobWriting(Protocol):
    """A file on its way in."""

    def write(self, data: bytes) -> None: ...
    def close(self) -> None: ...


class BlobStore(Protocol):
    """Where finished files lie."""

    def put(self, key: str, data: bytes) -> None: ...
    def writing(self, key: str) -> BlobWriting: ...
    def get(self, key: str) -> bytes: ...
    def stream(self, key: str) -> Iterator[bytes]: ...
    def path(self, key: str) -> Path | None: ...
    def delete(self, key: str) -> None: ...
    def list(self, prefix: str) -> Iterator[str]: ...
    def exists(self, key: str) -> bool: ...
    def dated(self, prefix: str) -> Iterable[tuple[str, datetime]]: ...
    def discard_unfinished(self, before: datetime) -> int: ...
    def check(self) -> None: ...


class JobQueue(Protocol):
    """Where durable work is queued, within the caller's transaction, and notes of what is done are forgotten."""

    def enqueue(
        self,
        connection: Connection,
        kind: str,
        payload: dict[str, str],
        *,
        job_id: str,
        delay_seconds: float = 0,
        asked_by: str = "",
    ) -> None: ...
    def asked(self, connection: Connection, asked_by: str) -> int: ...
    def forget(self, before: datetime) -> int: ...
    def check(self) -> None: ...


class TokenSigner(Protocol):
    """Makes addresses of files that can't be guessed and run out."""

    def sign(self, key: str, content_type: str, name: str) -> str: ...
    def seal(self, purpose: str, words: Sequence[str], *, seconds: int) -> str: ...
    def unseal(self, purpose: str, token: str) -> list[str]: ...


class Painter(Protocol):
    """Draws pictures outside of this process, as `render.draw.draw` does."""

    def __call__(self, picture: bytes, options: bytes, output: bytes) -> Files: ...


class Apart(Protocol):
    """Makes a call in another process; the function, its arguments and its result must pickle."""

    def __call__(self, function: Callable[..., T], *args: object) -> T: ...


def at_once(function: Callable[..., T], *args: object) -> T:
    """Makes the call in this process."""
    return function(*args)


@dataclass(frozen=True, kw_only=True)
class Service:
    """What the use cases work with. `pepper` keys the digests of API keys and signs sessions, `older_peppers` did
    before it, `vault` seals secrets, `issuer` vouches for users. `painter` draws pictures, `apart` takes what would
    keep this process from answering, `documents` is apart where drawings' files are read, `engine` where the layout
    engine is; `renderer` and `reader` are words that change whenever pictures are drawn and documents read otherwise.
    `turns` keep two threads from making the same thing, `ahead` begins short work before its turn in the queue.
    `keep_files` is how long an export's files stay, `keeping` how long everything else does, `bounds` how much may be
    under way. `poster` sends webhook messages, as often as `retries` says; `vocabularies` are the words that search
    corrects mistypings by, `meters` count and time what is done, `refusals` keep the log from being flooded."""

    database: Database
    blobs: BlobStore
    jobs: JobQueue
    tokens: TokenSigner
    painter: Painter
    clock: Callable[[], datetime]
    pepper: bytes
    vault: Vault
    older_peppers: tuple[bytes, ...] = ()
    renderer: str = ""
    reader: str = ""
    turns: Turns = field(default_factory=Turns)
    ahead: Callable[[Callable[[], None]], bool] = later
    apart: Apart = at_once
    documents: Apart = at_once
    engine: Apart = at_once
    vocabularies: Vocabularies = field(default_factory=Vocabularies)
    keep_files: timedelta = timedelta(days=7)
    poster: Poster = field(default_factory=Poster)
    retries: Retries = field(default_factory=Retries)
    keeping: Keeping = field(default_factory=Keeping)
    meters: Meters = field(default_factory=Meters)
    bounds: Bounds = field(default_factory=Bounds)
    issuer: Issuer | None = None
    refusals: Refusals = field(default_factory=Refusals)

    @property
    def peppers(self) -> tuple[bytes, ...]:
        """The pepper and those before it: what any of them has made is good."""
        return self.pepper, *self.older_peppers

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """A unit that only reads."""
        with self.meters.traces.span("read"), self.database.read() as unit:
            yield unit

    @contextmanager
    def writing(self, actor: Actor) -> Iterator[Ledger]:
        """A ledger whose changes are committed together, with true back references, their log and the messages that
        tell of them, or not at all."""
        with self.meters.traces.span("write"), self.database.write() as unit:
            ledger = Ledger(unit, actor, now=self.clock)
            yield ledger
            ledger.settle()
            logs.keep(ledger)
            deliveries.tell(ledger, self.jobs)
