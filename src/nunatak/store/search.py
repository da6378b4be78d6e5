"""Names found in the database: by parts of them, best fits first, and all the words they are made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, and_, case, func, or_, select

from nunatak.core.kinds import KINDS, Kind
from nunatak.store.tables import TABLES
from nunatak.store.unit import Unit

# What a word may stand after within a name.
_BREAKS = (" ", "-", "_", "/", ".", "(", ":")
_WORD = re.compile(r"[^\W\d_]{3,}")
EXACT, START, WORDS, INSIDE = range(4)


class Hit(NamedTuple):
    """A row whose name fits: how well (`EXACT` to `INSIDE`), and its body."""

    id: str
    name: str
    rank: int
    body: str


def named(
    unit: Unit,
    kind: Kind,
    scope: str,
    words: Sequence[Sequence[str]],
    *,
    types: Collection[str] | None = None,
    most: int,
) -> list[Hit]:
    """The entities of a scope whose folded name holds one spelling of every word, at most `most`, the best fits and
    among them the shortest names first. `types` bounds the column of that name."""
    table = TABLES[kind.name]
    name = table.c.name
    rank = _rank(name, words).label("rank")
    held = [or_(*(name.contains(word, autoescape=True) for word in spellings)) for spellings in words]
    query = select(table.c.id, name, rank).where(table.c.scope_id == scope, name != "", *held)
    if types is not None:
        query = query.where(table.c.type.in_(sorted(types)))
    best = unit.connection.execute(query.order_by(rank, func.length(name), name, table.c.id).limit(most)).all()
    bodies = unit.lookup(kind, scope, [id_ for id_, _, _ in best], "body")  # apart: names alone are in an index
    return [Hit(id_, text, worth, bodies[id_]) for id_, text, worth in best]


def words(unit: Unit, scope: str) -> list[str]:
    """The words that all searched names of a scope are made of; numbers aren't words."""
    found: set[str] = set()
    for kind in (kind for kind in KINDS if kind.searched):
        table = TABLES[kind.name]
        with unit.connection.execute(select(table.c.name).where(table.c.scope_id == scope)) as rows:
            found |= set(_WORD.findall("\n".join(name for (name,) in rows.cursor.fetchall())))
    return sorted(found)


def _rank(name: Column[str], words: Sequence[Sequence[str]]) -> ColumnElement[int]:
    phrase = " ".join(spellings[0] for spellings in words)
    begun = and_(*(or_(*(_begins(name, word) for word in spellings)) for spellings in words))
    return case(
        (name == phrase, EXACT), (name.startswith(phrase, autoescape=True), START), (begun, WORDS), else_=INSIDE
    )


def _begins(name: Column[str], word: str) -> ColumnElement[bool]:
    inner = (name.contains(f"{before}{word}", autoescape=True) for before in _BREAKS)
    return or_(name.startswith(word, autoescape=True), *inner)
