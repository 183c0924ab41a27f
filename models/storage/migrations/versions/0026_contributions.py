"""Partners give returns on a meeting's focus theme; an organisation names who gives them, and may end."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Make the table, empty; no organisation has named anybody or ended."""
    op.add_column("organisation", sa.Column("contributors", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("organisation", sa.Column("last_day", sa.Date(), nullable=True))
    op.create_table(
        "contribution",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("redaction", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_contribution_meeting_id"),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name="fk_contribution_theme_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_contribution_organisation_id"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_contribution_post_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_contribution_person_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_contribution_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contribution"),
    )
    op.create_index("ix_contribution_meeting", "contribution", ["meeting_id", "theme_id"])
    op.create_index("ix_contribution_workspace_id", "contribution", ["workspace_id"])
