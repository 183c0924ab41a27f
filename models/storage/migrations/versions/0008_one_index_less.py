"""Of the ledger's asks no index is of the workspace alone: three others begin with it.

Without statistics SQLite took that one, and with it all that was ever asked, where another finds a few.
"""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Drops an index; nothing that is there changes."""
    op.drop_index("ix_ask_workspace_id", table_name="ask")
