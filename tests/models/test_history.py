"""Where an action stands after its history, as tables: answers, undo, outcomes, re-plans.

Source: docs/explanation/boards-and-dates.md, Answers.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import AnswerKind, OutcomeKind, Status, Way
from models.plan.action_filter import ActionFilter
from models.plan.queries import action_views, board_calendars
from models.records.action_state import ActionState, counting_outcomes, derive_state
from models.records.history import Signed, record_outcome, record_replan, record_undo, record_update
from models.rules.facts import ActionFacts, MeetingFacts
from models.rules.owed import Meetings, meetings_missed
from models.storage.engine import Database
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.scope import ALL
from models.storage.tables import Action, Meeting
from tests.schedules.plans import WORKSPACE, a_plan, action, board, store

SEPTEMBER, OCTOBER, DECEMBER = 1, 2, 3
"""Meetings of the pure tables."""
T0 = datetime(2020, 9, 1, 10, tzinfo=UTC)
STARTS = {
    SEPTEMBER: datetime(2020, 9, 16, 13, tzinfo=UTC),
    OCTOBER: datetime(2020, 10, 23, 13, tzinfo=UTC),
    DECEMBER: datetime(2020, 12, 8, 14, tzinfo=UTC),
}
MET = Meetings(MeetingFacts(number, 1, start) for number, start in STARTS.items())


def day(number: int) -> datetime:
    """Some days after 1 September."""
    return T0 + timedelta(days=number)


def said(number: int, kind: AnswerKind, status: Status | None = None, **more: object) -> Update:
    return Update(id=number, kind=kind, status=status, at=day(number), **more)


def decided(number: int, kind: OutcomeKind, meeting: int = SEPTEMBER, **more: object) -> Outcome:
    return Outcome(id=number, meeting_id=meeting, kind=kind, **({"at": day(number), "by_chair": False} | more))


def stands(
    updates: list[Update] = [],  # noqa: B006
    outcomes: list[Outcome] = [],  # noqa: B006
    replans: list[Replan] = [],  # noqa: B006
    first: Status = Status.NOT_STARTED,
) -> ActionState:
    action = Action(first_status=first, first_due_meeting_id=SEPTEMBER, created_at=day(-30), closed_meeting_id=None)
    return derive_state(action, updates, outcomes, replans, MET)


U, NC, V, TF = AnswerKind.UPDATE, AnswerKind.NO_CHANGE, AnswerKind.VERBAL, AnswerKind.TO_FOLLOW
P, NO, UNDO, ASSIGNED = AnswerKind.PROPOSED, AnswerKind.NOT_OURS, AnswerKind.UNDO, AnswerKind.ASSIGNED
ON, ISSUES, OFF = Status.ON_TRACK, Status.SOME_ISSUES, Status.OFF_TRACK


@pytest.mark.parametrize(
    ("updates", "status", "answered"),
    [
        pytest.param([], Status.NOT_STARTED, None, id="nothing said"),
        pytest.param([said(1, U, ON)], ON, 1, id="an update"),
        pytest.param([said(1, U, ON), said(2, U, OFF)], OFF, 2, id="a later one"),
        pytest.param([said(1, U, OFF), said(2, NC)], OFF, 2, id="no change keeps the status"),
        pytest.param([said(1, U, ISSUES), said(2, V)], ISSUES, 2, id="verbal keeps it"),
        pytest.param([said(1, U, ISSUES), said(2, TF)], ISSUES, 2, id="to follow keeps it"),
        pytest.param([said(1, U, ON), said(2, P, Status.PROPOSED)], Status.PROPOSED, 2, id="proposed for closure"),
        pytest.param([said(1, P, Status.PROPOSED), said(2, NC)], Status.PROPOSED, 2, id="no change on a proposal"),
        pytest.param([said(1, P, Status.PROPOSED), said(2, U, ISSUES)], ISSUES, 2, id="an update withdraws a proposal"),
        pytest.param([said(1, U, ON), said(2, AnswerKind.REPLAN_ASKED)], ON, 1, id="asking to re-plan is no answer"),
        pytest.param([said(1, U, ON), said(2, UNDO, undoes_id=1)], Status.NOT_STARTED, None, id="undone"),
        pytest.param(
            [said(1, U, ON), said(2, U, OFF), said(3, UNDO, undoes_id=2)], ON, 1, id="undone, back to the one before"
        ),
        pytest.param([said(1, U, ON), said(2, P, Status.PROPOSED), said(3, UNDO, undoes_id=2)], ON, 1, id="unproposed"),
        pytest.param([said(1, U, ON), said(2, UNDO, undoes_id=1), said(3, U, ISSUES)], ISSUES, 3, id="said anew"),
    ],
)
def test_where_answers_leave_an_action(updates: list[Update], status: Status, answered: int | None) -> None:
    standing = stands(updates)
    assert standing.status is status
    assert standing.last_answer_at == (day(answered) if answered else None)
    assert standing.last_update_id == answered


@pytest.mark.parametrize(
    ("updates", "in_question", "answered"),
    [
        pytest.param([said(1, NO)], True, 1, id="not ours"),
        pytest.param([said(1, NO), said(2, UNDO, undoes_id=1)], False, None, id="not ours, undone"),
        pytest.param([said(1, NO), said(2, NC)], False, 2, id="somebody answers for the post after all"),
        pytest.param([said(1, NO), said(2, ASSIGNED)], False, None, id="assigned: the new lead owes an answer"),
        pytest.param([said(1, U, ON), said(2, ASSIGNED)], False, None, id="the old lead's answer counts no more"),
        pytest.param([said(1, NO), said(2, ASSIGNED), said(3, NO)], True, 3, id="not the new lead's either"),
        pytest.param([said(1, NO), said(2, ASSIGNED), said(3, U, ON)], False, 3, id="the new lead answers"),
    ],
)
def test_a_lead_is_in_question_until_somebody_is_assigned_or_answers(
    updates: list[Update], in_question: bool, answered: int | None
) -> None:
    standing = stands(updates)
    assert standing.lead_in_question is in_question
    assert standing.last_answer_at == (day(answered) if answered else None)


def test_to_follow_is_kept_until_the_next_answer() -> None:
    by = date(2020, 9, 10)
    assert stands([said(1, TF, follow_by=by)]).follow_by == by
    assert stands([said(1, TF, follow_by=by), said(2, NC)]).follow_by is None
    assert stands([said(1, TF, follow_by=by), said(2, NC), said(3, UNDO, undoes_id=2)]).follow_by == by


CLOSED, CARRIED, NOT_AGREED = OutcomeKind.CLOSED, OutcomeKind.CARRIED_FORWARD, OutcomeKind.NOT_AGREED
NOT_DONE, NO_DECISION = OutcomeKind.CLOSED_NOT_DONE, OutcomeKind.NO_DECISION
PROPOSED_AMBER = [said(1, U, ISSUES), said(2, P, Status.PROPOSED)]


@pytest.mark.parametrize(
    ("updates", "outcomes", "status"),
    [
        pytest.param(PROPOSED_AMBER, [], Status.PROPOSED, id="before the board"),
        pytest.param(PROPOSED_AMBER, [decided(20, CLOSED)], Status.COMPLETE, id="agreed"),
        pytest.param(PROPOSED_AMBER, [decided(20, NOT_AGREED)], ISSUES, id="not agreed: back to its last rating"),
        pytest.param(PROPOSED_AMBER, [decided(20, CARRIED)], ISSUES, id="carried forward: back to its last rating"),
        pytest.param(PROPOSED_AMBER, [decided(20, NO_DECISION)], Status.PROPOSED, id="no decision: awaits the board"),
        pytest.param(PROPOSED_AMBER, [decided(20, NOT_DONE)], Status.CLOSED_NOT_DONE, id="withdrawn"),
        pytest.param([said(2, P, Status.PROPOSED)], [decided(20, NOT_AGREED)], Status.NOT_STARTED, id="never rated"),
        pytest.param([said(1, U, ON)], [decided(20, CLOSED)], Status.COMPLETE, id="closed without a proposal"),
        pytest.param([said(1, U, OFF)], [decided(20, NOT_AGREED)], OFF, id="not agreed, never proposed: as it was"),
        pytest.param([said(1, U, OFF)], [decided(20, NO_DECISION)], OFF, id="no decision: as it was"),
        pytest.param(
            PROPOSED_AMBER,
            [decided(20, CLOSED), decided(21, NOT_AGREED)],
            ISSUES,
            id="corrected: the later outcome for one meeting counts",
        ),
        pytest.param(
            PROPOSED_AMBER,
            [decided(20, NOT_AGREED), decided(21, CLOSED)],
            Status.COMPLETE,
            id="corrected the other way",
        ),
        pytest.param(
            PROPOSED_AMBER,
            [decided(20, CLOSED), decided(21, NO_DECISION)],
            Status.PROPOSED,
            id="corrected to no decision: awaits again",
        ),
        pytest.param(
            PROPOSED_AMBER,
            [decided(20, NOT_AGREED), decided(55, CLOSED, OCTOBER)],
            Status.COMPLETE,
            id="agreed at the next meeting",
        ),
        pytest.param(
            PROPOSED_AMBER,
            [decided(20, CLOSED), decided(55, NOT_AGREED, OCTOBER)],
            ISSUES,
            id="opened again at the next meeting",
        ),
        pytest.param(
            PROPOSED_AMBER,
            [decided(20, CLOSED), decided(55, NO_DECISION, OCTOBER)],
            Status.COMPLETE,
            id="no decision at a later meeting opens nothing",
        ),
        pytest.param(
            [*PROPOSED_AMBER, said(25, P, Status.PROPOSED)],
            [decided(20, NOT_AGREED)],
            Status.PROPOSED,
            id="proposed again after it",
        ),
        pytest.param(
            [*PROPOSED_AMBER, said(25, U, ON), said(30, P, Status.PROPOSED)],
            [decided(20, NOT_AGREED), decided(55, NOT_AGREED, OCTOBER)],
            ON,
            id="not agreed twice: back to the latest rating",
        ),
    ],
)
def test_where_the_boards_decisions_leave_an_action(
    updates: list[Update], outcomes: list[Outcome], status: Status
) -> None:
    assert stands(updates, outcomes).status is status


@pytest.mark.parametrize("first", [Status.COMPLETE, Status.CLOSED_NOT_DONE])
def test_what_was_imported_as_closed_stays_closed_where_the_board_takes_no_decision(first: Status) -> None:
    assert stands(first=first).status is first
    assert stands(outcomes=[decided(20, NO_DECISION)], first=first).status is first


def test_a_proposal_that_was_imported_and_not_agreed_goes_back_to_not_started() -> None:
    assert stands(first=Status.PROPOSED).status is Status.PROPOSED
    assert stands(outcomes=[decided(20, NOT_AGREED)], first=Status.PROPOSED).status is Status.NOT_STARTED


def test_what_the_board_closed_was_closed_at_the_meeting_that_agreed() -> None:
    standing = stands(outcomes=[decided(20, CLOSED)])
    assert (standing.closed_at, standing.closed_meeting_id) == (STARTS[SEPTEMBER], SEPTEMBER)


def test_what_the_chair_closed_between_meetings_was_closed_then_to_be_reported_at_the_next() -> None:
    standing = stands(outcomes=[decided(25, CLOSED, OCTOBER, by_chair=True)])
    assert (standing.status, standing.closed_at) == (Status.COMPLETE, day(25))
    assert standing.closed_meeting_id == OCTOBER


def test_what_is_opened_again_has_no_closing_day() -> None:
    standing = stands(outcomes=[decided(20, CLOSED), decided(21, NOT_AGREED)])
    assert (standing.closed_at, standing.closed_meeting_id) == (None, None)


def test_of_several_outcomes_for_one_meeting_the_latest_entry_counts() -> None:
    entries = [decided(21, CARRIED), decided(20, CLOSED), decided(55, NOT_AGREED, OCTOBER)]
    assert {m: o.id for m, o in counting_outcomes(entries).items()} == {SEPTEMBER: 21, OCTOBER: 55}


def moved(number: int, to: int | None, outcome: int | None = None, counted: bool = True) -> Replan:
    return Replan(id=number, to_meeting_id=to, outcome_id=outcome, counted=counted, at=day(number))


@pytest.mark.parametrize(
    ("replans", "outcomes", "due", "count"),
    [
        pytest.param([], [], SEPTEMBER, 0, id="never"),
        pytest.param([moved(1, OCTOBER)], [], OCTOBER, 1, id="once"),
        pytest.param([moved(1, OCTOBER), moved(2, DECEMBER)], [], DECEMBER, 2, id="twice"),
        pytest.param([moved(1, OCTOBER, counted=False)], [], OCTOBER, 0, id="by a cancelled meeting: not counted"),
        pytest.param([moved(1, None, counted=False)], [], None, 0, id="cancelled, with no meeting to go to"),
        pytest.param([moved(20, OCTOBER, outcome=20)], [decided(20, CARRIED)], OCTOBER, 1, id="carried forward"),
        pytest.param(
            [moved(20, OCTOBER, outcome=20)],
            [decided(20, CARRIED), decided(21, NOT_AGREED)],
            SEPTEMBER,
            0,
            id="carried forward by mistake: void",
        ),
        pytest.param(
            [moved(20, OCTOBER, outcome=20), moved(21, DECEMBER, outcome=21)],
            [decided(20, CARRIED), decided(21, CARRIED)],
            DECEMBER,
            1,
            id="carried forward elsewhere: once",
        ),
    ],
)
def test_replans_are_counted_and_a_superseded_outcomes_own_is_void(
    replans: list[Replan], outcomes: list[Outcome], due: int | None, count: int
) -> None:
    standing = stands(outcomes=outcomes, replans=replans)
    assert (standing.due_meeting_id, standing.replans) == (due, count)


# From here on in a database, through `record_*`.

PLAN = a_plan(
    boards=[board("partnership", "2020-09-16", "2020-10-23", "2020-12-08")],
    actions=[action("healthy-5", due="2020-09-16"), action("healthy-6"), action("healthy-7", due="2020-09-16")],
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    database: Database = store(tmp_path, PLAN, T0)
    with database.write(workspace=ALL) as session:
        yield session
    database.dispose()


@pytest.fixture
def signed() -> Callable[[datetime], Signed]:
    return lambda at: Signed(None, None, "Head of Education, Council", Way.COMMAND, at)


@pytest.fixture
def ids(session: Session) -> SimpleNamespace:
    found = session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()
    return SimpleNamespace(september=found[0].id, october=found[1].id, december=found[2].id)


def by_ref(session: Session, ref: str) -> Action:
    return session.scalars(select(Action).where(Action.ref == ref)).one()


def facts(session: Session, action: Action) -> ActionFacts:
    return action_views(session, WORKSPACE, ActionFilter(ids=(action.id,)))[0].facts


Sign = Callable[[datetime], Signed]


def test_an_answer_is_written_into_the_actions_row_and_undo_takes_it_back_by_a_new_entry(
    session: Session, signed: Sign
) -> None:
    healthy = by_ref(session, "healthy-5")
    entry = record_update(session, healthy, U, signed(day(1)), status=ISSUES, words="advisors late")
    assert (healthy.status, healthy.last_answer_at) == (ISSUES, day(1))
    record_undo(session, healthy, entry, signed(day(1)))
    assert (healthy.status, healthy.last_answer_at) == (ON, None)
    kept = session.scalars(select(Update).where(Update.action_id == healthy.id).order_by(Update.id)).all()
    assert [(row.kind, row.words) for row in kept] == [(U, "advisors late"), (UNDO, "")]


def test_the_first_due_meeting_is_kept_for_ever_and_replans_are_counted(
    session: Session, signed: Sign, ids: SimpleNamespace
) -> None:
    healthy = by_ref(session, "healthy-5")
    record_replan(session, healthy, ids.october, "survey late", signed(day(1)))
    record_outcome(session, healthy, ids.october, CARRIED, signed(day(53)), to_meeting_id=ids.december)
    assert healthy.first_due_meeting_id == ids.september
    assert (healthy.due_meeting_id, healthy.replans) == (ids.december, 2)
    moves = session.scalars(select(Replan).where(Replan.action_id == healthy.id).order_by(Replan.id)).all()
    assert [(row.from_meeting_id, row.to_meeting_id, row.reason) for row in moves] == [
        (ids.september, ids.october, "survey late"),
        (ids.october, ids.december, "carried forward"),
    ]


def test_a_first_due_meeting_given_late_is_no_replan(session: Session, signed: Sign, ids: SimpleNamespace) -> None:
    healthy = by_ref(session, "healthy-6")
    assert healthy.due_meeting_id is None
    record_replan(session, healthy, ids.october, "agreed by e-mail", signed(day(1)))
    assert (healthy.first_due_meeting_id, healthy.due_meeting_id, healthy.replans) == (ids.october, ids.october, 0)


def test_a_cancelled_meeting_without_a_next_leaves_no_due_meeting_and_the_next_one_counts_no_replan(
    session: Session, signed: Sign, ids: SimpleNamespace
) -> None:
    healthy = by_ref(session, "healthy-5")
    record_replan(session, healthy, None, "cancelled", signed(day(1)), counted=False)
    assert (healthy.due_meeting_id, healthy.replans) == (None, 0)
    record_replan(session, healthy, ids.december, "taken by the new meeting", signed(day(2)))
    assert (healthy.first_due_meeting_id, healthy.due_meeting_id, healthy.replans) == (ids.september, ids.december, 0)


def test_correcting_an_outcome_for_a_meeting_voids_the_replan_of_the_first(
    session: Session, signed: Sign, ids: SimpleNamespace
) -> None:
    healthy = by_ref(session, "healthy-5")
    record_outcome(session, healthy, ids.september, CARRIED, signed(day(16)), to_meeting_id=ids.october)
    assert (healthy.due_meeting_id, healthy.replans) == (ids.october, 1)
    record_outcome(session, healthy, ids.september, NOT_AGREED, signed(day(17)), reason="no figures")
    assert (healthy.due_meeting_id, healthy.replans) == (ids.september, 0)


def test_an_outcome_recorded_again_with_its_minute_keeps_the_meeting_it_was_carried_forward_to(
    session: Session, signed: Sign, ids: SimpleNamespace
) -> None:
    healthy = by_ref(session, "healthy-5")
    record_outcome(session, healthy, ids.september, CARRIED, signed(day(16)), to_meeting_id=ids.october)
    record_outcome(session, healthy, ids.september, CARRIED, signed(day(17)), to_meeting_id=ids.october, minute="41")
    assert (healthy.due_meeting_id, healthy.replans) == (ids.october, 1)


def test_carried_forward_elsewhere_after_all_it_still_missed_the_first_meeting(
    session: Session, signed: Sign, ids: SimpleNamespace
) -> None:
    healthy = by_ref(session, "healthy-5")
    record_outcome(session, healthy, ids.september, CARRIED, signed(day(16)), to_meeting_id=ids.october)
    record_outcome(session, healthy, ids.september, CARRIED, signed(day(17)), to_meeting_id=ids.december)
    assert (healthy.due_meeting_id, healthy.replans) == (ids.december, 1)
    calendar = board_calendars(session, WORKSPACE)[healthy.board_id or 0]
    assert meetings_missed(facts(session, healthy), calendar, day(40)) == 1
    latest = session.scalars(select(Replan).order_by(Replan.id.desc())).first()
    assert latest is not None
    assert latest.from_meeting_id == ids.september


def test_a_replan_made_before_the_meeting_spares_it_and_one_made_after_does_not(
    session: Session, signed: Sign, ids: SimpleNamespace
) -> None:
    before, after = by_ref(session, "healthy-5"), by_ref(session, "healthy-7")
    record_replan(session, before, ids.october, "early", signed(STARTS[SEPTEMBER] - timedelta(minutes=1)))
    record_replan(session, after, ids.october, "late", signed(STARTS[SEPTEMBER] + timedelta(minutes=1)))
    calendar = board_calendars(session, WORKSPACE)[before.board_id or 0]
    now = STARTS[SEPTEMBER] + timedelta(hours=1)
    assert meetings_missed(facts(session, before), calendar, now) == 0
    assert meetings_missed(facts(session, after), calendar, now) == 1


def test_what_the_board_closed_is_not_missed_at_the_meeting_that_closed_it(
    session: Session, signed: Sign, ids: SimpleNamespace
) -> None:
    healthy = by_ref(session, "healthy-5")
    record_update(session, healthy, P, signed(day(10)), status=Status.PROPOSED, words="report published")
    record_outcome(session, healthy, ids.september, CLOSED, signed(day(16)), minute="41")
    calendar = board_calendars(session, WORKSPACE)[healthy.board_id or 0]
    assert healthy.status is Status.COMPLETE
    assert meetings_missed(facts(session, healthy), calendar, STARTS[DECEMBER]) == 0
