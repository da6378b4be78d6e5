"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "api_key",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.create_index("ix_api_key__handle_id", ["scope_id", "handle_id"], unique=False)
        batch_op.create_index("ix_api_key__id", ["id"], unique=False)
        batch_op.create_index("ix_api_key__position", ["scope_id", "position", "id"], unique=False)

    op.create_table(
        "catalog_technology",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("catalog_technology", schema=None) as batch_op:
        batch_op.create_index("ix_catalog_technology__handle_id", ["scope_id", "handle_id"], unique=False)
        batch_op.create_index("ix_catalog_technology__id", ["id"], unique=False)
        batch_op.create_index("ix_catalog_technology__position", ["scope_id", "position", "id"], unique=False)

    op.create_table(
        "diagram",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("model_id", sa.String(), nullable=True),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("diagram", schema=None) as batch_op:
        batch_op.create_index("ix_diagram__group_id", ["scope_id", "group_id"], unique=False)
        batch_op.create_index("ix_diagram__handle_id", ["scope_id", "handle_id"], unique=True)
        batch_op.create_index("ix_diagram__id", ["id"], unique=False)
        batch_op.create_index("ix_diagram__model_id", ["scope_id", "model_id"], unique=False)
        batch_op.create_index("ix_diagram__parent_id", ["scope_id", "parent_id"], unique=False)
        batch_op.create_index("ix_diagram__position", ["scope_id", "position", "id"], unique=False)
        batch_op.create_index("ix_diagram__type", ["scope_id", "type"], unique=False)

    op.create_table(
        "diagram_content",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("diagram_content", schema=None) as batch_op:
        batch_op.create_index("ix_diagram_content__handle_id", ["scope_id", "handle_id"], unique=True)
        batch_op.create_index("ix_diagram_content__id", ["id"], unique=False)
        batch_op.create_index("ix_diagram_content__position", ["scope_id", "position", "id"], unique=False)

    op.create_table(
        "diagram_export_image",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("diagram_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("diagram_export_image", schema=None) as batch_op:
        batch_op.create_index("ix_diagram_export_image__diagram_id", ["scope_id", "diagram_id"], unique=False)
        batch_op.create_index("ix_diagram_export_image__handle_id", ["scope_id", "handle_id"], unique=False)
        batch_op.create_index("ix_diagram_export_image__id", ["id"], unique=False)
        batch_op.create_index("ix_diagram_export_image__position", ["scope_id", "position", "id"], unique=False)

    op.create_table(
        "diagram_group",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("model_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("diagram_group", schema=None) as batch_op:
        batch_op.create_index("ix_diagram_group__handle_id", ["scope_id", "handle_id"], unique=True)
        batch_op.create_index("ix_diagram_group__id", ["id"], unique=False)
        batch_op.create_index("ix_diagram_group__model_id", ["scope_id", "model_id"], unique=False)
        batch_op.create_index("ix_diagram_group__position", ["scope_id", "position", "id"], unique=False)

    op.create_table(
        "domain",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("domain", schema=None) as batch_op:
        batch_op.create_index("ix_domain__handle_id", ["scope_id", "handle_id"], unique=True)
        batch_op.create_index("ix_domain__id", ["id"], unique=False)
        batch_op.create_index("ix_domain__position", ["scope_id", "position", "id"], unique=False)

    op.create_table(
        "landscape",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("landscape", schema=None) as batch_op:
        batch_op.create_index("ix_landscape__handle_id", ["scope_id", "handle_id"], unique=False)
        batch_op.create_index("ix_landscape__id", ["id"], unique=False)
        batch_op.create_index("ix_landscape__position", ["scope_id", "position", "id"], unique=False)

    op.create_table(
        "model_connection",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("origin_id", sa.String(), nullable=True),
        sa.Column("target_id", sa.String(), nullable=True),
        sa.Column("via_id", sa.String(), nullable=True),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("linked", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("model_connection", schema=None) as batch_op:
        batch_op.create_index("ix_model_connection__handle_id", ["scope_id", "handle_id"], unique=True)
        batch_op.create_index("ix_model_connection__id", ["id"], unique=False)
        batch_op.create_index("ix_model_connection__origin_id", ["scope_id", "origin_id"], unique=False)
        batch_op.create_index("ix_model_connection__position", ["scope_id", "position", "id"], unique=False)
        batch_op.create_index("ix_model_connection__target_id", ["scope_id", "target_id"], unique=False)
        batch_op.create_index("ix_model_connection__via_id", ["scope_id", "via_id"], unique=False)

    op.create_table(
        "model_object",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("domain_id", sa.String(), nullable=True),
        sa.Column("external", sa.Boolean(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("linked", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("model_object", schema=None) as batch_op:
        batch_op.create_index("ix_model_object__domain_id", ["scope_id", "domain_id"], unique=False)
        batch_op.create_index("ix_model_object__handle_id", ["scope_id", "handle_id"], unique=True)
        batch_op.create_index("ix_model_object__id", ["id"], unique=False)
        batch_op.create_index("ix_model_object__parent_id", ["scope_id", "parent_id"], unique=False)
        batch_op.create_index("ix_model_object__position", ["scope_id", "position", "id"], unique=False)
        batch_op.create_index("ix_model_object__type", ["scope_id", "type"], unique=False)

    op.create_table(
        "organization",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.create_index("ix_organization__handle_id", ["scope_id", "handle_id"], unique=False)
        batch_op.create_index("ix_organization__id", ["id"], unique=False)
        batch_op.create_index("ix_organization__position", ["scope_id", "position", "id"], unique=False)

    op.create_table(
        "tag",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("tag", schema=None) as batch_op:
        batch_op.create_index("ix_tag__group_id", ["scope_id", "group_id"], unique=False)
        batch_op.create_index("ix_tag__handle_id", ["scope_id", "handle_id"], unique=True)
        batch_op.create_index("ix_tag__id", ["id"], unique=False)
        batch_op.create_index("ix_tag__position", ["scope_id", "position", "id"], unique=False)

    op.create_table(
        "tag_group",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("tag_group", schema=None) as batch_op:
        batch_op.create_index("ix_tag_group__handle_id", ["scope_id", "handle_id"], unique=True)
        batch_op.create_index("ix_tag_group__id", ["id"], unique=False)
        batch_op.create_index("ix_tag_group__position", ["scope_id", "position", "id"], unique=False)

    op.create_table(
        "term",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("scope_id", "kind", "field", "value", "id"),
    )
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.create_index("ix_term_id", ["scope_id", "kind", "id"], unique=False)

    op.create_table(
        "version",
        sa.Column("scope_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("landscape_id", sa.String(), nullable=False),
        sa.Column("handle_id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("scope_id", "id"),
    )
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.create_index("ix_version__handle_id", ["scope_id", "handle_id"], unique=False)
        batch_op.create_index("ix_version__id", ["id"], unique=False)
        batch_op.create_index("ix_version__position", ["scope_id", "position", "id"], unique=False)


def downgrade() -> None:
    """There is no way back: restore a backup."""
    raise NotImplementedError
