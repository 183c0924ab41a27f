"""The few actions that a pass looks at for what they are, and not for their meeting, have indexes of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Adds indexes; nothing that is there changes."""
    for name, column, where in (
        ("ix_action_follow", "follow_by", "follow_by IS NOT NULL"),
        ("ix_action_dated", "due_date", "due_date IS NOT NULL"),
        ("ix_action_standing", "board_id", "kind = 'standing commitment'"),
        ("ix_action_proposed", "board_id", "status = 'proposed for closure'"),
    ):
        op.create_index(
            name,
            "action",
            ["workspace_id", column],
            unique=False,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
