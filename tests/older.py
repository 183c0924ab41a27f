"""What the tables of a database were called before a revision, as SQL that takes the newest form back."""

LEDGER_OF_0009 = (
    "DROP INDEX ix_action_carried",
    "ALTER TABLE action DROP COLUMN carried_from_id",
    "ALTER TABLE action_update DROP COLUMN to_board_id",
    "DROP TABLE ended_plan",
    *(f"ALTER TABLE action DROP COLUMN {name}" for name in ("moves", "moved_at", "missed_before")),
    *(f"DROP INDEX ix_{name}" for name in ("action_update_message", "outcome_message")),
    *(f"ALTER TABLE {name} DROP COLUMN message" for name in ("action_update", "outcome", "replan", "setting_change")),
    "DROP INDEX ix_action_update_undoes_outcome_id",
    *(f"ALTER TABLE action_update DROP COLUMN undoes_{name}_id" for name in ("outcome", "replan")),
    "ALTER TABLE post DROP COLUMN aliases",
    *(
        f"DROP TABLE {name}"
        for name in (
            "said_message",
            "refused_block",
            "message_count",
            "frozen_paper",
            "paper_template",
            "report_entry",
            "measure_value",
            "measure",
            "risk_assessment",
            "risk",
        )
    ),
    "DROP TABLE meeting_change",
    "DROP TABLE contribution",
    "ALTER TABLE board DROP COLUMN risk_bands",
    *(f"ALTER TABLE organisation DROP COLUMN {name}" for name in ("contributors", "last_day")),
    "ALTER TABLE action_update DROP COLUMN lead_post_id",
    "ALTER TABLE action DROP COLUMN first_lead_post_id",
    "ALTER TABLE workspace DROP COLUMN actions",
    "DROP INDEX ix_account_user",
    "ALTER TABLE account DROP COLUMN teams",
    "DROP TABLE accepted",
    "CREATE TABLE delivery AS SELECT message_class AS klass, id, uuid, workspace_id, recipient, address, slot_day, "
    "slot_n, state, reason, planned_at, not_before, lease_until, attempts, absent, first_attempt_at, last_attempt_at, "
    "sent_at FROM message",
    "CREATE TABLE delivery_part AS SELECT message_id AS delivery_id, number, payload, ts, stale, as_is "
    "FROM message_part",
    "CREATE TABLE ask AS SELECT message_id AS delivery_id, id, workspace_id, kind, subject, meeting_id, meeting_day, "
    "step, recipient, state, reason, planned_at, lapses_at, said_at, fingerprint FROM notification",
    *(f"DROP TABLE {name}" for name in ("notification", "message_part", "message")),
    "UPDATE alembic_version SET version_num = '0009'",
)
"""The ledger as it stood until 0010 called its tables notification, message and message_part.

What is unique in a plan (0022) stays so: that cannot be taken back by SQL that both kinds of database read.
"""
