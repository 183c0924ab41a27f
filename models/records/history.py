"""Add entries to an action's history, and bring the action up to date with them. Entries are never edited.

The `record_*` functions add an entry and write the state that follows from it into the action's row
(`models.records.action_state`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, exists, or_, select, union, update
from sqlalchemy.orm import Session

from models.enums import OPEN, AnswerKind, NotificationKind, OutcomeKind, Status, Way
from models.records import chain
from models.records.action_state import ActionState, apply_update, derive_state
from models.records.chain import HistoryRow
from models.records.entries import entries_of
from models.records.partner_parts import parts_of_action, state_of_parts
from models.rules.facts import MeetingFacts
from models.rules.owed import Meetings
from models.rules.steps import SomebodyLeft
from models.storage.bulk import QUIETLY
from models.storage.history_tables import FrozenPaper, Outcome, Replan, Update, is_standing
from models.storage.notification_tables import MessagePart, Notification
from models.storage.tables import Action, Meeting


@dataclass(frozen=True, slots=True)
class Signed:
    """Who writes, for which post, by which way, when. `signature` shows it: the post and organisation.

    `message`: the message that the words came in, "" for none (`models.records.said_messages`).
    """

    person_id: int | None
    post_id: int | None
    signature: str
    way: Way
    at: datetime
    message: str = ""

    def columns(self) -> dict[str, Any]:
        """Return the columns that say who wrote an entry, by which way and when."""
        return {
            "person_id": self.person_id,
            "signature": self.signature,
            "way": self.way,
            "at": self.at,
            "message": self.message or None,
        }


ON_COMMAND_LINE = "command line, by the account "
"""How the signature of whatever was written on the command line begins."""


def command_line_signature(account: str, signature: str) -> str:
    """Return how an entry is signed that an account of the operating system wrote as somebody of the plan."""
    return f"{ON_COMMAND_LINE}{account}, as {signature}"


def post_signature(signature: str) -> str:
    """Return a signature as its writer is told of it: the post alone, who knows by which account they are here."""
    return signature.partition(", as ")[2] if signature.startswith(ON_COMMAND_LINE) else signature


def _stand(session: Session, action: Action, added: Update | None = None) -> None:
    """Bring an action up to date with its entries; `added`: the one that is new, where nothing else is."""
    with session.no_autoflush:
        # `add_entries` has stored the entry: the action is written once, with the chain's head and its state.
        if added is not None and _is_applied_last(session, action, added):
            apply_update(action, added, added.at)
        else:
            standing = _worked_out(session, action)
            for name in ActionState.__slots__:
                setattr(action, name, getattr(standing, name))
    session.flush()
    mark_stale(session, action)
    if action.parent_id is not None:
        _stand(session, session.get_one(Action, action.parent_id))


def _is_applied_last(session: Session, action: Action, added: Update) -> bool:
    """Return whether a new entry changes what stands and nothing before it (`derive_state`)."""
    if added.corrects_id or added.kind in (AnswerKind.UNDO, AnswerKind.ADDED, AnswerKind.REOPENED):
        return False
    opened = and_(Update.kind == AnswerKind.REOPENED, Update.at >= added.at)
    after = exists().where(Update.action_id == action.id, Update.id != added.id, or_(Update.at > added.at, opened))
    decided = exists().where(Outcome.action_id == action.id, Outcome.at >= added.at)
    whole = exists().where(Action.parent_id == action.id)
    return not session.scalar(select(or_(after, decided, whole)))


def state_before(session: Session, action: Action, at: datetime) -> ActionState:
    """Return the state of an action as it was just before an instant, by the entries that were written until then."""
    return _worked_out(session, action, at)


def _worked_out(session: Session, action: Action, before: datetime | None = None) -> ActionState:
    updates = session.scalars(select(Update).where(Update.action_id == action.id).order_by(Update.id)).all()
    outcomes = session.scalars(select(Outcome).where(Outcome.action_id == action.id).order_by(Outcome.id)).all()
    replans = session.scalars(select(Replan).where(Replan.action_id == action.id).order_by(Replan.id)).all()
    if before is not None:
        updates = [one for one in updates if one.at < before]
        outcomes = [one for one in outcomes if one.at < before]
        replans = [one for one in replans if one.at < before]
    concerned = {outcome.meeting_id for outcome in outcomes} | {entry.from_meeting_id for entry in replans}
    meetings = read_meetings(session, concerned) if concerned else Meetings(())
    standing = derive_state(action, updates, outcomes, replans, meetings)
    parts = parts_of_action(session, action)
    if parts and before is None:
        standing.status, standing.rating = state_of_parts(standing.status, [part.status for part in parts])
    return standing


def read_meetings(session: Session, concerned: Collection[int | None] | None = None) -> Meetings:
    """Return all meetings, or all of each board of which one is among those concerned."""
    wanted = select(*(getattr(Meeting, field.name) for field in fields(MeetingFacts)))
    if concerned is not None:
        boards = select(Meeting.board_id).where(Meeting.id.in_({one for one in concerned if one is not None}))
        wanted = wanted.where(Meeting.board_id.in_(boards))
    return Meetings(MeetingFacts(*row) for row in session.execute(wanted))


def order_of(row: Meeting) -> datetime:
    """Return the instant that sorts a board's meeting (`MeetingFacts.order`)."""
    return MeetingFacts(row.id, row.board_id, row.starts_at, row.expected).order


