"""`move`: an action's due meeting, by the secretary or the chair; a lead asks, and the secretary gets a button."""

from collections.abc import Mapping

from handlers.actions.board_transfers import move_to_other_board, publishable, taken_back_said
from handlers.actions.taking_back import undo_button
from handlers.commands.actions import Move
from handlers.context import RequestContext
from handlers.form_texts import ACTION_GONE, form_intro, form_response, said_in
from handlers.formatting import CANCELLED, day_said, due_said, meeting_said, status_said, times_said
from handlers.people.menus import coming
from handlers.permissions import About, may
from handlers.preconditions import action_named, check_may, wrong_field
from handlers.press_codec import Number, OnAction, ask_button, number_in, press_button
from handlers.reading.meeting_names import MeetingAsk, names_a_board, read_meeting
from handlers.responses import Field, NotDone, NoticeOut, Response, receipt, say
from handlers.safeguarding.confirmation import check_reason
from models.enums import OPEN, AnswerKind, Kind, MeetingState, NotificationKind, Verb
from models.records.entries import is_taken_back
from models.records.entry_reads import update_by_id
from models.records.history import record_replan, record_update
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.lengths import MAX_REASON
from models.rules.steps import AboutEntry
from models.storage.tables import Action

BUTTON_WORDS = 1500
"""Words longer than this are not put into a button, which holds 2,000 characters."""


def move_action(ctx: RequestContext, command: Move) -> Response:
    """Re-plan an action, or pass a lead's wish on to the secretary."""
    action = action_named(ctx, command.ref, command.ref)
    if not may(ctx.roles, Verb.ASK_REPLAN, About(action.lead_post_id, action.board_id)):
        check_may(ctx, Verb.REPLAN, action, command.reason)
    calendar = ctx.calendar(action.board_id)
    if calendar is None:
        return say(f"{action.ref} has no home board, so it cannot be moved.", typed=command.reason)
    return _settle(ctx, action, *_target(ctx, action, calendar, command), command.reason)


def _settle(ctx: RequestContext, action: Action, meeting: MeetingFacts, at: BoardCalendar, reason: str) -> Response:
    """Move an action to a meeting where the asker may; for its lead, pass the wish on."""
    if not may(ctx.roles, Verb.REPLAN, About(action.lead_post_id, action.board_id)):
        entry = record_update(
            ctx.session,
            action,
            AnswerKind.REPLAN_ASKED,
            ctx.signed(action.lead_post_id),
            words=reason,
            to_meeting_id=meeting.id,
        )
        return receipt(
            f"Asked: the board’s secretary will decide whether {action.ref} moves to "
            f"{meeting_said(meeting, at)}{_of_another(action, at)}.",
            f"“{reason}”",
            "Until then it stays due as it was.",
            notices=[NoticeOut(NotificationKind.REPLAN, action.id, meeting.id, AboutEntry(entry.id), action.board_id)],
        )
    if at.board.id != action.board_id:
        return move_to_other_board(ctx, action, meeting, at, reason)
    row = record_replan(ctx.session, action, meeting.id, reason, ctx.signed())
    view = ctx.view(action.id)
    counted = f"Re-planned {times_said(view.replans)} now. " if view.replans else ""
    return receipt(
        f"Moved {action.ref} to {meeting_said(meeting, at)}.",
        f"“{reason}”",
        f"{counted}{_first_due(ctx, action)}".strip(),
        buttons=(undo_button(row),),
    )


def _first_due(ctx: RequestContext, action: Action) -> str:
    first = ctx.where(action.first_due_meeting_id)
    if first is not None:
        return f"First due {meeting_said(first.by_id[action.first_due_meeting_id or 0], first)}."
    return f"First due {day_said(action.due_date)}." if action.due_date else ""


def _of_another(action: Action, at: BoardCalendar) -> str:
    return "" if at.board.id == action.board_id else f", {at.board.name}"


