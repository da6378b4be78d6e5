"""Counts that all processes of an installation share, such as of requests in a minute; only PostgreSQL has several."""

from __future__ import annotations

from sqlalchemy import Engine, text

from nunatak.core.errors import Busy
from nunatak.store.database import Database, said
from nunatak.store.statements import AWAY

_LOCK = 0x72617465  # any number that is ours: "rate"
_NOW = "extract(epoch FROM clock_timestamp())"
# What it holds ends within minutes, so it is no part of the schema's history, of backups, or of the server's log.
_TABLE = (
    "CREATE UNLOGGED TABLE IF NOT EXISTS shared_count"
    " (name text PRIMARY KEY, count bigint NOT NULL, ends double precision NOT NULL)"
)
_COUNT = text(
    f"INSERT INTO shared_count AS c VALUES (:name, 1, {_NOW} + :seconds) ON CONFLICT (name) DO UPDATE SET"
    f" count = CASE WHEN c.ends <= {_NOW} THEN 1 ELSE c.count + 1 END,"
    f" ends = CASE WHEN c.ends <= {_NOW} THEN excluded.ends ELSE c.ends END RETURNING count, ends"
)
_COUNTED = text(f"SELECT count, ends FROM shared_count WHERE name = :name AND ends > {_NOW}")
_FORGET = text(
    "DELETE FROM shared_count WHERE name IN"
    f" (SELECT name FROM shared_count WHERE ends <= {_NOW} FOR UPDATE SKIP LOCKED LIMIT 1000)"
)


class SharedCounts:
    """Counts by name in the database, by the database's clock."""

    def __init__(self, database: Database) -> None:
        self._engine: Engine = database.reader  # PostgreSQL's commits at each statement
        with said(), database.writer.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            connection.execute(text(_TABLE))

    def count(self, name: str, seconds: int) -> tuple[int, float]:
        """One more of this name within the `seconds` that began with its first: how many that makes, and their end in
        Unix seconds. Raises Busy while the database is away."""
        with said(), self._engine.connect() as line:
            found = line.execute(_COUNT, {"name": name, "seconds": seconds}).first()
            if found is None:
                raise Busy(AWAY)
            if found[0] == 1:  # as often as windows begin, those that ended are forgotten
                line.execute(_FORGET)
            return int(found[0]), float(found[1])

    def counted(self, name: str) -> tuple[int, float]:
        """How many there are of this name by now, and their end in Unix seconds; (0, 0) for none. Raises Busy."""
        with said(), self._engine.connect() as line:
            found = line.execute(_COUNTED, {"name": name}).first()
            return (int(found[0]), float(found[1])) if found else (0, 0.0)
