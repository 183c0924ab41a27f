"""The figures of a board's paper are frozen, and a board has a template of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def _signed(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{table}_person_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=f"fk_{table}_workspace_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]


def upgrade() -> None:
    """Make both tables, empty."""
    op.create_table(
        "frozen_paper",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("meeting_day", sa.Date(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("thawed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thawed_by", sa.Text(), server_default=sa.text("''"), nullable=False),
        *_signed("frozen_paper"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_frozen_paper_meeting_id"),
        sa.UniqueConstraint("meeting_id", "edition", name="uq_frozen_paper_meeting_id_edition"),
    )
    op.create_table(
        "paper_template",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        *_signed("paper_template"),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name="fk_paper_template_board_id"),
    )
    for table, column in (
        ("frozen_paper", "workspace_id"),
        ("paper_template", "workspace_id"),
        ("paper_template", "board_id"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])
