"""A meeting is added, moved, confirmed or cancelled: what happens is said first, then it is done by a press.

What happens is found out by doing it and taking it back. Where nothing happens to any action, to the asking for another
meeting or to anybody, it is done at once; and so on the command line, where `--dry-run` shows it.

Source: docs/explanation/boards-and-dates.md, Changing meetings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from handlers.boards.concerned_leads import lead_notices, leads_of, leads_told
from handlers.boards.meeting_undo import undo_latest
from handlers.boards.moved_dates import dates_moved, steps_moved
from handlers.boards.secretary_change import BOARD_GONE, LeaveSecretary
from handlers.context import RequestContext
from handlers.formatting import day_said, listed, meeting_said, number_said, time_said
from handlers.people.menus import is_coming
from handlers.permissions import NotHere
from handlers.preconditions import check_may_of_board
from handlers.press_codec import Flag, Number, OnMeeting, PressValue, Words, press_button, stands_as
from handlers.responses import Content, Response, receipt, say
from handlers.safeguarding.confirmation import check_reason
from models.enums import MeetingState, Verb
from models.plan import meeting_rows
from models.plan.action_reads import actions_due_at, actions_of_cancelled_meetings
from models.records.history import record_replan
from models.rules.facts import BoardCalendar, MeetingFacts
from models.storage.sessions import keep_if
from models.storage.tables import Action

USUAL_TIME = time(10)


class DoMeeting(PressValue):
    """*Add it*, *Move it*, *Cancel it*; `stood`: how the board's meetings and what was due stood when it was shown."""

    verb = "domeeting"
    words_in = "reason"

    board: Number = 0
    meeting: Number = 0
    starts: Words = ""
    focus: Number = 0
    takes: Flag = False
    stood: Words = ""
    reason: Words = ""


@dataclass(frozen=True, slots=True)
class AddAt:
    """A meeting is to be added; `takes`: with what cancelled ones had."""

    calendar: BoardCalendar
    start: datetime
    focus: int | None = None
    takes: bool = False


@dataclass(frozen=True, slots=True)
class SetStart:
    """A meeting is to get another day and time, or its first where it was only expected."""

    calendar: BoardCalendar
    meeting: MeetingFacts
    start: datetime
    focus: int | None


@dataclass(frozen=True, slots=True)
class CancelIt:
    """A meeting is to be cancelled, or did not happen; `reason`: why."""

    calendar: BoardCalendar
    meeting: MeetingFacts
    reason: str


Deed = AddAt | SetStart | CancelIt


def is_taken(calendar: BoardCalendar, start: datetime, but: int = 0) -> bool:
    """Return whether a board meets on that day already, at another meeting than the one of the number given."""
    day = start.astimezone(calendar.zone).date()
    return any(calendar.day(meeting) == day for meeting in calendar.dated if meeting.id != but)


def usual(calendar: BoardCalendar) -> time:
    """Return the clock time of the board's latest meeting."""
    return calendar.dated[-1].start.astimezone(calendar.zone).time() if calendar.dated else USUAL_TIME


def propose(ctx: RequestContext, deed: Deed) -> Response:
    """Say what would happen, with the press that does it; do it at once where nothing happens to anything else."""
    if ctx.confirmed or ctx.account:
        return _carry_out(ctx, deed)
    waiting = _concerned(ctx, deed) if isinstance(deed, AddAt) else []
    trials = [deed, *([replace(deed, takes=True)] if waiting and isinstance(deed, AddAt) else [])]
    given = [keep_if(ctx.session, lambda: _carry_out(_afresh(ctx), one), lambda _: False) for one in trials]  # noqa: B023
    if not all(one.done for one in given):
        return next(one for one in given if not one.done)
    if not _touches(ctx, deed):
        return _carry_out(ctx, deed)
    headline, label = _asked(deed)
    shown = given[-1].content
    assert isinstance(shown, Content)  # noqa: S101 - a receipt
    value = _value(ctx, deed)
    presses = [press_button(label, value, "primary")]
    if len(trials) > 1:
        many = number_said(len(waiting), "action")
        presses = [
            press_button(f"Add it and take {many}", replace(value, takes=True)),
            press_button("Add it alone", value),
        ]
    return say(
        f"{headline} Nothing was changed yet.",
        *shown.intro,
        buttons=(*presses, press_button("Leave it", LeaveSecretary())),
    )