def _target(
    ctx: RequestContext, action: Action, calendar: BoardCalendar, command: Move
) -> tuple[MeetingFacts, BoardCalendar]:
    """Return the meeting to move to and its board, which may be another."""
    _check_has_due(action, command.reason)
    found = read_meeting(command.meeting, ctx.vocabulary, ctx.today, calendar.board.key)
    if isinstance(found, MeetingAsk):
        form = press_button("Re-plan…", ReplanIt(action=action.id))
        raise NotDone(say(f"{found.say} {action.ref} was not moved.", typed=command.meeting, buttons=(form,)))
    calendar = ctx.where(found.meeting_id) or calendar
    meeting = calendar.by_id[found.meeting_id]
    wrong = _cannot_be(ctx, action, meeting, calendar)
    if wrong is not None:
        raise NotDone(say(wrong, typed=command.meeting))
    if not command.reason:
        again = f"“/cypp move {action.ref} to {command.meeting} because the survey starts in November”"
        raise NotDone(say(f"Why does {action.ref} move? Nothing was changed yet.", f"Say for instance {again}."))
    check_reason(ctx, command.reason)
    if calendar.board.id != action.board_id and not names_a_board(command.meeting, ctx.today):
        raise NotDone(_whose(action, meeting, calendar, command))
    return meeting, calendar


def _check_has_due(action: Action, typed: str = "") -> None:
    """End the request about an action that is closed, or that has no due meeting to move."""
    if action.status not in OPEN:
        raise NotDone(say(f"{action.ref} is {status_said(action.status)}, so it was not moved.", typed=typed))
    if action.kind is Kind.STANDING:
        why = f"{action.ref} is a standing commitment and has no due meeting, so it was not moved."
        raise NotDone(say(why, typed=typed))


def _cannot_be(ctx: RequestContext, action: Action, meeting: MeetingFacts, calendar: BoardCalendar) -> str | None:
    """Return why an action cannot become due at a meeting; None where it can."""
    if meeting.state is MeetingState.CANCELLED:
        when = meeting_said(meeting, calendar).removesuffix(CANCELLED)
        return f"The meeting of {when} was cancelled, so {action.ref} was not moved."
    if meeting.starts_at is not None and meeting.start <= ctx.now:
        return (
            f"The meeting of {meeting_said(meeting, calendar)} is past, so {action.ref} was not moved: "
            "name a coming meeting."
        )
    if meeting.id == action.due_meeting_id:
        return f"{action.ref} is due {meeting_said(meeting, calendar)} already."
    if calendar.board.id != action.board_id and action.parent_id is not None:
        whole = ctx.view(action.parent_id).ref
        return (
            f"{action.ref} is one partner’s part of {whole}, and one board keeps them all, so it was not moved: "
            f"“/cypp move {whole} to … because …” takes them there together."
        )
    return None


def _whose(action: Action, meeting: MeetingFacts, other: BoardCalendar, command: Move) -> Response:
    """Ask about a day on which only another board meets: a day alone may be a slip and changes no home board."""
    again = f"move {action.ref} to {command.meeting} {other.board.key} because {command.reason}"
    buttons = (ask_button(f"Move it to the {other.board.name}"[:70], again),) if len(again) < BUTTON_WORDS else ()
    return say(
        f"On {meeting_said(meeting, other)} the {other.board.name} meets, and {action.ref} is another board’s: "
        "nothing was changed yet.",
        f"In words: “/cypp move {action.ref} to {command.meeting} {other.board.key} because …”.",
        typed=command.reason,
        buttons=buttons,
    )


def may_replan(ctx: RequestContext, action: Action) -> bool:
    """Return whether the asker may move an action's due meeting, or ask for it."""
    if action.status not in OPEN or action.kind is Kind.STANDING:
        return False
    about = About(action.lead_post_id, action.board_id)
    return may(ctx.roles, Verb.REPLAN, about) or may(ctx.roles, Verb.ASK_REPLAN, about)


