"""An account keeps every team that payloads may name as its person's, and is found by its user alone."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the teams, of which one was known so far, and the index."""
    op.add_column("account", sa.Column("teams", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.execute("UPDATE account SET teams = ' ' || team || ' '")
    op.create_index("ix_account_user", "account", ["workspace_id", "user"])
