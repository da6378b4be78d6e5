"""Queries that are asked again and again, each built once: building one takes longer than SQLite takes to answer it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select

from nunatak.core.kinds import kind_named
from nunatak.store.rows import document
from nunatak.store.tables import TABLES, TERM

_SCOPE: BindParameter[str] = bindparam("scope")
_VALUES: BindParameter[str] = bindparam("values", expanding=True)

# The pairs of value and id in the index of a kind's lists: `scope`, `kind`, `field`, `values`.
HAVING = select(TERM.c.value, TERM.c.id).where(
    TERM.c.scope_id == _SCOPE,
    TERM.c.kind == bindparam("kind"),
    TERM.c.field == bindparam("field"),
    TERM.c.value.in_(_VALUES),
)


@cache
def one(name: str, column: str, *, scoped: bool) -> Select[Any]:
    """Position and JSON text of an entity of this kind by `value`, its id or handle, in `scope` or in any."""
    table = TABLES[name]
    query = select(table.c.position, document(kind_named(name), table)).where(table.c[column] == bindparam("value"))
    return (query.where(table.c.scope_id == _SCOPE) if scoped else query).limit(1)


@cache
def several(name: str) -> Select[Any]:
    """Position and JSON text of the entities of this kind in `scope` whose ids are among `values`."""
    table = TABLES[name]
    query = select(table.c.position, document(kind_named(name), table))
    return query.where(table.c.scope_id == _SCOPE, table.c.id.in_(_VALUES))


@cache
def columns(name: str, *wanted: str, by: str) -> Select[Any]:
    """Columns of the entities of this kind in `scope` whose column `by` is among `values`."""
    table = TABLES[name]
    query = select(*(table.c[column] for column in wanted))
    return query.where(table.c.scope_id == _SCOPE, table.c[by].in_(_VALUES))
