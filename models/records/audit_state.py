"""Check what is stored beside the chains: each action's state, how many there are, the meetings' days, posted heads.

An action's columns are worked out from its entries anew; a meeting's day and state are compared with the last entry
about it (`MeetingChange`).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import AnswerKind, MessageState, Status
from models.records.action_state import ActionState, derive_state
from models.records.chain_form import parse_head
from models.records.findings import Finding
from models.records.history import ON_COMMAND_LINE, read_meetings
from models.records.partner_parts import state_of_parts
from models.storage.history_tables import (
    EndedPlan,
    HistoryEntry,
    MeetingChange,
    Outcome,
    Replan,
    SettingChange,
    Update,
    signed_tables,
)
from models.storage.notification_tables import Message, MessagePart, Spoken
from models.storage.scope import ALL, RUNNING_PLAN, scope_of
from models.storage.tables import Action, Meeting, Post, Workspace

_NAMES = {
    "status": "status",
    "rating": "last rating",
    "lead_in_question": "lead in question",
    "due_meeting_id": "due meeting",
    "replans": "number of re-plans",
    "moves": "number of moves",
    "moved_at": "day of the last re-plan",
    "missed_before": "number of meetings missed before it was moved",
    "last_update_id": "last update",
    "last_answer_at": "day of the last answer",
    "follow_by": "day by which an update is to follow",
    "closed_at": "day of closure",
    "closed_meeting_id": "meeting that closed it",
}
_POSTED = re.compile(r"Record so far: ((?:[0-9a-f]{4} ){3}[0-9a-f]{4})")


def state_findings(session: Session, action_ids: Sequence[int]) -> Iterator[Finding]:
    """Work out the state of some actions from their entries anew; yield where another is stored."""
    rows = session.scalars(select(Action).where(Action.id.in_(action_ids)).order_by(Action.id)).all()
    updates, outcomes, replans = (_by_action(session, table, action_ids) for table in (Update, Outcome, Replan))
    meetings = read_meetings(session)
    starts = {number: meeting.starts_at for number, meeting in meetings.by_id.items()}
    ended = {RUNNING_PLAN, *session.scalars(select(EndedPlan.id))}
    parts: dict[int | None, list[Status]] = defaultdict(list)
    for parent, status in session.execute(
        select(Action.parent_id, Action.status).where(Action.parent_id.in_(action_ids)).order_by(Action.id)
    ):
        parts[parent].append(status)
    for row in rows:
        derived = derive_state(row, updates[row.id], outcomes[row.id], replans[row.id], meetings)
        if parts[row.id]:
            derived.status, derived.rating = state_of_parts(derived.status, parts[row.id])
        yield from _differences(session, row, derived, updates[row.id], starts)
        if row.ended_plan_id not in ended:
            yield Finding(row.ref, "it was put among those of a plan that never ended, where no answer has it")
        if row.due_meeting_id is not None and row.due_meeting_id not in starts:
            yield Finding(row.ref, f"the meeting it is due at (number {row.due_meeting_id}) is gone")
    session.expunge_all()


def _by_action(session: Session, table: Any, action_ids: Sequence[int]) -> Mapping[int, list[Any]]:
    found = defaultdict[int, list[Any]](list)
    for row in session.scalars(select(table).where(table.action_id.in_(action_ids)).order_by(table.id)):
        found[row.action_id].append(row)
    return found


def _differences(
    session: Session,
    row: Action,
    derived: ActionState,
    updates: Sequence[Update],
    starts: Mapping[int, datetime | None],
) -> Iterator[Finding]:
    # When an action was closed before it was loaded is what the file said: no entry shows it.
    loaded_closed = derived.closed_at == row.created_at and derived.closed_meeting_id == row.closed_meeting_id
    for name in ActionState.__slots__:
        stored, follows = getattr(row, name), getattr(derived, name)
        if stored != follows and not (loaded_closed and name == "closed_at" and stored is not None):
            yield _differs(row, _NAMES[name], _said(name, stored, starts), _said(name, follows, starts))
    expected = _lead_of(row, updates)
    if expected is not None and expected != (row.lead_post_id or 0):
        titles = [_title(session, post) for post in (row.lead_post_id, expected)]
        yield _differs(row, "lead", *titles)


def _lead_of(row: Action, updates: Sequence[Update]) -> int | None:
    """Return the post that leads by the entries, 0 for none; None where they were written before that was noted."""
    changes = [entry for entry in updates if entry.kind is AnswerKind.ASSIGNED]
    return changes[-1].lead_post_id if changes else row.first_lead_post_id


def _differs(row: Action, what: str, stored: str, follows: str) -> Finding:
    return Finding(row.ref, f"its {what} was changed: {stored} is stored, and its entries say {follows}")


def _title(session: Session, post_id: int | None) -> str:
    post = session.get(Post, post_id) if post_id else None
    return f"{post.title}, {post.organisation.name}" if post else "nobody"


def _said(name: str, value: Any, starts: Mapping[int, datetime | None]) -> str:
    if name.endswith("meeting_id") and value is not None:
        start = starts.get(value)
        return f"the meeting of {start:%Y-%m-%d}" if start else f"meeting number {value}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return "none" if value is None else str(value.value) if isinstance(value, Status) else str(value)


def missing_actions(session: Session, there: int) -> Iterator[Finding]:
    """Yield that actions are gone of which nothing else is left; `there`: how many were found."""
    wanted = select(func.sum(Workspace.actions))
    scope = scope_of(session)
    noted = session.scalar(wanted if scope == ALL else wanted.where(Workspace.id == scope)) or 0
    if there < noted:
        yield Finding("the record", f"{noted - there} of {noted} actions were deleted, with all their entries")
    elif there > noted:
        yield Finding("the record", f"{there - noted} actions were put in: this program added {noted}")


def meeting_findings(session: Session) -> Iterator[Finding]:
    """Yield each meeting that has another day or state than the last entry about it, or none."""
    noted: dict[int, MeetingChange] = {}
    for change in session.scalars(select(MeetingChange).order_by(MeetingChange.id)):
        noted[change.meeting_id] = change
    for row in session.scalars(select(Meeting).order_by(Meeting.id)):
        last, where = noted.pop(row.id, None), f"meeting of {_day(row.starts_at)}"
        if last is None:
            yield Finding(where, "it was put in: no entry says who added it")
        elif last.starts_at != row.starts_at:
            yield Finding(where, f"its day was changed without an entry: the last entry says {_day(last.starts_at)}")
        elif last.state != row.state:
            yield Finding(where, f"it is {row.state} without an entry: the last entry says {last.state}")
    for last in noted.values():
        yield Finding(f"meeting of {_day(last.starts_at)}", "it was deleted without an entry")


def _day(starts: datetime | None) -> str:
    return f"{starts:%Y-%m-%d %H:%M} UTC" if starts else "no day yet"


def posted_heads(session: Session) -> dict[str, datetime | None]:
    """Return the heads that messages in Slack show, as the ledger has them, each with when it was posted."""
    found: dict[str, datetime | None] = {}
    sent = (
        select(MessagePart.payload, Message.sent_at)
        .join(Message, Message.id == MessagePart.message_id)
        .where(Message.state == MessageState.SENT, MessagePart.payload.contains("Record so far: "))
    )
    answers = select(Spoken.payload, Spoken.at).where(Spoken.payload.contains("Record so far: "))
    for query in (sent, answers):
        for payload, at in session.execute(query):
            for typed in _POSTED.findall(payload):
                found[parse_head(typed)] = at
    return found


def written_on_command_line(session: Session) -> dict[str, list[str]]:
    """Return what was written on the command line, by its signature: actions, settings and the rest in a few words."""
    found: dict[str, list[str]] = defaultdict(list)
    for table in signed_tables():
        by_action = issubclass(table, HistoryEntry)
        about = [Action.ref] if by_action else [SettingChange.setting] if table is SettingChange else []
        rows = select(table.signature, *about).where(table.signature.startswith(ON_COMMAND_LINE))
        if by_action:
            rows = rows.join(Action, Action.id == table.action_id)
        for signature, *said in session.execute(rows.group_by(table.signature, *about).order_by(func.min(table.id))):
            what = said[0] if said else table.__tablename__.replace("_", " ")
            if what not in found[signature]:
                found[signature].append(what)
    return found
