"""Which processes live, as PostgreSQL knows it: each holds a lock that goes when it does, and looks for free ones."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from nunatak.core.errors import Busy

_EXCLUSIVE = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_SHARED = text("SELECT pg_try_advisory_lock_shared(hashtextextended(:name, 0))")
_UNLOCK_SHARED = text("SELECT pg_advisory_unlock_shared(hashtextextended(:name, 0))")
# The server finds out within 15 seconds that a host is gone, however it went; we find out that the server is.
_OPTIONS = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3"
_KEEPALIVES = {"keepalives_idle": 5, "keepalives_interval": 3, "keepalives_count": 3, "tcp_user_timeout": 15_000}
_APPLICATION = "nunatak-life"
_FENCED = 75  # the exit status of a process that others take for dead
_log = logging.getLogger("nunatak.jobs")


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds: between two looks at the others; after a lost line, until others are judged, for they may have lost
    theirs at the same moment; and without our own lock, until we go so that nobody does our jobs beside us."""

    look: float = 1.0
    others: float = 10.0
    own: float = 15.0


class Life:
    """Holds the lock of one executor from `begin` to `end`, in a thread, and gives the jobs of dead executors back.

    `pending` are the executors that have jobs in hand, as the database has it; `give_back` queues the jobs of one of
    them again; `busy` says whether we have jobs in hand. A process that can reach the database and yet can't hold its
    lock ends itself with `fence`.
    """

    def __init__(
        self,
        url: str,
        executor: str,
        *,
        pending: Callable[[], Iterable[str]],
        give_back: Callable[[str], None],
        busy: Callable[[], bool],
        fence: Callable[[int], object] = os._exit,
        patience: Patience | None = None,
    ) -> None:
        self._engine = _engine(url)
        self._executor = executor
        self._pending, self._give_back, self._busy, self._fence = pending, give_back, busy, fence
        self._patience = patience or Patience()
        self._line: Connection | None = None
        self._lost: float | None = None  # when we lost our lock, and from when on others are judged: monotonic times
        self._judging = 0.0
        self._free: set[str] = set()  # executors whose lock was free at the last look
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._live, name="jobs-life", daemon=True)

    def begin(self) -> None:
        """Takes the lock; raises Busy when another process of this name lives."""
        end = time.monotonic() + self._patience.others
        while not self._held():
            if time.monotonic() > end:
                raise Busy(f"Another process works as {self._executor}, or the database is not available")
            time.sleep(0.1)
        self._judging = 0.0  # whoever's lock is free as we come has been dead before
        self._thread.start()

    def end(self) -> None:
        """Gives the lock back; harmless when done twice."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()
        self._drop()
        self._engine.dispose()

    def _live(self) -> None:
        while not self._ended.wait(self._patience.look):
            try:
                if self._held():
                    self._look()
                elif self._lost_for() > self._patience.own and self._busy() and self._reachable():
                    _log.critical("this process lost its lock and can't take it again; it ends, others do its jobs")
                    self._fence(_FENCED)
            except Exception:
                _log.exception("the processes of the job engine could not be looked at")

    def _held(self) -> bool:
        """Whether we hold our lock; takes it where it was lost."""
        try:
            if self._line is not None:
                self._line.execute(text("SELECT 1"))
                return True
            self._line = self._engine.connect()
            if self._line.execute(_EXCLUSIVE, {"name": _name(self._executor)}).scalar():
                self._lost = None
                self._judging = time.monotonic() + self._patience.others
                return True
        except DBAPIError:
            pass
        self._lost = self._lost or time.monotonic()
        self._drop()
        return False

    def _lost_for(self) -> float:
        return time.monotonic() - (self._lost or time.monotonic())

    def _look(self) -> None:
        """Gives back the jobs of executors whose lock is free at two looks in a row."""
        if time.monotonic() < self._judging:
            return
        free = {name for name in set(self._pending()) - {self._executor} if self._is_free(name)}
        for name in free & self._free:
            _log.warning("the jobs of %s, which is gone, are queued again", name)
            self._give_back(name)
        self._free = free

    def _is_free(self, name: str) -> bool:
        """Several may ask at once without taking each other for the one that is asked about."""
        assert self._line is not None
        if not self._line.execute(_SHARED, {"name": _name(name)}).scalar():
            return False
        self._line.execute(_UNLOCK_SHARED, {"name": _name(name)})
        return True

    def _reachable(self) -> bool:
        try:
            with self._engine.connect() as line:
                line.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    def _drop(self) -> None:
        if self._line is not None:
            with suppress(DBAPIError):
                self._line.invalidate()
            with suppress(DBAPIError):
                self._line.close()
        self._line = None


def others(url: str) -> int:
    """How many processes do or queue jobs with a PostgreSQL database."""
    engine = _engine(url)
    with engine.connect() as line:
        query = "SELECT count(DISTINCT pid) FROM pg_stat_activity WHERE datname = current_database()"
        query += " AND application_name = :name AND pid <> pg_backend_pid()"
        found = int(line.execute(text(query), {"name": _APPLICATION}).scalar() or 0)
    engine.dispose()
    return found


def _engine(url: str) -> Engine:
    """Lines that are opened for each use and closed after it; every statement is a transaction of its own."""
    return create_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={
            "application_name": _APPLICATION,
            "connect_timeout": 5,
            "options": _OPTIONS,
            **_KEEPALIVES,
        },
    )


def _name(executor: str) -> str:
    return f"nunatak-executor:{executor}"
