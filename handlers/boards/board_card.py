"""`board`: one board's settings in plain words, and the dates that follow from them."""

from datetime import date

from handlers.commands.boards import ShowBoard
from handlers.context import RequestContext
from handlers.formatting import day_said, meeting_said, number_said, short_day, time_said, updates_and_papers_said
from handlers.permissions import About, may
from handlers.preconditions import board_named
from handlers.press_codec import OnBoard, press_button, shareable
from handlers.responses import Button, Content, Group, Response
from models.enums import Verb
from models.records.settings_log import last_setting_change
from models.rules.calendar import local_day
from models.rules.facts import BoardCalendar
from models.storage.tables import Board

NONE_AHEAD = "none ahead"


class ChangeSettings(OnBoard):
    """*Change…* under a board's settings."""

    verb = "board"


def show_board(ctx: RequestContext, command: ShowBoard) -> Response:
    """Answer `board [BOARD]`."""
    calendar = board_named(ctx, command.board, "board {key}")
    row = ctx.boards[calendar.board.id]
    said = settings_said(ctx, row)
    groups = [Group("Settings", texts=tuple(f"{name}: {value}" for name, value in said.items()))]
    coming = calendar.next(ctx.now)
    if coming is not None:
        heading = f"Next meeting {meeting_said(coming, calendar)}, {time_said(coming.start, calendar)}"
        groups.append(Group(heading, texts=(steps_said(calendar, coming.id),)))
    else:
        groups.append(Group("Next meeting", texts=("No meeting with a date is planned.",)))
    buttons: tuple[Button, ...] = ()
    footer: tuple[str, ...] = ()
    changed = last_setting_change(ctx.session, row)
    if changed is not None:
        day = day_said(local_day(changed.at, ctx.zone))
        groups.append(Group(texts=(f"Last changed by {changed.signature} on {day}.",)))
    if may(ctx.roles, Verb.BOARD, About(board_id=row.id)):
        buttons = (press_button("Change…", ChangeSettings(board=row.id)),)
        footer = (f"In words, for instance: “/cypp board {row.key} closed 28/12 to 1/1 because the offices are shut”.",)
    return Response(
        Content(
            f"{row.name}: papers {said['Papers']}; updates due {said['Updates due']}.",
            groups=tuple(groups),
            footer=footer,
            buttons=buttons,
            channels=tuple(filter(None, (row.channel,))),
            shareable=shareable(f"board {row.key}"),
        )
    )


def settings_said(ctx: RequestContext, row: Board) -> dict[str, str]:
    """Return a board's settings, each by its name."""
    chair = ctx.posts.get(row.chair_post_id or 0, "nobody yet")
    if row.chair_post_id and row.chair_until:
        over = ", over" if row.chair_until < ctx.today else ""
        chair += f" (until {day_said(row.chair_until)}{over})"
    sort = "working" if row.papers_working else "calendar"
    started = f"since {day_said(local_day(row.started_at, ctx.zone))}" if row.started_at else "not started: it is quiet"
    if row.started_at and row.started_at > ctx.now:
        started = f"from {day_said(local_day(row.started_at, ctx.zone))} on"
    return {
        "Secretary": ctx.posts.get(row.secretary_post_id or 0, "nobody yet"),
        "Chair": chair,
        "Channel": row.channel or "none",
        "Papers": f"{number_said(row.papers_days, f'clear {sort} day')} before the meeting",
        "Updates due": f"{number_said(row.updates_days, 'working day')} before the papers"
        if row.updates_days
        else "on the day of the papers",
        "Leads are asked for": "all its open deliverables" if row.ask_all else "what is due or overdue",
        "Digest published": "at once" if row.publish_at_once else "when Publish is pressed",
        "Bank holidays": f"those of {row.nation.value}"
        + (f", but it works on {opened}" if (opened := closed_said(row.opened, ctx)) != NONE_AHEAD else ""),
        "Closed days": closed_said(row.closed, ctx),
        "Reminders": started,
    }


def closed_said(stored: list[list[str]], ctx: RequestContext) -> str:
    """Return stored closed dates in words, without those that are over."""
    ahead = sorted(row for row in stored if row[1] >= ctx.today.isoformat())
    return "; ".join(closed_days_said(row) for row in ahead) or NONE_AHEAD


def closed_days_said(row: list[str]) -> str:
    """Return one span of closed dates: "Mon 28 Dec 2020 to Fri 1 Jan 2021 (Christmas)"."""
    first, last = date.fromisoformat(row[0]), date.fromisoformat(row[1])
    days = day_said(first) if first == last else f"{day_said(first)} to {day_said(last)}"
    return f"{days} ({row[2]})" if len(row) > 2 and row[2] else days


def steps_said(calendar: BoardCalendar, meeting_id: int) -> str:
    """Return the days around one meeting, in order."""
    meeting = calendar.by_id[meeting_id]
    steps = [f"{step.value} {short_day(day)}" for step, day in calendar.dates(meeting).steps]
    return f"{', '.join([*steps, updates_and_papers_said(meeting, calendar)])}."
