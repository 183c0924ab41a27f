"""`move`: an action's due meeting, by the secretary or the chair; a lead asks, and the secretary gets a button."""

from collections.abc import Mapping

from handlers.commands import Move
from handlers.context import Round
from handlers.identifying import objection_to_reason
from handlers.menus import coming
from handlers.other_board import move_to_other_board, publishable, taken_back_said
from handlers.permissions import About, may, why_not
from handlers.pressed_on import GONE, form_intro, number_in
from handlers.replies import Answer, Button, Field, Form, FormErrors, NoticeOut, Reply, say
from handlers.said.meetings import MeetingAsk, names_a_board, read_meeting
from handlers.wording import CANCELLED, IN_PAPERS, day_said, due_said, meeting_said, status_said, times_said
from models.entries import is_taken_back
from models.enums import OPEN, AnswerKind, AskKind, Kind, MeetingState, Verb
from models.facts import BoardCalendar, MeetingFacts
from models.history import record_replan, record_update
from models.history_tables import Update as UpdateRow
from models.tables import Action

REASON_MAX = 1000
BUTTON_WORDS = 1500
"""Words longer than this are not put into a button, which holds 2,000 characters."""


def move(asked: Round, command: Move) -> Answer:
    """Re-plans an action, or passes a lead's wish on to the secretary."""
    action = asked.action(command.ref)
    if action is None:
        return say(f"There is no action {command.ref}.", typed=command.ref)
    about = About(action.lead_post_id, action.board_id)
    may_move, may_ask = may(asked.roles, Verb.REPLAN, about), may(asked.roles, Verb.ASK_REPLAN, about)
    if not may_move and not may_ask:
        return say(why_not(Verb.REPLAN, action.ref, secretary=asked.secretary(action.board_id)), typed=command.reason)
    calendar = asked.calendar(action.board_id)
    if calendar is None:
        return say(f"{action.ref} has no home board, so it cannot be moved.", typed=command.reason)
    target = _target(asked, action, calendar, command)
    if isinstance(target, Answer):
        return target
    return _settle(asked, action, *target, command.reason)


def _settle(asked: Round, action: Action, meeting: MeetingFacts, at: BoardCalendar, reason: str) -> Answer:
    """Moves an action to a meeting it may move to, for whoever may; for its lead the wish is passed on."""
    if not may(asked.roles, Verb.REPLAN, About(action.lead_post_id, action.board_id)):
        entry = record_update(
            asked.session,
            action,
            AnswerKind.REPLAN_ASKED,
            asked.signed(action.lead_post_id),
            words=reason,
            to_meeting_id=meeting.id,
        )
        return Answer(
            Reply(
                f"Asked: the board’s secretary will decide whether {action.ref} moves to "
                f"{meeting_said(meeting, at)}{_of_another(action, at)}.",
                intro=(f"“{reason}”", "Until then it stays due as it was."),
            ),
            notices=[
                NoticeOut(
                    AskKind.REPLAN.value, action.id, meeting.id, step=f"update {entry.id}", board_id=action.board_id
                )
            ],
            done=True,
        )
    if at.board.id != action.board_id:
        return move_to_other_board(asked, action, meeting, at, reason)
    record_replan(asked.session, action, meeting.id, reason, asked.signed())
    view = asked.view(action.id)
    counted = f"Re-planned {times_said(view.replans)} now. " if view.replans else ""
    return Answer(
        Reply(
            f"Moved {action.ref} to {meeting_said(meeting, at)}.",
            intro=(
                f"“{reason}”",
                f"{counted}{_first_due(asked, action)}".strip(),
            ),
        ),
        done=True,
    )


def _first_due(asked: Round, action: Action) -> str:
    first = asked.where(action.first_due_meeting_id)
    if first is not None:
        return f"First due {meeting_said(first.by_id[action.first_due_meeting_id or 0], first)}."
    return f"First due {day_said(action.due_date)}." if action.due_date else ""


