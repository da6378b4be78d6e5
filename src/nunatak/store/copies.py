"""Whole scopes copied within the database: what a version's snapshot, a revert and a duplicate are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    String,
    Table,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy import cast as typed

from nunatak.core.kinds import KINDS, Kind
from nunatak.store.tables import TABLES, TERM
from nunatak.store.unit import Unit

# What a snapshot of a version holds.
SNAPSHOT: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind.in_snapshot)


def copy_scope(unit: Unit, *, source: str, target: str, landscape_id: str, kinds: Iterable[Kind] = SNAPSHOT) -> None:
    """Copies all entities of these kinds from one version's scope into another, of the landscape `landscape_id`, which
    holds none of them yet; they keep ids, handles, stamps and order."""
    kinds = tuple(kinds)
    for kind in kinds:
        table = TABLES[kind.name]
        _insert(unit, table, _moved(table, target, landscape_id), table.c.scope_id == source)
    _insert(unit, TERM, _moved(TERM, target, landscape_id), TERM.c.scope_id == source, _of(kinds))


def clear_kinds(unit: Unit, scope: str, kinds: Iterable[Kind] = SNAPSHOT) -> None:
    """Removes all entities of these kinds from a scope; those of other kinds stay."""
    kinds = tuple(kinds)
    for kind in kinds:
        table = TABLES[kind.name]
        unit.connection.execute(delete(table).where(table.c.scope_id == scope))
    unit.connection.execute(delete(TERM).where(TERM.c.scope_id == scope, _of(kinds)))


def restore_scope(unit: Unit, *, source: str, target: str, seen: str, landscape_id: str, beyond: int) -> None:
    """Makes `target` what `source` is, after `seen` has taken what `target` was.

    A commit that somebody has read for another state must never pass for the restored one. So an entity that differs
    from its state in `seen` gets a commit one above both; one that isn't there, and may have had any number of changes
    before it was deleted, gets its old commit plus `beyond`, which is more than it can have had.
    """
    clear_kinds(unit, target)
    for kind in SNAPSHOT:
        table = TABLES[kind.name]
        old = table.alias()
        columns = _moved(table, target, landscape_id)
        if kind.versioned:
            columns["body"] = _restored(unit, table, old, beyond)
        there = table.outerjoin(old, (old.c.scope_id == seen) & (old.c.id == table.c.id))
        query = select(*columns.values()).select_from(there).where(table.c.scope_id == source)
        unit.connection.execute(insert(table).from_select(list(columns), query))
    _insert(unit, TERM, _moved(TERM, target, landscape_id), TERM.c.scope_id == source, _of(SNAPSHOT))


def differ(unit: Unit, one: str, other: str) -> bool:
    """Whether the contents of two versions differ by more than who looked at them."""
    return any(_lacks(unit, kind, one, other) or _lacks(unit, kind, other, one) for kind in SNAPSHOT)


def _moved(table: Table, target: str, landscape_id: str) -> dict[str, ColumnElement[Any]]:
    """A table's columns by name, with the target in place of the scope."""
    named = {"scope_id": literal(target), "landscape_id": literal(landscape_id)}
    return {column.name: named.get(column.name, column) for column in table.columns}


def _insert(unit: Unit, table: Table, columns: dict[str, ColumnElement[Any]], *conditions: ColumnElement[bool]) -> None:
    query = select(*columns.values()).where(*conditions)
    unit.connection.execute(insert(table).from_select(list(columns), query))


def _of(kinds: Iterable[Kind]) -> ColumnElement[bool]:
    return TERM.c.kind.in_([kind.name for kind in kinds])


def _restored(unit: Unit, table: Table, old: Any, beyond: int) -> ColumnElement[str]:
    """The body that an entity comes back with."""
    body, before = table.c.body, old.c.body
    commit, version = _number(unit, body, "commit"), _number(unit, body, "version")
    last = _number(unit, before, "commit")
    higher = case((last > commit, last), else_=commit) + 1
    return case(
        (before == body, body),
        (before.is_(None), func.replace(body, _counted(commit, version), _counted(commit + beyond, version + beyond))),
        else_=func.replace(body, _counted(commit, version), _counted(higher, higher)),
    )


def _counted(commit: ColumnElement[int], version: ColumnElement[int]) -> ColumnElement[str]:
    """How a body writes its counters. Nothing that a writer chose can look like this: a quote in a text is escaped."""
    return literal('"commit":') + typed(commit, String) + ',"version":' + typed(version, String) + ","


def _number(unit: Unit, body: Column[str] | ColumnElement[str], field: str) -> ColumnElement[int]:
    """A counter of a placed body, which lacks its first brace. PostgreSQL can't read a document as JSON that has a NUL
    in a text, so there the counter is found by how it is written."""
    if unit.connection.dialect.name == "sqlite":
        return cast("ColumnElement[int]", func.json_extract(literal("{") + body, f"$.{field}", type_=BigInteger))
    return typed(func.substring(body, f'"{field}":([0-9]+)'), BigInteger)


def _lacks(unit: Unit, kind: Kind, one: str, other: str) -> bool:
    """Whether an entity of `one` isn't in `other`, or is at another commit there."""
    table = TABLES[kind.name]
    twin = table.alias()
    if kind.versioned:
        changed = _number(unit, table.c.body, "commit") != _number(unit, twin.c.body, "commit")
    else:
        changed = table.c.body != twin.c.body
    pairs = table.outerjoin(twin, (twin.c.scope_id == other) & (twin.c.id == table.c.id))
    query = select(table.c.id).select_from(pairs).where(table.c.scope_id == one, or_(twin.c.id.is_(None), changed))
    return unit.connection.execute(query.limit(1)).first() is not None
