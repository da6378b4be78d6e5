"""What is kept for a while only: rows are removed by their place in creation order, which tells their age."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from nunatak.core.kinds import Kind
from nunatak.store.tables import TABLES
from nunatak.store.unit import Unit


def forget(unit: Unit, kind: Kind, scope: str, *, before: datetime) -> None:
    """Removes a scope's entities of a kind that nothing finds by its lists, if they were made before a time."""
    table = TABLES[kind.name]
    assert not kind.terms, kind.name
    place = int(before.timestamp() * 1_000_000)
    unit.connection.execute(delete(table).where(table.c.scope_id == scope, table.c.position < place))
