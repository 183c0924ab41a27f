"""Moving an action to another board's meeting, and so to another home board, which both secretaries agree to.

One secretary asks, and the other agrees or leaves it as it is. Somebody who keeps both boards, or looks after
the bot, moves it at once. Home board and due meeting change in one transaction, by a counted re-plan. See
docs/explanation/boards-and-dates.md, "Who may do what".
"""

from dataclasses import replace

from handlers.context import RequestContext
from handlers.form_texts import ACTION_GONE, about_action
from handlers.formatting import meeting_said, status_said
from handlers.notices import contacts_of
from handlers.permissions import About, may
from handlers.preconditions import check_may_of_board
from handlers.press_codec import Number, OnAction, press_button
from handlers.responses import Button, Content, NotDone, NoticeOut, Response, receipt, say
from models.enums import OPEN, AnswerKind, MeetingState, NotificationKind, Verb
from models.notifications.lookups import move_requested
from models.plan.queries import HELD, REDACTED
from models.records.entries import is_taken_back
from models.records.entry_reads import replan_by_id, update_by_id
from models.records.history import Signed, mark_stale, record_replan, record_update
from models.records.partner_parts import parts_of_action
from models.rules.facts import BoardCalendar, MeetingFacts
from models.rules.steps import MoveDeclined, MoveDone, MoveDoneForLead, MoveRequested
from models.storage.history_tables import Update
from models.storage.notification_tables import Notification
from models.storage.tables import Action


class AskedTransfer(OnAction):
    """What was asked of another board, by the entry that asks."""

    old_form = ("action", "meeting", "entry")

    entry: Number = 0


class AgreeTransfer(AskedTransfer):
    """*Agree*."""

    verb = "agree"


class LeaveTransfer(AskedTransfer):
    """*Leave as it is*."""

    verb = "leaveother"


def move_to_other_board(
    ctx: RequestContext, action: Action, meeting: MeetingFacts, other: BoardCalendar, reason: str
) -> Response:
    """Move an action to another board's meeting where the asker may, or ask that board's secretary."""
    where = f"the {other.board.name} of {meeting_said(meeting, other)}"
    if may(ctx.roles, Verb.REPLAN, About(board_id=other.board.id)):
        return _moved(ctx, action, meeting, other, reason, ctx.signed())
    if not contacts_of(ctx, other):
        return say(
            f"Nobody who keeps the {other.board.name} can be reached here, so {action.ref} was not moved: "
            "an administrator can move it.",
            typed=reason,
        )
    entry = record_update(
        ctx.session, action, AnswerKind.REPLAN_ASKED, ctx.signed(), words=reason, to_meeting_id=meeting.id
    )
    secretary = ctx.secretary(other.board.id) or "an administrator"
    mark = ctx.view(action.id).facts.due_mark
    return receipt(
        f"Asked: {secretary} decides whether {action.ref} moves to {where}.",
        f"“{reason}”",
        f"Until then it stays with the {_home(ctx, action)}, due as it was.",
        notices=[
            NoticeOut(
                NotificationKind.OTHER_BOARD, action.id, meeting.id, MoveRequested(entry.id, mark), other.board.id
            )
        ],
    )


def _home(ctx: RequestContext, action: Action) -> str:
    calendar = ctx.calendar(action.board_id)
    return calendar.board.name if calendar else "plan"


def _moved(
    ctx: RequestContext, action: Action, meeting: MeetingFacts, other: BoardCalendar, reason: str, signed: Signed
) -> Response:
    """Change home board and due meeting together, and tell both secretaries and the lead."""
    before, home = _home(ctx, action), action.board_id
    # Messages sent for the board it leaves are changed in place as well. The parts of an action for all partners stay
    # with their whole: those that are closed or due later move too.
    together = [action, *parts_of_action(ctx.session, action)]
    for one in together:
        mark_stale(ctx.session, one)
        one.board_id = other.board.id
    leads = dict.fromkeys(one.lead_post_id for one in together if one is action or one.status in OPEN)
    elsewhere = [one for one in together[1:] if one.status in OPEN and one.due_meeting_id != action.due_meeting_id]
    number = record_replan(ctx.session, action, meeting.id, reason, signed).id
    for one in elsewhere:
        # A part that had been moved by itself can no longer be due at a meeting of the board it leaves.
        record_replan(ctx.session, one, meeting.id, reason, signed)
    kind = NotificationKind.OTHER_BOARD
    return receipt(
        f"Moved {action.ref} to the {other.board.name} of {meeting_said(meeting, other)}.",
        f"“{reason}”",
        f"The {other.board.name} keeps it now; before, the {before} did.",
        notices=[
            NoticeOut(kind, action.id, meeting.id, MoveDone(number), home),
            NoticeOut(kind, action.id, meeting.id, MoveDone(number), other.board.id),
            *(
                NoticeOut(kind, action.id, meeting.id, MoveDoneForLead(number), other.board.id, post_id)
                for post_id in leads
                if post_id is not None
            ),
        ],
    )


