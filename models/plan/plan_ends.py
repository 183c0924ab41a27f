"""End a plan: what is open is carried on, closed or moved, and from then on the plan answers questions and no more.

Boards, meetings, posts, people, names and settings are the workspace's, and go on.

Source: docs/explanation/boards-and-dates.md, A plan after a plan.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from models.enums import OPEN, AnswerKind, AtPlanEnd, MeetingState, Status
from models.plan.queries import forget_plan
from models.records.history import Signed, record_undo, record_update
from models.rules.refs import ref_key
from models.storage.bulk import QUIETLY
from models.storage.history_tables import EndedPlan, Update
from models.storage.rare_rows import none_yet, one_more
from models.storage.scope import EVERY_PLAN, RUNNING_PLAN, in_plan
from models.storage.tables import Action, Board, Meeting, Plan, PlanMeasure, PlanRisk, Priority, Theme

TO_BE_CARRIED = "to be carried into the next plan"


class EndDecision(NamedTuple):
    """What becomes of one open action.

    `words`: why it is closed, or where it is moved. `board_id`: the board that it is moved to, where this program keeps
    that.
    """

    how: AtPlanEnd
    words: str = ""
    board_id: int | None = None

    @property
    def goes_on(self) -> bool:
        """Whether the next plan carries it on."""
        return self.how is AtPlanEnd.CARRIED or (self.how is AtPlanEnd.MOVED and self.board_id is not None)


class EndFate(NamedTuple):
    """What became of an action that was open when its plan ended. `ref`, `plan`: where it goes on, "" for nowhere yet.

    `ended_plan_id`: that of the plan it goes on in, which may have ended as well.
    """

    decision: EndDecision
    ref: str = ""
    plan: str = ""
    action_id: int = 0
    ended_plan_id: int = RUNNING_PLAN


def ended_plans(session: Session) -> Sequence[EndedPlan]:
    """Return the plans that have ended, the last first."""
    if none_yet(session, EndedPlan):
        return ()
    return session.scalars(select(EndedPlan).order_by(EndedPlan.id.desc())).all()


def no_plan_ended(session: Session) -> bool:
    """Return whether it is known, without reading anything, that no plan has ended."""
    return none_yet(session, EndedPlan)


def running_plan(session: Session) -> Plan | None:
    """Return the plan that runs, as a row that can be changed; None where none does."""
    return session.scalars(select(Plan)).first()


def open_wholes(session: Session) -> list[Action]:
    """Return the open actions to decide on, in the order of the plan; parts go with the action for all partners."""
    wanted = select(Action).where(Action.status.in_(OPEN), Action.parent_id.is_(None))
    return list(session.scalars(wanted.order_by(Action.position, Action.id)))


def last_meeting_held(session: Session, signed: Signed) -> Meeting | None:
    """Return the last meeting that was held of a board that keeps an action of the plan."""
    kept = select(Action.board_id)
    wanted = select(Meeting).where(
        Meeting.board_id.in_(kept), Meeting.state == MeetingState.PLANNED, Meeting.starts_at <= signed.at
    )
    return session.scalars(wanted.order_by(Meeting.starts_at.desc()).limit(1)).first()


def end_plan(session: Session, on: date, decisions: Mapping[int, EndDecision], signed: Signed) -> EndedPlan:
    """End the plan that runs on a local day, with a decision for each of `open_wholes` by its number.

    Raises:
        KeyError: there is none for one of them.
    """
    plan = session.scalars(select(Plan)).one()
    boards = {row.id: row.name for row in session.scalars(select(Board))}
    for row in open_wholes(session):
        decision = decisions[row.id]
        parts = select(Action).where(Action.parent_id == row.id, Action.status.in_(OPEN))
        for one in (*session.scalars(parts).all(), row):
            _record_end(session, one, decision, boards, signed)
    ended = EndedPlan(
        name=plan.name, area=plan.area, zone=plan.zone, starts=plan.starts, ends=plan.ends, ended_on=on,
        **signed.columns(),
    )  # fmt: skip
    one_more(session, EndedPlan)
    session.add(ended)
    session.delete(plan)
    session.flush()
    _mark(session, RUNNING_PLAN, ended.id)
    forget_plan(session, ended.workspace_id)
    return ended


def _record_end(
    session: Session, row: Action, decision: EndDecision, boards: Mapping[int, str], signed: Signed
) -> None:
    to = boards.get(decision.board_id or 0, decision.words)
    words = {
        AtPlanEnd.CARRIED: TO_BE_CARRIED,
        AtPlanEnd.CLOSED: decision.words,
        AtPlanEnd.MOVED: f"moved to {to}",
    }[decision.how]
    status = None if decision.goes_on else Status.CLOSED_NOT_DONE
    record_update(session, row, AnswerKind.ENDED, signed, status=status, words=words, to_board_id=decision.board_id)


def _mark(session: Session, before: int, after: int) -> None:
    """Have what is of one plan be of another."""
    for table in (Action, Theme, Priority, PlanMeasure, PlanRisk):
        mine = update(table).where(table.ended_plan_id == before).values(ended_plan_id=after)
        with in_plan(session, EVERY_PLAN):
            session.execute(mine, execution_options=QUIETLY)
    session.expire_all()


def undo_end(session: Session, signed: Signed) -> EndedPlan | None:
    """Take back that the last plan ended, while none has followed it; return it, None where one has or none ended."""
    ended = session.scalars(select(EndedPlan).order_by(EndedPlan.id.desc()).limit(1)).first()
    if ended is None or running_plan(session) is not None:
        return None
    _mark(session, ended.id, RUNNING_PLAN)
    entries = select(Update).join(Action, Action.id == Update.action_id).where(Update.kind == AnswerKind.ENDED)
    taken_back = select(Update.undoes_id).where(Update.undoes_id.is_not(None))
    for entry in session.scalars(entries.where(Update.id.not_in(taken_back)).order_by(Update.id)).all():
        record_undo(session, session.get_one(Action, entry.action_id), entry, signed)
    session.add(Plan(name=ended.name, area=ended.area, zone=ended.zone, starts=ended.starts, ends=ended.ends))
    session.delete(ended)
    session.flush()
    return ended


def end_fates(session: Session, ended_plan_id: int, action_id: int | None = None) -> list[tuple[Action, EndFate]]:
    """Return what became of each action that was open when a plan ended, or of one, in the order of the plan."""
    new = aliased(Action)
    wanted = (
        select(Action, Update, new, EndedPlan.name)
        .join(Update, Update.action_id == Action.id)
        .outerjoin(new, new.carried_from_id == Action.id)
        .outerjoin(EndedPlan, EndedPlan.id == new.ended_plan_id)
        .where(Action.ended_plan_id == ended_plan_id, Update.kind == AnswerKind.ENDED)
    )
    if action_id is not None:
        wanted = wanted.where(Action.id == action_id)
    running = running_plan(session)
    found: dict[int, tuple[Action, EndFate]] = {}
    with in_plan(session, EVERY_PLAN):
        for action, entry, goes_on, name in session.execute(wanted.order_by(Action.position, Action.id, Update.id)):
            moved = entry.to_board_id is not None or (entry.status is not None and entry.words.startswith("moved to "))
            how = AtPlanEnd.MOVED if moved else AtPlanEnd.CARRIED if entry.status is None else AtPlanEnd.CLOSED
            fate = EndFate(EndDecision(how, entry.words, entry.to_board_id))
            if goes_on is not None:
                of = name or (running.name if running is not None else "")
                fate = fate._replace(
                    ref=goes_on.ref, plan=of, action_id=goes_on.id, ended_plan_id=goes_on.ended_plan_id
                )
            found[action.id] = action, fate
    return list(found.values())


def end_fate_of(session: Session, action: Action) -> EndFate | None:
    """Return what became of an action when its plan ended; None where it was closed before, or its plan runs."""
    return next((fate for _, fate in end_fates(session, action.ended_plan_id, action.id)), None)


def carried_from(session: Session, action: Action) -> tuple[Action, EndedPlan] | None:
    """Return the action of the plan before that this one carries on, and that plan."""
    if action.carried_from_id is None:
        return None
    with in_plan(session, EVERY_PLAN):
        old = session.get_one(Action, action.carried_from_id)
        return old, session.get_one(EndedPlan, old.ended_plan_id)


def others_by_ref(session: Session, refs: Collection[str]) -> list[tuple[str, EndedPlan]]:
    """Return which refs other actions have as well, of plans that have ended, the last first.

    An action that carries on one of the same ref is no other.
    """
    keys = {ref_key(ref): ref for ref in refs}
    new = aliased(Action)
    same = select(new.id).where(new.carried_from_id == Action.id, new.ref_key == Action.ref_key).exists()
    wanted = (
        select(Action.ref_key, EndedPlan)
        .join(EndedPlan, EndedPlan.id == Action.ended_plan_id)
        .where(Action.ref_key.in_(keys), ~same)
    )
    with in_plan(session, EVERY_PLAN):
        found = session.execute(wanted.order_by(EndedPlan.id.desc())).all()
    return [(keys[key], ended) for key, ended in found]


def end_counts(session: Session, ended_plan_id: int) -> dict[AtPlanEnd, int]:
    """Return what became of how many actions that were open when a plan ended, as they are counted."""
    fates = [fate.decision.how for row, fate in end_fates(session, ended_plan_id) if row.parent_id is None]
    return {how: many for how in AtPlanEnd if (many := fates.count(how))}


def status_counts(session: Session, ended_plan_id: int) -> dict[Status, int]:
    """Return how many actions of a plan have which status, as they are counted: of one for all partners the whole."""
    with in_plan(session, ended_plan_id):
        counted = select(Action.status, func.count()).where(Action.parent_id.is_(None)).group_by(Action.status)
        return {row[0]: row[1] for row in session.execute(counted)}
