"""A board has a template of its own of each document: of its paper, as until now, and of the front sheet."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Say of every template that it is one of the paper."""
    op.add_column(
        "paper_template",
        sa.Column("document", sa.String(length=16), nullable=False, server_default=sa.text("'paper'")),
    )
