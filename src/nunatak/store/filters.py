"""Filters as SQL: what a list's `filter` asks, compiled from the kind's table of filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, false, or_, select

from nunatak.core.kinds import Filter, Kind, fold
from nunatak.store.rows import term_key
from nunatak.store.tables import TERM


def conditions(kind: Kind, table: Table, asked: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """One condition a key asked for; `asked` is keyed by the filters' names and holds no key that wasn't given."""
    known = {f.name: f for f in kind.filters}
    return [_condition(kind, table, known[name], value) for name, value in asked.items()]


def _condition(kind: Kind, table: Table, one: Filter, value: Any) -> ColumnElement[bool]:
    column: Any = table.c.get(one.name)  # None where the filter asks for terms
    match one.test:
        case "equal":
            return _equal(column, value)
        case "flag":
            return cast("ColumnElement[bool]", column.is_(value))
        case "contains":
            return cast("ColumnElement[bool]", column.contains(fold(value), autoescape=True))
        case "labels":
            return and_(True, *(_has_term(kind, table, f"labels.{k}", [v]) for k, v in value.items()))
        case "empty":
            return _empty(table, value)
        case "any" | "ancestor":
            return _has_term(kind, table, one.name, _listed(value))


def _equal(column: Any, value: Any) -> ColumnElement[bool]:
    values = _listed(value)
    some = [v for v in values if v is not None]
    tests = [column.in_(some)] if some else []
    tests += [column.is_(None)] if None in values else []
    return or_(false(), *tests)


def _has_term(kind: Kind, table: Table, field: str, values: list[str]) -> ColumnElement[bool]:
    found = select(TERM.c.id).where(
        TERM.c.scope_id == table.c.scope_id,
        TERM.c.kind == kind.name,
        TERM.c.field == term_key(field),
        TERM.c.value.in_([term_key(v) for v in values]),
        TERM.c.id == table.c.id,
    )
    return found.exists()


def _empty(table: Table, value: bool) -> ColumnElement[bool]:
    """Whether a diagram has nothing placed on it; its content has the diagram's id."""
    placed = select(TERM.c.id).where(
        TERM.c.scope_id == table.c.scope_id,
        TERM.c.kind == "diagram-content",
        TERM.c.field == "placed_ids",
        TERM.c.id == table.c.id,
    )
    return ~placed.exists() if value else placed.exists()


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
