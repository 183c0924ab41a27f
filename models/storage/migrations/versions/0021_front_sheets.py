"""The front sheet of a meeting's report, and the clearances that it was sent for."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "report_entry",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_report_entry_board_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_report_entry_meeting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_report_entry_person_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_report_entry_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report_entry"),
    )
    op.create_index("ix_report_entry_board", "report_entry", ["board_id", "meeting_id"])
    op.create_index("ix_report_entry_workspace_id", "report_entry", ["workspace_id"])
