"""`meetings`: every board's meetings with the days around them."""

from handlers.boards.meeting_forms import meeting_buttons
from handlers.commands.questions import ShowMeetings
from handlers.context import RequestContext
from handlers.formatting import meeting_said, number_said, time_said, to_begin_said, updates_and_papers_said
from handlers.preconditions import board_named, meetings_named
from handlers.press_codec import shareable
from handlers.reading.meeting_names import names_a_day
from handlers.responses import Content, Group, Response, say
from models.rules.facts import BoardCalendar, MeetingFacts

HELD_SHOWN = 3


def show_meetings(ctx: RequestContext, command: ShowMeetings) -> Response:
    """Answer `meetings [board or meeting]`."""
    if names_a_day(command.board, ctx.today):
        return _show_some(ctx, command.board)
    calendars = [board_named(ctx, command.board, "meetings {key}")] if command.board else list(ctx.calendars.values())
    ahead = [(meeting, calendar) for calendar in calendars if (meeting := calendar.next(ctx.now))]
    if ahead:
        meeting, calendar = min(ahead, key=lambda row: row[0].start)
        headline = (
            f"The next meeting is the {calendar.board.name} on {meeting_said(meeting, calendar)}, "
            f"{time_said(meeting.start, calendar)}."
        )
    else:
        headline = "No meeting with a date is planned."
    return Response(
        Content(
            headline,
            groups=tuple(_board(ctx, calendar) for calendar in calendars),
            shareable=shareable(f"meetings {command.board}".strip()),
        )
    )


def _show_some(ctx: RequestContext, typed: str) -> Response:
    """Answer `meetings` of a day, a month or a year, next or last."""
    some = meetings_named(ctx, typed, "meetings {meeting}")
    said = [f"{calendar.board.name}: {_meeting(ctx, calendar, meeting)}." for calendar, meeting in some]
    calendars = {calendar.board.id: calendar for calendar, _ in some}
    only = list(calendars.values()) if len(calendars) == 1 else []
    return say(said[0], *said[1:], buttons=tuple(one for calendar in only for one in meeting_buttons(ctx, calendar)))


def _meeting(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> str:
    """Return a meeting with its time and focus, and the days that are still ahead."""
    said = meeting_said(meeting, calendar)
    if meeting.starts_at is not None:
        said += f", {time_said(meeting.start, calendar)}"
    theme = next((theme.name for theme in ctx.themes if theme.id == meeting.focus_theme_id), "")
    if theme:
        said += f", focus {theme}"
    if meeting.begun(ctx.now):
        return f"{said}: held"
    return f"{said}: {updates_and_papers_said(meeting, calendar)}" if meeting.dated else said


def _board(ctx: RequestContext, calendar: BoardCalendar) -> Group:
    held = [meeting for meeting in calendar.meetings if meeting.begun(ctx.now)]
    shown = [meeting for meeting in calendar.meetings if meeting not in held[:-HELD_SHOWN]]
    texts = [_meeting(ctx, calendar, meeting) for meeting in shown]
    if len(held) > HELD_SHOWN:
        texts.insert(0, f"{number_said(len(held) - HELD_SHOWN, 'earlier meeting')} held.")
    if texts and calendar.board.started_at is None:
        texts.append("Reminders have not been started for this board: it is quiet.")
    elif texts and (begins := to_begin_said(calendar, ctx.now)):
        texts.append(f"Reminders begin on {begins}: until then the board is quiet.")
    return Group(
        calendar.board.name, texts=tuple(texts) or ("No meetings yet.",), buttons=meeting_buttons(ctx, calendar)
    )
