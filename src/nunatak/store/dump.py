"""All rows of a database, out of one engine and into either: what backups, restores and moves are made of."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Connection as Connection  # for who passes one on
from sqlalchemy import MetaData, Table, func, insert, inspect, select

from nunatak.core.errors import Conflict
from nunatak.store.database import Database
from nunatak.store.tables import METADATA

_BATCH = 500
_ENCODER = msgspec.json.Encoder(order="deterministic")
Row = dict[str, Any]


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """One state of the database to read from, however long that takes; nobody waits for it."""
    with database.reader.connect() as connection:
        if not database.is_sqlite:
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection
        connection.rollback()


def tables(connection: Connection) -> list[Table]:
    """Our tables as they are there now, in the order of their names; the job engine's are its own."""
    there = set(inspect(connection).get_table_names())
    found = MetaData()
    found.reflect(bind=connection, only=sorted(METADATA.tables.keys() & there))
    return [found.tables[name] for name in sorted(found.tables)]


def rows(connection: Connection, table: Table) -> Iterator[Row]:
    """A table's rows."""
    query = select(table).execution_options(stream_results=True, max_row_buffer=_BATCH)
    for row in connection.execute(query):
        yield dict(row._mapping)


def is_empty(connection: Connection) -> bool:
    """Whether none of our tables has a row."""
    return all(connection.scalar(select(func.count()).select_from(table)) == 0 for table in tables(connection))


def empty(connection: Connection) -> None:
    """Removes all rows of our tables."""
    for table in tables(connection):
        connection.execute(table.delete())


def fill(connection: Connection, table: Table, given: Iterable[Row]) -> int:
    """Stores rows, and says how many. Raises Conflict for columns that the table doesn't have."""
    total, left = 0, iter(given)
    while batch := list(itertools.islice(left, _BATCH)):
        if unknown := batch[0].keys() - {column.name for column in table.columns}:
            raise Conflict(f"The table {table.name} has no column {', '.join(sorted(unknown))}")
        connection.execute(insert(table), batch)
        total += len(batch)
    return total


def copy(source: Connection, target: Connection) -> dict[str, int]:
    """Stores all rows of one database in another, which has the same tables, all empty; the number of rows by table."""
    there = {table.name: table for table in tables(target)}
    return {table.name: fill(target, there[table.name], rows(source, table)) for table in tables(source)}


def digests(connection: Connection) -> dict[str, tuple[int, str]]:
    """The number of a table's rows and a digest of them all, in whatever order, by table: equal contents have equal
    digests on either engine."""
    found: dict[str, tuple[int, str]] = {}
    for table in tables(connection):
        count = total = 0
        for row in rows(connection, table):
            count += 1
            total += int.from_bytes(hashlib.sha256(_ENCODER.encode(row)).digest())
        found[table.name] = (count, f"{total % (1 << 256):064x}")
    return found