def count_missed_anew(session: Session, action: Action) -> None:
    """Count anew what an action had missed when it was moved: meetings held by then have changed, or it was loaded."""
    standing = _worked_out(session, action)
    for name in ("moves", "moved_at", "missed_before"):
        setattr(action, name, getattr(standing, name))


def mark_stale(session: Session, action: Action) -> None:
    """Mark delivered messages about an action, so that the next tick changes them in place."""
    ours = select(Notification.message_id).where(
        Notification.workspace_id == action.workspace_id, Notification.message_id.is_not(None)
    )
    about_action = (NotificationKind.UPDATE, NotificationKind.OUTCOME, NotificationKind.NEW_LEAD)
    board_id = action.board_id or 0
    published = exists().where(FrozenPaper.meeting_id == Notification.meeting_id, FrozenPaper.thawed_at.is_(None))
    # One query each, not one with "or": for that SQLite reads all that was ever asked.
    said = union(
        ours.where(Notification.kind.in_(about_action), Notification.subject == action.id),
        ours.where(Notification.kind == NotificationKind.LEFT, Notification.step == SomebodyLeft(board_id)),
        ours.where(Notification.kind == NotificationKind.AFTER_MEETING, Notification.subject == board_id),
        ours.where(Notification.kind == NotificationKind.NO_UPDATE, Notification.subject == board_id, ~published),
    )
    # Also one that is being sent at this moment: it shows the answer once it is known where it is.
    shown = update(MessagePart).where(MessagePart.message_id.in_(said))
    session.execute(shown.values(stale=MessagePart.stale + 1), execution_options=QUIETLY)


def _signed_as(action: Action, signed: Signed) -> dict[str, Any]:
    """Return what every entry carries: the workspace, the action and the signature."""
    return {"workspace_id": action.workspace_id, "action_id": action.id, **signed.columns()}


def record_update(
    session: Session,
    action: Action,
    kind: AnswerKind,
    signed: Signed,
    *,
    status: Status | None = None,
    words: str = "",
    follow_by: date | None = None,
    to_meeting_id: int | None = None,
    undoes_id: int | None = None,
    undoes_outcome_id: int | None = None,
    undoes_replan_id: int | None = None,
    corrects_id: int | None = None,
    heard: str = "",
    withheld: str = "",
    to_board_id: int | None = None,
) -> Update:
    """Add an entry to an action's history and bring the action up to date.

    `heard`: how the writer had it from the lead; `withheld`: why it is not for publication; `follow_by`: a local day.
    """
    entry = Update(
        **_signed_as(action, signed),
        kind=kind,
        status=status,
        words=words,
        follow_by=follow_by,
        to_meeting_id=to_meeting_id,
        undoes_id=undoes_id,
        undoes_outcome_id=undoes_outcome_id,
        undoes_replan_id=undoes_replan_id,
        corrects_id=corrects_id,
        heard=heard,
        withheld=withheld,
        to_board_id=to_board_id,
        post_id=signed.post_id,
        lead_post_id=(action.lead_post_id or 0) if kind is AnswerKind.ASSIGNED else None,
    )
    chain.add_entries(session, [(action, entry)])
    if kind is AnswerKind.REOPENED:
        # The parts that were closed with it are opened with it.
        meeting_id = action.closed_meeting_id
        for part in parts_of_action(session, action):
            closed_there = part.status not in OPEN and part.closed_meeting_id == meeting_id
            if closed_there and _decided_together(session, part, action, meeting_id):
                record_update(session, part, kind, signed, words=words)
    _stand(session, action, entry)
    return entry


