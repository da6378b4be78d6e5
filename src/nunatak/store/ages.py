"""What is kept for a while only: what has run out by its own date, or by its place in creation order, which is time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, delete, func, literal, select

from nunatak.core.kinds import Kind
from nunatak.store.tables import TABLES
from nunatak.store.unit import Unit

Spots = dict[str, list[str]]  # the ids of entities by scope


def forget(unit: Unit, kind: Kind, scope: str, *, before: datetime) -> None:
    """Removes a scope's entities of a kind that nothing finds by its lists, if they were made before a time."""
    table = TABLES[kind.name]
    assert not kind.terms, kind.name
    unit.connection.execute(delete(table).where(table.c.scope_id == scope, table.c.position < place(before)))


def older(unit: Unit, kind: Kind, scope: str, *, before: int, limit: int) -> Spots:
    """Where a scope's oldest entities of a kind are, of those before a position, `limit` at most."""
    table = TABLES[kind.name]
    return _spots(unit, kind, (table.c.scope_id == scope) & (table.c.position < before), limit)


def older_anywhere(unit: Unit, kind: Kind, *, before: int, limit: int) -> Spots:
    """Where a kind's oldest entities are, whosever they are, of those before a position, `limit` at most."""
    return _spots(unit, kind, TABLES[kind.name].c.position < before, limit)


def expired(unit: Unit, kind: Kind, *, at: datetime, limit: int) -> Spots:
    """Where a kind's entities are whose own `deleteAt` has come, `limit` at most."""
    moment = msgspec.json.encode(at).decode().strip('"')
    return _spots(unit, kind, _delete_at(unit, TABLES[kind.name]) <= moment, limit)


def remove(unit: Unit, kind: Kind, spots: Spots) -> int:
    """Removes these entities and what finds them, and says how many they are."""
    for scope, ids in spots.items():
        unit.remove(kind, scope, ids)
    return sum(map(len, spots.values()))


def place(time: datetime) -> int:
    """The position of what is made at a time, but for entries of the log, which have positions of their own."""
    return int(time.timestamp() * 1_000_000)


def _spots(unit: Unit, kind: Kind, condition: ColumnElement[bool], limit: int) -> Spots:
    table = TABLES[kind.name]
    query = select(table.c.scope_id, table.c.id).where(condition).order_by(table.c.position).limit(limit)
    found: Spots = {}
    for scope, id_ in unit.connection.execute(query):
        found.setdefault(scope, []).append(id_)
    return found


def _delete_at(unit: Unit, table: Any) -> ColumnElement[str]:
    """A document's `deleteAt`. PostgreSQL can't read a document as JSON that has a NUL in a text, so there it is found
    by how it is written; a text can't look so, for its quotes are escaped."""
    if unit.connection.dialect.name == "sqlite":
        return func.json_extract(table.c.body, literal("$.deleteAt"))
    return func.substring(table.c.body, literal('"deleteAt":"([^"]*)"'))
