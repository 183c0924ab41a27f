"""Whether a meeting decided on an action is found at once, however much either of them has decided."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Put the action into the index of a meeting's outcomes."""
    op.drop_index("ix_outcome_meeting", table_name="outcome")
    op.create_index("ix_outcome_meeting", "outcome", ["meeting_id", "action_id"])
