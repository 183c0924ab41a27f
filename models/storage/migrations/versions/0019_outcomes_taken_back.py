"""Outcomes and re-plans can be taken back, and say from which message they came."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Adds six columns, empty."""
    for name in ("undoes_outcome_id", "undoes_replan_id"):
        op.add_column("action_update", sa.Column(name, sa.Integer(), nullable=True))
    for table in ("outcome", "replan", "setting_change", "meeting_change"):
        op.add_column(table, sa.Column("message", sa.String(length=64), nullable=True))
    for index, table, column in (
        ("ix_action_update_undoes_outcome_id", "action_update", "undoes_outcome_id"),
        ("ix_outcome_message", "outcome", "message"),
    ):
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(index, table, [column], sqlite_where=given, postgresql_where=given)
