"""Queries that are asked again and again, each built once: building one takes longer than SQLite takes to answer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Select, bindparam, make_url, select

from nunatak.core.errors import Busy
from nunatak.core.kinds import kind_named
from nunatak.store.rows import document
from nunatak.store.tables import TABLES, TERM

AWAY = "The database is not available; try again"
_CURSOR = "cursor"
_URLS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}
_SCOPE: BindParameter[str] = bindparam("scope")
_VALUES: BindParameter[str] = bindparam("values", expanding=True)

_FIELD = (TERM.c.scope_id == _SCOPE) & (TERM.c.kind == bindparam("kind")) & (TERM.c.field == bindparam("field"))
_VALUE = TERM.c.value == bindparam("value")
_LISTED = select(TERM.c.value, TERM.c.id).where(_FIELD)
_HAVING = _LISTED.where(TERM.c.value.in_(_VALUES))


@dataclass(frozen=True)
class Plain:
    """A statement in the driver's own SQL, asked by the driver itself: of what every request asks several times, what
    the library does before and after takes longer than the answer. `names` are its parameters in their order, None
    where the driver knows names."""

    text: str
    names: tuple[str, ...] | None
    fixed: Mapping[str, Any]

    def run(self, connection: Connection, **given: str) -> list[tuple[Any, ...]]:
        """Its rows, with these values of its parameters, in the transaction that the connection has begun. Raises Busy
        where the database is away, and else the driver's own errors."""
        values = {**self.fixed, **given}
        asked = values if self.names is None else tuple(values[name] for name in self.names)
        try:
            rows: list[tuple[Any, ...]] = _cursor(connection).execute(self.text, asked).fetchall()
        except connection.dialect.loaded_dbapi.OperationalError as error:
            raise Busy(AWAY) from error
        return rows


def _cursor(connection: Connection) -> Any:
    """The driver's own cursor, kept for as long as the driver's connection: making one takes as long as asking."""
    held: dict[Any, Any] = connection.info
    if _CURSOR not in held:
        held[_CURSOR] = connection.connection.dbapi_connection.cursor()  # type: ignore[union-attr]
    return held[_CURSOR]


@cache
def plain_one(engine: str, name: str, column: str, *, scoped: bool) -> Plain:
    """`one` for an engine."""
    return _plain(engine, one(name, column, scoped=scoped))


def listed(connection: Connection, asked: dict[str, str], values: Sequence[str]) -> Iterable[Any]:
    """The pairs of value and id in the index of a kind's lists; `asked` is the `scope`, the `kind` and the `field`."""
    if len(values) == 1:
        return _plain_having(connection.dialect.name).run(connection, **asked, value=values[0])
    return connection.execute(_HAVING, {**asked, "values": values})


@cache
def plain_first(engine: str, name: str) -> Plain:
    """Position and JSON text of the first entity of a `kind` in `scope` whose list `field` holds `value`."""
    table = TABLES[name]
    there = (TERM.c.scope_id == table.c.scope_id) & (TERM.c.id == table.c.id)
    query = select(table.c.position, document(kind_named(name), table)).join(TERM, there).where(_FIELD, _VALUE)
    return _plain(engine, query.order_by(table.c.position, table.c.id).limit(1))


@cache
def _plain_having(engine: str) -> Plain:
    return _plain(engine, _LISTED.where(_VALUE))


@cache
def _dialect(engine: str) -> Dialect:
    """An engine's dialect, loaded when it is used: PostgreSQL's takes a tenth of a start."""
    return make_url(_URLS[engine]).get_dialect()()


def _plain(engine: str, query: Select[Any]) -> Plain:
    made = query.compile(dialect=_dialect(engine))
    names = None if made.positiontup is None else tuple(made.positiontup)
    return Plain(str(made), names, {name: value for name, value in made.params.items() if value is not None})


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
