"""The database: opens SQLite or PostgreSQL and hands out units of work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from nunatak.core.errors import Busy, Conflict
from nunatak.store.statements import AWAY
from nunatak.store.unit import Unit

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "busy_timeout=10000",
    "foreign_keys=ON",
    "cache_size=-16000",
    "temp_store=MEMORY",
    "mmap_size=134217728",
    "journal_size_limit=67108864",
)


_AT_ONCE: dict[str, Any] = {"isolation_level": "AUTOCOMMIT"}
_AS_ONE: dict[str, Any] = {"isolation_level": "READ COMMITTED"}
_UNUSED = 2.0  # seconds after which a connection may have been lost: a look each time would cost a part of each request


class Database:
    """A database by its SQLAlchemy URL (`sqlite:///file` or `postgresql+psycopg://…`).

    SQLite writers stand in line within the process and take the write lock at once, for a deferred transaction that
    turns into a writer fails under load; readers see the last commit and wait for nobody.
    """

    def __init__(self, url: str, *, clock: Callable[[], datetime]) -> None:
        self.url = url
        self._clock = clock
        self._line = threading.Lock()
        self.is_sqlite = url.startswith("sqlite")
        # PostgreSQL's readers see the last commit at each statement: without a transaction they ask half as often.
        self.reader = _sqlite(url, "BEGIN") if self.is_sqlite else _postgresql(url)
        self.writer = _sqlite(url, "BEGIN IMMEDIATE") if self.is_sqlite else self.reader.execution_options(**_AS_ONE)

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A unit that only reads."""
        with said(), self.reader.connect() as connection, connection.begin() as begun:
            yield Unit(connection, position=0)
            begun.rollback()

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A unit that is committed whole at the end, or not at all when anything is raised."""
        with said(), self._turn(), self.writer.begin() as connection:
            unit = Unit(connection, position=self._next_position(), writing=True)
            yield unit
            unit.flush()

    @contextmanager
    def trial(self) -> Iterator[Unit]:
        """A unit that writes and is never committed: its writes are seen within it and by nobody else. It keeps other
        writers waiting, so read what you need and leave."""
        with said(), self._turn(), self.writer.connect() as connection, connection.begin() as begun:
            try:
                yield Unit(connection, position=self._next_position(), writing=True)
            finally:
                begun.rollback()

    def check(self) -> None:
        """Raises Busy when the database doesn't answer."""
        with said(), self.reader.connect() as connection:
            connection.execute(text("SELECT 1"))

    def lines(self) -> dict[str, int]:
        """How many connections of the pool are in use, and how many idle."""
        pools: list[Any] = [self.reader.pool, self.writer.pool] if self.is_sqlite else [self.writer.pool]
        return {"used": sum(p.checkedout() for p in pools), "idle": sum(p.checkedin() for p in pools)}

    def close(self) -> None:
        """Closes all connections."""
        self.reader.dispose()
        self.writer.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        with self._line:
            yield

    def _next_position(self) -> int:
        """Creation order is the order of transactions: microseconds, with room for a unit's own count."""
        return int(self._clock().timestamp() * 1_000_000)


class Joined(Database):
    """The same database within a unit that somebody else opened and will commit: reads see what it has written, and
    each write is undone alone when it fails."""

    def __init__(self, whole: Database, unit: Unit) -> None:
        vars(self).update(vars(whole))
        self._unit = unit

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """The unit itself."""
        with said():
            yield self._unit

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """The unit itself, back where it was when anything is raised."""
        with said(), self._unit.savepoint():
            yield self._unit

    @contextmanager
    def trial(self) -> Iterator[Unit]:
        """The unit itself, back where it was at the end."""
        with said(), undone(self._unit):
            yield self._unit


class _Undone(Exception):
    """Ends what was tried."""


@contextmanager
def undone(unit: Unit) -> Iterator[None]:
    """What is written within is seen there, and taken back at its end."""
    try:
        with unit.savepoint():
            yield
            raise _Undone
    except _Undone:
        pass


def _sqlite(url: str, begin: str) -> Engine:
    engine = create_engine(url, pool_size=16, max_overflow=32, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(raw: object, _record: object) -> None:
        raw.isolation_level = None  # type: ignore[attr-defined]
        cursor = raw.cursor()  # type: ignore[attr-defined]
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if begin == "BEGIN":  # takes no lock, so it can't fail, and the way round the library's costs a fifth
            connection.connection.driver_connection.execute(begin)  # type: ignore[union-attr]
        else:
            connection.exec_driver_sql(begin)

    return engine


def _postgresql(url: str) -> Engine:
    """As many connections as requests are carried out at once, which commit each statement until somebody wants them
    in a transaction; a server that is away is noticed within seconds."""
    engine = create_engine(
        url,
        **_AT_ONCE,
        hide_parameters=True,  # an error's words go to the log, and what was to be stored must not
        pool_size=10,
        max_overflow=30,
        pool_timeout=5,
        connect_args={
            "application_name": "nunatak",
            "connect_timeout": 5,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 20_000,
        },
    )

    @event.listens_for(engine, "checkin")
    def _left(_raw: object, record: Any) -> None:
        record.info["left"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _looked_at(raw: Any, record: Any, _proxy: object) -> None:
        now = time.monotonic()
        if now - record.info.get("left", now) < _UNUSED:
            return
        try:
            engine.dialect.do_ping(raw)
        except engine.dialect.loaded_dbapi.Error as lost:
            raise DisconnectionError from lost

    return engine


@contextmanager
def said() -> Iterator[None]:
    """The database's own failures in the product's words."""
    try:
        yield
    except (OperationalError, PoolTimeout) as error:
        raise Busy(AWAY) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Busy(AWAY) from error
        if "unique" in str(error.orig).lower():
            raise Conflict("Something with this id or handleId exists already") from error
        raise
