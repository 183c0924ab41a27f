"""A mark of each workspace's plan, another one after every change: whoever remembers what was read can tell.

Triggers set it, in the transaction of the change itself: no write can forget to, not one by another program either.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

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
)
"""Whatever answers are read from and has a workspace; `action_priority` has that of its action."""

SQLITE = """
CREATE TRIGGER plan_mark_{table}_{name} AFTER {event} ON {table} BEGIN
  INSERT INTO plan_mark (workspace, mark) VALUES ({workspace}, hex(randomblob(16)))
  ON CONFLICT (workspace) DO UPDATE SET mark = excluded.mark;
END
"""

# One change of the row a transaction is enough, however many rows it writes: a row that is changed over and over in one
# transaction becomes slow to find.
POSTGRESQL = """
CREATE FUNCTION plan_mark(of_workspace text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO plan_mark (workspace, mark)
  SELECT of_workspace, CAST(gen_random_uuid() AS text) WHERE of_workspace IS NOT NULL
  ON CONFLICT (workspace) DO UPDATE SET mark = excluded.mark
  WHERE plan_mark.xmin <> CAST(pg_current_xact_id() AS xid);
END $$
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION plan_mark_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN PERFORM plan_mark({new}); END IF;
  IF TG_OP <> 'INSERT' THEN PERFORM plan_mark({old}); END IF;
  RETURN NULL;
END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER plan_mark AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION plan_mark_{table}()
"""


def upgrade() -> None:
    """Adds a table and triggers; nothing that is there changes."""
    op.create_table(
        "plan_mark",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name=op.f("pk_plan_mark")),
    )
    its_own = dict.fromkeys(TABLES, "{row}.workspace_id")
    of_its_action = "(SELECT workspace_id FROM action WHERE id = {row}.action_id)"
    for table, workspace in (its_own | {"action_priority": of_its_action}).items():
        new, old = workspace.format(row="NEW"), workspace.format(row="OLD")
        if op.get_bind().dialect.name == "sqlite":
            for event, its in (("INSERT", new), ("UPDATE", new), ("DELETE", old)):
                op.execute(SQLITE.format(name=event.lower(), table=table, event=event, workspace=its))
            if table in TABLES:
                # Given to another workspace (models.storage.workspaces.adopt), it is gone from the one it was in.
                op.execute(SQLITE.format(name="given", table=table, event="UPDATE OF workspace_id", workspace=old))
            continue
        if table == "plan":
            op.execute(POSTGRESQL)
        op.execute(POSTGRESQL_FUNCTION.format(table=table, new=new, old=old))
        op.execute(POSTGRESQL_TRIGGER.format(table=table))
