"""A board's nation decides its bank holidays, which it may open one by one; a meeting knows when it was added."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0023"


def upgrade() -> None:
    """Add the columns; boards are England's as before, and a meeting was added when that was recorded."""
    there = sa.inspect(op.get_bind())
    if any(one["name"] == "nation" for one in there.get_columns("board")):
        return
    op.add_column("board", sa.Column("nation", sa.String(length=64), nullable=False, server_default="England"))
    op.add_column("board", sa.Column("opened", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("meeting", sa.Column("added_at", sa.DateTime(timezone=True), nullable=True))
