"""An action moves to another board's meeting, and so to another home board: with both secretaries (design, section 5).

The one side asks, the other agrees or leaves it; who keeps both boards, or looks after the bot, does it at once. Home
board and due meeting change in one transaction, by a counted re-plan.
"""

from dataclasses import replace

from sqlalchemy import func, select

from handlers.context import Round
from handlers.permissions import About, may, why_not
from handlers.pressed_on import GONE, number_in
from handlers.replies import Answer, Button, Group, NoticeOut, Reply, say
from handlers.wording import action_line, meeting_said, status_said
from models.entries import is_taken_back
from models.enums import OPEN, AnswerKind, AskKind, MeetingState, Verb
from models.facts import BoardCalendar, MeetingFacts, keepers
from models.history import Signed, mark_stale, record_replan, record_update
from models.history_tables import Replan, Update
from models.ledger_tables import Ask
from models.parts import parts_of
from models.queries import HELD, REDACTED
from models.serving import administrators, reachable, recipients
from models.tables import Action

ASKED, MOVED, TOLD, LEFT = "update ", "moved ", "told ", "left "
"""How the steps of this kind of notice begin: asked of the other side; moved; the lead is told; left as it is.

The number of an entry follows, and where something is asked, the action's due mark as it then was.
"""


def move_to_other_board(
    asked: Round, action: Action, meeting: MeetingFacts, other: BoardCalendar, reason: str
) -> Answer:
    """Moves an action to another board's meeting for somebody who may re-plan it, or asks that board's secretary."""
    where = f"the {other.board.name} of {meeting_said(meeting, other)}"
    if may(asked.roles, Verb.REPLAN, About(board_id=other.board.id)):
        return _moved(asked, action, meeting, other, reason, asked.signed())
    reached = keepers(
        other.board,
        recipients(asked.session, asked.workspace_id, asked.today),
        administrators(asked.session, asked.workspace_id, asked.today),
        reachable(asked.session, asked.workspace_id),
    )
    if not reached:
        return say(
            f"Nobody who keeps the {other.board.name} can be reached here, so {action.ref} was not moved: "
            "an administrator can move it.",
            typed=reason,
        )
    entry = record_update(
        asked.session, action, AnswerKind.REPLAN_ASKED, asked.signed(), words=reason, to_meeting_id=meeting.id
    )
    secretary = asked.secretary(other.board.id) or "an administrator"
    mark = asked.view(action.id).facts.due_mark
    return Answer(
        Reply(
            f"Asked: {secretary} decides whether {action.ref} moves to {where}.",
            intro=(f"“{reason}”", f"Until then it stays with the {_home(asked, action)}, due as it was."),
        ),
        notices=[
            NoticeOut(
                AskKind.OTHER_BOARD.value,
                action.id,
                meeting.id,
                step=f"{ASKED}{entry.id} {mark}",
                board_id=other.board.id,
            )
        ],
        done=True,
    )


def _home(asked: Round, action: Action) -> str:
    calendar = asked.calendar(action.board_id)
    return calendar.board.name if calendar else "plan"


def _moved(
    asked: Round, action: Action, meeting: MeetingFacts, other: BoardCalendar, reason: str, signed: Signed
) -> Answer:
    """Changes home board and due meeting together, and tells both secretaries and the lead."""
    before, home = _home(asked, action), action.board_id
    # What was said to the board it leaves is changed in place as well.
    # Of an action for all partners one board keeps the parts, too, also those that are closed or due later.
    together = [action, *parts_of(asked.session, action)]
    for one in together:
        mark_stale(asked.session, one)
        one.board_id = other.board.id
    leads = dict.fromkeys(one.lead_post_id for one in together if one is action or one.status in OPEN)
    elsewhere = [one for one in together[1:] if one.status in OPEN and one.due_meeting_id != action.due_meeting_id]
    record_replan(asked.session, action, meeting.id, reason, signed)
    for one in elsewhere:
        # A part that had been moved by itself can no longer be due at a meeting of the board it leaves.
        record_replan(asked.session, one, meeting.id, reason, signed)
    number = asked.session.scalar(select(func.max(Replan.id)).where(Replan.action_id == action.id))
    kind = AskKind.OTHER_BOARD.value
    return Answer(
        Reply(
            f"Moved {action.ref} to the {other.board.name} of {meeting_said(meeting, other)}.",
            intro=(f"“{reason}”", f"The {other.board.name} keeps it now; before, the {before} did."),
        ),
        notices=[
            NoticeOut(kind, action.id, meeting.id, step=f"{MOVED}{number}", board_id=home),
            NoticeOut(kind, action.id, meeting.id, step=f"{MOVED}{number}", board_id=other.board.id),
            *(
                NoticeOut(kind, action.id, meeting.id, f"{TOLD}{number}", other.board.id, post_id)
                for post_id in leads
                if post_id is not None
            ),
        ],
        done=True,
    )


def agree_pressed(asked: Round, action: Action, _meeting: int, value: str) -> Answer:
    """*Agree*: the other board's secretary takes the action."""
    found = _wish(asked, action, value)
    if isinstance(found, Answer):
        return found
    entry, meeting, other = found
    own = asked.signed()
    signed = replace(own, signature=f"{entry.signature}, agreed by {own.signature}")
    return _moved(asked, action, meeting, other, publishable(entry), signed)


