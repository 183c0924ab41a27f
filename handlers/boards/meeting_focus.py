"""Which theme a meeting takes: set in one place, where it is said that two take the same."""

from handlers.context import RequestContext
from handlers.formatting import listed, meeting_said
from handlers.people.menus import is_coming
from handlers.press_codec import ask_button
from handlers.responses import Response, receipt
from models.plan.meeting_rows import set_meeting_focus
from models.rules.facts import BoardCalendar, MeetingFacts


def taken_twice(ctx: RequestContext, theme_id: int | None, but: int = 0) -> str:
    """Return that several meetings ahead take a theme, as a sentence; "" where one does, or none.

    `but`: a meeting that takes it from now on, whatever was read of it before.
    """
    rows = [
        (calendar, meeting)
        for calendar in ctx.calendars.values()
        for meeting in calendar.meetings
        if is_coming(ctx, meeting) and (meeting.focus_theme_id == theme_id or meeting.id == but)
    ]
    name = next((theme.name for theme in ctx.themes if theme.id == theme_id), "")
    if len(rows) < 2 or not name:
        return ""
    said = [f"the {calendar.board.name} of {meeting_said(meeting, calendar)}" for calendar, meeting in rows]
    return f"{name} is taken by {len(rows)} meetings: {listed(said)}. Each asks every partner for a contribution."


def focus_set(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, theme_id: int | None) -> Response:
    """Have a coming meeting take a theme, or none, and say what that changes."""
    named = f"The {calendar.board.name} of {meeting_said(meeting, calendar)}"
    names = {theme.id: theme.name for theme in ctx.themes}
    keys = {theme.id: theme.key for theme in ctx.themes}
    what = f"has the focus {names[theme_id]} now" if theme_id in names else "has no focus theme now"
    if theme_id == meeting.focus_theme_id:
        return receipt(f"{named} {what.removesuffix(' now')} already: nothing was changed.")
    set_meeting_focus(ctx.session, meeting.id, theme_id)
    asks = "Its standing commitments are reviewed there, and every partner is asked for a contribution."
    again = f"focus {calendar.board.key} {calendar.day(meeting).isoformat()} " if meeting.dated else ""
    before = keys.get(meeting.focus_theme_id or 0, "none")
    return receipt(
        f"{named} {what}.",
        asks if theme_id in names else "",
        taken_twice(ctx, theme_id, meeting.id),
        buttons=(ask_button("Undo", f"{again}{before}"),) if again else (),
    )
