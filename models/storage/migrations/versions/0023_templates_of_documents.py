"""A board has a template of its own of each document; numbers of ended plans are not given twice."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Say of every template that it is one of the paper, and have SQLite count ended plans as PostgreSQL does."""
    op.add_column(
        "paper_template",
        sa.Column("document", sa.String(length=16), nullable=False, server_default=sa.text("'paper'")),
    )
    if op.get_bind().dialect.name == "sqlite":
        options = {"sqlite_autoincrement": True}
        with op.batch_alter_table("ended_plan", recreate="always", table_kwargs=options):
            pass
