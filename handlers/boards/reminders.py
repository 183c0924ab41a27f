"""`start reminders` and `stop reminders`: a board is quiet until it is started, and nothing earlier counts."""

from datetime import datetime, time

from handlers.boards.stored_settings import undo_changes
from handlers.buttons import day_buttons
from handlers.commands.boards import Reminders
from handlers.commands.questions import DAY_MEANT
from handlers.context import RequestContext
from handlers.formatting import day_said, meeting_said
from handlers.permissions import why_not
from handlers.preconditions import board_named, check_may_of_board
from handlers.press_codec import ask_button
from handlers.reading.dates import NoDay
from handlers.reading.days import just_past, read_day
from handlers.responses import Response, receipt, say
from models.enums import Verb
from models.records.settings_log import record_setting_changes
from models.rules.calendar import at_local, local_day
from models.rules.facts import BoardCalendar


def change_reminders(ctx: RequestContext, command: Reminders) -> Response:
    """Begin a board's reminders, or make it quiet again."""
    if not ctx.roles.secretary_of and not ctx.roles.is_administrator:
        return say(why_not(Verb.BOARD), typed=command.board)
    verb = "start" if command.start else "stop"
    calendar = board_named(ctx, command.board, f"{verb} reminders {{key}}{f' from {command.day}' * bool(command.day)}")
    check_may_of_board(ctx, Verb.BOARD, calendar.board.id)
    return (_start if command.start else _stop)(ctx, calendar, command)


def _start(ctx: RequestContext, calendar: BoardCalendar, command: Reminders) -> Response:
    board = calendar.board
    if board.started_at is not None and board.started_at <= ctx.now:
        since = day_said(local_day(board.started_at, ctx.zone))
        return say(f"Reminders for the {board.name} began on {since}: nothing was changed.")
    start = ctx.now
    if command.day:
        day = read_day(command.day, ctx.today)
        if isinstance(day, NoDay):
            buttons = day_buttons(day.candidates, f"start reminders {board.key} from {DAY_MEANT}")
            return say(f"{day.say} Nothing was changed.", typed=command.day, buttons=buttons)
        # A year of silence is too much for a slip.
        day = just_past(command.day, ctx.today) or day
        if day < ctx.today:
            return say(f"{day_said(day)} is past, so nothing was changed: reminders begin today or later.")
        start = max(start, at_local(day, ctx.zone, time(0)))
    changes = record_setting_changes(ctx.session, ctx.boards[board.id], {"started_at": start}, ctx.signed())
    ctx.__dict__.pop("calendars", None)
    calendar = ctx.calendars[board.id]
    headline, *rest = begun_said(calendar, start)
    coming = calendar.next(start)
    late = coming is not None and any(at_local(on, ctx.zone) < start for _, on in calendar.dates(coming).steps)
    ask_now = (ask_button("Ask now", f"chase everyone for {board.key}"),) if late and start <= ctx.now else ()
    return receipt(headline, *rest, buttons=(*ask_now, *undo_changes(changes)))


def begun_said(calendar: BoardCalendar, start: datetime) -> list[str]:
    """Return what beginning a board's reminders at an instant brings, in sentences; the command line uses it too."""
    zone = calendar.zone
    said = [f"Reminders for the {calendar.board.name} begin on {day_said(local_day(start, zone))}."]
    coming = calendar.next(start)
    if coming is None:
        return [*said, "No meeting with a date comes after that yet."]
    dates = calendar.dates(coming)
    ahead = [f"{step.value} {day_said(on)}" for step, on in dates.steps if at_local(on, zone) >= start]
    past = [f"{step.value} {day_said(on)}" for step, on in dates.steps if at_local(on, zone) < start]
    steps = ", ".join(ahead) or "nobody is asked any more"
    said.append(f"Next meeting {meeting_said(coming, calendar)}: {steps}; papers {day_said(dates.papers)}.")
    if past:
        said.append(f"Already past, so not sent: {', '.join(past)}.")
    return said


def _stop(ctx: RequestContext, calendar: BoardCalendar, command: Reminders) -> Response:
    board = calendar.board
    if board.started_at is None:
        return say(f"The {board.name} is quiet already: nothing was changed.")
    changes = record_setting_changes(ctx.session, ctx.boards[board.id], {"started_at": None}, ctx.signed())
    return receipt(
        f"The {board.name} is quiet: no request, list or digest is sent for it any more.",
        f"“/cypp start reminders {board.key}” begins again; what falls between is not sent later.",
        buttons=undo_changes(changes),
    )
