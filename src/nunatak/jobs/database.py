"""The engine's way into the app's own database, and the claim that keeps a second server out of a SQLite file."""

from __future__ import annotations

import fcntl
import os
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url

from nunatak.core.errors import Busy


def connect(url: str) -> Engine:
    """Connections for the engine alone. SQLite's are set up before the engine sees them, for it leaves the journal as
    it finds it, and a rollback journal would make readers and writers wait for each other."""
    if not url.startswith("sqlite"):
        return create_engine(
            url,
            hide_parameters=True,
            pool_size=4,
            max_overflow=12,
            pool_pre_ping=True,
            connect_args={
                "application_name": "nunatak-jobs",
                "options": "-c idle_in_transaction_session_timeout=60000",
            },
        )
    engine = create_engine(url, hide_parameters=True, pool_size=4, max_overflow=12)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(raw: Any, _record: object) -> None:
    raw.isolation_level = "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {pragma}")


class Claim:
    """The right to do the jobs of a SQLite file, held by one process until it `release`s it or ends, however it ends.

    A second process would take the first one's jobs for left over. PostgreSQL needs no claim: there every process has
    an executor id of its own. Raises Busy when another process holds it.
    """

    def __init__(self, url: str) -> None:
        self._file: int | None = None
        path = make_url(url).database
        if not url.startswith("sqlite") or not path or path == ":memory:":
            return
        self._file = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.release()
            raise Busy(f"Another server works with {path}; stop it first") from None

    def release(self) -> None:
        """Gives the right back; harmless when done twice."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