def publishable(entry: Update) -> str:
    """The words of a wish as another board, and afterwards everybody, may read them."""
    return REDACTED if entry.redaction else HELD if entry.withheld else entry.words


def leave_other_pressed(asked: Round, action: Action, _meeting: int, value: str) -> Answer:
    """*Leave as it is*: nothing changes, and those who asked are told."""
    found = _wish(asked, action, value)
    if isinstance(found, Answer):
        return found
    entry, meeting, _ = found
    return Answer(
        Reply(f"Left as it is: {action.ref} stays with the {_home(asked, action)}, whose secretary is told."),
        notices=[
            NoticeOut(
                AskKind.OTHER_BOARD.value, action.id, meeting.id, step=f"{LEFT}{entry.id}", board_id=action.board_id
            )
        ],
        done=True,
    )


def _wish(asked: Round, action: Action, value: str) -> tuple[Update, MeetingFacts, BoardCalendar] | Answer:
    """What was asked of the other board, by the value of a button; a sentence where it does not stand any more."""
    _, meeting_id, entry_id = [*value.split("|"), "", ""][:3]
    entry = asked.session.get(Update, number_in(entry_id))
    other = asked.where(number_in(meeting_id))
    if entry is None or other is None or entry.action_id != action.id or entry.to_meeting_id != number_in(meeting_id):
        return say(GONE)
    # A lead's own wish is an entry of the same sort: only what was asked of this board may be agreed to.
    was_asked = select(Ask.step).where(
        Ask.workspace_id == asked.workspace_id,
        Ask.kind == AskKind.OTHER_BOARD,
        Ask.subject == action.id,
        Ask.step.like(f"{ASKED}{entry.id} %"),
    )
    step = asked.session.scalar(was_asked.limit(1))
    if step is None:
        return say(GONE)
    if not may(asked.roles, Verb.REPLAN, About(board_id=other.board.id)):
        return say(why_not(Verb.REPLAN, action.ref, secretary=asked.secretary(other.board.id)))
    meeting = other.by_id[number_in(meeting_id)]
    if is_taken_back(asked.session, entry):
        return say(taken_back_said(action))
    settled = _settled(asked, action, step, meeting, other)
    return say(settled) if settled else (entry, meeting, other)


def taken_back_said(action: Action) -> str:
    """What is said to whoever grants a wish that its writer has taken back."""
    return f"Whoever asked to move {action.ref} has taken that back, so nothing was changed."


def _settled(asked: Round, action: Action, step: str, meeting: MeetingFacts, other: BoardCalendar) -> str:
    """Why a wish does not stand any more; "" where it does."""
    if action.status not in OPEN:
        return f"{action.ref} is {status_said(action.status)} now, so nothing was changed."
    if action.board_id == other.board.id:
        return f"The {other.board.name} keeps {action.ref} already: nothing was changed."
    if not step.endswith(f" {asked.view(action.id).facts.due_mark}"):
        return f"{action.ref} has been moved since this was asked, so nothing was changed."
    if meeting.state is MeetingState.CANCELLED:
        return f"The meeting of {meeting_said(meeting, other)} will not be held, so {action.ref} was not moved."
    if meeting.starts_at is not None and meeting.start <= asked.now:
        return f"The meeting of {meeting_said(meeting, other)} is past, so {action.ref} was not moved."
    return ""


def other_board_said(round_: Round, action_id: int, meeting_id: int, step: str) -> Reply | None:
    """What the other side, both sides, or the lead are told; `step` says which of them, and about what."""
    action, other = round_.action_by_id(action_id), round_.where(meeting_id)
    number = number_in(step.split(" ")[1])
    if action is None or other is None:
        return None
    view, meeting = round_.view(action_id), other.by_id[meeting_id]
    where = f"the {other.board.name} of {meeting_said(meeting, other)}"
    if step.startswith((MOVED, TOLD)):
        row = round_.session.get(Replan, number)
        if row is None or row.action_id != action.id:
            return None
        headline = f"{view.ref} moved to {where}, which keeps it now."
        words, signature = row.reason, row.signature
        buttons: tuple[Button, ...] = ()
    else:
        entry = round_.session.get(Update, number)
        if entry is None or entry.action_id != action.id:
            return None
        words, signature, buttons = publishable(entry), "", ()
        if step.startswith(LEFT):
            headline = f"{view.ref} was left as it is: the {other.board.name} did not take it for {where}."
        elif is_taken_back(round_.session, entry):
            return None
        else:
            headline = f"{view.ref}: {entry.signature} asks to move it to {where}."
            if not _settled(round_, action, step, meeting, other):
                value = f"{action_id}|{meeting_id}|{entry.id}"
                buttons = (
                    Button("Agree", "agree", value, style="primary"),
                    Button("Leave as it is", "leaveother", value),
                )
    intro = [f"“{words}”"] if words else []
    intro += [f"Signed {signature}."] if signature else []
    intro += ["Your board would keep it from then on."] if buttons else []
    return Reply(
        headline,
        intro=tuple(intro),
        groups=(Group(lines=(action_line(view, round_.calendars, round_.now, buttons),)),),
    )