def _afresh(ctx: RequestContext) -> RequestContext:
    """Return a context that has read nothing yet, in which changes are made: what is tried must not be remembered."""
    return replace(ctx, confirmed=True, _parsed={}, _actions={}, _questions={})


def _touches(ctx: RequestContext, deed: Deed) -> bool:
    """Return whether a change does something to an action, or to the dates of another meeting."""
    calendar = deed.calendar
    after = replace(calendar, meetings=tuple(_meetings_after(deed, ctx.now)))
    own = deed.meeting.id if not isinstance(deed, AddAt) else 0
    others = [one for one in calendar.dated if one.start > ctx.now and one.id != own]
    return bool(_concerned(ctx, deed)) or any(calendar.dates(one) != after.dates(one) for one in others)


def _meetings_after(deed: Deed, now: datetime) -> Iterator[MeetingFacts]:
    """Yield the board's meetings as they would stand."""
    for one in deed.calendar.meetings:
        if isinstance(deed, AddAt) or one.id != deed.meeting.id:
            yield one
        elif isinstance(deed, SetStart):
            yield replace(one, starts_at=deed.start, expected="")
        else:
            yield replace(one, state=MeetingState.CANCELLED)
    if isinstance(deed, AddAt):
        yield MeetingFacts(0, deed.calendar.board.id, deed.start, added_at=now)


def _concerned(ctx: RequestContext, deed: Deed) -> list[Action]:
    """Return what is due at the meeting, or what cancelled ones had that could become due at a new one."""
    if not isinstance(deed, AddAt):
        return actions_due_at(ctx.session, deed.meeting.id)
    return actions_of_cancelled_meetings(ctx.session, deed.calendar.board.id, deed.start)


def _asked(deed: Deed) -> tuple[str, str]:
    """Return the question whether a change is to be made, and what stands on its button."""
    board = deed.calendar.board.name
    match deed:
        case AddAt():
            return f"Add a meeting of the {board} on {_when(deed)}?", "Add it"
        case SetStart() if deed.meeting.starts_at is not None:
            said = meeting_said(deed.meeting, deed.calendar)
            return f"Move the meeting of the {board} of {said} to {_when(deed)}?", "Move it"
        case SetStart():
            return f"Confirm that the {board} meets on {_when(deed)}?", "Confirm it"
    return f"Cancel the meeting of the {board} of {meeting_said(deed.meeting, deed.calendar)}?", "Cancel it"


def _when(deed: AddAt | SetStart) -> str:
    local = deed.start.astimezone(deed.calendar.zone)
    return f"{day_said(local.date())}, {local:%H:%M}"


def _value(ctx: RequestContext, deed: Deed) -> DoMeeting:
    board, stood = deed.calendar.board.id, _stands(ctx, deed)
    match deed:
        case AddAt():
            return DoMeeting(board=board, starts=deed.start.isoformat(), focus=deed.focus or 0, stood=stood)
        case SetStart():
            starts = deed.start.isoformat()
            return DoMeeting(board=board, meeting=deed.meeting.id, starts=starts, focus=deed.focus or 0, stood=stood)
    return DoMeeting(board=board, meeting=deed.meeting.id, stood=stood, reason=deed.reason)


def _stands(ctx: RequestContext, deed: Deed) -> str:
    """Return a mark of what a change was shown with: the board's meetings, and what would move."""
    meetings = [(one.id, one.starts_at, one.state) for one in deed.calendar.meetings]
    return stands_as(*meetings, *(action.id for action in _concerned(ctx, deed)))


def do_meeting(ctx: RequestContext, value: DoMeeting) -> Response:
    """Answer *Add it*, *Move it* or *Cancel it*: where something has changed since it was shown, it is shown anew."""
    calendar = ctx.calendars.get(value.board)
    if calendar is None:
        return say(BOARD_GONE)
    check_may_of_board(ctx, Verb.MEETINGS, calendar.board.id)
    deed = _deed(calendar, value)
    problem = (
        _why_not(ctx, deed)
        if deed is not None
        else NotHere("That meeting is not in this plan, so nothing was changed.")
    )
    if deed is None or problem:
        return say(problem)
    ctx.sure = True
    check_reason(ctx, value.reason)
    ctx.confirmed = value.stood == _stands(ctx, deed)
    return propose(ctx, deed)


