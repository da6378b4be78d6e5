"""Alembic's entry: runs the migrations on the connection that it is given."""

from __future__ import annotations

from typing import Any

from alembic import context

from nunatak.store.tables import METADATA


def _ours(_object: Any, name: str | None, type_: str, _reflected: bool, _compared: Any) -> bool:
    """The job engine keeps its own tables in the same database; they are not ours to change."""
    return type_ != "table" or name in METADATA.tables


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    include_object=_ours,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
