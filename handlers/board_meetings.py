"""`meeting add|move|cancel|confirm`: a board's meetings, changed by its secretary (design, section 2).

Moving a meeting moves what is due at it. A begun meeting cannot be moved, only cancelled ("did not happen").
Cancelling carries open actions to the board's next meeting; with none, they have no due meeting until one is added,
which offers to take them.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import select

from handlers.commands import ChangeMeeting, MeetingVerb, TakeActions
from handlers.context import Round
from handlers.identifying import objection_to_reason
from handlers.permissions import About, NotHere, may, why_not
from handlers.replies import Answer, Button, Reply, say
from handlers.said.boards import BoardFound, read_board
from handlers.said.dates import NoDay, just_past, read_day
from handlers.said.meetings import MeetingAsk, read_meeting
from handlers.said.targets import ThemeTarget, read_target
from handlers.wording import CANCELLED, day_said, meeting_said, number_said, short_day, time_said
from models.calendar import at_local
from models.enums import OPEN, Kind, MeetingState, Verb
from models.facts import BoardCalendar, MeetingFacts
from models.history import record_replan
from models.history_tables import Replan
from models.tables import Action, Meeting

USUAL_TIME = time(10)


def change_meeting(asked: Round, command: ChangeMeeting) -> Answer:
    """Does what was asked of one meeting, or says in a sentence why not."""
    if not asked.roles.secretary_of and not asked.roles.is_administrator:
        return say(why_not(Verb.MEETINGS))
    return _VERBS[command.verb](asked, command)


def refuse(asked: Round, calendar: BoardCalendar) -> Answer | None:
    """Why the asker may not change a board's meetings; None where they may."""
    if may(asked.roles, Verb.MEETINGS, About(board_id=calendar.board.id)):
        return None
    return say(why_not(Verb.MEETINGS, secretary=asked.secretary(calendar.board.id)))


def _find(asked: Round, words: str, *, expected: bool = False) -> tuple[BoardCalendar, MeetingFacts] | Answer:
    """The meeting that is meant, of a board the asker keeps; `expected`: only one whose date is to be confirmed."""
    vocabulary = asked.vocabulary
    if expected:
        vocabulary = replace(
            vocabulary, meetings=tuple(one for one in vocabulary.meetings if one.expected and not one.cancelled)
        )
        if not vocabulary.meetings:
            return say("Every meeting has its date already, so there is nothing to confirm.")
    own = asked.roles.secretary_of
    board = asked.boards[next(iter(own))].key if len(own) == 1 else ""
    found = read_meeting(words, vocabulary, asked.today, board)
    if isinstance(found, MeetingAsk):
        return say(found.say)
    calendar = next(c for c in asked.calendars.values() if found.meeting_id in c.by_id)
    return refuse(asked, calendar) or (calendar, calendar.by_id[found.meeting_id])


def _starts(asked: Round, command: ChangeMeeting, when: str, usual: time) -> datetime | Answer:
    """The instant that was named, in the future."""
    day = read_day(when, asked.today)
    if isinstance(day, NoDay):
        return say(day.say)
    was = just_past(when, asked.today)
    if was is not None:
        return _which_year(asked, command, day, was)
    clock = time.fromisoformat(command.time) if command.time else usual
    start = at_local(day, asked.zone, clock)
    if start <= asked.now:
        return say(f"{day_said(day)} is past, so the meetings were not changed: name a coming day, with its year.")
    return start


def _which_year(asked: Round, command: ChangeMeeting, day: date, was: date) -> Answer:
    """Asks about a day that is past this year: nobody means next year's by a slip."""
    if command.verb is MeetingVerb.ADD:
        key, _ = _split_board(asked, command.when)
        words = f"{key} {day.isoformat()}".strip()
    else:
        words = f"{command.which} {'as' if command.verb is MeetingVerb.CONFIRM else 'to'} {day.isoformat()}"
    again = f"meeting {command.verb.value} {words} {command.time}".strip()
    again += f" focus {command.focus}" * bool(command.focus)
    return say(
        f"{day_said(was)} is past, so the meetings were not changed. Which day is meant?",
        buttons=(Button(day_said(day), "ask", again),),
    )


