"""Browser sessions, and whose organizations users are in."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NAME = "browser_session"


def upgrade() -> None:
    """Forwards. Sessions of before were words of the browser's alone: everybody signs in once more."""
    op.create_table(
        _NAME,
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.String()),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table(_NAME, schema=None) as table:
        table.create_index(f"ix_{_NAME}__id", ["id"], unique=False)
        table.create_index(f"ix_{_NAME}__handle_id", ["scope_id", "handle_id"], unique=False)
        table.create_index(f"ix_{_NAME}__position", ["scope_id", "position", "id"], unique=False)
        table.create_index(f"ix_{_NAME}__actor_id", ["scope_id", "actor_id"], unique=False)
    _index_members()


def _index_members() -> None:
    """Organizations are found by their users from now on."""
    connection = op.get_bind()
    for id_, body in connection.execute(sa.text("SELECT id, body FROM organization")).all():
        for user_id in set(json.loads(body).get("userIds", [])):
            connection.execute(
                sa.text(
                    "INSERT INTO term (scope_id, kind, field, value, id)"
                    " VALUES ('', 'organization', 'user_ids', :user, :id)"
                ),
                {"user": user_id, "id": id_},
            )
