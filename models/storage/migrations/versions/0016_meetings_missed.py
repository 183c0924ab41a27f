"""How often each action was moved, when last, and what it had missed by then, so that no answer counts it."""

from bisect import bisect_left
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds three columns, filled for whatever was moved."""
    op.add_column("action", sa.Column("moves", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("action", sa.Column("moved_at", INSTANT, nullable=True))
    op.add_column("action", sa.Column("missed_before", sa.Integer(), nullable=False, server_default="0"))
    connection = op.get_bind()
    board: dict[int, int] = {}
    order: dict[int, datetime] = {}
    starts: dict[int, list[datetime]] = defaultdict(list)
    columns = dict.fromkeys(("id", "board_id"), sa.Integer) | {"starts_at": INSTANT}
    rows = sa.text("SELECT id, board_id, starts_at, expected, state FROM meeting")
    for row in connection.execute(rows.columns(**columns)):
        board[row.id], start = row.board_id, _aware(row.starts_at)
        if start is None:
            year, month = (int(part) for part in row.expected.split("-"))
            order[row.id] = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
            continue
        order[row.id] = start
        if row.state == "planned":
            starts[row.board_id].append(start)
    for some in starts.values():
        some.sort()
    counting = {
        (row.action_id, row.meeting_id): row.id
        for row in connection.execute(sa.text("SELECT id, action_id, meeting_id FROM outcome ORDER BY id"))
    }
    valid = set(counting.values())
    moves: dict[int, list[Any]] = defaultdict(list)
    replans = sa.text("SELECT action_id, at, from_meeting_id, to_meeting_id, outcome_id FROM replan ORDER BY id")
    for row in connection.execute(replans.columns(at=INSTANT)):
        if row.outcome_id is None or row.outcome_id in valid:
            moves[row.action_id].append(row)
    actions = sa.table(
        "action", *(sa.column(name, kind) for name, kind in (
            ("id", sa.Integer()), ("first_due_meeting_id", sa.Integer()), ("closed_at", INSTANT),
            ("moves", sa.Integer()), ("moved_at", INSTANT), ("missed_before", sa.Integer()),
        ))
    )  # fmt: skip
    for row in connection.execute(sa.select(actions)).all():
        mine = moves.get(row.id)
        if not mine:
            continue
        due = None if mine[0].from_meeting_id is None else row.first_due_meeting_id
        closed, since, missed = _aware(row.closed_at), None, 0
        for move in mine:
            at = move.at if move.at.tzinfo else move.at.replace(tzinfo=UTC)
            if due is not None:
                first = order[due] if since is None else max(order[due], since)
                held = starts[board[due]]
                until = at if closed is None else min(at, closed)
                missed += max(0, bisect_left(held, until) - bisect_left(held, first))
            since, due = at if since is None else max(since, at), move.to_meeting_id
        values = {"moves": len(mine), "moved_at": since, "missed_before": missed}
        if connection.dialect.name == "sqlite" and since is not None:
            values["moved_at"] = since.replace(tzinfo=None)
        connection.execute(sa.update(actions).where(actions.c.id == row.id).values(**values))


def _aware(instant: datetime | None) -> datetime | None:
    return instant.replace(tzinfo=UTC) if instant is not None and instant.tzinfo is None else instant