def _of_another(action: Action, at: BoardCalendar) -> str:
    return "" if at.board.id == action.board_id else f", {at.board.name}"


def _target(
    asked: Round, action: Action, calendar: BoardCalendar, command: Move
) -> tuple[MeetingFacts, BoardCalendar] | Answer:
    """The meeting to move to and its board, which may be another; or why not."""
    if action.status not in OPEN:
        return say(f"{action.ref} is {status_said(action.status)}, so it was not moved.", typed=command.reason)
    if action.kind is Kind.STANDING:
        return say(
            f"{action.ref} is a standing commitment and has no due meeting, so it was not moved.", typed=command.reason
        )
    found = read_meeting(command.meeting, asked.vocabulary, asked.today, calendar.board.key)
    if isinstance(found, MeetingAsk):
        return say(found.say, typed=command.meeting)
    calendar = asked.where(found.meeting_id) or calendar
    meeting = calendar.by_id[found.meeting_id]
    wrong = _cannot_be(asked, action, meeting, calendar)
    if wrong is not None:
        return say(wrong, typed=command.meeting)
    if not command.reason:
        return say(
            f"Why does {action.ref} move? Nothing was changed yet.",
            f"Say for instance “/cypp move {action.ref} to {command.meeting} because the survey starts in November”.",
        )
    problem = objection_to_reason(asked, command.reason)
    if problem is not None:
        return problem
    if calendar.board.id != action.board_id and not names_a_board(command.meeting, asked.today):
        return _whose(action, meeting, calendar, command)
    return meeting, calendar


def _cannot_be(asked: Round, action: Action, meeting: MeetingFacts, calendar: BoardCalendar) -> str | None:
    """Why an action cannot become due at a meeting; None where it can."""
    if meeting.state is MeetingState.CANCELLED:
        when = meeting_said(meeting, calendar).removesuffix(CANCELLED)
        return f"The meeting of {when} was cancelled, so {action.ref} was not moved."
    if meeting.starts_at is not None and meeting.start <= asked.now:
        return (
            f"The meeting of {meeting_said(meeting, calendar)} is past, so {action.ref} was not moved: "
            "name a coming meeting."
        )
    if meeting.id == action.due_meeting_id:
        return f"{action.ref} is due {meeting_said(meeting, calendar)} already."
    if calendar.board.id != action.board_id and action.parent_id is not None:
        whole = asked.view(action.parent_id).ref
        return (
            f"{action.ref} is one partner’s part of {whole}, and one board keeps them all, so it was not moved: "
            f"“/cypp move {whole} to … because …” takes them there together."
        )
    return None


def _whose(action: Action, meeting: MeetingFacts, other: BoardCalendar, command: Move) -> Answer:
    """A day on which only another board meets may be a slip: nothing changes its home board by a day alone."""
    again = f"move {action.ref} to {command.meeting} {other.board.key} because {command.reason}"
    buttons = (Button(f"Move it to the {other.board.name}"[:70], "ask", again),) if len(again) < BUTTON_WORDS else ()
    return say(
        f"On {meeting_said(meeting, other)} the {other.board.name} meets, and {action.ref} is another board’s: "
        "nothing was changed yet.",
        f"In words: “/cypp move {action.ref} to {command.meeting} {other.board.key} because …”.",
        typed=command.reason,
        buttons=buttons,
    )


def may_replan(asked: Round, action: Action) -> bool:
    """Whether the asker may move an action's due meeting, or ask for it."""
    if action.status not in OPEN or action.kind is Kind.STANDING:
        return False
    about = About(action.lead_post_id, action.board_id)
    return may(asked.roles, Verb.REPLAN, about) or may(asked.roles, Verb.ASK_REPLAN, about)


def _form_problem(asked: Round, action: Action) -> Answer | None:
    """Why an action cannot be re-planned, or None where it can."""
    if may_replan(asked, action):
        return None
    if action.status not in OPEN:
        return say(f"{action.ref} is {status_said(action.status)}, so it was not moved.")
    if action.kind is Kind.STANDING:
        return say(f"{action.ref} is a standing commitment and has no due meeting, so it was not moved.")
    return say(why_not(Verb.REPLAN, action.ref, secretary=asked.secretary(action.board_id)))


