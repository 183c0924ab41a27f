"""Add entries to an action's history, and derive the action's state from them. Entries are never edited.

`derive_state` is pure; the `record_*` functions add an entry and write the derived state into the action's row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, union, update
from sqlalchemy.orm import Session

from models.enums import ANSWERS, OPEN, RATINGS, AnswerKind, NotificationKind, OutcomeKind, Status, Way
from models.records import chain
from models.records.partner_parts import parts_of_action, state_of_parts
from models.rules.steps import SomebodyLeft
from models.storage.bulk import QUIETLY
from models.storage.history_tables import Outcome, Replan, Update
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
        return {"person_id": self.person_id, "signature": self.signature, "way": self.way, "at": self.at}


ON_COMMAND_LINE = "command line, by the account "
"""How the signature of whatever was written on the command line begins."""


def command_line_signature(account: str, signature: str) -> str:
    """Return how an entry is signed that an account of the operating system wrote as somebody of the plan."""
    return f"{ON_COMMAND_LINE}{account}, as {signature}"


def post_signature(signature: str) -> str:
    """Return a signature as its writer is told of it: the post alone, who knows by which account they are here."""
    return signature.partition(", as ")[2] if signature.startswith(ON_COMMAND_LINE) else signature


@dataclass(slots=True)
class ActionState:
    """The state of an action after its history."""

    status: Status
    rating: Status
    lead_in_question: bool = False
    due_meeting_id: int | None = None
    replans: int = 0
    last_update_id: int | None = None
    last_answer_at: datetime | None = None
    follow_by: date | None = None
    closed_at: datetime | None = None
    closed_meeting_id: int | None = None


def counting_outcomes(outcomes: Iterable[Outcome]) -> dict[int, Outcome]:
    """Return the outcome that counts for each meeting: the latest entry."""
    return {outcome.meeting_id: outcome for outcome in sorted(outcomes, key=lambda entry: entry.id)}


def void_entries(updates: Iterable[Update]) -> set[int]:
    """Return the ids of entries that no longer count: taken back, or corrected."""
    entries = list(updates)
    taken_back = {entry.undoes_id for entry in entries if entry.undoes_id is not None}
    # A correction that was itself taken back leaves what it corrected as it was.
    put_right = {e.corrects_id for e in entries if e.corrects_id is not None and e.id not in taken_back}
    return taken_back | put_right


def first_corrected(entry: Update, by_id: Mapping[int, Update]) -> Update:
    """Return the entry that a correction, or a chain of them, first corrects; a correction stands in its place."""
    while entry.corrects_id is not None and entry.corrects_id in by_id:
        entry = by_id[entry.corrects_id]
    return entry


def counting_entries(updates: Iterable[Update]) -> list[Update]:
    """Return the entries that count, each correction in the place of what it corrects."""
    entries = list(updates)
    void, by_id = void_entries(entries), {entry.id: entry for entry in entries}
    counting = [entry for entry in entries if entry.id not in void and entry.undoes_id is None]
    return sorted(counting, key=lambda entry: (first_corrected(entry, by_id).at, first_corrected(entry, by_id).id))


def derive_state(
    action: Action,
    updates: Sequence[Update],
    outcomes: Sequence[Outcome],
    replans: Sequence[Replan],
    meeting_starts: dict[int, datetime | None],
) -> ActionState:
    """Derive an action's state from its first values and its entries.

    1. Entries that were undone or corrected count for nothing; a correction stands where what it corrects stood; with
       its *added* undone the action is closed, not done.
    2. Of several outcomes for one meeting the latest counts, and only its own re-plan.
    3. The rest is applied in the order of time: a rating sets the status; *proposed* awaits the board; *not agreed* and
       *carried forward* return an action that was proposed or closed to its last rating; *closed* ends it, at the
       meeting that agreed; *no decision* leaves it as it was; *reopened* returns it to its last rating.
    """
    undone = void_entries(updates)
    by_id = {entry.id: entry for entry in updates}
    counting = counting_outcomes(outcomes)
    valid = {outcome.id for outcome in counting.values()}
    status = Status(action.first_status)
    state = ActionState(status, rating=status if status in RATINGS else Status.NOT_STARTED)
    if status is Status.COMPLETE or status is Status.CLOSED_NOT_DONE:
        state.closed_at, state.closed_meeting_id = action.created_at, action.closed_meeting_id
    added = {entry.id for entry in updates if entry.kind is AnswerKind.ADDED}
    for mistake in updates:
        if mistake.undoes_id in added:
            state.status, state.closed_at = Status.CLOSED_NOT_DONE, mistake.at

    entries: list[tuple[datetime, int, int, Update | Outcome]] = [
        *(
            (placed.at, 2 if entry.kind is AnswerKind.REOPENED else 0, placed.id, entry)
            for entry in updates
            if entry.id not in undone and (placed := first_corrected(entry, by_id))
        ),
        *((entry.at, 1, entry.id, entry) for entry in counting.values()),
    ]
    for at, _, _, entry in sorted(entries, key=lambda row: row[:3]):
        if isinstance(entry, Update):
            _apply_update(state, entry, at)
        else:
            _apply_outcome(state, entry, meeting_starts.get(entry.meeting_id))

    moves = [entry for entry in replans if entry.outcome_id is None or entry.outcome_id in valid]
    state.due_meeting_id = moves[-1].to_meeting_id if moves else action.first_due_meeting_id
    state.replans = sum(entry.counted for entry in moves)
    return state


def _apply_update(state: ActionState, entry: Update, at: datetime) -> None:
    """Apply an update that counts; `at`: when it was said, or what it corrects."""
    if entry.kind is AnswerKind.ASSIGNED:
        state.lead_in_question, state.last_answer_at, state.follow_by = False, None, None
    if entry.kind is AnswerKind.REOPENED and state.status not in RATINGS:
        state.status, state.closed_at, state.closed_meeting_id = state.rating, None, None
    if entry.kind not in ANSWERS:
        return
    state.last_answer_at, state.follow_by, state.last_update_id = at, entry.follow_by, entry.id
    # An answer other than "not ours" ends the question of who leads.
    state.lead_in_question = entry.kind is AnswerKind.NOT_OURS
    if entry.kind is AnswerKind.PROPOSED:
        state.status = Status.PROPOSED
    elif entry.status is not None and not state.lead_in_question:
        state.status = state.rating = entry.status


def _apply_outcome(state: ActionState, entry: Outcome, start: datetime | None) -> None:
    """Apply what a board decided at a meeting that starts at `start`."""
    if entry.kind is OutcomeKind.CLOSED or entry.kind is OutcomeKind.CLOSED_NOT_DONE:
        state.status = Status.COMPLETE if entry.kind is OutcomeKind.CLOSED else Status.CLOSED_NOT_DONE
        state.closed_at = start if start is not None and start <= entry.at and not entry.by_chair else entry.at
        state.closed_meeting_id = entry.meeting_id
    elif entry.kind is not OutcomeKind.NO_DECISION:
        if state.status not in RATINGS:
            state.status = state.rating
        state.closed_at, state.closed_meeting_id = None, None


def _stand(session: Session, action: Action) -> None:
    with session.no_autoflush:
        # `add_entries` has stored the entry: the action is written once, with the chain's head and its state.
        standing = _worked_out(session, action)
    for name in ActionState.__slots__:
        setattr(action, name, getattr(standing, name))
    session.flush()
    mark_stale(session, action)
    if action.parent_id is not None:
        _stand(session, session.get_one(Action, action.parent_id))


def _worked_out(session: Session, action: Action) -> ActionState:
    updates = session.scalars(select(Update).where(Update.action_id == action.id).order_by(Update.id)).all()
    outcomes = session.scalars(select(Outcome).where(Outcome.action_id == action.id).order_by(Outcome.id)).all()
    replans = session.scalars(select(Replan).where(Replan.action_id == action.id).order_by(Replan.id)).all()
    met = select(Meeting).where(Meeting.id.in_({outcome.meeting_id for outcome in outcomes}))
    starts = {row.id: row.starts_at for row in session.scalars(met)} if outcomes else {}
    standing = derive_state(action, updates, outcomes, replans, starts)
    parts = parts_of_action(session, action)
    if parts:
        standing.status, standing.rating = state_of_parts(standing.status, [part.status for part in parts])
    return standing


def mark_stale(session: Session, action: Action) -> None:
    """Mark delivered messages about an action, so that the next tick changes them in place."""
    ours = select(Notification.message_id).where(
        Notification.workspace_id == action.workspace_id, Notification.message_id.is_not(None)
    )
    about_action = (NotificationKind.UPDATE, NotificationKind.OUTCOME, NotificationKind.NEW_LEAD)
    # One query each, not one with "or": for that SQLite reads all that was ever asked.
    said = union(
        ours.where(Notification.kind.in_(about_action), Notification.subject == action.id),
        ours.where(Notification.kind == NotificationKind.LEFT, Notification.step == SomebodyLeft(action.board_id or 0)),
        ours.where(Notification.kind == NotificationKind.AFTER_MEETING, Notification.subject == (action.board_id or 0)),
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
    corrects_id: int | None = None,
    heard: str = "",
    withheld: str = "",
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
        corrects_id=corrects_id,
        heard=heard,
        withheld=withheld,
        post_id=signed.post_id,
        lead_post_id=(action.lead_post_id or 0) if kind is AnswerKind.ASSIGNED else None,
        message=signed.message or None,
    )
    chain.add_entries(session, [(action, entry)])
    if kind is AnswerKind.REOPENED:
        # The parts that were closed with it are opened with it.
        meeting_id = action.closed_meeting_id
        for part in parts_of_action(session, action):
            closed_there = part.status not in OPEN and part.closed_meeting_id == meeting_id
            if closed_there and _decided_together(session, part, action, meeting_id):
                record_update(session, part, kind, signed, words=words)
    _stand(session, action)
    return entry


def record_undo(session: Session, action: Action, taken_back: Update, signed: Signed, words: str = "") -> Update:
    """Take an entry back by a new one; the first stays in the history."""
    return record_update(session, action, AnswerKind.UNDO, signed, words=words, undoes_id=taken_back.id)


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
