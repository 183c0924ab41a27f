"""The risks of a plan, how each was assessed, and what each board calls a score."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    """Make both tables, empty; no board has bands yet."""
    op.add_column("board", sa.Column("risk_bands", sa.Text(), server_default="[]", nullable=False))
    op.create_table(
        "risk",
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("ref_key", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("title"),
        sa.Column("priority_id", sa.Integer(), nullable=True),
        _text("cause"),
        _text("event"),
        _text("effect"),
        sa.Column("target", sa.Integer(), nullable=True),
        _text("treatment"),
        _text("mitigated_by"),
        sa.Column("owner_post_id", sa.Integer(), nullable=True),
        sa.Column("board_id", sa.Integer(), nullable=True),
        sa.Column("ended_plan_id", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        _key("risk", "priority_id", "priority"),
        _key("risk", "owner_post_id", "post"),
        _key("risk", "board_id", "board"),
        _key("risk", "workspace_id", "workspace"),
        sa.PrimaryKeyConstraint("id", name="pk_risk"),
        sa.UniqueConstraint(
            "workspace_id", "ended_plan_id", "ref_key", name="uq_risk_workspace_id_ended_plan_id_ref_key"
        ),
    )
    op.create_table(
        "risk_assessment",
        sa.Column("risk_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=True),
        sa.Column("impact", sa.Integer(), nullable=True),
        _text("reason"),
        sa.Column("redaction", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        _text("signature"),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        _key("risk_assessment", "risk_id", "risk"),
        _key("risk_assessment", "person_id", "person"),
        _key("risk_assessment", "workspace_id", "workspace"),
        sa.PrimaryKeyConstraint("id", name="pk_risk_assessment"),
    )
    op.create_index("ix_risk_assessment_day", "risk_assessment", ["risk_id", "day"])
    for table, column in (("risk", "workspace_id"), ("risk", "owner_post_id"), ("risk_assessment", "workspace_id")):
        op.create_index(f"ix_{table}_{column}", table, [column])
