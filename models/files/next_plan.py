"""Import the plan that follows one: its file comes in, and what was left open goes on in it.

A carried action is a new action of the new plan: with the first due meeting and the re-plans of the old one, and a link
to it. Its words are not copied but read where they stand, so that a redaction empties them once.

Source: docs/explanation/boards-and-dates.md, A plan after a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import OPEN, AnswerKind, Kind, MeetingState, Status
from models.errors import Refusal
from models.files.import_plan import PlanLoader
from models.files.merging.apply import merge_plan
from models.files.merging.compare import FindCell, Merge
from models.files.planfile import PlanFile
from models.plan.action_rows import part_ref
from models.plan.plan_ends import EndDecision
from models.plan.queries import forget_plan
from models.records import chain
from models.records.carried_moves import carry_moves
from models.records.history import Signed, count_missed_anew, record_update
from models.rules.refs import ref_key, ref_parts
from models.storage.history_tables import EndedPlan
from models.storage.scope import EVERY_PLAN, in_plan
from models.storage.tables import (
    Action,
    ActionPriority,
    ActionSupport,
    Meeting,
    Organisation,
    Plan,
    Priority,
    Theme,
)

_ALIKE, _SAME_REF_ALIKE = 0.85, 0.6
"""How like the words of two actions are that are one: alone, and where they have one ref too."""
_WORD = re.compile(r"[^\W_]+")
_OF_A_PLAN = ("plan", "themes", "priorities", "actions", "measures", "values", "risks", "assessments")
"""The parts of an exported file that are of the plan that it was exported from."""


class Going(NamedTuple):
    """One action that goes on: the old one, what was decided, and what of the next plan it is to be.

    `to`: the ref of an action of the next plan's file; else it is added, under `theme` or `priority` of the next plan,
    or under those that the two plans have in common.
    """

    old_id: int
    decision: EndDecision
    to: str = ""
    theme: str = ""
    priority: int | None = None


@dataclass
class NextPlan:
    """What importing the next plan did: the import itself, and each action that goes on by its ref, old and new."""

    merge: Merge
    carried: dict[str, str] = field(default_factory=dict)


def same_actions(open_now: Sequence[Action], file: PlanFile) -> dict[int, str]:
    """Return which action of a file each open action is, by its number; one of the file is at most one of those.

    It is the same with the same words, with one ref and words that are alike, or with words that are very much alike
    and like no other's.
    """
    found: dict[int, str] = {}
    words = {action.ref: _plain(action.words) for action in file.actions if action.status not in ("complete",)}
    for likely in (_same_words, _one_ref, _very_alike):
        for row in open_now:
            left = {ref: said for ref, said in words.items() if ref not in found.values()}
            if row.id not in found and (ref := likely(row, left)):
                found[row.id] = ref
    return found


def _plain(words: str) -> str:
    return " ".join(_WORD.findall(words.casefold()))


def _same_words(row: Action, left: Mapping[str, str]) -> str:
    same = [ref for ref, said in left.items() if said == _plain(row.words)]
    return next((ref for ref in same if ref_key(ref) == row.ref_key), same[0] if same else "")


def _one_ref(row: Action, left: Mapping[str, str]) -> str:
    mine = next((ref for ref in left if ref_key(ref) == row.ref_key), "")
    return mine if mine and _likeness(_plain(row.words), left[mine]) >= _SAME_REF_ALIKE else ""


def _very_alike(row: Action, left: Mapping[str, str]) -> str:
    alike = [ref for ref, said in left.items() if _likeness(_plain(row.words), said) >= _ALIKE]
    return alike[0] if len(alike) == 1 else ""


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > _SAME_REF_ALIKE else 0


def check_follows(file: PlanFile, ended: EndedPlan) -> None:
    """Refuse a plan that does not come after the one that ended.

    Raises:
        Refusal: it begins no later than that did, or is over before that ended.
    """
    head = file.plan
    if head.name == ended.name:
        raise Refusal(f"The file holds {ended.name}, the plan that is there: write the next plan’s name under “plan:”.")
    if ended.starts is not None and head.starts <= ended.starts:
        wrong = f"begins on {head.starts}, and {ended.name} began on {ended.starts}"
    elif head.ends <= ended.ended_on:
        wrong = f"is over on {head.ends}, before {ended.name} ended ({ended.ended_on})"
    else:
        return
    raise Refusal(f"{head.name} {wrong}, so it does not follow it: put its “from” and “to” right. Nothing was stored.")


def store_next(
    session: Session,
    workspace_id: str,
    ended: EndedPlan,
    file: PlanFile,
    going: Iterable[Going],
    name: str,
    signed: Signed,
    place: FindCell = lambda path: "",
) -> NextPlan:
    """Store the plan that follows an ended one, and carry on what goes on, in the caller's transaction.

    Raises:
        PlanFileRefused: with every problem of the file beside what is stored: boards, posts, meetings.
    """
    head = file.plan
    session.add(Plan(name=head.name, area=head.area, zone=head.zone, starts=head.starts, ends=head.ends))
    session.flush()
    forget_plan(session, workspace_id)
    _headings(session, workspace_id, ended, file, signed)
    with in_plan(session, ended.id):
        carried = [(session.get_one(Action, one.old_id), one) for one in going]
    brought = _with_statuses(_without_parts_of_before(file), ended, {ref_key(one.to): old for old, one in carried})
    merge = merge_plan(session, workspace_id, brought, name, signed.at, place=place, signature=signed.signature)
    following = NextPlan(merge)
    carrier = _Carrier(session, workspace_id, ended, signed)
    for old, one in carried:
        following.carried[old.ref] = carrier.carry(old, one)
    session.flush()
    return following


def _headings(session: Session, workspace_id: str, ended: EndedPlan, file: PlanFile, signed: Signed) -> None:
    """Store the themes and priorities, and have the meetings to come focus on the themes that are called the same."""
    loader = PlanLoader(session, workspace_id, file, signed.at)
    for part in loader.parts():
        if part.table not in (Theme, Priority):
            break
        row = part.table(**part.fixed, **part.values)
        session.add(row)
        session.flush()
        part.ids[part.key] = row.id
    with in_plan(session, ended.id):
        before = {row.id: row.key for row in session.scalars(select(Theme))}
    to_come = select(Meeting).where(Meeting.focus_theme_id.in_(before), Meeting.starts_at > signed.at)
    for meeting in session.scalars(to_come).all():
        meeting.focus_theme_id = loader.themes.get(before[meeting.focus_theme_id or 0])
    session.flush()


def _without_parts_of_before(file: PlanFile) -> PlanFile:
    """Return a file that may have been exported from the plan before, without what it says of that plan's own parts."""
    if file.exported is None:
        return file
    parts = tuple(part for part in file.exported.parts if part.of.split(" ")[0] not in _OF_A_PLAN)
    return file.model_copy(update={"exported": file.exported.model_copy(update={"parts": parts})})