def taken(calendar: BoardCalendar, start: datetime, but: int = 0) -> Answer | None:
    """Says that a board meets on that day already, at another meeting than the one of the number given."""
    day = start.astimezone(calendar.zone).date()
    if any(calendar.day(meeting) == day for meeting in calendar.dated if meeting.id != but):
        return say(f"The {calendar.board.name} meets on {day_said(day)} already, so the meetings were not changed.")
    return None


def _add(asked: Round, command: ChangeMeeting) -> Answer:
    own = asked.roles.secretary_of
    key, when = _split_board(asked, command.when)
    if not key and len(own) == 1:
        key = asked.boards[next(iter(own))].key
    if not key and len(asked.boards) == 1:
        key = next(iter(asked.boards.values())).key
    if not key:
        names = ", ".join(board.key for board in asked.boards.values())
        return say(
            f"Which board meets then? Name it, for instance “/cypp meeting add {names.split(', ')[0]} 8 Dec 14:00”."
        )
    calendar = next(c for c in asked.calendars.values() if c.board.key == key)
    problem = refuse(asked, calendar)
    if problem is not None:
        return problem
    start = _starts(asked, command, when, usual(calendar))
    if isinstance(start, Answer):
        return start
    problem = taken(calendar, start)
    if problem is not None:
        return problem
    focus = _focus(asked, command)
    if isinstance(focus, Answer):
        return focus
    return add_meeting(asked, calendar, start, focus)


def add_meeting(asked: Round, calendar: BoardCalendar, start: datetime, focus: int | None) -> Answer:
    """Adds a meeting; what a cancelled one left without a due meeting is offered to it."""
    row = Meeting(workspace_id=asked.workspace_id, board_id=calendar.board.id, starts_at=start, focus_theme_id=focus)
    asked.session.add(row)
    asked.session.flush()
    waiting = _waiting(asked, calendar)
    buttons = (Button(f"Take {number_said(len(waiting), 'action')}", "take", str(row.id), style="primary"),)
    return Answer(
        Reply(
            f"Added: the {calendar.board.name} meets on {day_said(start.astimezone(asked.zone).date())}, "
            f"{start.astimezone(asked.zone):%H:%M}.",
            intro=(
                *_odd_day(calendar, start.astimezone(asked.zone).date()),
                *(
                    (f"Without a due meeting since one was cancelled: {', '.join(action.ref for action in waiting)}.",)
                    if waiting
                    else ()
                ),
            ),
            buttons=buttons if waiting else (),
        ),
        done=True,
    )


def _split_board(asked: Round, words: str) -> tuple[str, str]:
    """The board that some words begin with, and the rest: the longest beginning that names one."""
    parts = words.split()
    for count in range(min(len(parts) - 1, 10), 0, -1):
        found = read_board(" ".join(parts[:count]), asked.vocabulary)
        if isinstance(found, BoardFound) and not isinstance(read_day(" ".join(parts[count:]), asked.today), NoDay):
            return found.key, " ".join(parts[count:])
    return "", words


def usual(calendar: BoardCalendar) -> time:
    """The clock time of the board's latest meeting."""
    return calendar.dated[-1].start.astimezone(calendar.zone).time() if calendar.dated else USUAL_TIME


def _focus(asked: Round, command: ChangeMeeting) -> int | Answer | None:
    if not command.focus:
        return None
    target = read_target(f"theme {command.focus}", asked.vocabulary)
    if not isinstance(target, ThemeTarget):
        return say(f"There is no theme “{command.focus}” in the plan, so the meetings were not changed.")
    return next(theme.id for theme in asked.themes if theme.key == target.key)