def record_undo(session: Session, action: Action, taken_back: HistoryRow, signed: Signed, words: str = "") -> Update:
    """Take an entry back by a new one; the first stays in the history.

    What was recorded with it for the parts of an action for all partners is taken back with it.
    """
    if isinstance(taken_back, Update):
        return record_update(session, action, AnswerKind.UNDO, signed, words=words, undoes_id=taken_back.id)
    for part in parts_of_action(session, action):
        for row in _with_it(session, part, taken_back):
            record_undo(session, part, row, signed, words)
    if isinstance(taken_back, Outcome):
        return record_update(session, action, AnswerKind.UNDO, signed, words=words, undoes_outcome_id=taken_back.id)
    if action.first_due_meeting_id == taken_back.to_meeting_id and _gave_first_due(session, taken_back):
        action.first_due_meeting_id = None
    return record_update(session, action, AnswerKind.UNDO, signed, words=words, undoes_replan_id=taken_back.id)


def undo_replans_of(
    session: Session, meeting_id: int, at: datetime, signed: Signed, *, taken: bool = False
) -> tuple[list[str], list[str]]:
    """Take back the re-plans that a cancelled meeting brought, unless something newer stands on them.

    Args:
        session: a writing transaction.
        meeting_id: the meeting.
        at: when it was cancelled.
        signed: who takes it back.
        taken: those of a meeting that took them over when it was added, instead.

    Returns: the refs of the actions that are due as before, and of those that stay as they are.
    """
    concerned = Replan.to_meeting_id if taken else Replan.from_meeting_id
    moves = select(Replan).where(
        concerned == meeting_id, Replan.at == at, Replan.outcome_id.is_(None), Replan.counted.is_(False)
    )
    back: list[str] = []
    stay: list[str] = []
    # The whole before its parts, which go with it.
    for row in session.scalars(moves.order_by(Replan.id.desc())).all():
        action = session.get_one(Action, row.action_id)
        history = entries_of(session, action.id)
        mine = next(one for one in history if one.row is row)
        if mine.undone:
            continue
        if any(one.is_decision for one in history[mine.number :]):
            stay.append(action.ref)
        else:
            record_undo(session, action, row, signed)
            back.append(action.ref)
    return back[::-1], stay[::-1]


def _with_it(session: Session, part: Action, entry: Outcome | Replan) -> list[Outcome | Replan]:
    """Return what was recorded for a part in the same moment, and was not taken back."""
    history = entries_of(session, part.id)
    return [
        row
        for one in history
        if not one.undone and isinstance(row := one.row, Outcome | Replan)
        if (row.at, row.to_meeting_id, row.signature) == (entry.at, entry.to_meeting_id, entry.signature)
        if not isinstance(row, Outcome) or (isinstance(entry, Outcome) and row.kind is entry.kind)
    ]


def _gave_first_due(session: Session, entry: Replan) -> bool:
    """Return whether a re-plan was the first and gave its action the first due meeting."""
    earlier = select(Replan.id).where(Replan.action_id == entry.action_id, Replan.id < entry.id)
    return entry.from_meeting_id is None and session.scalar(earlier.limit(1)) is None