def agree_pressed(ctx: RequestContext, action: Action, value: AgreeTransfer) -> Response:
    """Answer *Agree*: the other board's secretary takes the action."""
    entry, meeting, other = _wish(ctx, action, value)
    own = ctx.signed()
    signed = replace(own, signature=f"{entry.signature}, agreed by {own.signature}")
    return _moved(ctx, action, meeting, other, publishable(entry), signed)


def publishable(entry: Update) -> str:
    """Return the words of a wish as another board, and afterwards everybody, may read them."""
    return REDACTED if entry.redaction else HELD if entry.withheld else entry.words


def leave_other_pressed(ctx: RequestContext, action: Action, value: LeaveTransfer) -> Response:
    """Answer *Leave as it is*: nothing changes, and those who asked are told."""
    entry, meeting, _ = _wish(ctx, action, value)
    return receipt(
        f"Left as it is: {action.ref} stays with the {_home(ctx, action)}, whose secretary is told.",
        notices=[
            NoticeOut(NotificationKind.OTHER_BOARD, action.id, meeting.id, MoveDeclined(entry.id), action.board_id)
        ],
    )


def _wish(ctx: RequestContext, action: Action, value: AskedTransfer) -> tuple[Update, MeetingFacts, BoardCalendar]:
    """Return what was asked of the other board, by a button's value; the request ends where it no longer stands."""
    entry = update_by_id(ctx.session, value.entry)
    other = ctx.where(value.meeting)
    if entry is None or other is None or entry.action_id != action.id or entry.to_meeting_id != value.meeting:
        raise NotDone(say(ACTION_GONE))
    # A lead's own wish is an entry of the same sort: only what was asked of this board may be agreed to.
    step = move_requested(ctx.session, action.id, entry.id)
    if step is None:
        raise NotDone(say(ACTION_GONE))
    check_may_of_board(ctx, Verb.REPLAN, other.board.id, action.ref)
    meeting = other.by_id[value.meeting]
    if is_taken_back(ctx.session, entry):
        raise NotDone(say(taken_back_said(action)))
    settled = _settled(ctx, action, step.due_mark, meeting, other)
    if settled:
        raise NotDone(say(settled))
    return entry, meeting, other


def taken_back_said(action: Action) -> str:
    """Return what is said to somebody who grants a wish that its writer has taken back."""
    return f"Whoever asked to move {action.ref} has taken that back, so nothing was changed."


def _settled(ctx: RequestContext, action: Action, due_mark: str, meeting: MeetingFacts, other: BoardCalendar) -> str:
    """Return why a wish no longer stands; "" where it does."""
    if action.status not in OPEN:
        return f"{action.ref} is {status_said(action.status)} now, so nothing was changed."
    if action.board_id == other.board.id:
        return f"The {other.board.name} keeps {action.ref} already: nothing was changed."
    if due_mark != ctx.view(action.id).facts.due_mark:
        return f"{action.ref} has been moved since this was asked, so nothing was changed."
    if meeting.state is MeetingState.CANCELLED:
        return f"The meeting of {meeting_said(meeting, other)} will not be held, so {action.ref} was not moved."
    if meeting.starts_at is not None and meeting.start <= ctx.now:
        return f"The meeting of {meeting_said(meeting, other)} is past, so {action.ref} was not moved."
    return ""


def write_other_board(ctx: RequestContext, notification: Notification) -> Content | None:
    """Write what the other side, both sides, or the lead are told; its step says which, and about what."""
    action_id, meeting_id, step = notification.subject, notification.meeting_id, notification.step
    action, other = ctx.action_by_id(action_id), ctx.where(meeting_id)
    if action is None or other is None:
        return None
    view, meeting = ctx.view(action_id), other.by_id[meeting_id]
    where = f"the {other.board.name} of {meeting_said(meeting, other)}"
    if isinstance(step, MoveDone | MoveDoneForLead):
        row = replan_by_id(ctx.session, step.replan_id)
        if row is None or row.action_id != action.id:
            return None
        headline = f"{view.ref} moved to {where}, which keeps it now."
        words, signature = row.reason, row.signature
        buttons: tuple[Button, ...] = ()
    elif isinstance(step, MoveRequested | MoveDeclined):
        entry = update_by_id(ctx.session, step.entry_id)
        if entry is None or entry.action_id != action.id:
            return None
        words, signature, buttons = publishable(entry), "", ()
        if isinstance(step, MoveDeclined):
            headline = f"{view.ref} was left as it is: the {other.board.name} did not take it for {where}."
        elif is_taken_back(ctx.session, entry):
            return None
        else:
            headline = f"{view.ref}: {entry.signature} asks to move it to {where}."
            if not _settled(ctx, action, step.due_mark, meeting, other):
                agree = AgreeTransfer(action=action_id, meeting=meeting_id, entry=entry.id)
                leave = LeaveTransfer(action=action_id, meeting=meeting_id, entry=entry.id)
                buttons = (press_button("Agree", agree, "primary"), press_button("Leave as it is", leave))
    else:
        return None
    return about_action(
        ctx,
        view,
        headline,
        f"“{words}”" if words else "",
        f"Signed {signature}." if signature else "",
        "Your board would keep it from then on." if buttons else "",
        buttons=buttons,
    )
