"""`board BOARD SETTING VALUE`: a board's secretary changes one setting; the receipt says what it was and is."""

from collections.abc import Callable
from datetime import date, timedelta

from handlers.board_keeper import change
from handlers.board_storing import Values, may_not
from handlers.boards import board_meant
from handlers.context import Round
from handlers.identifying import objection_to_reason
from handlers.meant import post_or_nobody
from handlers.permissions import why_not
from handlers.replies import Answer, say
from handlers.said.board_words import read_channel, read_choice, read_number_of_days
from handlers.said.dates import NoDay, read_day
from handlers.said.spans import read_days
from handlers.secretary_commands import ChangeBoard, Setting
from handlers.wording import day_said
from models.calendar import Span
from models.enums import Verb
from models.serving import spans
from models.tables import Board


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
    return values if isinstance(values, Answer) else change(asked, row, values)


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
