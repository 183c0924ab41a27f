"""Large plans with a history: boards, people, and actions of which each has as many entries as is wanted.

Every column of an entry but its keys, its instant and its words is copied from one that the product wrote.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.demo.sandbox import TEAM
from models.enums import AnswerKind, OutcomeKind, Status, Way
from models.files.planfile import PlanFile
from models.plan.accounts import AccountSeen
from models.plan.directory_rows import remember
from models.records.history import Signed, record_outcome, record_replan, record_update
from models.storage.engine import Database
from models.storage.tables import Action, Meeting
from tests.benchmarks.databases import _columns, _fast, _multiply, _names, _numbers, as_plan, write
from tests.benchmarks.stand_in import CHAIR, SECRETARY, lead

HELD = 24
"""Meetings that each board has held: six a year for four years."""
ASKED_AT = datetime(2020, 8, 26, 9, tzinfo=UTC)
"""When such a plan is asked: updates are due, and a meeting is coming."""
ANSWERED = "2020-08-26 08:00:00.000000"
LEAD = lead(0)
SORTS = ("action_update", "action_update", "outcome", "action_update", "replan")
"""Of five entries in a row, which are what: answers, what the board decided, and re-plans."""


def _days() -> list[datetime]:
    coming = datetime(2020, 9, 16, 14, tzinfo=UTC)
    return [coming - timedelta(weeks=8 * back) for back in range(HELD, -1, -1)]


def _meetings() -> list[dict[str, Any]]:
    return [{"date": day.date(), "time": "14:00"} for day in _days()]


def _plan(boards: int, people: int) -> PlanFile:
    """One action each to be multiplied; the last meeting of every board is the coming one."""
    someone = [{"name": f"Lead {n}", "email": f"lead{n}@example.org", "slack": lead(n)} for n in range(people)]
    clerk = {"name": "Clerk", "email": "clerk@example.org", "slack": SECRETARY}
    chair = {"name": "Chair", "email": "chair@example.org", "slack": CHAIR}
    posts: list[dict[str, Any]] = [
        {"key": "clerk", "title": "Clerk", "organisation": "council", "holder": clerk},
        {"key": "chair", "title": "Chair", "organisation": "council", "holder": chair},
    ]
    posts += [
        {"key": f"lead-{n}", "title": f"Lead {n}", "organisation": "council", "holder": one}
        for n, one in enumerate(someone)
    ]
    kept = [
        {"key": f"board-{n}", "name": f"Board {n}", "secretary": "clerk", "chair": "chair", "meetings": _meetings()}
        for n in range(boards)
    ]
    pattern: dict[str, Any] = {
        "kind": "deliverable",
        "words": "Have two advisors in every school",
        "status": "on track",
    }
    pattern |= {"board": "board-0", "lead": "lead-0", "due": _days()[-1].date(), "priorities": [1], "ref": "1.1"}
    return as_plan(
        {
            "plan": {"name": "A large plan", "area": "Sefton", "from": "2016-04-01", "to": "2025-03-31"},
            "themes": [{"key": "healthy", "name": "Healthy"}],
            "priorities": [{"number": n, "title": f"Good health {n}", "theme": "healthy"} for n in range(1, 5)],
            "organisations": [{"key": "council", "name": "The Council"}],
            "posts": posts,
            "administrators": [],
            "boards": kept,
            "actions": [pattern],
        }
    )


def with_history(path: Path, actions: int, entries: int, boards: int = 1, people: int = 20) -> Path:
    """A plan of so many actions over its boards, leads and four priorities, each with so many entries.

    Every third action is due at the meeting before the coming one, and so is overdue.
    """
    write(path, _plan(boards, people))
    database = Database(str(path))
    with database.write(workspace=TEAM) as session:
        someone = [AccountSeen(team=TEAM, user=user, name=user) for user in (CHAIR, SECRETARY, LEAD)]
        remember(session, TEAM, someone, ASKED_AT)
        (row,) = session.scalars(select(Action)).all()
        meetings = session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()
        signed = Signed(None, row.lead_post_id, "Lead 0, The Council", Way.COMMAND, datetime(2016, 5, 1, tzinfo=UTC))
        words = "Two advisors were found, and the third school was asked whether it has a room for them. " * 3
        record_replan(session, row, meetings[-2].id, "the data is late", signed)
        record_replan(session, row, meetings[-1].id, "the data is late", signed)
        record_outcome(session, row, meetings[0].id, OutcomeKind.NO_DECISION, signed, reason="More data is wanted.")
        record_update(session, row, AnswerKind.UPDATE, signed, status=Status.ON_TRACK, words=words)
    database.dispose()
    with _fast(path) as connection:
        _numbers(connection, max(actions, entries) + 1)
        (one,) = connection.execute("SELECT id FROM action").fetchone()
        (post,) = connection.execute("SELECT id FROM post WHERE key = 'lead-0'").fetchone()
        (board,) = connection.execute("SELECT min(id) FROM board").fetchone()
        (priority,) = connection.execute("SELECT min(id) FROM priority").fetchone()
        (meeting,) = connection.execute("SELECT min(id) FROM meeting").fetchone()
        each = HELD + 1
        patterns = {
            name: connection.execute(f"SELECT max(id) FROM {name}").fetchone()[0] for name in dict.fromkeys(SORTS)
        }
        # A board's meetings lie beside each other, in order.
        its_board = f"(n.i % {boards})"
        late = "(n.i % 3 = 0)"
        due = f"{meeting} + {its_board} * {each} + {each - 1} - {late}"
        _multiply(
            connection,
            "action",
            f"one.id = {one} AND n.i > 0 AND n.i < {actions}",
            {
                "id": f"{one} + n.i",
                "position": "n.i",
                "ref": "'1.' || (n.i + 1)",
                "ref_key": "'1-' || (n.i + 1)",
                "lead_post_id": f"{post} + n.i % {people}",
                "board_id": f"{board} + {its_board}",
                "due_meeting_id": due,
                "first_due_meeting_id": f"{meeting} + {its_board} * {each}",
                "replans": str(entries // 5),
                "last_answer_at": f"CASE n.i % 2 WHEN 0 THEN one.last_answer_at ELSE '{ANSWERED}' END",
                "status": "CASE n.i % 4 WHEN 0 THEN 'some issues' WHEN 1 THEN 'off track' ELSE 'on track' END",
            },
        )
        connection.execute(
            f"INSERT INTO action_priority SELECT {one} + n.i, {priority} + n.i % 4 FROM n "
            f"WHERE n.i > 0 AND n.i < {actions}"
        )
        connection.execute(f"CREATE TEMP TABLE e AS SELECT i FROM n WHERE i < {entries}")
        for table in patterns:
            places = ", ".join(str(at) for at, sort in enumerate(SORTS) if sort == table)
            nth = f"(e.i / {len(SORTS)})"
            board_first = f"({meeting} + ((one_action.id - {one}) % {boards}) * {each})"
            at_meeting = f"{board_first} + {nth} % {each - 1}"
            changed = {
                "id": f"{patterns[table]} + 1 + (one_action.id - {one}) * {entries} + e.i",
                "action_id": "one_action.id",
                "at": f"strftime('%Y-%m-%d %H:%M:%S.000000', '2017-01-11 15:00', (e.i * 1100 / {entries}) || ' days')",
            }
            if table == "outcome":
                changed["meeting_id"] = at_meeting
            if table == "replan":
                changed |= {"from_meeting_id": at_meeting, "to_meeting_id": f"{at_meeting} + 1"}
            if table == "action_update":
                changed["words"] = "one.words || e.i"
            connection.execute(
                f"INSERT INTO {table} ({_names(table)}) SELECT {_columns(table, changed)} "
                f"FROM action one_action CROSS JOIN e CROSS JOIN {table} one "
                f"WHERE one.id = {patterns[table]} AND e.i % {len(SORTS)} IN ({places})"
            )
        connection.execute(
            "UPDATE action SET last_update_id = "
            "(SELECT max(id) FROM action_update WHERE action_update.action_id = action.id)"
        )
        connection.execute("DROP TABLE temp.e")
    return path
