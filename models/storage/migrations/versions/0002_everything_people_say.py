"""Corrections, redactions, what is not for publication, quiet days, drafts, renamed organisations, parts of actions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# SQLite adds a column only with a default for the rows that are there; afterwards every row says its own.
NO_WORDS = sa.text("''")
NO_ROWS = sa.text("'[]'")


def upgrade() -> None:
    """Adds columns and tables; nothing that is there changes."""
    op.add_column("workspace", sa.Column("backup_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("workspace", sa.Column("restored_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("workspace", sa.Column("moved_to", sa.Text(), nullable=False, server_default=NO_WORDS))
    op.add_column("organisation", sa.Column("renames", sa.Text(), nullable=False, server_default=NO_ROWS))
    op.add_column("person", sa.Column("administrator_until", sa.Date(), nullable=True))
    op.add_column("action", sa.Column("parent_id", sa.Integer(), nullable=True))
    op.add_column("action", sa.Column("partner_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_action_parent_id"), "action", ["parent_id"], unique=False)
    op.add_column("action_update", sa.Column("corrects_id", sa.Integer(), nullable=True))
    for name in ("heard", "withheld", "redaction"):
        op.add_column("action_update", sa.Column(name, sa.Text(), nullable=False, server_default=NO_WORDS))
    for table in ("outcome", "replan"):
        op.add_column(table, sa.Column("redaction", sa.Text(), nullable=False, server_default=NO_WORDS))
    op.add_column("delivery_part", sa.Column("as_is", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "draft",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_person_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_draft_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_workspace_id"), "draft", ["workspace_id"], unique=False)
    op.create_table(
        "quiet",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_quiet_person_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_quiet_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet")),
    )
    op.create_index(op.f("ix_quiet_person_id"), "quiet", ["person_id"], unique=False)
    op.create_index(op.f("ix_quiet_workspace_id"), "quiet", ["workspace_id"], unique=False)
    op.create_table(
        "spoken",
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("ts", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_spoken_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spoken")),
        sa.UniqueConstraint("channel", "ts", name=op.f("uq_spoken_channel_ts")),
    )
    op.create_index(op.f("ix_spoken_workspace_id"), "spoken", ["workspace_id"], unique=False)
