"""`board BOARD SETTING VALUE`: a board's secretary changes one setting; the receipt says what it was and is."""

from collections.abc import Callable
from datetime import date, timedelta

from handlers.boards.board_card import closed_days_said
from handlers.boards.secretary_change import change
from handlers.boards.stored_settings import Values
from handlers.buttons import day_buttons
from handlers.commands.boards import ChangeBoard, Setting
from handlers.commands.questions import DAY_MEANT
from handlers.context import RequestContext
from handlers.formatting import day_said
from handlers.people.lookup import post_or_nobody
from handlers.permissions import why_not
from handlers.preconditions import board_named, check_may_of_board
from handlers.reading.board_commands import DaysSaid, read_channel, read_choice, read_nation, read_number_of_days
from handlers.reading.dates import NoDay
from handlers.reading.days import read_day, read_span
from handlers.responses import NotDone, Response, say
from handlers.safeguarding.confirmation import check_reason
from models.enums import Nation, Verb
from models.plan.serving import spans
from models.rules.calendar import Span, bank_holidays
from models.storage.tables import Board


def change_board(ctx: RequestContext, command: ChangeBoard) -> Response:
    """Change one setting, or say in a sentence why not."""
    typed = command.value
    if not ctx.roles.secretary_of and not ctx.roles.is_administrator:
        return say(why_not(Verb.BOARD), typed=typed)
    again = f"board {{key}} {command.setting.value} {command.value}"
    again += f" until {command.until}" * bool(command.until) + f" because {command.reason}" * bool(command.reason)
    row = ctx.boards[board_named(ctx, command.board, again).board.id]
    check_may_of_board(ctx, Verb.BOARD, row.id)
    return change(ctx, row, _READERS[command.setting](ctx, row, command))


def _papers(ctx: RequestContext, row: Board, command: ChangeBoard) -> Values:
    said = _days(command)
    return {"papers_days": said.number} | ({"papers_working": said.sort == "working"} if said.sort else {})


def _days(command: ChangeBoard) -> DaysSaid:
    said = read_number_of_days(command.value)
    if isinstance(said, str):
        raise NotDone(say(said, "Nothing was changed.", typed=command.value))
    return said


def _updates(ctx: RequestContext, row: Board, command: ChangeBoard) -> Values:
    said = _days(command)
    if said.sort == "calendar":
        sentence = "The days before the papers are counted as working days: nothing was changed."
        raise NotDone(say(sentence, typed=command.value))
    return {"updates_days": said.number}


def _choice(ctx: RequestContext, row: Board, command: ChangeBoard) -> Values:
    said = read_choice(command.setting, command.value)
    if isinstance(said, str):
        raise NotDone(say(said, "Nothing was changed.", typed=command.value))
    if command.setting is Setting.PUBLISH and said and not row.channel:
        first = f"“/cypp board {row.key} channel #name” first."
        raise NotDone(say(f"The {row.name} has no channel to publish to, so nothing was changed: {first}"))
    return {"ask_all" if command.setting is Setting.ASK else "publish_at_once": said}


def _channel(ctx: RequestContext, row: Board, command: ChangeBoard) -> Values:
    channel = read_channel(command.value)
    if channel is None:
        how = "type # and choose it from Slack’s list."
        raise NotDone(say(f"I cannot tell which channel that is, so nothing was changed: {how}", typed=command.value))
    # A board without a channel has nowhere to publish by itself.
    return {"channel": channel} | ({} if channel else {"publish_at_once": False})


def _secretary(ctx: RequestContext, row: Board, command: ChangeBoard) -> Values:
    post = post_or_nobody(ctx, command.value, lambda post: f"board {row.key} secretary {post}")
    return {"secretary_post_id": post}


