"""Stores what a unit has written, many rows to a statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, delete, insert, update

from nunatak.core.fields import Struct
from nunatak.core.kinds import Kind
from nunatak.store.rows import found_by, row, scope_of
from nunatak.store.shelf import Shelf
from nunatak.store.tables import TABLES, TERM

_BATCH = 1000  # entities whose rows are in memory at once
_TERM = ("scope_id", "kind", "field", "value", "id")
_Term = tuple[str, str, str, str, str]


def store_new(connection: Connection, kind: Kind, waiting: Iterable[tuple[int, Struct]]) -> None:
    """Stores new entities, each with its place in creation order."""
    rest = iter(waiting)
    while batch := list(islice(rest, _BATCH)):
        _insert(connection, TABLES[kind.name], [row(kind, made, position) for position, made in batch])
        _add_terms(connection, [term for _, made in batch for term in _terms(kind, made)])


def store_changed(connection: Connection, kind: Kind, scope: str, changed: Iterable[tuple[Any, Any]]) -> None:
    """Stores changed entities, each with the one that is stored in `scope` so far; terms that stay aren't touched."""
    table, rest = TABLES[kind.name], iter(changed)
    query = update(table).where(table.c.scope_id == scope, table.c.id == bindparam("stored_id"))
    while batch := list(islice(rest, _BATCH)):
        rows = [row(kind, after, 0) | {"stored_id": after.id} for _, after in batch]
        for each in rows:
            del each["position"]
        connection.execute(query, rows)
        terms = [(_terms(kind, before, scope), _terms(kind, after)) for before, after in batch]
        _drop_terms(connection, [term for old, new in terms for term in old - new])
        _add_terms(connection, [term for old, new in terms for term in new - old])


def store_shelf(connection: Connection, shelf: Shelf) -> None:
    """Stores what is fresh on a shelf."""
    kind, fresh, held = shelf.kind, shelf.fresh, shelf.held
    store_new(connection, kind, (held[id_] for id_, before in fresh.items() if before is None))
    changed = ((before, held[id_][1]) for id_, before in fresh.items() if before is not None)
    store_changed(connection, kind, shelf.scope, changed)


def remove(connection: Connection, kind: Kind, scope: str, ids: Sequence[str]) -> None:
    """Removes entities of a scope and what finds them."""
    table = TABLES[kind.name]
    connection.execute(delete(table).where(table.c.scope_id == scope, table.c.id.in_(ids)))
    if kind.terms or kind.labelled:
        connection.execute(delete(TERM).where(TERM.c.scope_id == scope, TERM.c.kind == kind.name, TERM.c.id.in_(ids)))


def _terms(kind: Kind, entity: Any, scope: str | None = None) -> set[_Term]:
    if not (kind.terms or kind.labelled):
        return set()
    scope = scope_of(kind, entity) if scope is None else scope
    return {(scope, kind.name, field, value, entity.id) for field, value in found_by(kind, entity)}


def _add_terms(connection: Connection, terms: list[_Term]) -> None:
    if terms:
        terms.sort()  # in the order of the index
        _insert(connection, TERM, [dict(zip(_TERM, term, strict=True)) for term in terms])


def _drop_terms(connection: Connection, terms: list[_Term]) -> None:
    if terms:
        query = delete(TERM).where(*(TERM.c[name] == bindparam(f"old_{name}") for name in _TERM))
        names = [f"old_{name}" for name in _TERM]
        connection.execute(query, [dict(zip(names, term, strict=True)) for term in terms])


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Inserts rows that all have the same columns. They are of the database's own types, so they go to it as they are:
    for a thousand rows that is half the time."""
    statement, names = _statement(connection.dialect, table)
    if names is None:
        connection.exec_driver_sql(statement, rows)
    else:
        connection.exec_driver_sql(statement, [tuple([row[name] for name in names]) for row in rows])


@lru_cache(maxsize=256)
def _statement(dialect: Dialect, table: Table) -> tuple[str, list[str] | None]:
    """A table's insert, and the order of its values where they aren't named."""
    compiled = insert(table).compile(dialect=dialect)
    return str(compiled), getattr(compiled, "positiontup", None)