def record_outcome(
    session: Session,
    action: Action,
    meeting_id: int,
    kind: OutcomeKind,
    signed: Signed,
    *,
    to_meeting_id: int | None = None,
    minute: str = "",
    reason: str = "",
    by_chair: bool = False,
) -> Outcome:
    """Add what the board decided. *Carried forward* is a re-plan too, with the outcome as its reason.

    A decision on an action for all partners applies to each part that is still open, except: *not agreed* concerns the
    parts that were proposed; *carried forward* moves the parts due with it, and what some partners have done stays
    done.
    A later outcome of the same meeting replaces the first for the parts too; what that meeting decided on one part by
    itself stays.
    """
    decision = {
        "meeting_id": meeting_id,
        "kind": kind,
        "to_meeting_id": to_meeting_id,
        "minute": minute,
        "reason": reason,
        "by_chair": by_chair,
    }
    first = _outcome_at(session, action, meeting_id)
    open_parts = [
        part
        for part in parts_of_action(session, action)
        if part.status in OPEN
        or (
            first is not None
            and part.closed_meeting_id == meeting_id
            and _decided_together(session, part, action, meeting_id)
        )
    ]
    all_done = all(part.status is Status.PROPOSED for part in open_parts)
    for part in open_parts:
        done = part.status is Status.PROPOSED
        if kind is OutcomeKind.NOT_AGREED and not done:
            continue
        if kind is OutcomeKind.CARRIED_FORWARD and (done != all_done or part.due_meeting_id != action.due_meeting_id):
            if done and part.due_meeting_id == action.due_meeting_id:
                record_replan(session, part, to_meeting_id, reason or kind.value, signed, counted=False)
            continue
        _record_outcome(session, part, signed, decision)
    return _record_outcome(session, action, signed, decision)


def _outcome_at(session: Session, action: Action, meeting_id: int | None) -> Outcome | None:
    """Return the outcome that counts of one meeting for one action: the latest entry."""
    entries = select(Outcome).where(Outcome.action_id == action.id, Outcome.meeting_id == meeting_id)
    entries = entries.where(is_standing(Outcome.id))
    return session.scalars(entries.order_by(Outcome.id.desc()).limit(1)).first()


def _decided_together(session: Session, part: Action, action: Action, meeting_id: int | None) -> bool:
    """Return whether a meeting decided on a part with the whole action, not by itself."""
    own, whole = _outcome_at(session, part, meeting_id), _outcome_at(session, action, meeting_id)
    if own is None or whole is None:
        return own is whole
    return (own.at, own.kind) == (whole.at, whole.kind)


def _record_outcome(session: Session, action: Action, signed: Signed, decision: Mapping[str, Any]) -> Outcome:
    entry = Outcome(**_signed_as(action, signed), **decision)
    chain.add_entries(session, [(action, entry)])
    # A re-plan made by an earlier outcome for this meeting is voided before this one's own is made.
    _stand(session, action)
    if entry.to_meeting_id is not None and entry.to_meeting_id != action.due_meeting_id:
        words = entry.reason or entry.kind.value
        _add_replan(session, action, entry.to_meeting_id, words, signed, outcome_id=entry.id)
        _stand(session, action)
    return entry


def record_replan(
    session: Session, action: Action, to_meeting_id: int | None, reason: str, signed: Signed, *, counted: bool = True
) -> Replan:
    """Move an action's due meeting, keeping from, to, reason, who and when. Parts due with it move too."""
    for part in parts_of_action(session, action):
        if part.status in OPEN and part.due_meeting_id == action.due_meeting_id:
            _add_replan(session, part, to_meeting_id, reason, signed, counted=counted)
            _stand(session, part)
    entry = _add_replan(session, action, to_meeting_id, reason, signed, counted=counted)
    _stand(session, action)
    return entry


def _add_replan(
    session: Session,
    action: Action,
    to_meeting_id: int | None,
    reason: str,
    signed: Signed,
    *,
    counted: bool = True,
    outcome_id: int | None = None,
) -> Replan:
    entry = Replan(
        **_signed_as(action, signed),
        from_meeting_id=action.due_meeting_id,
        to_meeting_id=to_meeting_id,
        outcome_id=outcome_id,
        reason=reason,
        counted=counted and (action.due_meeting_id is not None or action.due_date is not None),
    )
    chain.add_entries(session, [(action, entry)])
    never_due = action.first_due_meeting_id is None and action.due_meeting_id is None and action.due_date is None
    if never_due and outcome_id is None:
        action.first_due_meeting_id = to_meeting_id
    return entry