def _deed(calendar: BoardCalendar, value: DoMeeting) -> Deed | None:
    try:
        start = datetime.fromisoformat(value.starts) if value.starts else None
    except ValueError:
        return None
    meeting = calendar.by_id.get(value.meeting)
    if start is not None and start.tzinfo is None:
        return None
    if meeting is None:
        return AddAt(calendar, start, value.focus or None, value.takes) if start and not value.meeting else None
    if start is not None:
        return SetStart(calendar, meeting, start, value.focus or None)
    return CancelIt(calendar, meeting, value.reason)


def _why_not(ctx: RequestContext, deed: Deed) -> str:
    """Return why a change that was shown is not possible any more; "" where it is."""
    calendar = deed.calendar
    if not isinstance(deed, AddAt) and deed.meeting.state is MeetingState.CANCELLED:
        return f"The meeting of {meeting_said(deed.meeting, calendar)} was cancelled since, so nothing was changed."
    if isinstance(deed, CancelIt):
        return ""
    if isinstance(deed, SetStart) and not is_coming(ctx, deed.meeting):
        return f"The meeting of {meeting_said(deed.meeting, calendar)} has begun, so nothing was changed."
    if deed.start <= ctx.now:
        return f"{_when(deed)} is past by now, so nothing was changed."
    if is_taken(calendar, deed.start, deed.meeting.id if isinstance(deed, SetStart) else 0):
        return f"The {calendar.board.name} meets on {_when(deed).partition(',')[0]} already, so nothing was changed."
    return ""


def _carry_out(ctx: RequestContext, deed: Deed) -> Response:
    match deed:
        case AddAt():
            return _add(ctx, deed)
        case SetStart():
            return _set_start(ctx, deed)
    return _cancel(ctx, deed)


def _add(ctx: RequestContext, deed: AddAt) -> Response:
    """Add a meeting, with what cancelled ones had, or offer it that."""
    old = deed.calendar
    waiting = _concerned(ctx, deed)
    number = meeting_rows.insert_meeting(ctx.session, old.board.id, deed.start, deed.focus, ctx.signed())
    new = _read_again(ctx, old)
    meeting = new.by_id[number]
    had = f"From a cancelled meeting: {listed([action.ref for action in waiting])}" if waiting else ""
    take = press_button(f"Take {number_said(len(waiting), 'action')}", TakeOver(meeting=number), "primary")
    if deed.takes:
        _take(ctx, meeting, waiting)
        had = f"{had}, due at it now." if waiting else ""
    return receipt(
        f"Added: the {old.board.name} meets on {_when(deed)}.",
        _odd_day(new, new.day(meeting)),
        *_days_of(ctx, new, meeting),
        f"{had}." if had and not deed.takes else had,
        *dates_moved(ctx, old, new),
        *leads_told(ctx, waiting if deed.takes else (), meeting),
        buttons=(*((take,) if waiting and not deed.takes else ()), undo_latest(ctx, number)),
        notices=lead_notices(ctx, waiting if deed.takes else (), meeting),
    )


def _days_of(ctx: RequestContext, calendar: BoardCalendar, meeting: MeetingFacts) -> list[str]:
    """Return the days around a meeting, and what of its asking is still to come."""
    dates = calendar.dates(meeting)
    said = f"Updates due {day_said(dates.updates_due)}, papers {day_said(dates.papers)}."
    return [said, *steps_moved(ctx, calendar, meeting, dates)]


class TakeOver(OnMeeting):
    """*Take n actions*: the meeting they become due at."""

    verb = "take"


def take_pressed(ctx: RequestContext, value: TakeOver) -> Response:
    """Answer *Take n actions*: those that a cancelled meeting had become due at this one."""
    calendar = ctx.where(value.meeting)
    if calendar is None:
        return say(NotHere("That meeting is not in this plan, so nothing was changed."))
    check_may_of_board(ctx, Verb.MEETINGS, calendar.board.id)
    meeting = calendar.by_id[value.meeting]
    if not meeting.dated or meeting.start <= ctx.now:
        return say(
            f"The meeting of {meeting_said(meeting, calendar)} has begun or was cancelled, so nothing was changed."
        )
    taken = actions_of_cancelled_meetings(ctx.session, calendar.board.id, meeting.start)
    if not taken:
        return say("No action was due at a cancelled meeting and could be due at this one.")
    _take(ctx, meeting, taken)
    return receipt(
        f"{number_said(len(taken), 'action')} due on {meeting_said(meeting, calendar)} now: "
        f"{', '.join(action.ref for action in taken)}.",
        *leads_told(ctx, taken, meeting),
        notices=lead_notices(ctx, taken, meeting),
    )


