"""Which message an entry came from, what became of each message, and what blocks a workspace does not take yet."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the column with its index, and two tables; entries of before came from no known message."""
    op.add_column("action_update", sa.Column("message", sa.String(length=64), nullable=True))
    came_from = sa.text("message IS NOT NULL")
    op.create_index(
        "ix_action_update_message",
        "action_update",
        ["message"],
        sqlite_where=came_from,
        postgresql_where=came_from,
    )
    op.create_table(
        "said_message",
        sa.Column("message", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.String(length=64), nullable=False),
        sa.Column("became", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_said_message_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_said_message")),
        sa.UniqueConstraint("workspace_id", "message", name=op.f("uq_said_message_workspace_id_message")),
    )
    op.create_index(op.f("ix_said_message_workspace_id"), "said_message", ["workspace_id"])
    op.create_index("ix_said_message_answer", "said_message", ["answer"])
    op.create_table(
        "refused_block",
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_refused_block_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_block")),
        sa.UniqueConstraint("workspace_id", "kind", name=op.f("uq_refused_block_workspace_id_kind")),
    )
    op.create_index(op.f("ix_refused_block_workspace_id"), "refused_block", ["workspace_id"])
