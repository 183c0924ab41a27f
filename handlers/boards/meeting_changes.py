"""`meeting add|move|cancel|confirm`: a board's meetings, changed by its secretary.

Moving a meeting moves what is due at it. A begun meeting cannot be moved, only cancelled ("did not happen").
Cancelling carries open actions to the board's next meeting; with none, they have no due meeting until one is added,
which offers to take them.

Source: docs/explanation/boards-and-dates.md, Changing meetings.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from handlers.boards.meeting_deeds import AddAt, CancelIt, SetStart, is_taken, propose, usual
from handlers.buttons import day_buttons
from handlers.commands.boards import ChangeMeeting, MeetingVerb
from handlers.commands.questions import DAY_MEANT
from handlers.context import RequestContext
from handlers.formatting import CANCELLED, day_said, meeting_said, short_day
from handlers.permissions import why_not
from handlers.preconditions import calendar_of_key, check_may_of_board, unclear_meeting
from handlers.reading.board_names import BoardFound, read_board
from handlers.reading.dates import NoDay
from handlers.reading.days import just_past, read_day, read_found
from handlers.reading.meeting_names import MeetingAsk, read_meeting
from handlers.reading.targets import ThemeTarget, read_target
from handlers.responses import NotDone, Response, say
from handlers.safeguarding.confirmation import check_reason
from models.enums import MeetingState, Verb
from models.rules.calendar import at_local
from models.rules.facts import BoardCalendar, MeetingFacts


def change_meeting(ctx: RequestContext, command: ChangeMeeting) -> Response:
    """Do what was asked of one meeting, or say in a sentence why not."""
    if not ctx.roles.secretary_of and not ctx.roles.is_administrator:
        return say(why_not(Verb.MEETINGS))
    return _VERBS[command.verb](ctx, command)


def _find(
    ctx: RequestContext, words: str, again: str = "", *, expected: bool = False
) -> tuple[BoardCalendar, MeetingFacts]:
    """Return the meeting that is meant, of a board the asker keeps.

    `again`: as in `unclear_meeting`; `expected`: only one without a day yet.
    """
    vocabulary = ctx.vocabulary
    if expected:
        vocabulary = replace(
            vocabulary, meetings=tuple(one for one in vocabulary.meetings if one.expected and not one.cancelled)
        )
        if not vocabulary.meetings:
            raise NotDone(say("Every meeting has its date already, so there is nothing to confirm."))
    own = ctx.roles.secretary_of
    board = ctx.boards[next(iter(own))].key if len(own) == 1 else ""
    found = read_meeting(words, vocabulary, ctx.today, board)
    if isinstance(found, MeetingAsk):
        raise unclear_meeting(ctx, found, f"meeting {again}", words)
    calendar = next(c for c in ctx.calendars.values() if found.meeting_id in c.by_id)
    check_may_of_board(ctx, Verb.MEETINGS, calendar.board.id)
    return calendar, calendar.by_id[found.meeting_id]


def _starts(ctx: RequestContext, command: ChangeMeeting, when: str, usual: time) -> datetime:
    """Return the instant that was named, in the future."""
    day = read_day(when, ctx.today)
    if isinstance(day, NoDay):
        sentence = f"{day.say} The meetings were not changed."
        raise NotDone(say(sentence, buttons=day_buttons(day.candidates, _again(ctx, command, DAY_MEANT))))
    was = just_past(when, ctx.today)
    if was is not None:
        raise NotDone(_which_year(ctx, command, day, was))
    clock = time.fromisoformat(command.time) if command.time else usual
    start = at_local(day, ctx.zone, clock)
    if start <= ctx.now:
        sentence = f"{day_said(day)} is past, so the meetings were not changed: name a coming day, with its year."
        raise NotDone(say(sentence))
    return start


def _which_year(ctx: RequestContext, command: ChangeMeeting, day: date, was: date) -> Response:
    """Ask about a day that is past this year: next year's is rarely meant."""
    return say(
        f"{day_said(was)} is past, so the meetings were not changed. Which day is meant?",
        buttons=day_buttons((day,), _again(ctx, command, DAY_MEANT)),
    )


def _again(ctx: RequestContext, command: ChangeMeeting, day: str) -> str:
    """Return the command as typed, with another day."""
    if command.verb is MeetingVerb.ADD:
        key, _ = _split_board(ctx, command.when)
        words = f"{key} {day}".strip()
    else:
        words = f"{command.which} {'as' if command.verb is MeetingVerb.CONFIRM else 'to'} {day}"
    again = f"meeting {command.verb.value} {words} {command.time}".strip()
    return again + f" focus {command.focus}" * bool(command.focus)


