"""`start reminders` and `stop reminders`: a board is quiet until it is started, and nothing earlier counts."""

from datetime import datetime, time

from handlers.board_storing import may_not
from handlers.boards import board_meant
from handlers.context import Round
from handlers.permissions import why_not
from handlers.replies import Answer, Reply, say
from handlers.said.dates import NoDay, just_past, read_day
from handlers.secretary_commands import Reminders
from handlers.wording import day_said, meeting_said
from models.calendar import at_local, local_day
from models.enums import Verb
from models.facts import BoardCalendar
from models.settings_log import note_changes


def change_reminders(asked: Round, command: Reminders) -> Answer:
    """Begins a board's reminders, or makes it quiet again."""
    if not asked.roles.secretary_of and not asked.roles.is_administrator:
        return say(why_not(Verb.BOARD), typed=command.board)
    verb = "start" if command.start else "stop"
    calendar = board_meant(
        asked, command.board, f"{verb} reminders {{key}}{f' from {command.day}' * bool(command.day)}"
    )
    if isinstance(calendar, Answer):
        return calendar
    return may_not(asked, calendar) or (_start if command.start else _stop)(asked, calendar, command)


def _start(asked: Round, calendar: BoardCalendar, command: Reminders) -> Answer:
    board = calendar.board
    if board.started_at is not None and board.started_at <= asked.now:
        since = day_said(local_day(board.started_at, asked.zone))
        return say(f"Reminders of the {board.name} began on {since}: nothing was changed.")
    start = asked.now
    if command.day:
        day = read_day(command.day, asked.today)
        if isinstance(day, NoDay):
            return say(f"{day.say} Nothing was changed.", typed=command.day)
        # A year of silence is too much for a slip.
        day = just_past(command.day, asked.today) or day
        if day < asked.today:
            return say(f"{day_said(day)} is past, so nothing was changed: reminders begin today or later.")
        start = max(start, at_local(day, asked.zone, time(0)))
    note_changes(asked.session, asked.boards[board.id], {"started_at": start}, asked.signed())
    asked.__dict__.pop("calendars", None)
    headline, *rest = begun_said(asked.calendars[board.id], start)
    return Answer(Reply(headline, intro=tuple(rest)), done=True)


def begun_said(calendar: BoardCalendar, start: datetime) -> list[str]:
    """What beginning a board's reminders at an instant brings, in sentences; the command line says the same."""
    zone = calendar.zone
    said = [f"Reminders of the {calendar.board.name} begin on {day_said(local_day(start, zone))}."]
    coming = calendar.next(start)
    if coming is None:
        return [*said, "No meeting with a date comes after that yet."]
    dates = calendar.dates(coming)
    ahead = [f"{step.value} {day_said(on)}" for step, on in dates.steps if at_local(on, zone) >= start]
    past = [f"{step.value} {day_said(on)}" for step, on in dates.steps if at_local(on, zone) < start]
    steps = ", ".join(ahead) or "nobody is asked any more"
    said.append(f"Next meeting {meeting_said(coming, calendar)}: {steps}; papers {day_said(dates.papers)}.")
    if past:
        said.append(f"Earlier, so not said: {', '.join(past)}.")
    return said


def _stop(asked: Round, calendar: BoardCalendar, command: Reminders) -> Answer:
    board = calendar.board
    if board.started_at is None:
        return say(f"The {board.name} is quiet already: nothing was changed.")
    note_changes(asked.session, asked.boards[board.id], {"started_at": None}, asked.signed())
    return Answer(
        Reply(
            f"The {board.name} is quiet: nothing is said unasked for it any more.",
            intro=(f"“/cypp start reminders {board.key}” begins again; what falls between is not made up for.",),
        ),
        done=True,
    )