def replan_form(asked: Round, action: Action, _meeting: int, value: str) -> Answer:
    """*Re-plan…* was pressed."""
    problem = _form_problem(asked, action)
    if problem is not None:
        return problem
    # One board keeps all parts of an action for all partners; any other action may go to another board.
    boards = f"{action.board_id}" if action.parent_id is not None else f"{action.board_id},"
    decides = may(asked.roles, Verb.REPLAN, About(action.lead_post_id, action.board_id))
    choices = tuple(one for one in coming(asked, boards) if one.value != str(action.due_meeting_id))
    if not choices:
        return say(f"No other meeting is planned, so {action.ref} cannot be moved: “/cypp meetings” lists them.")
    due = due_said(asked.view(action.id), asked.calendars)
    return Answer(
        Form(
            title=f"Re-plan {action.ref}",
            verb="replanform",
            value=value,
            submit="Move" if decides else "Ask",
            intro=(*form_intro(asked, action), f"{due[:1].upper()}{due[1:]}."),
            fields=(
                Field("to", "To which meeting?", kind="choice", choices=choices, source=f"coming/{boards}"),
                Field("reason", "Why?", max_length=REASON_MAX),
            ),
            note=IN_PAPERS if decides else f"The board’s secretary decides. {IN_PAPERS}",
        )
    )


def replan_sent(asked: Round, action: Action, _meeting: int, fields: Mapping[str, str]) -> Answer:
    """*Re-plan…* was sent in."""
    problem = _form_problem(asked, action)
    if problem is not None:
        return problem
    reason = fields.get("reason", "").strip()
    if not reason:
        return Answer(FormErrors({"reason": "Say why it moves: the reason stays with it."}))
    calendar = asked.where(number_in(fields.get("to", "")))
    if calendar is None:
        return Answer(FormErrors({"to": "Choose a coming meeting."}))
    meeting = calendar.by_id[number_in(fields["to"])]
    wrong = _cannot_be(asked, action, meeting, calendar)
    if wrong is not None:
        return Answer(FormErrors({"to": wrong}))
    return _settle(asked, action, meeting, calendar, reason)


def replan_pressed(asked: Round, action: Action, _meeting: int, value: str) -> Answer:
    """The secretary agrees to a lead's wish; the lead's words are the reason."""
    if not may(asked.roles, Verb.REPLAN, About(action.lead_post_id, action.board_id)):
        return say(why_not(Verb.REPLAN, action.ref, secretary=asked.secretary(action.board_id)))
    _, meeting_id, entry_id = [*value.split("|"), "", ""][:3]
    calendar = asked.where(number_in(meeting_id))
    meeting = calendar.by_id[number_in(meeting_id)] if calendar else None
    entry = asked.session.get(UpdateRow, number_in(entry_id))
    if calendar is None or meeting is None or entry is None or entry.action_id != action.id:
        return say(GONE)
    if is_taken_back(asked.session, entry):
        return say(taken_back_said(action))
    if action.due_meeting_id == meeting.id:
        return say(f"{action.ref} is due {meeting_said(meeting, calendar)} already.")
    cancelled = meeting.state is MeetingState.CANCELLED
    if action.status not in OPEN or cancelled or (meeting.starts_at is not None and meeting.start <= asked.now):
        return say(f"{action.ref} cannot move to {meeting_said(meeting, calendar)} any more, so nothing was changed.")
    reason = publishable(entry)
    if calendar.board.id != action.board_id:
        return move_to_other_board(asked, action, meeting, calendar, reason)
    record_replan(asked.session, action, meeting.id, reason, asked.signed())
    return Answer(Reply(f"Moved {action.ref} to {meeting_said(meeting, calendar)}.", intro=(f"“{reason}”",)), done=True)
