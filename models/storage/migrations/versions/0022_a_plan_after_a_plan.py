"""A plan ends and another follows: what it held is marked as its own, and its keys and refs are free again."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

UNIQUE = {"theme": "key", "priority": "number", "action": "ref_key"}
"""The column that was unique in a workspace, by table, and is unique in a plan from now on."""


def upgrade() -> None:
    """Make the table of ended plans, empty, and the columns that say what is of which."""
    op.create_table(
        "ended_plan",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_ended_plan_person_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_ended_plan_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ended_plan"),
    )
    op.create_index("ix_ended_plan_workspace_id", "ended_plan", ["workspace_id"])
    op.add_column("action", sa.Column("carried_from_id", sa.Integer(), nullable=True))
    op.add_column("action_update", sa.Column("to_board_id", sa.Integer(), nullable=True))
    there = sa.inspect(op.get_bind())
    for table, column in UNIQUE.items():
        if any(one["name"] == "ended_plan_id" for one in there.get_columns(table)):
            continue
        op.add_column(table, sa.Column("ended_plan_id", sa.Integer(), nullable=False, server_default=sa.text("0")))
        old, new = f"uq_{table}_workspace_id_{column}", f"uq_{table}_workspace_id_ended_plan_id_{column}"
        if op.get_bind().dialect.name == "sqlite":
            quoted = op.get_bind().dialect.identifier_preparer.quote(column)
            _rebuild(
                table,
                f"{old} UNIQUE (workspace_id, {quoted})",
                f"{new} UNIQUE (workspace_id, ended_plan_id, {quoted})",
            )
        else:
            op.drop_constraint(old, table)
            op.create_unique_constraint(new, table, ["workspace_id", "ended_plan_id", column])
    some = sa.text("carried_from_id IS NOT NULL")
    op.create_index(
        "ix_action_carried", "action", ["workspace_id", "carried_from_id"], sqlite_where=some, postgresql_where=some
    )


def _rebuild(table: str, old: str, new: str) -> None:
    """Make a table anew with another constraint: SQLite cannot change one.

    What refers to its rows is checked at the commit. They are copied back into a table of its own name, since renaming
    another into its place would count every reference as broken.
    """
    run = op.get_bind().exec_driver_sql
    made = run("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).scalar_one()
    indexes = run("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,))
    kept = indexes.scalars().all()
    if old not in made:
        raise RuntimeError(f"{table} has no {old}")
    run("PRAGMA defer_foreign_keys=ON")
    run(f"CREATE TABLE {table}_before AS SELECT * FROM {table}")  # noqa: S608 - the names stand above
    run(f"DROP TABLE {table}")
    run(made.replace(old, new))
    run(f"INSERT INTO {table} SELECT * FROM {table}_before")  # noqa: S608 - the names stand above
    run(f"DROP TABLE {table}_before")
    for index in kept:
        run(index)