def _check_free(calendar: BoardCalendar, start: datetime, but: int = 0) -> None:
    if is_taken(calendar, start, but):
        day = day_said(start.astimezone(calendar.zone).date())
        raise NotDone(say(f"The {calendar.board.name} meets on {day} already, so the meetings were not changed."))


def _add(ctx: RequestContext, command: ChangeMeeting) -> Response:
    own = ctx.roles.secretary_of
    key, when = _split_board(ctx, command.when)
    if not key and len(own) == 1:
        key = ctx.boards[next(iter(own))].key
    if not key and len(ctx.boards) == 1:
        key = next(iter(ctx.boards.values())).key
    if not key:
        names = ", ".join(board.key for board in ctx.boards.values())
        return say(
            f"Which board meets then? Name it, for instance “/cypp meeting add {names.split(', ')[0]} 8 Dec 14:00”."
        )
    calendar = calendar_of_key(ctx, key)
    check_may_of_board(ctx, Verb.MEETINGS, calendar.board.id)
    start = _starts(ctx, command, when, usual(calendar))
    _check_free(calendar, start)
    return propose(ctx, AddAt(calendar, start, _focus(ctx, command)))


def _split_board(ctx: RequestContext, words: str) -> tuple[str, str]:
    """Return the board that some words begin with, and the rest: the longest beginning that names one."""
    parts = words.split()
    for count in range(min(len(parts) - 1, 10), 0, -1):
        found = read_board(" ".join(parts[:count]), ctx.vocabulary)
        when = " ".join(parts[count:])
        if isinstance(found, BoardFound) and read_found(when, ctx.today) is not None:
            return found.key, when
    return "", words


def _focus(ctx: RequestContext, command: ChangeMeeting) -> int | None:
    if not command.focus:
        return None
    target = read_target(f"theme {command.focus}", ctx.vocabulary)
    if not isinstance(target, ThemeTarget):
        raise NotDone(say(f"There is no theme “{command.focus}” in the plan, so the meetings were not changed."))
    return next(theme.id for theme in ctx.themes if theme.key == target.key)


def _move(ctx: RequestContext, command: ChangeMeeting) -> Response:
    calendar, meeting = _find(ctx, command.which, f"move {{meeting}} to {command.when} {command.time}".strip())
    if meeting.begun(ctx.now):
        return say(
            f"The meeting of {meeting_said(meeting, calendar)} has begun, so it cannot be moved: "
            f"“/cypp meeting cancel {short_day(calendar.day(meeting))} because …” says that it did not happen."
        )
    if meeting.state is MeetingState.CANCELLED:
        return say(f"The meeting of {meeting_said(meeting, calendar)} was not moved: add another one instead.")
    if meeting.starts_at is None:
        return _set_start(ctx, command, calendar, meeting, usual(calendar))
    at = meeting.start.astimezone(calendar.zone)
    if _starts(ctx, command, command.when, at.time()) == meeting.start:
        when = f"{day_said(at.date())}, {at:%H:%M}"
        return say(f"The {calendar.board.name} meets on {when} already: nothing was changed.")
    return _set_start(ctx, command, calendar, meeting, at.time())


def _confirm(ctx: RequestContext, command: ChangeMeeting) -> Response:
    again = f"confirm {{meeting}} as {command.when} {command.time}".strip()
    calendar, meeting = _find(ctx, command.which, again, expected=True)
    return _set_start(ctx, command, calendar, meeting, usual(calendar))


def _set_start(
    ctx: RequestContext, command: ChangeMeeting, calendar: BoardCalendar, meeting: MeetingFacts, usual: time
) -> Response:
    start = _starts(ctx, command, command.when, usual)
    _check_free(calendar, start, but=meeting.id)
    focus = _focus(ctx, command) if command.focus else meeting.focus_theme_id
    return propose(ctx, SetStart(calendar, meeting, start, focus))


def _cancel(ctx: RequestContext, command: ChangeMeeting) -> Response:
    because = f" because {command.reason}" * bool(command.reason)
    calendar, meeting = _find(ctx, command.which, f"cancel {{meeting}}{because}")
    said = meeting_said(meeting, calendar)
    if meeting.state is MeetingState.CANCELLED:
        return say(f"The meeting of {said.removesuffix(CANCELLED)} is cancelled already.")
    if not command.reason:
        return say(
            f"Why is the meeting of {said} cancelled? Nothing was changed yet.",
            f"Say for instance “/cypp meeting cancel {command.which} because the chamber is closed”.",
        )
    check_reason(ctx, command.reason)
    return propose(ctx, CancelIt(calendar, meeting, command.reason))


_VERBS: dict[MeetingVerb, Callable[[RequestContext, ChangeMeeting], Response]] = {
    MeetingVerb.ADD: _add,
    MeetingVerb.MOVE: _move,
    MeetingVerb.CANCEL: _cancel,
    MeetingVerb.CONFIRM: _confirm,
}
