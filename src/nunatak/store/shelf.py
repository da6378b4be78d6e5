"""What a writing unit has in its hands: the entities of one kind and scope that it has read or written so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nunatak.core.kinds import Kind, fold
from nunatak.store.rows import term_key

_Index = dict[str, dict[str, None]]  # value -> ids, in the order they came


class Shelf:
    """Entities by id, each with its place in creation order. `fresh` are the ids of those that the database doesn't
    have as they are here: each with the entity that is stored, or None for a new one. A `whole` shelf holds all of its
    scope, so that what isn't on it isn't there; `asked` counts the queries that it couldn't spare. Indexes hold what
    the database can't be asked for: the fresh ones, or all on a whole shelf."""

    def __init__(self, kind: Kind, scope: str) -> None:
        self.kind = kind
        self.scope = scope
        self.whole = False
        self.asked = 0
        self.held: dict[str, tuple[int, Any]] = {}
        self.fresh: dict[str, Any] = {}
        self._handles: dict[str, str] = {}
        self._indexes: dict[tuple[str, bool], _Index] = {}
        self._terms = {term.name: term for term in kind.terms}

    def find(self, id_: str) -> Any | None:
        """The entity with this id or, failing that, this handle."""
        found = self.held.get(id_) or self.held.get(self._handles.get(id_, ""))
        return None if found is None else found[1]

    def take(self, position: int, entity: Any) -> Any:
        """Keeps what was read, unless something newer is here; gives what counts."""
        held = self.held.setdefault(entity.id, (position, entity))
        if self.kind.versioned:
            self._handles[held[1].handle_id] = entity.id
        return held[1]

    def add(self, position: int, made: Any) -> None:
        """Keeps a new entity."""
        self.held[made.id] = (position, made)
        if self.kind.versioned:
            self._handles[made.handle_id] = made.id
        self.fresh[made.id] = None
        self._enter(made)

    def put(self, changed: Any) -> None:
        """Keeps a changed entity; the one it was must be here."""
        position, before = self.held[changed.id]
        if self.whole or changed.id in self.fresh:
            self._leave(before)
        self.fresh.setdefault(changed.id, before)
        self.held[changed.id] = (position, changed)
        self._enter(changed)

    def remove(self, id_: str) -> bool:
        """Drops an entity; whether the database may have it."""
        held = self.held.pop(id_, None)
        if held is None:
            return not self.whole
        self._handles.pop(getattr(held[1], "handle_id", ""), None)
        self._leave(held[1])
        return self.fresh.pop(id_, held) is not None

    def ordered(self, ids: Iterable[str]) -> list[Any]:
        """The entities with these ids, which must be here, in the order of their creation."""
        found = sorted((self.held[id_] for id_ in ids), key=lambda pair: (pair[0], pair[1].id))
        return [entity for _, entity in found]

    def hold(self) -> None:
        """Says that all of the scope is here."""
        self.whole = True
        self._indexes.clear()

    def stored(self) -> None:
        """Says that the database has all fresh ones now."""
        self.fresh.clear()
        if not self.whole:
            self._indexes.clear()

    def having(self, field: str, values: Iterable[str], *, column: bool = False) -> Iterator[tuple[str, str]]:
        """Pairs of value and id for indexed entities whose list `field`, or else whose column, holds one of the values,
        which are as the database has them."""
        index = self._indexes.get((field, column))
        if index is None:
            index = self._indexes[field, column] = {}
            for id_ in self.held if self.whole else self.fresh:
                self._index(index, self.held[id_][1], field, column=column)
        return ((value, id_) for value in values for id_ in index.get(value, ()))

    def unchanged(self, rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Those of the database's pairs of value and id that are still true."""
        return ((value, id_) for value, id_ in rows if id_ not in self.fresh)

    def _values(self, entity: Any, field: str, *, column: bool) -> Iterable[str]:
        if column:
            value = column_of(entity, field)
            return () if value is None else (value,)
        if field.startswith("labels."):
            label = entity.labels.get(field.removeprefix("labels."))
            return () if label is None else (term_key(label),)
        return [term_key(value) for value in self._terms[field].of(entity)]

    def _index(self, index: _Index, entity: Any, field: str, *, column: bool) -> None:
        for value in self._values(entity, field, column=column):
            index.setdefault(value, {})[entity.id] = None

    def _enter(self, entity: Any) -> None:
        for (field, column), index in self._indexes.items():
            self._index(index, entity, field, column=column)

    def _leave(self, entity: Any) -> None:
        for (field, column), index in self._indexes.items():
            for value in self._values(entity, field, column=column):
                index.get(value, {}).pop(entity.id, None)


def column_of(entity: Any, column: str) -> Any:
    """An entity's column as the database has it: names are folded."""
    value = getattr(entity, column)
    return fold(value) if column == "name" else value
