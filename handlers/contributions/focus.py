"""`focus`: which meeting takes which theme, and which themes none takes yet; and setting it."""

from handlers.boards.meeting_focus import focus_set, taken_twice
from handlers.commands.contributions import SetFocus, ShowFocus
from handlers.context import RequestContext
from handlers.contributions.returns import Returns, returns_for
from handlers.formatting import listed, meeting_said
from handlers.people.menus import is_coming
from handlers.permissions import About, may
from handlers.preconditions import check_may_of_board, unclear_meeting
from handlers.press_codec import ask_menu, shareable
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.reading.normalise import quoted
from handlers.reading.targets import ThemeTarget, read_target
from handlers.responses import Button, Content, Group, NotDone, Response, say
from models.enums import Verb
from models.rules.facts import BoardCalendar, MeetingFacts


def show_focus(ctx: RequestContext, command: ShowFocus) -> Response:
    """Answer `focus`."""
    if not ctx.themes:
        return say("This plan has no themes, so no meeting focuses on one.")
    rows = sorted(
        ((calendar, meeting) for calendar in ctx.calendars.values() for meeting in calendar.meetings),
        key=lambda row: row[1].order,
    )
    held = [row for row in rows if row[1].begun(ctx.now) and row[1].focus_theme_id]
    ahead = [row for row in rows if is_coming(ctx, row[1])]
    returns = {one.meeting.id: one for one in returns_for(ctx, [*held, *ahead])}
    names = {theme.id: theme.name for theme in ctx.themes}
    taken = {meeting.focus_theme_id for _, meeting in ahead}
    free = [name for number, name in names.items() if number not in taken]
    headline = f"No coming meeting takes {listed(free)} yet." if free else "Every theme is taken by a coming meeting."
    twice = [said for number in names if (said := taken_twice(ctx, number))]
    return Response(
        Content(
            headline,
            intro=tuple(twice),
            groups=(
                Group(
                    "Ahead",
                    texts=tuple(_line(ctx, *row, returns.get(row[1].id)) for row in ahead),
                    empty="" if ahead else "No meeting is planned.",
                    buttons=_setting(ctx, ahead),
                ),
                *(
                    (Group("Held", texts=tuple(_line(ctx, *row, returns.get(row[1].id)) for row in held)),)
                    if held
                    else ()
                ),
            ),
            footer=("“/cypp focus 8 Dec happy” has a meeting take a theme; “/cypp focus 8 Dec none” takes it away.",),
            shareable=shareable("focus"),
        )
    )


def _line(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, returns: Returns | None) -> str:
    theme = next((one.name for one in ctx.themes if one.id == meeting.focus_theme_id), "no theme yet")
    many = f", {returns.counted}" if returns else ""
    return f"{calendar.board.name}, {meeting_said(meeting, calendar)}: {theme}{many}"


def _setting(ctx: RequestContext, ahead: list[tuple[BoardCalendar, MeetingFacts]]) -> tuple[Button, ...]:
    """Return a menu that has the next meeting without a theme take one, for whoever keeps its board."""
    for calendar, meeting in ahead:
        own = may(ctx.roles, Verb.MEETINGS, About(board_id=calendar.board.id))
        if own and meeting.dated and meeting.focus_theme_id is None:
            words = f"focus {calendar.board.key} {calendar.day(meeting).isoformat()}"
            label = f"{meeting_said(meeting, calendar)} takes…"
            return (ask_menu(label, [(theme.name, f"{words} {theme.key}") for theme in ctx.themes]),)
    return ()


def set_focus(ctx: RequestContext, command: SetFocus) -> Response:
    """Answer `focus MEETING THEME`."""
    found = read_meeting(command.meeting, ctx.vocabulary, ctx.today)
    if isinstance(found, MeetingAsk):
        typed = f"{command.meeting} {command.theme}"
        raise unclear_meeting(ctx, found, f"focus {{meeting}} {command.theme}", typed, "Nothing was changed.")
    calendar, meeting = ctx.meetings((found.meeting_id,))[0]
    check_may_of_board(ctx, Verb.MEETINGS, calendar.board.id, typed=f"focus {command.meeting} {command.theme}")
    if not is_coming(ctx, meeting):
        return say(
            f"The meeting of {meeting_said(meeting, calendar)} is past or cancelled, so its theme stays as it was."
        )
    return focus_set(ctx, calendar, meeting, _theme(ctx, command))


def _theme(ctx: RequestContext, command: SetFocus) -> int | None:
    if not command.theme:
        return None
    target = read_target(f"theme {command.theme}", ctx.vocabulary)
    if not isinstance(target, ThemeTarget):
        known = listed([theme.name for theme in ctx.themes])
        raise NotDone(
            say(f"There is no theme {quoted(command.theme)} in the plan, so nothing was changed: it has {known}.")
        )
    return next(theme.id for theme in ctx.themes if theme.key == target.key)
