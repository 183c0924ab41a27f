"""The measures of a plan, and their figures by period."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _figure(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=32), nullable=False)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    """Make both tables, empty."""
    op.create_table(
        "measure",
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("ref_key", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("name"),
        _text("short_name"),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("priority_id", sa.Integer(), nullable=True),
        sa.Column("good_is", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=64), nullable=False),
        _figure("target"),
        _figure("floor"),
        _figure("unchanged"),
        sa.Column("seasonal", sa.Boolean(), nullable=False),
        _text("baseline"),
        sa.Column("provider_post_id", sa.Integer(), nullable=True),
        _text("source"),
        _text("benchmarks"),
        sa.Column("ended_plan_id", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        _key("measure", "theme_id", "theme"),
        _key("measure", "priority_id", "priority"),
        _key("measure", "provider_post_id", "post"),
        _key("measure", "workspace_id", "workspace"),
        sa.PrimaryKeyConstraint("id", name="pk_measure"),
        sa.UniqueConstraint(
            "workspace_id", "ended_plan_id", "ref_key", name="uq_measure_workspace_id_ended_plan_id_ref_key"
        ),
    )
    op.create_table(
        "measure_value",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        _figure("figure"),
        sa.Column("numerator", sa.Integer(), nullable=True),
        sa.Column("denominator", sa.Integer(), nullable=True),
        _figure("target"),
        _figure("floor"),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("absent", sa.String(length=64), nullable=True),
        _text("note"),
        sa.Column("person_id", sa.Integer(), nullable=True),
        _text("signature"),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        _key("measure_value", "measure_id", "measure"),
        _key("measure_value", "person_id", "person"),
        _key("measure_value", "workspace_id", "workspace"),
        sa.PrimaryKeyConstraint("id", name="pk_measure_value"),
    )
    op.create_index("ix_measure_value_period", "measure_value", ["measure_id", "period_end"])
    for table, column in (
        ("measure", "workspace_id"),
        ("measure", "provider_post_id"),
        ("measure_value", "workspace_id"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])
