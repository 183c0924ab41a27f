"""*Add a meeting…* and *Change a meeting…* under `meetings`: the same as the words, as forms."""

from collections.abc import Mapping
from datetime import date, datetime, time

from handlers.boards.meeting_deeds import AddAt, CancelIt, SetStart, is_taken, propose, usual
from handlers.boards.meeting_focus import focus_set
from handlers.boards.secretary_change import BOARD_GONE
from handlers.context import RequestContext
from handlers.form_texts import form_response, said_in
from handlers.formatting import day_said, meeting_said
from handlers.people.menus import changeable, is_coming
from handlers.permissions import About, may
from handlers.preconditions import check_may_of_board, wrong_field
from handlers.press_codec import OnBoard, number_in, press_button
from handlers.responses import Button, Choice, Field, NotDone, Response, say
from models.enums import MeetingState, Verb
from models.rules.calendar import at_local
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.lengths import MAX_REASON

NO_FOCUS, KEEP_FOCUS = "none", "keep"
SET, CANCEL = "set", "cancel"


class AddMeeting(OnBoard):
    """*Add a meeting…*, and its form."""

    verb = "meetingadd"


class AlterMeeting(AddMeeting):
    """*Change a meeting…*, and its form."""

    verb = "meetingchange"


def meeting_buttons(ctx: RequestContext, calendar: BoardCalendar) -> tuple[Button, ...]:
    """Return the buttons under a board's meetings for somebody who may change them."""
    if ctx.shared or not may(ctx.roles, Verb.MEETINGS, About(board_id=calendar.board.id)):
        return ()
    board = calendar.board.id
    add = press_button("Add a meeting…", AddMeeting(board=board))
    change = press_button("Change a meeting…", AlterMeeting(board=board))
    return (add, change) if changeable(ctx, str(board)) else (add,)


def _board(ctx: RequestContext, value: AddMeeting) -> BoardCalendar:
    calendar = ctx.calendars.get(value.board)
    if calendar is None:
        raise NotDone(say(BOARD_GONE))
    check_may_of_board(ctx, Verb.MEETINGS, calendar.board.id)
    return calendar


def _when(calendar: BoardCalendar, *, optional: bool) -> tuple[Field, Field]:
    clock = f"{usual(calendar):%H:%M}"
    return (
        Field("day", "Day", "date", optional=optional),
        Field("time", "Time", kind="line", initial="" if optional else clock, hint=f"For instance {clock}.",
              optional=optional, max_length=10),
    )  # fmt: skip


def _focus(ctx: RequestContext, *first: Choice) -> Field:
    themes = tuple(Choice(str(theme.id), theme.name) for theme in ctx.themes)
    return Field(
        "focus", "Focus theme", kind="choice", initial=first[0].value, choices=(*first, *themes),
        hint="Its standing commitments are reviewed there, and partners are asked for contributions.",
    )  # fmt: skip


def meeting_add_form(ctx: RequestContext, value: AddMeeting) -> Response:
    """Answer the button *Add a meeting…*."""
    calendar = _board(ctx, value)
    focus = (_focus(ctx, Choice(NO_FOCUS, "none")),) if ctx.themes else ()
    return form_response(
        "Add a meeting", value, "Add", *_when(calendar, optional=False), *focus, intro=(calendar.board.name,)
    )


def meeting_change_form(ctx: RequestContext, value: AlterMeeting) -> Response:
    """Answer the button *Change a meeting…*."""
    calendar = _board(ctx, value)
    choices = changeable(ctx, str(value.board))
    if not choices:
        return say(f"The {calendar.board.name} has no meeting that could be changed.")
    first = calendar.next(ctx.now)
    focus = (_focus(ctx, Choice(KEEP_FOCUS, "as it is"), Choice(NO_FOCUS, "none")),) if ctx.themes else ()
    return form_response(
        "Change a meeting",
        value,
        "Change",
        Field(
            "meeting",
            "Which meeting?",
            kind="choice",
            initial=str(first.id) if first else "",
            choices=choices,
            source=f"changeable/{value.board}",
        ),
        Field(
            "what",
            "What changes?",
            kind="choice",
            initial=SET,
            choices=(
                Choice(SET, "its day, its time or its focus theme"),
                Choice(CANCEL, "it is cancelled, or did not happen"),
            ),
        ),
        *_when(calendar, optional=True),
        *focus,
        Field("reason", "Why is it cancelled?", "line", optional=True, max_length=MAX_REASON),
        intro=(calendar.board.name,),
        note="What is due at it moves with it; cancelling carries it to the next meeting.",
    )