def _take(ctx: RequestContext, meeting: MeetingFacts, taken: Sequence[Action]) -> None:
    for action in taken:
        record_replan(
            ctx.session, action, meeting.id, "taken over from a cancelled meeting", ctx.signed(), counted=False
        )


def _set_start(ctx: RequestContext, deed: SetStart) -> Response:
    """Give a meeting its day and time: it is moved, or confirmed where it had none yet."""
    old, meeting = deed.calendar, deed.meeting
    before, moved = meeting_said(meeting, old), meeting.starts_at is not None
    due = actions_due_at(ctx.session, meeting.id)
    if deed.focus != meeting.focus_theme_id:
        meeting_rows.set_meeting_focus(ctx.session, meeting.id, deed.focus)
    meeting_rows.set_meeting_start(ctx.session, meeting.id, deed.start, ctx.signed(), ctx.now if moved else None)
    new = _read_again(ctx, old)
    meeting = new.by_id[meeting.id]
    refs = f": {listed([action.ref for action in due])}" if due else ""
    dates = [] if moved else _days_of(ctx, new, meeting)
    return receipt(
        f"{'Moved' if moved else 'Confirmed'}: the {old.board.name} ({before}) meets on {meeting_said(meeting, new)}, "
        f"{time_said(meeting.start, new)}.",
        f"{number_said(len(due), 'action')} due at it{' and moving with it' if due and moved else ''}{refs}.",
        *dates,
        *dates_moved(ctx, old, new),
        _odd_day(new, new.day(meeting)),
        *leads_told(ctx, due, meeting),
        buttons=(undo_latest(ctx, meeting.id),) if moved else (),
        notices=lead_notices(ctx, due, meeting),
    )


def _cancel(ctx: RequestContext, deed: CancelIt) -> Response:
    """Cancel a meeting, or say that it did not happen; its open actions are carried to the next."""
    calendar, meeting = deed.calendar, deed.meeting
    said = meeting_said(meeting, calendar)
    due = actions_due_at(ctx.session, meeting.id)
    concerned = leads_of(ctx, due)
    meeting_rows.set_meeting_cancelled(ctx.session, meeting.id, deed.reason, ctx.signed())
    after = max(ctx.now, meeting.order) if meeting.starts_at else ctx.now
    following = next((m for m in calendar.dated if m.id != meeting.id and m.start > after), None)
    reason = f"the meeting of {said} was cancelled: {deed.reason}"
    for action in due:
        record_replan(ctx.session, action, following.id if following else None, reason, ctx.signed(), counted=False)
    new = _read_again(ctx, calendar)
    happened = "did not happen" if meeting.begun(ctx.now) else "is cancelled"
    where = (
        f"{number_said(len(due), 'open action')} carried to {meeting_said(following, calendar)}."
        if following
        else f"{number_said(len(due), 'open action')} without a due meeting until one is added."
    )
    return receipt(
        f"The {calendar.board.name} of {said} {happened}.",
        f"“{deed.reason}”",
        *((f"Due at it: {listed([action.ref for action in due])}.", where) if due else ("Nothing was due at it.",)),
        *dates_moved(ctx, calendar, new),
        *leads_told(ctx, due, meeting, concerned),
        buttons=(undo_latest(ctx, meeting.id),),
        notices=lead_notices(ctx, due, meeting, concerned),
    )


def _odd_day(calendar: BoardCalendar, day: date) -> str:
    """Ask about a day on which nobody works, often a slip: "15 Aug" said in September is next year's, a Sunday."""
    if calendar.board.rules.working.is_working(day):
        return ""
    return f"{day_said(day)} is not a working day: if that is a slip, “/cypp meeting move …” puts it right."


def _read_again(ctx: RequestContext, calendar: BoardCalendar) -> BoardCalendar:
    """Return a board's meetings as they stand after a change."""
    ctx.seen = None
    ctx.__dict__.pop("calendars", None)
    return ctx.calendars[calendar.board.id]
