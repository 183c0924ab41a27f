"""Adding one action to a plan: its ref, its rows, and the first entry of its history."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.enums import AnswerKind, Kind, Status
from models.plan.queries import plan_of, zone_of
from models.records import chain
from models.records.history import Signed, record_update
from models.records.named_mentions import name_mentions
from models.rules.calendar import local_day
from models.rules.refs import MAX_REF, ref_key, ref_parts
from models.storage.tables import Action, ActionPriority, ActionSupport

MOST_PARTS = 7
"""Letter runs and numbers of a part's ref: more are not read as one ref in plain words."""


@dataclass(frozen=True, slots=True)
class NewPart:
    """One organisation's part of a new action for all partners, and the post that is asked."""

    organisation_id: int
    key: str
    lead_post_id: int | None


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action to be added. `prefix`: how its ref begins; `parts`: the partners, where it is for all of them."""

    words: str
    kind: Kind
    board_id: int
    prefix: str
    theme_id: int | None = None
    priority_ids: tuple[int, ...] = ()
    lead_post_id: int | None = None
    parts: tuple[NewPart, ...] = ()
    supporting: tuple[int, ...] = ()
    due_meeting_id: int | None = None
    due_date: date | None = None
    given_meeting_id: int | None = None
    minute: str = ""
    source: Mapping[str, str] = field(default_factory=dict)


def next_number(session: Session, prefix: str) -> int:
    """Return the first number that no ref of the plan has after a beginning (`16sep-`, `healthy-`, `7.`)."""
    beginning = ref_parts(f"{prefix}1")[:-1]
    like = "-".join(str(part) for part in beginning)
    taken = [0]
    for key in session.scalars(select(Action.ref_key).where(Action.ref_key.startswith(f"{like}-"))):
        last = key[len(like) + 1 :]
        taken.append(int(last) if last.isdecimal() else 0)
    return max(taken) + 1


def add_action(session: Session, workspace_id: str, new: NewAction, signed: Signed) -> Action:
    """Add an action, with a part for each partner where it has any, and record who added it."""
    plan = plan_of(session, workspace_id)
    today = local_day(signed.at, zone_of(session, workspace_id))
    last = session.scalar(select(func.max(Action.position)))
    shared: dict[str, Any] = {
        "kind": new.kind,
        "words": name_mentions(session, new.words, today),
        "theme_id": new.theme_id,
        "board_id": new.board_id,
        "given_meeting_id": new.given_meeting_id,
        "minute": new.minute,
        "source": dict(new.source),
        "due_date": new.due_date,
        "first_due_meeting_id": new.due_meeting_id,
        "due_meeting_id": new.due_meeting_id,
        "created_at": signed.at,
        "reviewed_since": max(plan.starts, today) if plan and plan.starts else today,
        "first_status": Status.NOT_STARTED,
        "first_words": "",
    }
    ref, position = f"{new.prefix}{next_number(session, new.prefix)}", 0 if last is None else last + 1
    lead = None if new.parts else new.lead_post_id
    row = Action(workspace_id=workspace_id, ref=ref, position=position, lead_post_id=lead, **shared)
    _store(session, row, new, signed)
    for number, part in enumerate(new.parts, 1):
        own = Action(
            workspace_id=workspace_id,
            ref=part_ref(ref, part.key, number),
            position=position + number,
            parent_id=row.id,
            partner_id=part.organisation_id,
            lead_post_id=part.lead_post_id,
            **shared,
        )
        _store(session, own, new, signed)
    return row


def _store(session: Session, row: Action, new: NewAction, signed: Signed) -> None:
    row.ref_key = ref_key(row.ref)
    chain.add_actions(session, [row])
    session.add_all(ActionPriority(action_id=row.id, priority_id=one) for one in new.priority_ids)
    if row.parent_id is None:
        session.add_all(ActionSupport(action_id=row.id, organisation_id=one) for one in new.supporting)
    record_update(session, row, AnswerKind.ADDED, signed)


def priority_ids_of(session: Session, action: Action) -> tuple[int, ...]:
    """Return the numbers of the priorities that an action serves."""
    wanted = select(ActionPriority.priority_id).where(ActionPriority.action_id == action.id)
    return tuple(sorted(session.scalars(wanted)))


def set_priorities(session: Session, action: Action, priority_ids: Collection[int]) -> None:
    """Have an action serve these priorities and no others."""
    session.execute(delete(ActionPriority).where(ActionPriority.action_id == action.id))
    session.add_all(ActionPriority(action_id=action.id, priority_id=one) for one in priority_ids)


def part_ref(whole: str, key: str, number: int) -> str:
    """Return the ref of one organisation's part: the whole action's ref and the organisation's key.

    Its id takes the place of a key with which the ref could not be typed.
    """
    ref = f"{whole}-{key}"
    return ref if len(ref) <= MAX_REF and len(ref_parts(ref)) <= MOST_PARTS else f"{whole}-partner-{number}"