def _chair(ctx: RequestContext, row: Board, command: ChangeBoard) -> Values:
    until: date | None = None
    if command.until:
        day = read_day(command.until, ctx.today)
        if isinstance(day, NoDay):
            again = f"board {row.key} chair {command.value} until {DAY_MEANT}"
            buttons = day_buttons(day.candidates, again)
            raise NotDone(say(f"{day.say} Nothing was changed.", typed=command.until, buttons=buttons))
        if day < ctx.today:
            sentence = f"{day_said(day)} is past, so nothing was changed: name a coming day."
            raise NotDone(say(sentence, typed=command.until))
        until = day
    if not command.value:
        if row.chair_post_id is None:
            raise NotDone(say(f"The {row.name} has no chair yet, so nothing was changed: name the post."))
        return {"chair_until": until}
    suffix = f" until {command.until}" if command.until else ""
    post = post_or_nobody(ctx, command.value, lambda post: f"board {row.key} chair {post}{suffix}")
    return {"chair_post_id": post, "chair_until": until if post else None}


def _closed(ctx: RequestContext, row: Board, command: ChangeBoard) -> Values:
    """Close days, or open them: those that the board closed, else bank holidays among them."""
    close = command.setting is Setting.CLOSED
    days = _days_named(ctx, command.value)
    opened = [part for one in row.opened for part in _without(one, days)]
    if close:
        return {"closed": closed_dates(ctx, row.closed, command.value, command.reason, close=True), "opened": opened}
    listed = _holidays(ctx.calendars[row.id].board.rules.nation, days)
    if not listed or any(_without(one, days) != [one] for one in row.closed):
        return {"closed": closed_dates(ctx, row.closed, command.value, command.reason, close=False)}
    return {"opened": sorted([*opened, *([day.isoformat(), day.isoformat(), ""] for day in listed)])}


def _holidays(nation: Nation, days: Span) -> list[date]:
    """Return the bank holidays among some days that are no weekend."""
    every = (days.first + timedelta(days=n) for n in range((days.last - days.first).days + 1))
    return [day for day in every if day.weekday() < 5 and day in bank_holidays(nation, day.year)]


def _nation(ctx: RequestContext, row: Board, command: ChangeBoard) -> Values:
    nation = read_nation(command.value)
    if isinstance(nation, Nation):
        return {"nation": nation}
    raise NotDone(say(nation, "Nothing was changed.", typed=command.value))


_READERS: dict[Setting, Callable[[RequestContext, Board, ChangeBoard], Values]] = {
    Setting.PAPERS: _papers,
    Setting.UPDATES: _updates,
    Setting.ASK: _choice,
    Setting.PUBLISH: _choice,
    Setting.CLOSED: _closed,
    Setting.OPEN: _closed,
    Setting.NATION: _nation,
    Setting.CHANNEL: _channel,
    Setting.SECRETARY: _secretary,
    Setting.CHAIR: _chair,
}


def closed_dates(
    ctx: RequestContext, stored: list[list[str]], words: str, reason: str, *, close: bool
) -> list[list[str]]:
    """Return stored closed dates with some days closed or opened."""
    days = _days_named(ctx, words)
    check_reason(ctx, reason)
    span = [days.first.isoformat(), days.last.isoformat()]
    kept = [part for row in stored for part in _without(row, days)]
    if close:
        return sorted([*kept, [*span, reason]])
    if sorted(kept) == sorted(stored):
        raise NotDone(say(f"{closed_days_said(span)} is open already, so nothing was changed.", typed=words))
    return kept


def _days_named(ctx: RequestContext, words: str) -> Span:
    """Return the coming days that are named."""
    days = read_span(words, ctx.today)
    if isinstance(days, NoDay):
        sentence = f"{days.say.removesuffix(' so nothing was changed.')} Nothing was changed."
        raise NotDone(say(sentence, typed=words))
    if days.last < ctx.today:
        raise NotDone(say(f"{day_said(days.last)} is past, so nothing was changed: name coming days.", typed=words))
    return days


def _without(row: list[str], days: Span) -> list[list[str]]:
    """Return what is left of one span of closed dates without some days."""
    (span,) = spans([row])
    if days.last < span.first or span.last < days.first:
        return [row]
    left = []
    if span.first < days.first:
        left.append([row[0], (days.first - timedelta(days=1)).isoformat(), *row[2:]])
    if days.last < span.last:
        left.append([(days.last + timedelta(days=1)).isoformat(), row[1], *row[2:]])
    return left