def _check_may_replan(ctx: RequestContext, action: Action) -> None:
    """End the request where an action cannot be re-planned, or not by the asker."""
    _check_has_due(action)
    if not may_replan(ctx, action):
        check_may(ctx, Verb.REPLAN, action)


class ReplanIt(OnAction):
    """*Re-plan…*, and its form."""

    verb = "replanform"


class GrantReplan(OnAction):
    """*Move to DAY*: what a lead asked for, by the entry that asks."""

    verb = "replan"
    old_form = ("action", "meeting", "entry")

    entry: Number = 0


def replan_form(ctx: RequestContext, action: Action, _value: ReplanIt) -> Response:
    """Answer the button *Re-plan…*."""
    _check_may_replan(ctx, action)
    # One board keeps all parts of an action for all partners; any other action may go to another board.
    boards = f"{action.board_id}" if action.parent_id is not None else f"{action.board_id},"
    decides = may(ctx.roles, Verb.REPLAN, About(action.lead_post_id, action.board_id))
    choices = tuple(one for one in coming(ctx, boards) if one.value != str(action.due_meeting_id))
    if not choices:
        return say(f"No other meeting is planned, so {action.ref} cannot be moved: “/cypp meetings” lists them.")
    due = due_said(ctx.view(action.id), ctx.calendars)
    return form_response(
        f"Re-plan {action.ref}",
        ReplanIt(action=action.id),
        "Move" if decides else "Ask",
        Field("to", "To which meeting?", "choice", choices=choices, source=f"coming/{boards}"),
        Field("reason", "Why?", max_length=MAX_REASON),
        intro=(*form_intro(ctx, action), f"{due[:1].upper()}{due[1:]}."),
        note="" if decides else "The board’s secretary decides.",
    )


def replan_sent(ctx: RequestContext, action: Action, _value: ReplanIt, fields: Mapping[str, str]) -> Response:
    """Take in the form *Re-plan…*."""
    _check_may_replan(ctx, action)
    reason = said_in(fields, "reason")
    if not reason:
        raise wrong_field("reason", "Say why it moves: the reason stays with it.")
    calendar = ctx.where(number_in(fields.get("to", "")))
    if calendar is None:
        raise wrong_field("to", "Choose a coming meeting.")
    meeting = calendar.by_id[number_in(fields["to"])]
    wrong = _cannot_be(ctx, action, meeting, calendar)
    if wrong is not None:
        raise wrong_field("to", wrong)
    return _settle(ctx, action, meeting, calendar, reason)


def replan_pressed(ctx: RequestContext, action: Action, value: GrantReplan) -> Response:
    """Grant a lead's wish on the secretary's press; the lead's words are the reason."""
    check_may(ctx, Verb.REPLAN, action)
    calendar = ctx.where(value.meeting)
    meeting = calendar.by_id[value.meeting] if calendar else None
    entry = update_by_id(ctx.session, value.entry)
    if calendar is None or meeting is None or entry is None or entry.action_id != action.id:
        return say(ACTION_GONE)
    if is_taken_back(ctx.session, entry):
        return say(taken_back_said(action))
    if action.due_meeting_id == meeting.id:
        return say(f"{action.ref} is due {meeting_said(meeting, calendar)} already.")
    cancelled = meeting.state is MeetingState.CANCELLED
    if action.status not in OPEN or cancelled or (meeting.starts_at is not None and meeting.start <= ctx.now):
        return say(f"{action.ref} cannot move to {meeting_said(meeting, calendar)} any more, so nothing was changed.")
    reason = publishable(entry)
    if calendar.board.id != action.board_id:
        return move_to_other_board(ctx, action, meeting, calendar, reason)
    row = record_replan(ctx.session, action, meeting.id, reason, ctx.signed())
    return receipt(
        f"Moved {action.ref} to {meeting_said(meeting, calendar)}.",
        f"“{reason}”",
        buttons=(undo_button(row),),
    )
