"""Nothing that was read is cached any more, so the marks of what has changed go, with the triggers that set them."""

from alembic import op

revision = "0009"
down_revision = "0008"

TABLES = (
    "plan",
    "theme",
    "priority",
    "organisation",
    "person",
    "account",
    "post",
    "appointment",
    "board",
    "meeting",
    "action",
    "action_update",
    "outcome",
    "replan",
    "action_priority",
)


def upgrade() -> None:
    """Drops the triggers and the table of migration 0007; no row of the plan changes."""
    for table in TABLES:
        if op.get_bind().dialect.name == "sqlite":
            for name in ("insert", "update", "delete", "given"):
                op.execute(f"DROP TRIGGER IF EXISTS plan_mark_{table}_{name}")
        else:
            op.execute(f"DROP TRIGGER IF EXISTS plan_mark ON {table}")
            op.execute(f"DROP FUNCTION IF EXISTS plan_mark_{table}()")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION IF EXISTS plan_mark(text)")
    op.drop_table("plan_mark")
