"""Reads of actions as rows, and of what is counted by them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from models.enums import OPEN, AnswerKind, Kind, MeetingState
from models.plan.action_filter import EVERY_ACTION, ActionFilter, ActionUnit, conditions
from models.rules.refs import ref_key
from models.storage.base import core_table
from models.storage.bulk import plain_rows
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.scope import is_seen, seen_in
from models.storage.tables import Action, ActionSupport, Meeting, Organisation

_action = core_table(Action).c
_REFS = select(_action.ref_key, _action.ref).where(
    is_seen(_action), _action.ref_key.in_(bindparam("keys", expanding=True))
)


def refs_by_key(session: Session, keys: Collection[str]) -> dict[str, str]:
    """Return printed refs by their keys (`models.rules.refs`); a key that no action has is left out."""
    rows = plain_rows(session, _REFS, {**seen_in(session), "keys": list(keys)})
    return {row.ref_key: row.ref for row in rows}


def printed_refs(session: Session) -> Sequence[str]:
    """Return every ref as printed, in the order in which the actions were added."""
    return session.scalars(select(Action.ref).order_by(Action.id)).all()


def first_ref(session: Session) -> str | None:
    """Return the plan's first ref; None where it has no action."""
    wanted = select(Action.ref)
    return session.scalar(wanted.order_by(Action.position, Action.id).limit(1))


def action_by_ref(session: Session, ref: str) -> Action | None:
    """Return an action by its ref, in any spelling."""
    wanted = select(Action).where(Action.ref_key == ref_key(ref))
    return session.scalars(wanted).first()


def action_by_id(session: Session, action_id: int) -> Action | None:
    """Return an action by its number."""
    return session.get(Action, action_id)


def count_actions(session: Session, which: ActionFilter = EVERY_ACTION) -> int:
    """Return how many actions there are, as they are counted: of one for all partners the whole."""
    given = which.given
    asked = conditions(given, ActionUnit.COUNTED)
    wanted = select(func.count(_action.id)).where(is_seen(_action), *asked)
    return int(plain_rows(session, wanted, {**seen_in(session), **given})[0][0])


def open_actions_led_by(session: Session, post_id: int) -> list[Action]:
    """Return the open actions that a post leads, in the order of the plan."""
    return list(_open_actions(session, Action.lead_post_id == post_id))


def _open_actions(session: Session, *where: ColumnElement[bool]) -> Sequence[Action]:
    wanted = select(Action).where(Action.status.in_(OPEN), *where)
    return session.scalars(wanted.order_by(Action.position, Action.id)).all()


def open_actions_by_lead(session: Session) -> dict[int, int]:
    """Return how many open actions each post leads; posts that lead none are left out."""
    counted = select(Action.lead_post_id, func.count()).where(Action.status.in_(OPEN)).group_by(Action.lead_post_id)
    return {post_id: many for post_id, many in session.execute(counted) if post_id is not None}


def actions_due_at(session: Session, meeting_id: int) -> list[Action]:
    """Return the open actions due at a meeting, in the order of the plan; standing commitments are never due."""
    return without_own_parts(_open_actions(session, Action.due_meeting_id == meeting_id, Action.kind != Kind.STANDING))


def actions_of_cancelled_meetings(session: Session, board_id: int, before: datetime) -> list[Action]:
    """Return a board's open actions that a cancelled meeting passed on last, in the order of the plan.

    They have no due meeting since, or one that begins after an instant or has no day yet.
    """
    latest = select(func.max(Replan.id)).group_by(Replan.action_id)
    passed_on = exists().where(
        Replan.id.in_(latest),
        Replan.action_id == Action.id,
        Replan.outcome_id.is_(None),
        Replan.from_meeting_id == Meeting.id,
        Meeting.state == MeetingState.CANCELLED,
        Replan.to_meeting_id.is_not_distinct_from(Action.due_meeting_id),
    )
    later = select(Meeting.id).where(or_(Meeting.starts_at > before, Meeting.starts_at.is_(None)))
    due = or_(Action.due_meeting_id.is_(None), Action.due_meeting_id.in_(later))
    kept = (Action.board_id == board_id, Action.kind != Kind.STANDING, due)
    return without_own_parts(_open_actions(session, *kept, passed_on))


def without_own_parts(rows: Sequence[Action]) -> list[Action]:
    """Return actions without the parts of those among them that are for all partners: they move with the whole."""
    ids = {row.id for row in rows}
    return [row for row in rows if row.parent_id not in ids]


def actions_changed_since(session: Session, start: datetime) -> list[int]:
    """Return the numbers of the actions that something was recorded for since an instant, in the order of the plan."""
    found: set[int] = set()
    for table in (Update, Outcome, Replan):
        wanted = select(table.action_id).where(table.at >= start)
        if table is Update:
            wanted = wanted.where(Update.kind != AnswerKind.UNDO)
        found.update(session.scalars(wanted))
    rows = select(Action.id).where(Action.id.in_(found))
    return list(session.scalars(rows.order_by(Action.position, Action.id)))


def any_action_of_board(session: Session, board_id: int) -> Action | None:
    """Return some action of a board; None where it has none."""
    wanted = select(Action).where(Action.board_id == board_id)
    return session.scalars(wanted.limit(1)).first()


def actions_supported(session: Session, organisation_key: str) -> frozenset[int]:
    """Return the numbers of the actions that an organisation supports without leading them."""
    ours = select(Organisation.id).where(Organisation.key == organisation_key)
    return frozenset(session.scalars(select(ActionSupport.action_id).where(ActionSupport.organisation_id.in_(ours))))


def actions_given_at(session: Session, meetings: Iterable[int]) -> frozenset[int]:
    """Return the actions that some meetings gave out."""
    return frozenset(session.scalars(select(Action.id).where(Action.given_meeting_id.in_(set(meetings)))))


def actions_closed_at(session: Session, meetings: Iterable[int]) -> frozenset[int]:
    """Return the actions that some meetings closed."""
    return frozenset(session.scalars(select(Action.id).where(Action.closed_meeting_id.in_(set(meetings)))))


def words_by_ref(session: Session) -> dict[str, tuple[str, str]]:
    """Return each action's ref as printed and its words, by the key of its ref."""
    rows = session.execute(select(Action.ref_key, Action.ref, Action.words))
    return {key: (ref, words) for key, ref, words in rows}


def ids_by_ref(session: Session, refs: Collection[str]) -> list[int]:
    """Return the numbers of the actions that have some refs, in the order in which they were added."""
    wanted = select(Action.id).where(Action.ref_key.in_([ref_key(one) for one in refs])).order_by(Action.id)
    return list(session.scalars(wanted))
