"""The tables, made from the table of kinds: one a kind, and one of terms that finds things by the lists they hold."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, MetaData, PrimaryKeyConstraint, String, Table, Text

from nunatak.core.kinds import KINDS, Kind

METADATA = MetaData()
_FLAGS = frozenset({"external", "linked", "pinned", "uploaded"})


def _table(kind: Kind) -> Table:
    """A kind's table: scope and id, its place in creation order, its searchable fields, and the rest as JSON text."""
    name = kind.name.replace("-", "_")
    columns: list[Any] = [
        Column("scope_id", String, nullable=False),
        Column("id", String, nullable=False),
        Column("landscape_id", String, nullable=False),
        Column("handle_id", String, nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("body", Text, nullable=False),
    ]
    columns += [Column(field, Boolean if field in _FLAGS else String) for field in kind.columns]
    indexes = [Index(f"ix_{name}__{f}", "scope_id", f) for f in kind.columns if f.endswith("_id") or f == "type"]
    if kind.name == "log-entry":  # a landscape's log is a part of its organization's
        counted = ("action_type", "performed_by", "performed_by_id", "handle_id")  # statistics read nothing else
        indexes.append(Index(f"ix_{name}__landscape_id", "landscape_id", "position", *counted))
    if kind.searched:  # a name may be longer than an index of PostgreSQL takes
        indexes.append(Index(f"ix_{name}__name", "scope_id", "name", "id").ddl_if(dialect="sqlite"))
    unique = Index(f"ix_{name}__handle_id", "scope_id", "handle_id", unique=kind.versioned)
    return Table(
        name,
        METADATA,
        *columns,
        PrimaryKeyConstraint("scope_id", "id"),
        Index(f"ix_{name}__id", "id"),
        Index(f"ix_{name}__position", "scope_id", "position", "id"),
        unique,
        *indexes,
    )


TABLES: dict[str, Table] = {kind.name: _table(kind) for kind in KINDS}

# (scope, kind, field, value) -> id. Labels are the fields `labels.KEY`.
TERM = Table(
    "term",
    METADATA,
    Column("scope_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("field", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("id", String, nullable=False),
    PrimaryKeyConstraint("scope_id", "kind", "field", "value", "id"),
    Index("ix_term_id", "scope_id", "kind", "id"),
)