def _with_statuses(file: PlanFile, ended: EndedPlan, carried: Mapping[str, Action]) -> PlanFile:
    """Return a file in which what carries an action on stands as that did, unless the file says how it stands."""
    actions = []
    for action in file.actions:
        old = carried.get(ref_key(action.ref))
        changed: dict[str, Any] = {}
        if old is not None:
            changed = {"first_due": None, "first_due_board": None}
            if "status" not in action.model_fields_set:
                changed |= {"status": old.rating, "status_words": _note(ended, old), "status_date": ended.ended_on}
        actions.append(action.model_copy(update=changed))
    return file.model_copy(update={"actions": tuple(actions)})


def _note(ended: EndedPlan, old: Action) -> str:
    return f"under {ended.name}, as {old.ref}"


class _Carrier:
    """Carries the actions of one plan on into the next."""

    def __init__(self, session: Session, workspace_id: str, ended: EndedPlan, signed: Signed) -> None:
        self.session, self.workspace_id, self.ended, self.signed = session, workspace_id, ended, signed
        self.themes = {row.key: row.id for row in session.scalars(select(Theme))}
        rows = session.scalars(select(Priority)).all()
        self.priorities = {row.number: row.id for row in rows}
        self.titles = {_plain(row.title): row.id for row in rows}
        self.position = session.scalar(select(func.max(Action.position))) or 0

    def carry(self, old: Action, going: Going) -> str:
        """Carry an action on, with the parts of it that are open; return its new ref."""
        with in_plan(self.session, self.ended.id):
            parts = self.session.scalars(
                select(Action).where(Action.parent_id == old.id, Action.status.in_(OPEN)).order_by(Action.id)
            ).all()
        if going.to:
            new = self.session.scalars(select(Action).where(Action.ref_key == ref_key(going.to))).one()
            new.carried_from_id = old.id
            self._go_on(old, new)
            return new.ref
        new = self._add(old, going)
        for number, part in enumerate(parts, 1):
            key = self.session.get_one(Organisation, part.partner_id).key if part.partner_id else str(number)
            own = self._add(part, going, part_ref(new.ref, key, number))
            own.parent_id, own.partner_id = new.id, part.partner_id
        return new.ref

    def _add(self, old: Action, going: Going, ref: str = "") -> Action:
        ref = ref or self._free_ref(old.ref)
        self.position += 1
        board = going.decision.board_id or old.board_id
        served = self._served(old, going)
        new = Action(
            workspace_id=self.workspace_id,
            ref=ref,
            ref_key=ref_key(ref),
            position=self.position,
            kind=old.kind,
            words=old.words,
            theme_id=served if isinstance(served, int) else None,
            board_id=board,
            lead_post_id=old.lead_post_id,
            given_meeting_id=old.given_meeting_id,
            minute=old.minute,
            source=dict(old.source),
            due_date=old.due_date,
            first_due_meeting_id=old.due_meeting_id if board == old.board_id else self._next_meeting(board, old),
            created_at=self.signed.at,
            reviewed_since=old.reviewed_since,
            first_status=old.rating,
            first_words=_note(self.ended, old),
            first_words_on=self.ended.ended_on,
            status=old.rating,
            rating=old.rating,
            carried_from_id=old.id,
        )
        new.due_meeting_id = new.first_due_meeting_id
        chain.add_actions(self.session, [new])
        if isinstance(served, list):
            self.session.add_all(ActionPriority(action_id=new.id, priority_id=one) for one in served)
        helped = select(ActionSupport.organisation_id).where(ActionSupport.action_id == old.id)
        self.session.add_all(
            ActionSupport(action_id=new.id, organisation_id=one) for one in self.session.scalars(helped).all()
        )
        self._go_on(old, new)
        return new

    def _go_on(self, old: Action, new: Action) -> None:
        """Give an action what it keeps of the one that it carries on."""
        note = _note(self.ended, old)
        if new.kind is not Kind.STANDING:
            carry_moves(self.session, old, new, note, self.signed)
            count_missed_anew(self.session, new)
        if old.status is Status.PROPOSED and new.status in OPEN:
            record_update(self.session, new, AnswerKind.PROPOSED, self.signed, words=note)

    def _next_meeting(self, board_id: int | None, old: Action) -> int | None:
        """Return the next meeting of the board that an action is moved to, where it was due at one at all."""
        if old.due_meeting_id is None:
            return None
        wanted = select(Meeting.id).where(
            Meeting.board_id == board_id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > self.signed.at
        )
        return self.session.scalar(wanted.order_by(Meeting.starts_at).limit(1))

    def _served(self, old: Action, going: Going) -> int | list[int] | None:
        """Return the theme, or the priorities, of the next plan that a carried action serves."""
        if going.theme:
            return self.themes[going.theme]
        if going.priority is not None:
            return [self.priorities[going.priority]]
        with in_plan(self.session, self.ended.id):
            theme = self.session.get(Theme, old.theme_id) if old.theme_id else None
            titles = self.session.scalars(
                select(Priority.title)
                .join(ActionPriority, ActionPriority.priority_id == Priority.id)
                .where(ActionPriority.action_id == old.id)
            ).all()
        if theme is not None:
            return self.themes.get(theme.key)
        return [self.titles[_plain(title)] for title in titles if _plain(title) in self.titles]

    def _free_ref(self, ref: str) -> str:
        """Return an action's ref where no other of the next plan has it; else the next number after it is free."""
        if self.session.scalar(select(Action.id).where(Action.ref_key == ref_key(ref))) is None:
            return ref
        with in_plan(self.session, EVERY_PLAN):
            taken = set(self.session.scalars(select(Action.ref_key)))
        parts = ref_parts(ref)
        stem = ref[: len(ref) - len(str(parts[-1]))] if parts and isinstance(parts[-1], int) else f"{ref}-"
        number = 1
        while ref_key(f"{stem}{number}") in taken:
            number += 1
        return f"{stem}{number}"


def serves_something(session: Session, ended: EndedPlan, old: Action, file: PlanFile) -> bool:
    """Return whether the next plan has a theme or a priority that an action of the plan before would serve in it."""
    if old.kind is Kind.BOARD_ACTION:
        return True
    with in_plan(session, ended.id):
        theme = session.get(Theme, old.theme_id) if old.theme_id else None
        titles = session.scalars(
            select(Priority.title)
            .join(ActionPriority, ActionPriority.priority_id == Priority.id)
            .where(ActionPriority.action_id == old.id)
        ).all()
    if theme is not None:
        return theme.key in {one.key for one in file.themes}
    return bool({_plain(title) for title in titles} & {_plain(one.title) for one in file.priorities})