def _waiting(asked: Round, calendar: BoardCalendar) -> list[Action]:
    """Open actions whose meeting was cancelled when no other was planned."""
    lost = select(Replan.action_id).where(Replan.workspace_id == asked.workspace_id, Replan.to_meeting_id.is_(None))
    return _once(
        asked.session.scalars(
            select(Action)
            .where(
                Action.workspace_id == asked.workspace_id,
                Action.board_id == calendar.board.id,
                Action.due_meeting_id.is_(None),
                Action.status.in_(OPEN),
                Action.kind != Kind.STANDING,
                Action.id.in_(lost),
            )
            .order_by(Action.position)
        )
    )


def _once(actions: Iterable[Action]) -> list[Action]:
    """Some actions without the parts of those among them that are for all partners: they move with the whole."""
    rows = list(actions)
    ids = {row.id for row in rows}
    return [row for row in rows if row.parent_id not in ids]


def take_actions(asked: Round, command: TakeActions) -> Answer:
    """*Take n actions*: those that a cancelled meeting left without one become due at this one."""
    calendar = next((c for c in asked.calendars.values() if command.meeting_id in c.by_id), None)
    if calendar is None:
        return say(NotHere("That meeting is not in this plan, so nothing was changed."))
    problem = refuse(asked, calendar)
    if problem is not None:
        return problem
    meeting = calendar.by_id[command.meeting_id]
    if not meeting.dated or meeting.start <= asked.now:
        return say(f"The meeting of {meeting_said(meeting, calendar)} can take no actions any more.")
    taken = _waiting(asked, calendar)
    for action in taken:
        record_replan(
            asked.session, action, meeting.id, "taken over from a cancelled meeting", asked.signed(), counted=False
        )
    if not taken:
        return say("No action is without a due meeting because of a cancelled one.")
    return Answer(
        Reply(
            f"{number_said(len(taken), 'action')} due on {meeting_said(meeting, calendar)} now: "
            f"{', '.join(action.ref for action in taken)}."
        ),
        done=True,
    )


def _move(asked: Round, command: ChangeMeeting) -> Answer:
    found = _find(asked, command.which)
    if isinstance(found, Answer):
        return found
    calendar, meeting = found
    if meeting.begun(asked.now):
        return say(
            f"The meeting of {meeting_said(meeting, calendar)} has begun, so it cannot be moved: "
            f"“/cypp meeting cancel {short_day(calendar.day(meeting))} because …” says that it did not happen."
        )
    if meeting.state is MeetingState.CANCELLED:
        return say(f"The meeting of {meeting_said(meeting, calendar)} was not moved: add another one instead.")
    if meeting.starts_at is None:
        return say(f"{meeting_said(meeting, calendar)}: say “/cypp meeting confirm …” once its date is known.")
    at = meeting.start.astimezone(calendar.zone)
    if _starts(asked, command, command.when, at.time()) == meeting.start:
        when = f"{day_said(at.date())}, {at:%H:%M}"
        return say(f"The {calendar.board.name} meets on {when} already: nothing was changed.")
    return _set_start(asked, command, calendar, meeting, "Moved", at.time())


def _odd_day(calendar: BoardCalendar, day: date) -> tuple[str, ...]:
    """A day on which nobody works is often a slip: "15 Aug" said in September is next year's, a Sunday."""
    if calendar.board.rules.working.is_working(day):
        return ()
    return (f"{day_said(day)} is no working day: if that is a slip, “/cypp meeting move …” puts it right.",)


def _confirm(asked: Round, command: ChangeMeeting) -> Answer:
    found = _find(asked, command.which, expected=True)
    if isinstance(found, Answer):
        return found
    calendar, meeting = found
    return _set_start(asked, command, calendar, meeting, "Confirmed", usual(calendar))


def _set_start(
    asked: Round, command: ChangeMeeting, calendar: BoardCalendar, meeting: MeetingFacts, done: str, usual: time
) -> Answer:
    start = _starts(asked, command, command.when, usual)
    if isinstance(start, Answer):
        return start
    problem = taken(calendar, start, but=meeting.id)
    if problem is not None:
        return problem
    focus = _focus(asked, command)
    if isinstance(focus, int):
        asked.session.get_one(Meeting, meeting.id).focus_theme_id = focus
    return set_start(asked, calendar, meeting, start, done)


