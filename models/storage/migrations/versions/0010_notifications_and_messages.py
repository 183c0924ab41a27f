"""The ledger's tables bear the names of what they keep: notifications, messages, and the parts of a message.

Made anew and filled, not renamed, so that constraints and indexes are called the same here as in a new database.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

STALE = sa.text("stale > 0")
RENAMED = {"klass": "message_class", "delivery_id": "message_id"}


def upgrade() -> None:
    """Make the three tables under their new names, and move every row."""
    op.create_table(
        "message",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("message_class", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("slot_day", sa.Date(), nullable=True),
        sa.Column("slot_n", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("absent", sa.Integer(), nullable=False),
        sa.Column("first_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_message_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("uuid", name="uq_message_uuid"),
        sa.UniqueConstraint("workspace_id", "message_class", "recipient", "slot_day", "slot_n", name="uq_message_slot"),
    )
    op.create_table(
        "notification",
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("meeting_day", sa.Date(), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_notification_message_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_notification_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notification"),
        sa.UniqueConstraint(
            "workspace_id",
            "kind",
            "subject",
            "meeting_id",
            "meeting_day",
            "step",
            "recipient",
            name="uq_notification_reason",
        ),
    )
    op.create_table(
        "message_part",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("ts", sa.String(length=64), nullable=False),
        sa.Column("stale", sa.Integer(), nullable=False),
        sa.Column("as_is", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_message_part_message_id"),
        sa.PrimaryKeyConstraint("message_id", "number", name="pk_message_part"),
    )
    _move("delivery", "message")
    _move("ask", "notification")
    _move("delivery_part", "message_part")
    for old in ("ask", "delivery_part", "delivery"):
        op.drop_table(old)
    for name, table, columns in (
        ("ix_message_state", "message", ["workspace_id", "state"]),
        ("ix_message_workspace_id", "message", ["workspace_id"]),
        ("ix_notification_message", "notification", ["message_id"]),
        ("ix_notification_state", "notification", ["workspace_id", "state"]),
        ("ix_notification_subject", "notification", ["workspace_id", "kind", "subject"]),
    ):
        op.create_index(name, table, columns, unique=False)
    op.create_index(
        "ix_message_part_stale", "message_part", ["stale"], unique=False, sqlite_where=STALE, postgresql_where=STALE
    )


def _move(old: str, new: str) -> None:
    """Copy every row with its number; PostgreSQL goes on counting after the highest."""
    connection = op.get_bind()
    columns = [column["name"] for column in sa.inspect(connection).get_columns(old)]
    of_old = sa.table(old, *(sa.column(name) for name in columns))
    of_new = sa.table(new, *(sa.column(RENAMED.get(name, name)) for name in columns))
    connection.execute(sa.insert(of_new).from_select([column.name for column in of_new.c], sa.select(*of_old.c)))
    if connection.dialect.name == "postgresql" and "id" in columns:
        highest = connection.scalar(sa.select(sa.func.max(of_new.c.id)))
        if highest is not None:
            connection.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(new, "id"), highest)))
