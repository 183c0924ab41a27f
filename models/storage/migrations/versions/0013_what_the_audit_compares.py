"""What `cypp audit` compares beside the chains: how many actions there are, who led each, when each meeting is."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Adds three columns and an entry for each meeting; leads of before stay unknown, since nothing noted them."""
    op.add_column("workspace", sa.Column("actions", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("action", sa.Column("first_lead_post_id", sa.Integer(), nullable=True))
    op.add_column("action_update", sa.Column("lead_post_id", sa.Integer(), nullable=True))
    op.execute("UPDATE workspace SET actions = (SELECT count(*) FROM action WHERE action.workspace_id = workspace.id)")
    op.create_table(
        "meeting_change",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meeting_change_person_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_meeting_change_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_change")),
    )
    op.create_index(op.f("ix_meeting_change_workspace_id"), "meeting_change", ["workspace_id"])
    op.execute(
        "INSERT INTO meeting_change (workspace_id, meeting_id, starts_at, state, signature, way, at) "
        "SELECT workspace_id, id, starts_at, state, 'upgrade', 'import', CURRENT_TIMESTAMP FROM meeting ORDER BY id"
    )
