"""When a plan is to be looked at next; delivered pages that are to be changed are found by an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds columns and an index; nothing that is there changes."""
    op.add_column("workspace", sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("workspace", sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_delivery_part_stale",
        "delivery_part",
        ["stale"],
        unique=False,
        sqlite_where=sa.text("stale > 0"),
        postgresql_where=sa.text("stale > 0"),
    )
    op.create_index(
        "ix_spoken_stale",
        "spoken",
        ["workspace_id"],
        unique=False,
        sqlite_where=sa.text("stale = 1"),
        postgresql_where=sa.text("stale"),
    )
