"""New values of a board's settings are stored: who changed what is on record, and the dates of its meetings follow.

Only steps still ahead are armed, as when a meeting is moved; and what has been said for that meeting is not said again
(design, section 2).
"""

from typing import Any

from sqlalchemy import select

from handlers.boards import settings_said
from handlers.context import Round
from handlers.permissions import About, may, why_not
from handlers.replies import Answer, Reply, say
from handlers.wording import meeting_said, short_day
from models.calendar import StepDates, at_local
from models.deliveries import NewAsk, plan
from models.enums import AskKind, AskState, Verb
from models.facts import BoardCalendar, MeetingFacts
from models.ledger_tables import Ask
from models.settings_log import note_changes
from models.tables import Board, Meeting

MOST_SHOWN = 2
"""Coming meetings whose new dates a receipt shows."""
BY_PRESS = "published by press until then"
"""Why a digest that went out before is not published by itself."""

Values = dict[str, Any]
"""Columns of a board and what is to stand in them."""


def may_not(asked: Round, calendar: BoardCalendar) -> Answer | None:
    """Why somebody may not change a board; None where they may."""
    if may(asked.roles, Verb.BOARD, About(board_id=calendar.board.id)):
        return None
    return say(why_not(Verb.BOARD, secretary=asked.secretary(calendar.board.id)))


def store(asked: Round, row: Board, values: Values) -> Answer:
    """Stores new values of a board's settings; the receipt says what was, what is, and how the dates move."""
    values = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not values:
        return say(f"The {row.name} is set so already: nothing was changed.")
    before, old, channel = settings_said(asked, row), asked.calendars[row.id], row.channel
    note_changes(asked.session, row, values, asked.signed())
    asked.session.flush()
    asked.__dict__.pop("calendars", None)
    after, new = settings_said(asked, row), asked.calendars[row.id]
    if row.publish_at_once and values.keys() & {"publish_at_once", "channel"}:
        _nothing_earlier(asked, row)
    changed = [f"{name}: {before[name]} → {after[name]}." for name in after if before[name] != after[name]]
    moved = _dates_moved(asked, old, new)
    _arm_only_ahead(asked, old, new)
    if "channel" in values and row.channel:
        moved.append("Invite the bot to that channel, if it is not there yet, so that it can post.")
    channels = tuple(filter(None, (channel, row.channel)))
    return Answer(Reply(f"Changed: the {row.name}.", intro=(*changed, *moved), channels=channels), done=True)


def _dates_moved(asked: Round, old: BoardCalendar, new: BoardCalendar) -> list[str]:
    """How the dates of the coming meetings move, in sentences."""
    if old.board.rules == new.board.rules:
        return []
    ahead = [meeting for meeting in new.dated if meeting.start > asked.now]
    moved = [meeting for meeting in ahead if old.dates(meeting) != new.dates(meeting)]
    if not moved:
        return [f"The dates of {meeting_said(ahead[0], new)} stay as they were."] if ahead else []
    said = []
    for meeting in moved[:MOST_SHOWN]:
        was, now = old.dates(meeting), new.dates(meeting)
        days = [
            f"{name} {short_day(one)} → {short_day(other)}" if one != other else f"{name} {short_day(one)} as before"
            for name, one, other in (
                ("updates due", was.updates_due, now.updates_due),
                ("papers", was.papers, now.papers),
            )
        ]
        said.append(f"For {meeting_said(meeting, new)}: {', '.join(days)}.")
        said += _steps_moved(asked, new, meeting, now)
    return said


def _steps_moved(asked: Round, calendar: BoardCalendar, meeting: MeetingFacts, dates: StepDates) -> list[str]:
    """What becomes of the steps of asking for one meeting whose dates have moved."""
    if calendar.board.started_at is None:
        return []
    if dates.updates_due < asked.today:
        return ["That day is past, so nobody is asked for it any more."]
    gone = select(Ask.step).where(
        Ask.workspace_id == asked.workspace_id,
        Ask.kind == AskKind.UPDATE,
        Ask.meeting_id == meeting.id,
        Ask.meeting_day == dates.meeting,
        Ask.state == AskState.SENT,
    )
    said_before = set(asked.session.scalars(gone.distinct()))
    ahead = [
        f"{step.value} {short_day(day)}"
        for step, day in dates.steps
        if step.value not in said_before and at_local(day, calendar.zone) >= asked.now
    ]
    out = [step.value for step, _ in dates.steps if step.value in said_before]
    said = [f"Still to come: {', '.join(ahead)}."] if ahead else ["Nobody is asked for it again."]
    if out:
        said.append(f"Gone out already, and not sent again: {', '.join(out)}.")
    return said


def _arm_only_ahead(asked: Round, old: BoardCalendar, new: BoardCalendar) -> None:
    """Where the asking for a meeting had begun, or would have by the new dates, only steps still ahead are armed."""
    for meeting in new.dated:
        if meeting.start <= asked.now or old.dates(meeting) == new.dates(meeting):
            continue
        first = min((day for dates in (old.dates(meeting), new.dates(meeting)) for _, day in dates.steps), default=None)
        if first is not None and at_local(first, new.zone) <= asked.now:
            asked.session.get_one(Meeting, meeting.id).moved_at = asked.now
    asked.session.flush()
    asked.__dict__.pop("calendars", None)


def _nothing_earlier(asked: Round, row: Board) -> None:
    """Digests that went to the secretary before a board publishes by itself are not published after the event."""
    gone = select(Ask.meeting_id, Ask.meeting_day, Ask.step).where(
        Ask.workspace_id == asked.workspace_id, Ask.kind == AskKind.DIGEST, Ask.subject == row.id
    )
    to = f"channel:{row.channel}"
    asks = [
        NewAsk(AskKind.PUBLISH, row.id, meeting_id, day, step, to, None, BY_PRESS, state=AskState.LAPSED)
        for meeting_id, day, step in asked.session.execute(gone.distinct())
    ]
    plan(asked.session, asked.workspace_id, asks, asked.now)