def set_start(asked: Round, calendar: BoardCalendar, meeting: MeetingFacts, start: datetime, done: str) -> Answer:
    """Gives a meeting its day and time; `done`: "Moved", or "Confirmed" where it had none yet."""
    before = meeting_said(meeting, calendar)
    row = asked.session.get_one(Meeting, meeting.id)
    row.starts_at, row.expected = start, ""
    if done == "Moved":
        row.moved_at = asked.now
    asked.session.flush()
    asked.__dict__.pop("calendars", None)
    calendar = asked.calendars[calendar.board.id]
    meeting = calendar.by_id[meeting.id]
    due = asked.count_open(Action.due_meeting_id == meeting.id)
    dates = calendar.dates(meeting)
    return Answer(
        Reply(
            f"{done}: the {calendar.board.name} ({before}) meets on {meeting_said(meeting, calendar)}, "
            f"{time_said(meeting.start, calendar)}.",
            intro=(
                f"{number_said(due, 'action')} due at it. Updates due {day_said(dates.updates_due)}, "
                f"papers {day_said(dates.papers)}.",
                *_odd_day(calendar, calendar.day(meeting)),
            ),
        ),
        done=True,
    )


def _cancel(asked: Round, command: ChangeMeeting) -> Answer:
    found = _find(asked, command.which)
    if isinstance(found, Answer):
        return found
    calendar, meeting = found
    said = meeting_said(meeting, calendar)
    if meeting.state is MeetingState.CANCELLED:
        return say(f"The meeting of {said.removesuffix(CANCELLED)} is cancelled already.")
    if not command.reason:
        return say(
            f"Why is the meeting of {said} cancelled? Nothing was changed yet.",
            f"Say for instance “/cypp meeting cancel {command.which} because the chamber is closed”.",
        )
    problem = objection_to_reason(asked, command.reason)
    return problem or cancel_meeting(asked, calendar, meeting, command.reason)


def cancel_meeting(asked: Round, calendar: BoardCalendar, meeting: MeetingFacts, because: str) -> Answer:
    """Cancels a meeting, or says that it did not happen; its open actions are carried to the next."""
    said = meeting_said(meeting, calendar)
    row = asked.session.get_one(Meeting, meeting.id)
    row.state, row.note = MeetingState.CANCELLED, because
    asked.session.flush()
    after = max(asked.now, meeting.order) if meeting.starts_at else asked.now
    following = next((m for m in calendar.dated if m.id != meeting.id and m.start > after), None)
    reason = f"the meeting of {said} was cancelled: {because}"
    due = _once(
        asked.session.scalars(
            select(Action)
            .where(
                Action.workspace_id == asked.workspace_id,
                Action.due_meeting_id == meeting.id,
                Action.status.in_(OPEN),
                Action.kind != Kind.STANDING,
            )
            .order_by(Action.position, Action.id)
        )
    )
    for action in due:
        record_replan(asked.session, action, following.id if following else None, reason, asked.signed(), counted=False)
    happened = "did not happen" if meeting.begun(asked.now) else "is cancelled"
    where = (
        f"{number_said(len(due), 'open action')} carried to {meeting_said(following, calendar)}."
        if following
        else f"{number_said(len(due), 'open action')} without a due meeting until one is added."
    )
    return Answer(
        Reply(
            f"The {calendar.board.name} of {said} {happened}.",
            intro=(f"“{because}”", *((where,) if due else ())),
        ),
        done=True,
    )


_VERBS: dict[MeetingVerb, Callable[[Round, ChangeMeeting], Answer]] = {
    MeetingVerb.ADD: _add,
    MeetingVerb.MOVE: _move,
    MeetingVerb.CANCEL: _cancel,
    MeetingVerb.CONFIRM: _confirm,
}
