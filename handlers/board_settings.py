"""`board BOARD SETTING VALUE`: a board's secretary changes one setting; the receipt says what it was and is.

Where the dates of a coming meeting follow, only steps still ahead are armed, as when a meeting is moved; and what has
been said for that meeting is not said again (design, section 2).
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from handlers.boards import board_meant, settings_said
from handlers.context import Round
from handlers.identifying import objection_to_reason
from handlers.meant import post_or_nobody
from handlers.permissions import About, may, why_not
from handlers.replies import Answer, Reply, say
from handlers.said.board_words import read_channel, read_choice, read_number_of_days
from handlers.said.dates import NoDay, read_day
from handlers.said.spans import read_days
from handlers.secretary_commands import ChangeBoard, Setting
from handlers.wording import day_said, meeting_said, short_day
from models.calendar import Span, StepDates, at_local
from models.deliveries import NewAsk, plan
from models.enums import AskKind, AskState, Verb
from models.facts import BoardCalendar, MeetingFacts
from models.ledger_tables import Ask
from models.queries import spans
from models.tables import Board, Meeting

MOST_SHOWN = 2
"""Coming meetings whose new dates a receipt shows."""
BY_PRESS = "published by press until then"
"""Why a digest that went out before is not published by itself."""

Values = dict[str, Any]
"""Columns of a board and what is to stand in them."""


def change_board(asked: Round, command: ChangeBoard) -> Answer:
    """Changes one setting, or says in a sentence why not."""
    typed = command.value
    if not asked.roles.secretary_of and not asked.roles.is_administrator:
        return say(why_not(Verb.BOARD), typed=typed)
    again = f"board {{key}} {command.setting.value} {command.value}"
    again += f" until {command.until}" * bool(command.until) + f" because {command.reason}" * bool(command.reason)
    calendar = board_meant(asked, command.board, again)
    if isinstance(calendar, Answer):
        return calendar
    problem = may_not(asked, calendar)
    if problem is not None:
        return problem
    row = asked.boards[calendar.board.id]
    values = _READERS[command.setting](asked, row, command)
    return values if isinstance(values, Answer) else store(asked, row, values)


def may_not(asked: Round, calendar: BoardCalendar) -> Answer | None:
    """Why somebody may not change a board; None where they may."""
    if may(asked.roles, Verb.BOARD, About(board_id=calendar.board.id)):
        return None
    return say(why_not(Verb.BOARD, secretary=asked.secretary(calendar.board.id)))


def _papers(asked: Round, row: Board, command: ChangeBoard) -> Values | Answer:
    said = read_number_of_days(command.value)
    if isinstance(said, str):
        return say(said, "Nothing was changed.", typed=command.value)
    return {"papers_days": said.number} | ({"papers_working": said.sort == "working"} if said.sort else {})


def _updates(asked: Round, row: Board, command: ChangeBoard) -> Values | Answer:
    said = read_number_of_days(command.value)
    if isinstance(said, str):
        return say(said, "Nothing was changed.", typed=command.value)
    if said.sort == "calendar":
        return say("The days before the papers are counted as working days: nothing was changed.", typed=command.value)
    return {"updates_days": said.number}


def _choice(asked: Round, row: Board, command: ChangeBoard) -> Values | Answer:
    said = read_choice(command.setting, command.value)
    if isinstance(said, str):
        return say(said, "Nothing was changed.", typed=command.value)
    if command.setting is Setting.PUBLISH and said and not row.channel:
        return say(
            f"The {row.name} has no channel to publish to, so nothing was changed: "
            f"“/cypp board {row.key} channel #name” first.",
        )
    return {"ask_all" if command.setting is Setting.ASK else "publish_at_once": said}


def _channel(asked: Round, row: Board, command: ChangeBoard) -> Values | Answer:
    channel = read_channel(command.value)
    if channel is None:
        return say(
            "I cannot tell which channel that is, so nothing was changed: type # and choose it from Slack’s list.",
            typed=command.value,
        )
    # A board without a channel has nowhere to publish by itself.
    return {"channel": channel} | ({} if channel else {"publish_at_once": False})


def _secretary(asked: Round, row: Board, command: ChangeBoard) -> Values | Answer:
    post = post_or_nobody(asked, command.value, lambda post: f"board {row.key} secretary {post}")
    return post if isinstance(post, Answer) else {"secretary_post_id": post}


def _chair(asked: Round, row: Board, command: ChangeBoard) -> Values | Answer:
    until: date | None = None
    if command.until:
        day = read_day(command.until, asked.today)
        if isinstance(day, NoDay):
            return say(f"{day.say} Nothing was changed.", typed=command.until)
        if day < asked.today:
            return say(f"{day_said(day)} is past, so nothing was changed: name a coming day.", typed=command.until)
        until = day
    if not command.value:
        if row.chair_post_id is None:
            return say(f"The {row.name} has no chair yet, so nothing was changed: name the post.")
        return {"chair_until": until}
    suffix = f" until {command.until}" if command.until else ""
    post = post_or_nobody(asked, command.value, lambda post: f"board {row.key} chair {post}{suffix}")
    return post if isinstance(post, Answer) else {"chair_post_id": post, "chair_until": until if post else None}


def _closed(asked: Round, row: Board, command: ChangeBoard) -> Values | Answer:
    closed = closed_dates(asked, row.closed, command.value, command.reason, close=command.setting is Setting.CLOSED)
    return closed if isinstance(closed, Answer) else {"closed": closed}


_READERS: dict[Setting, Callable[[Round, Board, ChangeBoard], Values | Answer]] = {
    Setting.PAPERS: _papers,
    Setting.UPDATES: _updates,
    Setting.ASK: _choice,
    Setting.PUBLISH: _choice,
    Setting.CLOSED: _closed,
    Setting.OPEN: _closed,
    Setting.CHANNEL: _channel,
    Setting.SECRETARY: _secretary,
    Setting.CHAIR: _chair,
}


def closed_dates(
    asked: Round, stored: list[list[str]], words: str, reason: str, *, close: bool
) -> list[list[str]] | Answer:
    """Closed dates as they are stored, and days that are to be closed or open, in; the new ones out."""
    days = read_days(words, asked.today)
    if isinstance(days, NoDay):
        return say(f"{days.say.removesuffix(' so nothing was changed.')} Nothing was changed.", typed=words)
    objected = objection_to_reason(asked, reason)
    if objected is not None:
        return objected
    if days.last < asked.today:
        return say(f"{day_said(days.last)} is past, so nothing was changed: name coming days.", typed=words)
    kept = [part for row in stored for part in _without(row, days)]
    if close:
        return sorted([*kept, [days.first.isoformat(), days.last.isoformat(), reason]])
    if sorted(kept) == sorted(stored):
        return say(f"{_span_said(days)} is open already, so nothing was changed.", typed=words)
    return kept


def _span_said(days: Span) -> str:
    return day_said(days.first) if days.first == days.last else f"{day_said(days.first)} to {day_said(days.last)}"


def _without(row: list[str], days: Span) -> list[list[str]]:
    """What is left of one span of closed dates without some days."""
    (span,) = spans([row])
    if days.last < span.first or span.last < days.first:
        return [row]
    left = []
    if span.first < days.first:
        left.append([row[0], (days.first - timedelta(days=1)).isoformat(), *row[2:]])
    if days.last < span.last:
        left.append([(days.last + timedelta(days=1)).isoformat(), row[1], *row[2:]])
    return left


def store(asked: Round, row: Board, values: Values) -> Answer:
    """Stores new values of a board's settings; the receipt says what was, what is, and how the dates move."""
    values = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not values:
        return say(f"The {row.name} is set so already: nothing was changed.")
    before, old = settings_said(asked, row), asked.calendars[row.id]
    for name, value in values.items():
        setattr(row, name, value)
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
    return Answer(Reply(f"Changed: the {row.name}.", intro=(*changed, *moved)), done=True)


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
    asks = [
        NewAsk(AskKind.PUBLISH, row.id, meeting_id, day, step, f"channel:{row.channel}", None, reason=BY_PRESS)
        for meeting_id, day, step in asked.session.execute(gone.distinct())
    ]
    plan(asked.session, asked.workspace_id, asks, asked.now)
