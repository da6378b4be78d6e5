"""Waits: how writers keep out of each other's way on PostgreSQL; SQLite has one writer at a time anyway."""

from __future__ import annotations

from sqlalchemy import select, text

from nunatak.core.kinds import Kind
from nunatak.store.tables import TABLES
from nunatak.store.unit import Unit


def share(unit: Unit, name: str) -> None:
    """Waits until no writer holds this name for itself (`Unit.lock`), and keeps them waiting until this unit ends;
    others may share it."""
    if _is_shared(unit):
        query = text("SELECT pg_advisory_xact_lock_shared(hashtextextended(:name, 0))")
        unit.connection.execute(query, {"name": name})


def alone(unit: Unit, kind: Kind, id_: str) -> None:
    """Waits until nobody else changes this entity, and keeps others waiting until this unit ends. Only what is read
    from here on is as it will be overwritten; landscapes' contents have `Unit.lock` for that."""
    if _is_shared(unit) and "\0" not in id_:
        table = TABLES[kind.name]
        unit.connection.execute(select(table.c.position).where(table.c.id == id_).with_for_update())


def _is_shared(unit: Unit) -> bool:
    return unit.connection.dialect.name == "postgresql"
