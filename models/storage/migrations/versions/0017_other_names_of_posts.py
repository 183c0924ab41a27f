"""What else a post is called: "DoF", "Head of Ed", the initials in a log."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the other names of a post: none so far."""
    op.add_column("post", sa.Column("aliases", sa.Text(), nullable=False, server_default="[]"))
