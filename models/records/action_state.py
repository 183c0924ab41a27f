"""The state of an action, derived from what it was loaded with and its entries. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.enums import ANSWERS, RATINGS, AnswerKind, OutcomeKind, Status
from models.rules.owed import Meetings, missed_until_moved
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.tables import Action


@dataclass(slots=True)
class ActionState:
    """The state of an action after its history."""

    status: Status
    rating: Status
    lead_in_question: bool = False
    due_meeting_id: int | None = None
    replans: int = 0
    moves: int = 0
    moved_at: datetime | None = None
    missed_before: int = 0
    last_update_id: int | None = None
    last_answer_at: datetime | None = None
    follow_by: date | None = None
    closed_at: datetime | None = None
    closed_meeting_id: int | None = None


def counting_outcomes(outcomes: Iterable[Outcome]) -> dict[int, Outcome]:
    """Return the outcome that counts for each meeting: the latest entry."""
    return {outcome.meeting_id: outcome for outcome in sorted(outcomes, key=lambda entry: entry.id)}


def taken_back(updates: Iterable[Update]) -> tuple[set[int], set[int]]:
    """Return the numbers of the outcomes and of the re-plans that were taken back."""
    entries = [entry for entry in updates if entry.kind is AnswerKind.UNDO]
    outcomes = {entry.undoes_outcome_id for entry in entries if entry.undoes_outcome_id is not None}
    return outcomes, {entry.undoes_replan_id for entry in entries if entry.undoes_replan_id is not None}


def void_entries(updates: Iterable[Update]) -> set[int]:
    """Return the ids of entries that no longer count: taken back, or corrected."""
    entries = list(updates)
    undone = {entry.undoes_id for entry in entries if entry.undoes_id is not None}
    # A correction that was itself taken back leaves what it corrected as it was.
    put_right = {e.corrects_id for e in entries if e.corrects_id is not None and e.id not in undone}
    return undone | put_right


def first_corrected(entry: Update, by_id: Mapping[int, Update]) -> Update:
    """Return the entry that a correction, or a chain of them, first corrects; a correction stands in its place."""
    while entry.corrects_id is not None and entry.corrects_id in by_id:
        entry = by_id[entry.corrects_id]
    return entry


def counting_entries(updates: Iterable[Update]) -> list[Update]:
    """Return the entries that count, each correction in the place of what it corrects."""
    entries = list(updates)
    void, by_id = void_entries(entries), {entry.id: entry for entry in entries}
    counting = [entry for entry in entries if entry.id not in void and entry.kind is not AnswerKind.UNDO]
    return sorted(counting, key=lambda entry: (first_corrected(entry, by_id).at, first_corrected(entry, by_id).id))


def standing_moves(updates: Iterable[Update], outcomes: Iterable[Outcome], replans: Iterable[Replan]) -> list[Replan]:
    """Return the re-plans that count: not taken back, and of an outcome only where that counts for its meeting."""
    undone_outcomes, undone_moves = taken_back(updates)
    valid = {one.id for one in counting_outcomes(one for one in outcomes if one.id not in undone_outcomes).values()}
    return [
        entry
        for entry in replans
        if entry.id not in undone_moves and (entry.outcome_id is None or entry.outcome_id in valid)
    ]


def derive_state(
    action: Action,
    updates: Sequence[Update],
    outcomes: Sequence[Outcome],
    replans: Sequence[Replan],
    meetings: Meetings,
) -> ActionState:
    """Derive an action's state from its first values and its entries; `meetings`: all of each board concerned.

    1. Entries that were undone or corrected count for nothing; a correction stands where what it corrects stood; with
       its *added* undone the action is closed, not done. Outcomes and re-plans that were undone count for nothing.
    2. Of several outcomes for one meeting the latest counts, and only its own re-plan.
    3. The rest is applied in the order of time: a rating sets the status; *proposed* awaits the board; *not agreed* and
       *carried forward* return an action that was proposed or closed to its last rating; *closed* ends it, at the
       meeting that agreed; *no decision* leaves it as it was; *reopened* returns it to its last rating.
    """
    undone = void_entries(updates)
    by_id = {entry.id: entry for entry in updates}
    undone_outcomes, _ = taken_back(updates)
    counting = counting_outcomes(one for one in outcomes if one.id not in undone_outcomes)
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
            apply_update(state, entry, at)
        else:
            met = meetings.by_id.get(entry.meeting_id)
            _apply_outcome(state, entry, met.starts_at if met else None)

    moves = standing_moves(updates, outcomes, replans)
    state.due_meeting_id = moves[-1].to_meeting_id if moves else action.first_due_meeting_id
    state.replans = sum(entry.counted for entry in moves)
    state.moves, state.moved_at = len(moves), max((entry.at for entry in moves), default=None)
    first = None if moves and moves[0].from_meeting_id is None else action.first_due_meeting_id
    dues = (first, *(entry.to_meeting_id for entry in moves))
    moved = [(entry.at, due) for entry, due in zip(moves, dues, strict=False)]
    state.missed_before = missed_until_moved(moved, meetings, state.closed_at)
    return state


def apply_update(state: ActionState | Action, entry: Update, at: datetime) -> None:
    """Apply an update that counts; `at`: when it was said, or what it corrects."""
    if entry.kind is AnswerKind.ASSIGNED:
        state.lead_in_question, state.last_answer_at, state.follow_by = False, None, None
    if entry.kind is AnswerKind.REOPENED and state.status not in RATINGS:
        state.status, state.closed_at, state.closed_meeting_id = state.rating, None, None
    if entry.kind is AnswerKind.ENDED and entry.status is not None:
        state.status, state.closed_at, state.closed_meeting_id = entry.status, at, None
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
