"""Messages are counted by day, kind and how far they came, so that it can be said how well they are read."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the counters, empty; what was said before is not counted."""
    for name in ("kind", "stage"):
        op.add_column("said_message", sa.Column(name, sa.String(length=64), nullable=True))
    op.create_table(
        "message_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=64), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_message_count_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_message_count"),
        sa.UniqueConstraint(
            "workspace_id", "day", "kind", "stage", name="uq_message_count_workspace_id_day_kind_stage"
        ),
    )
