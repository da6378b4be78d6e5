"""A unit of work: one request's transaction, through which everything is read and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select, text, tuple_

from nunatak.core.errors import NotFound
from nunatak.core.fields import Struct
from nunatak.core.kinds import Kind, kind_named
from nunatak.store import statements, writing
from nunatak.store.filters import conditions
from nunatak.store.rows import Texts, chunks, document, entity, scope_of, scope_text, term_key
from nunatak.store.shelf import Shelf, column_of
from nunatak.store.tables import TABLES, TERM

_MOST_WAITING = 1000
# After so many queries for things of a scope the unit reads it whole, unless its texts are longer than that.
_PATIENCE = 200
_HOLDABLE = 64_000_000
Spot = tuple[int, str]  # position and id


class Unit:
    """Reads and writes of one transaction.

    A `writing` unit keeps what it reads and writes of landscape versions in its hands, and stores it in batches: before
    a query that has to see it, and at the end. So a thousand changes cost a few statements, whoever makes them.
    """

    def __init__(self, connection: Connection, *, position: int, writing: bool = False) -> None:
        self._connection = connection
        self._position = position
        self._writing = writing
        self._shelves: dict[tuple[str, str], Shelf] = {}
        self._waiting: dict[str, list[tuple[int, Struct]]] = {}  # new entities above versions, by kind

    @property
    def connection(self) -> Connection:
        """The transaction itself, for SQL of one's own: all that was written is stored before, and nothing that was
        read is trusted after."""
        self.flush()
        self._shelves.clear()
        return self._connection

    def flush(self) -> None:
        """Stores all that was written so far."""
        for name in [name for name, waiting in self._waiting.items() if waiting]:
            writing.store_new(self._connection, kind_named(name), self._waiting.pop(name))
        for shelf in self._shelves.values():
            if shelf.fresh:
                writing.store_shelf(self._connection, shelf)
                shelf.stored()

    def only_read(self) -> None:
        """Stores all that was written and reads on like a unit that never wrote."""
        self.flush()
        self._shelves.clear()
        self._writing = False

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What is written within is undone alone when anything is raised."""
        try:
            with self.connection.begin_nested():
                yield
                self.flush()
        except BaseException:
            self._shelves.clear()
            self._waiting.clear()
            raise

    def hold(self, kind: Kind, scope: str) -> None:
        """Reads all of a scope at once, for a writer who will touch much of it: no look-up needs the database then."""
        shelf = self._shelf(kind, scope)
        if shelf is not None and not shelf.whole:
            self.every(kind, scope)
            shelf.hold()

    def _shelf(self, kind: Kind, scope: str | None) -> Shelf | None:
        """What the unit has in its hands of a scope; None where it keeps nothing."""
        if not self._writing or not kind.placed or scope is None:
            return None
        found = self._shelves.get((kind.name, scope))
        if found is None:
            found = self._shelves[kind.name, scope] = Shelf(kind, scope)
        elif found.asked == _PATIENCE:
            found.asked += 1
            size = self._matching(kind, scope, {}, func.sum(func.length(TABLES[kind.name].c.body))).order_by(None)
            if (self._connection.scalar(size) or 0) <= _HOLDABLE:
                self.hold(kind, scope)
        return found

    def _ask(self, kind: Kind, shelf: Shelf | None) -> None:
        """Makes the database fit to be asked for entities of a kind, of one scope where there is a shelf."""
        if shelf is not None:
            shelf.asked += 1
        elif self._waiting.get(kind.name) or (self._writing and kind.placed):
            self.flush()

    def get(self, kind: Kind, id_: str, scope: str | None = None) -> Any:
        """The entity with this id, or with this handle; raises NotFound. Without a scope the id alone decides."""
        found = self.find(kind, id_, scope)
        if found is None:
            raise NotFound(f"{kind.title} not found")
        return found

    def text(self, kind: Kind, id_: str, scope: str | None = None) -> str:
        """The JSON text of the entity with this id or handle; raises NotFound."""
        self.flush()
        found = self._row(kind, id_, scope)
        if found is None:
            raise NotFound(f"{kind.title} not found")
        return found[1]

    def find(self, kind: Kind, id_: str, scope: str | None = None) -> Any | None:
        """The entity with this id or handle, or None."""
        shelf = self._shelf(kind, scope)
        held = shelf.find(id_) if shelf else None
        if held is not None or (shelf and shelf.whole):
            return held
        self._ask(kind, shelf)
        found = self._row(kind, id_, scope)
        return None if found is None else self._kept(shelf, found[0], entity(kind, found[1]))

    def _row(self, kind: Kind, id_: str, scope: str | None) -> tuple[int, str] | None:
        """Position and text of the entity with this id or handle."""
        if "\0" in id_:  # no id holds one, and PostgreSQL can't even be asked
            return None
        given = {"value": id_} if scope is None else {"value": id_, "scope": scope}
        for column in ("id", "handle_id") if kind.versioned else ("id",):
            query = statements.plain_one(self._connection.dialect.name, kind.name, column, scoped=scope is not None)
            for position, body in query.run(self._connection, **given):
                return position, body
        return None

    def every(self, kind: Kind, scope: str | None, asked: Mapping[str, Any] | None = None) -> list[Any]:
        """All entities of a scope (None: of every scope) that match, in the order of their creation."""
        shelf = self._shelf(kind, scope)
        if shelf and shelf.whole and not asked:
            return shelf.ordered(shelf.held)
        self.flush()
        table = TABLES[kind.name]
        query = self._matching(kind, scope, asked or {}, table.c.position, document(kind, table))
        return [self._kept(shelf, at, entity(kind, body)) for at, body in self._connection.execute(query)]

    def _kept(self, shelf: Shelf | None, position: int, found: Any) -> Any:
        return shelf.take(position, found) if shelf else found

    def among(self, kind: Kind, scope: str, ids: Iterable[str]) -> list[Any]:
        """The entities of a scope that have one of these ids, in the order of their creation."""
        shelf, wanted = self._shelf(kind, scope), set(ids)
        there = wanted & shelf.held.keys() if shelf else set()
        found = [shelf.held[id_] for id_ in there] if shelf else []
        if not (shelf and shelf.whole) and wanted - there:
            self._ask(kind, shelf)
            for chunk in chunks(sorted(wanted - there)):
                rows = self._connection.execute(statements.several(kind.name), {"scope": scope, "values": chunk})
                found += [(position, self._kept(shelf, position, entity(kind, body))) for position, body in rows]
        return [each for _, each in sorted(found, key=lambda pair: (pair[0], pair[1].id))]

    def texts(
        self, kind: Kind, scope: str, asked: Mapping[str, Any], *, after: Spot | None = None, limit: int | None = None
    ) -> Texts:
        """The JSON texts of a page of entities that match, as the wire has them, never decoded. `after` is the position
        and the id of an entity, there or gone, that they come after."""
        self.flush()
        table = TABLES[kind.name]
        query = self._matching(kind, scope, asked, table.c.body)
        if after is not None:
            query = query.where(tuple_(table.c.position, table.c.id) > after)
        if limit is not None:
            query = query.limit(limit)
        with self._connection.execute(query) as found:
            rests = [body for (body,) in found.cursor.fetchall()]  # bare rows: 5,000 in 3 ms instead of 5
        return Texts(self._head(kind, scope) if rests else "", rests)

    def _head(self, kind: Kind, scope: str) -> str:
        """The beginning that all placed texts of a scope have in common."""
        if not kind.placed:
            return ""
        table = TABLES[kind.name]
        query = select(table.c.landscape_id).where(table.c.scope_id == scope).limit(1)
        return "{" + scope_text(self._connection.execute(query).scalar_one(), scope)

    def values(self, kind: Kind, scope: str, columns: Sequence[str], asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Columns of the entities that match, in the order of their creation."""
        self.flush()
        table = TABLES[kind.name]
        query = self._matching(kind, scope, asked, *(table.c[name] for name in columns))
        return [tuple(found) for found in self._connection.execute(query)]

    def lookup(self, kind: Kind, scope: str, ids: Iterable[str], column: str) -> dict[str, Any]:
        """Id -> one column, for those of the ids that are there."""
        shelf, wanted = self._shelf(kind, scope), set(ids)
        there = wanted & shelf.held.keys() if shelf else set()
        found = {id_: column_of(shelf.held[id_][1], column) for id_ in there} if shelf else {}
        if not (shelf and shelf.whole) and wanted - there:
            self._ask(kind, shelf)
            for chunk in chunks(sorted(wanted - there)):
                query = statements.columns(kind.name, "id", column, by="id")
                found |= {row[0]: row[1] for row in self._connection.execute(query, {"scope": scope, "values": chunk})}
        return found

    def having(self, kind: Kind, scope: str, field: str, values: Iterable[str]) -> list[tuple[str, str]]:
        """Pairs of value and id for the entities whose list `field` holds one of the values, in their order."""
        shelf, wanted = self._shelf(kind, scope), sorted({term_key(v) for v in values})
        found = list(shelf.having(field, wanted)) if shelf else []
        if not (shelf and shelf.whole):
            self._ask(kind, shelf)
            for chunk in chunks(wanted):
                asked = {"scope": scope, "kind": kind.name, "field": field}
                rows = [(value, id_) for value, id_ in statements.listed(self._connection, asked, chunk)]
                found += shelf.unchanged(rows) if shelf else rows
        return sorted(found)

    def first_having(self, kind: Kind, scope: str, field: str, value: str) -> Any | None:
        """The first entity of a scope whose list `field` holds the value, or None; for kinds above versions."""
        self._ask(kind, None)
        query = statements.plain_first(self._connection.dialect.name, kind.name)
        rows = query.run(self._connection, scope=scope, kind=kind.name, field=field, value=term_key(value))
        return entity(kind, rows[0][1]) if rows else None

    def with_column(self, kind: Kind, scope: str, column: str, values: Iterable[str]) -> list[tuple[str, str]]:
        """Pairs of value and id for the entities whose column holds one of the values, in the order of creation."""
        shelf, wanted = self._shelf(kind, scope), sorted(set(values))
        here = shelf.having(column, wanted, column=True) if shelf else ()
        found = [(shelf.held[id_][0], value, id_) for value, id_ in here] if shelf else []
        if not (shelf and shelf.whole):
            self._ask(kind, shelf)
            for chunk in chunks(wanted):
                query = statements.columns(kind.name, "position", column, "id", by=column)
                rows = self._connection.execute(query, {"scope": scope, "values": chunk})
                found += [row for row in map(tuple, rows) if not (shelf and row[2] in shelf.fresh)]
        return [(value, id_) for _, value, id_ in sorted(found)]

    def add(self, kind: Kind, made: Struct) -> None:
        """Stores a new entity."""
        self._position += 1
        self._add(kind, made, self._position)

    def _add(self, kind: Kind, made: Any, position: int) -> None:
        shelf = self._shelf(kind, scope_of(kind, made))
        if shelf is not None:
            shelf.add(position, made)
            return
        waiting = self._waiting.setdefault(kind.name, [])
        waiting.append((position, made))
        if len(waiting) >= _MOST_WAITING:
            self.flush()

    def add_all(self, kind: Kind, made: Sequence[Struct], *, position: int | None = None) -> None:
        """Stores new entities in their order; from this position on, where it isn't to be the unit's own."""
        if position is None:
            position, self._position = self._position + 1, self._position + len(made)
        for place, each in enumerate(made, position):
            self._add(kind, each, place)

    def put(self, kind: Kind, changed: Any, *, scope: str | None = None) -> None:
        """Stores an entity that is there already; `scope` is the one it was in, where it moves."""
        scope = scope_of(kind, changed) if scope is None else scope
        shelf, before = self._shelf(kind, scope), self.get(kind, changed.id, scope)
        if shelf is not None:
            shelf.put(changed)
        else:
            writing.store_changed(self._connection, kind, scope, [(before, changed)])

    def remove(self, kind: Kind, scope: str, ids: Iterable[str]) -> None:
        """Removes entities and what finds them."""
        shelf = self._shelf(kind, scope)
        self._ask(kind, shelf)
        stored = [id_ for id_ in sorted(set(ids)) if shelf is None or shelf.remove(id_)]
        for chunk in chunks(stored):
            writing.remove(self._connection, kind, scope, chunk)

    def clear(self, scope: str) -> None:
        """Removes everything of a scope, whatever its kind."""
        for table in (*TABLES.values(), TERM):
            self.connection.execute(delete(table).where(table.c.scope_id == scope))

    def lock(self, name: str) -> None:
        """Waits until no other writer holds this name; what was read before counts no more. SQLite has one writer at a
        time anyway."""
        if self._connection.dialect.name == "postgresql":
            query = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
            self.connection.execute(query, {"name": name})

    def _matching(self, kind: Kind, scope: str | None, asked: Mapping[str, Any], *columns: Any) -> Select[Any]:
        table = TABLES[kind.name]
        within = () if scope is None else (table.c.scope_id == scope,)
        return select(*columns).where(*conditions(kind, table, asked), *within).order_by(table.c.position, table.c.id)

    def position(self, kind: Kind, scope: str, id_: str) -> int:
        """Where an entity of a scope is in the order of creation, as the database has it."""
        table = TABLES[kind.name]
        query = select(table.c.position).where(table.c.scope_id == scope, table.c.id == id_)
        return int(self._connection.execute(query).scalar_one())
