"""The tables of drawings: files and their parts, annotations, the work on them; and the first project's name."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Table and its searchable columns.
_TABLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("file", ("name", "external_id", "mime_type", "source", "uploaded")),
    ("file_part", ("upload_id",)),
    ("annotation", ("resource_id", "annotation_type", "status")),
    ("drawing_job", ("status",)),
)


def upgrade() -> None:
    """Forwards."""
    for name, columns in _TABLES:
        _create(name, columns)
    _name_first_project()


def _create(name: str, columns: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        *(sa.Column(column, sa.Boolean() if column == "uploaded" else sa.String()) for column in columns),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table(name, schema=None) as table:
        table.create_index(f"ix_{name}__id", ["id"], unique=False)
        table.create_index(f"ix_{name}__handle_id", ["scope_id", "handle_id"], unique=False)
        table.create_index(f"ix_{name}__position", ["scope_id", "position", "id"], unique=False)
        for column in columns:
            if column.endswith("_id"):
                table.create_index(f"ix_{name}__{column}", ["scope_id", column], unique=False)


def _name_first_project() -> None:
    """An installation's first organization is the project `default`, as it is where the program starts afresh."""
    connection = op.get_bind()
    query = sa.text("SELECT id, body FROM organization ORDER BY position, id LIMIT 1")
    found = connection.execute(query).first()
    if found is not None:
        body = json.dumps(json.loads(found.body) | {"urlName": "default"}, separators=(",", ":"), ensure_ascii=False)
        connection.execute(
            sa.text("UPDATE organization SET body = :body WHERE id = :id"), {"body": body, "id": found.id}
        )
