"""What was acknowledged and is not worked yet is kept until it is: a burst is noted first and worked in order."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "accepted",
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_accepted_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_accepted"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_accepted_workspace_id_key"),
    )
    op.create_index("ix_accepted_workspace_id", "accepted", ["workspace_id"], unique=False)
