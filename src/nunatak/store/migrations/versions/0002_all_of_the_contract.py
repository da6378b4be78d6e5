"""The tables of flows, comments, decisions, drafts, share links, people, the log, webhooks and landscape work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Table, its searchable columns, and whether handles are unique in a scope.
_TABLES: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    ("adr", ("name", "status"), True),
    ("comment", (), True),
    ("comment_reply", ("comment_id",), False),
    ("draft", ("name", "status"), True),
    ("draft_task", ("draft_id",), False),
    ("flow", ("name", "diagram_id", "pinned"), True),
    ("kept_answer", (), False),
    ("landscape_export", (), False),
    ("landscape_import", (), False),
    ("log_entry", ("parent_id", "action_type", "performed_by", "performed_by_id"), False),
    ("organization_user_invite", ("email",), False),
    ("share_link", ("short_id",), False),
    ("team", ("name",), False),
    ("user", ("email",), False),
    ("version_revert", (), False),
    ("webhook_delivery", ("subscription_id", "status"), False),
    ("webhook_subscription", (), False),
)


def upgrade() -> None:
    """Forwards."""
    for name, columns, unique in _TABLES:
        _create(name, columns, unique=unique)
    with op.batch_alter_table("log_entry", schema=None) as table:
        counted = ["action_type", "performed_by", "performed_by_id", "handle_id"]
        table.create_index("ix_log_entry__landscape_id", ["landscape_id", "position", *counted], unique=False)
    if op.get_bind().dialect.name == "sqlite":  # an index of PostgreSQL takes no name of 4,000 characters
        for name in ("model_object", "model_connection", "diagram", "flow"):
            op.create_index(f"ix_{name}__name", name, ["scope_id", "name", "id"])


def _create(name: str, columns: tuple[str, ...], *, unique: bool) -> None:
    op.create_table(
        name,
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        *(sa.Column(column, sa.Boolean() if column == "pinned" else sa.String()) for column in columns),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table(name, schema=None) as table:
        table.create_index(f"ix_{name}__id", ["id"], unique=False)
        table.create_index(f"ix_{name}__handle_id", ["scope_id", "handle_id"], unique=unique)
        table.create_index(f"ix_{name}__position", ["scope_id", "position", "id"], unique=False)
        for column in columns:
            if column.endswith("_id"):
                table.create_index(f"ix_{name}__{column}", ["scope_id", column], unique=False)