def _start(
    ctx: RequestContext, calendar: BoardCalendar, fields: Mapping[str, str], day: date, clock: time, but: int = 0
) -> datetime:
    """Return the instant of the fields, with `day` and `clock` for empty ones."""
    try:
        day = date.fromisoformat(fields["day"]) if fields.get("day") else day
    except ValueError:
        raise wrong_field("day", "Choose a day.") from None
    try:
        typed = fields.get("time", "").strip().replace(".", ":")
        clock = time.fromisoformat(typed.zfill(5)) if typed else clock
    except ValueError:
        raise wrong_field("time", "Write the time like 14:00.") from None
    start = at_local(day, ctx.zone, clock.replace(tzinfo=None))
    if start <= ctx.now:
        raise wrong_field("day", f"{day_said(day)} is past: choose a coming day.")
    if is_taken(calendar, start, but):
        raise wrong_field("day", f"The {calendar.board.name} meets on {day_said(day)} already.")
    return start


def _theme(ctx: RequestContext, fields: Mapping[str, str], now: int | None) -> int | None:
    chosen = fields.get("focus", KEEP_FOCUS)
    if chosen in ("", KEEP_FOCUS):
        return now
    if chosen == NO_FOCUS:
        return None
    theme = next((theme.id for theme in ctx.themes if str(theme.id) == chosen), None)
    if theme is None:
        raise wrong_field("focus", "Choose a theme of this plan.")
    return theme


def meeting_add_sent(ctx: RequestContext, value: AddMeeting, fields: Mapping[str, str]) -> Response:
    """Take in the form *Add a meeting…*."""
    calendar = _board(ctx, value)
    if not fields.get("day"):
        raise wrong_field("day", "Choose a day.")
    start = _start(ctx, calendar, fields, ctx.today, usual(calendar))
    return propose(ctx, AddAt(calendar, start, _theme(ctx, fields, None)))


def meeting_change_sent(ctx: RequestContext, value: AlterMeeting, fields: Mapping[str, str]) -> Response:
    """Take in the form *Change a meeting…*."""
    calendar = _board(ctx, value)
    meeting = calendar.by_id.get(number_in(fields.get("meeting", "")))
    if meeting is None:
        raise wrong_field("meeting", "Choose a meeting of this board.")
    if meeting.state is MeetingState.CANCELLED:
        raise wrong_field("meeting", f"The meeting of {meeting_said(meeting, calendar)} is cancelled already.")
    if fields.get("what") == CANCEL:
        reason = said_in(fields, "reason")
        if not reason:
            raise wrong_field("reason", "Say why: the reason stays with what was due at it.")
        return propose(ctx, CancelIt(calendar, meeting, reason))
    return _set(ctx, calendar, meeting, fields)


def _set(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts, fields: Mapping[str, str]) -> Response:
    """Day, time and focus theme: what is left empty stays."""
    if not is_coming(ctx, meeting):
        raise wrong_field("what", "It has begun, so it cannot be moved: if it did not happen, cancel it.")
    focus = _theme(ctx, fields, meeting.focus_theme_id)
    moves = bool(fields.get("day") or fields.get("time", "").strip())
    if not moves and focus == meeting.focus_theme_id:
        raise wrong_field("day", "Nothing is different yet: choose a day, a time or a focus theme.")
    if meeting.starts_at is None and moves and not fields.get("day"):
        raise wrong_field("day", "Choose the day that is confirmed.")
    start = meeting.starts_at
    if moves:
        day = calendar.day(meeting) if start is not None else ctx.today
        clock = start.astimezone(calendar.zone).time() if start is not None else usual(calendar)
        start = _start(ctx, calendar, fields, day, clock, meeting.id)
    if start is not None and start != meeting.starts_at:
        return propose(ctx, SetStart(calendar, meeting, start, focus))
    return focus_set(ctx, calendar, meeting, focus)
