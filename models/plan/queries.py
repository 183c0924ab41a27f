"""Reads of the plan as frozen facts, each scoped to one workspace."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, select
from sqlalchemy.orm import Session

from models.enums import ANSWERS, AnswerKind, OutcomeKind
from models.plan.action_filter import EVERY_ACTION, ActionFilter, ActionUnit
from models.plan.serving import spans
from models.records.history import counting_entries, counting_outcomes
from models.records.parts import PartFacts, parts_by_action
from models.rules.calendar import BoardRules
from models.rules.facts import ActionFacts, BoardCalendar, BoardFacts, MeetingFacts
from models.rules.owed import missed_at
from models.storage.bulk import BY_NUMBER
from models.storage.history_tables import Outcome, Replan, Update
from models.storage.tables import (
    Action,
    ActionPriority,
    Board,
    Meeting,
    Organisation,
    Plan,
    Post,
    Priority,
    Theme,
)

HELD = "update held"
"""What stands for words that are not for publication (design, section 4)."""
REDACTED = "words redacted"
"""What stands for words that were emptied."""

_WORKSPACE: BindParameter[str] = bindparam("workspace")
_PLAN = select(Plan).where(Plan.workspace_id == _WORKSPACE)
_BOARDS = select(Board).where(Board.workspace_id == _WORKSPACE).order_by(Board.id)
_MEETINGS = select(
    Meeting.id,
    Meeting.board_id,
    Meeting.starts_at,
    Meeting.expected,
    Meeting.state,
    Meeting.focus_theme_id,
    Meeting.moved_at,
    Meeting.outcomes_recorded_at,
).where(Meeting.workspace_id == _WORKSPACE)


def plan_of(session: Session, workspace_id: str) -> Plan | None:
    """The workspace's plan. Read once a transaction: everything asks for it."""
    known: Plan | None = session.info.get((Plan, workspace_id))
    if known is None:
        known = session.scalars(_PLAN, {"workspace": workspace_id}).first()
        if known is not None:
            session.info[(Plan, workspace_id)] = known
    return known


def zone_of(session: Session, workspace_id: str) -> ZoneInfo:
    """The plan's zone; London where there is no plan yet."""
    plan = plan_of(session, workspace_id)
    return ZoneInfo(plan.zone if plan is not None else "Europe/London")


def boards_of(session: Session, workspace_id: str) -> list[Board]:
    """Every board, in the order of the plan."""
    return list(session.scalars(_BOARDS, {"workspace": workspace_id}))


def board_facts(row: Board) -> BoardFacts:
    """One board as the rules see it."""
    return BoardFacts(
        id=row.id,
        key=row.key,
        name=row.name,
        rules=BoardRules(row.papers_days, row.papers_working, row.updates_days, spans(row.closed)),
        ask_all=row.ask_all,
        publish_at_once=row.publish_at_once,
        channel=row.channel,
        started_at=row.started_at,
        secretary_post_id=row.secretary_post_id,
        chair_post_id=row.chair_post_id,
    )


def board_calendars(
    session: Session, workspace_id: str, boards: Iterable[Board] | None = None
) -> dict[int, BoardCalendar]:
    """Every board with its meetings, by board id, in the order of the plan; `boards` where they were read already."""
    zone = zone_of(session, workspace_id)
    meetings: dict[int, list[MeetingFacts]] = defaultdict(list)
    for row in session.execute(_MEETINGS, {"workspace": workspace_id}):
        meetings[row.board_id].append(MeetingFacts(*row))
    every = boards_of(session, workspace_id) if boards is None else boards
    return {
        row.id: BoardCalendar(board_facts(row), tuple(sorted(meetings[row.id], key=lambda m: m.order)), zone)
        for row in every
    }


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action with what is said about it: the facts for the rules, and the words for people."""

    facts: ActionFacts
    words: str
    number: int | None
    position: int
    lead: str
    first_due_meeting_id: int | None
    replans: int
    priority_numbers: tuple[int, ...]
    last_words: str
    last_on: date | None
    last_by: str
    last_kind: AnswerKind | None
    no_changes: tuple[datetime, ...]
    minute: str
    answered_on: date | None
    answered_by: str
    parts: tuple[PartFacts, ...] = ()
    """What each organisation is to do, where this is an action for all partners."""
    entries: int = 0
    """How many entries its history has: a button carries it, so that an old one can tell that something has changed."""
    last_is_the_boards: bool = False
    """The last words are the board's, of its outcome; else a lead's."""
    held_words: str = ""
    """What `last_words` stands for where they are not for publication; those who may see them get them by the round."""

    @property
    def ref(self) -> str:
        """The ref as printed."""
        return self.facts.ref


_LABELS = (
    select(Post.id, Post.title, Organisation.name)
    .join(Organisation, Organisation.id == Post.organisation_id)
    .where(Post.workspace_id == _WORKSPACE)
    .order_by(Post.id)
)
_CHOSEN: Any = bindparam("chosen", expanding=True)


def _belonging(chosen: Any) -> tuple[Any, ...]:
    """What belongs to some actions: outcomes, re-plans, entries, priorities."""
    return (
        select(Outcome).where(Outcome.action_id.in_(chosen)),
        select(Replan).where(Replan.action_id.in_(chosen)).order_by(Replan.id),
        select(Update).where(Update.action_id.in_(chosen)).order_by(Update.id),
        select(ActionPriority.action_id, Priority.number, Priority.theme_id)
        .join(Priority, Priority.id == ActionPriority.priority_id)
        .where(ActionPriority.action_id.in_(chosen))
        .order_by(Priority.number),
    )


_OF_A_FEW = _belonging(_CHOSEN)
"""Put together once: to build a statement takes longer than to answer it."""


def post_labels(session: Session, workspace_id: str, *where: ColumnElement[bool]) -> dict[int, str]:
    """How each post is called, or some of them: title and organisation."""
    rows = session.execute(_LABELS.where(*where) if where else _LABELS, {"workspace": workspace_id})
    return {post_id: f"{title}, {organisation}" for post_id, title, organisation in rows}


def count_actions(session: Session, which: ActionFilter = EVERY_ACTION) -> int:
    """Return how many actions there are, as they are counted: of one for all partners the whole."""
    asked = which.conditions(ActionUnit.COUNTED)
    return session.scalar(select(func.count()).select_from(Action).where(*asked)) or 0


def action_views(
    session: Session, workspace_id: str, which: ActionFilter = EVERY_ACTION, unit: ActionUnit = ActionUnit.EITHER
) -> list[ActionView]:
    """Actions with all that is said about them, in the order of the plan."""
    asked = which.conditions(unit)
    rows = session.scalars(select(Action).where(*asked).order_by(Action.position, Action.id)).all()
    if not rows:
        return []
    # What belongs to a few actions is read by their numbers, which costs less to put together than asking again.
    few = len(rows) <= BY_NUMBER
    chosen: Any = [row.id for row in rows] if few else select(Action.id).where(*asked)
    outcomes_of, replans_of, updates_of, priorities_of_them = _OF_A_FEW if few else _belonging(chosen)
    given = {"chosen": chosen} if few else {}
    outcomes: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in session.scalars(outcomes_of, given):
        outcomes[outcome.action_id].append(outcome)
    replans: dict[int, list[Replan]] = defaultdict(list)
    for replan in session.scalars(replans_of, given):
        replans[replan.action_id].append(replan)
    updates: dict[int, list[Update]] = defaultdict(list)
    for entry in session.scalars(updates_of, given):
        updates[entry.action_id].append(entry)
    priorities: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for action_id, number, theme_id in session.execute(priorities_of_them, given):
        priorities[action_id].append((number, theme_id))
    leads = {row.lead_post_id for row in rows if row.lead_post_id is not None}
    labels = post_labels(session, workspace_id, *([Post.id.in_(leads)] if len(leads) <= BY_NUMBER else []))
    zone = zone_of(session, workspace_id)
    parts = parts_by_action(session, workspace_id, chosen)
    views = [
        _view(
            row,
            outcomes[row.id],
            replans[row.id],
            updates[row.id],
            tuple(priorities[row.id]),
            labels,
            zone,
            parts.get(row.id, ()),
        )
        for row in rows
    ]
    return _with_missed_before(session, workspace_id, views)


def _with_missed_before(session: Session, workspace_id: str, views: list[ActionView]) -> list[ActionView]:
    """Adds what was missed at boards that kept an action before; few actions ever change their board."""
    was_due = {meeting for view in views for _, meeting in view.facts.due_moves if meeting is not None}
    if not was_due:
        return views
    boards = select(Meeting.id, Meeting.board_id).where(Meeting.workspace_id == workspace_id)
    board_of = {meeting: board for meeting, board in session.execute(boards) if meeting in was_due}
    moved = [
        view
        for view in views
        if {board_of[meeting] for _, meeting in view.facts.due_moves if meeting is not None} - {view.facts.board_id}
    ]
    if not moved:
        return views
    calendars = board_calendars(session, workspace_id)
    found = {}
    for view in moved:
        facts = view.facts
        # Its last move away from a board bounds what counts there, and that is over: any later instant will do.
        until = max(at for at, _ in facts.due_moves)
        others = (calendar for board_id, calendar in calendars.items() if board_id != facts.board_id)
        before = sum(missed_at(facts, calendar, until) for calendar in others)
        found[facts.id] = replace(view, facts=facts._replace(missed_before=before))
    return [found.get(view.facts.id, view) for view in views]


def _view(
    row: Action,
    outcomes: list[Outcome],
    replans: list[Replan],
    updates: list[Update],
    priorities: tuple[tuple[int, int | None], ...],
    labels: dict[int, str],
    zone: ZoneInfo,
    parts: tuple[PartFacts, ...],
) -> ActionView:
    standing = counting_entries(updates)
    by_id = {entry.id: entry for entry in standing}
    last = by_id.get(row.last_update_id or 0)
    no_changes: list[datetime] = []
    for entry in reversed(standing):
        if entry.kind is not AnswerKind.NO_CHANGE:
            break
        no_changes.append(entry.at)
    said = (entry for entry in reversed(standing) if entry.kind in ANSWERS and (entry.words or entry.redaction))
    worded, held_words = next(said, None), ""
    counting = counting_outcomes(outcomes)
    valid = {outcome.id for outcome in counting.values()}
    decided = max(counting.values(), key=lambda outcome: outcome.id, default=None)
    reopened = max((entry.at for entry in standing if entry.kind is AnswerKind.REOPENED), default=None)
    closed = decided is not None and decided.kind in (OutcomeKind.CLOSED, OutcomeKind.CLOSED_NOT_DONE)
    if closed and decided and reopened and decided.at <= reopened:
        # What was closed and is open again stands as its lead last said.
        decided = None
    last_words, last_on, last_by = row.first_words, row.first_words_on, ""
    the_boards = bool(decided is not None and decided.reason and (worded is None or decided.at > worded.at))
    taken_back = next((entry for entry in reversed(updates) if entry.undoes_id and entry.words), None)
    if taken_back is not None:
        last_words, last_on = taken_back.words, taken_back.at.astimezone(zone).date()
        last_by = taken_back.signature
    if worded is not None:
        last_words, last_on, last_by = worded.words or REDACTED, worded.at.astimezone(zone).date(), worded.signature
        if worded.withheld and worded.words:
            last_words, held_words = HELD, worded.words
    if decided is not None and the_boards:
        last_words, held_words = decided.reason, ""
        last_on, last_by = decided.at.astimezone(zone).date(), decided.signature
    return ActionView(
        facts=ActionFacts(
            id=row.id,
            ref=row.ref,
            kind=row.kind,
            status=row.status,
            board_id=row.board_id,
            theme_id=row.theme_id,
            priority_theme_ids=frozenset(theme for _, theme in priorities if theme is not None),
            lead_post_id=row.lead_post_id,
            lead_in_question=row.lead_in_question,
            due_meeting_id=row.due_meeting_id,
            due_date=row.due_date if row.due_meeting_id is None else None,
            last_answer_at=row.last_answer_at,
            last_answer_kind=last.kind if last else None,
            follow_by=row.follow_by,
            reviewed_since=row.reviewed_since,
            outcome_meetings=frozenset(counting),
            due_moves=_due_moves(row, [r for r in replans if r.outcome_id is None or r.outcome_id in valid]),
            closed_at=row.closed_at,
            parent_id=row.parent_id,
            has_parts=bool(parts),
        ),
        words=row.words,
        number=row.number,
        position=row.position,
        lead=f"{len(parts)} partners" if parts else labels.get(row.lead_post_id or 0, ""),
        first_due_meeting_id=row.first_due_meeting_id,
        replans=row.replans,
        priority_numbers=tuple(number for number, _ in priorities),
        last_words=last_words,
        last_on=last_on,
        last_by=last_by,
        last_kind=last.kind if last else None,
        no_changes=tuple(no_changes),
        minute=row.minute,
        answered_on=last.at.astimezone(zone).date() if last else None,
        answered_by=last.signature if last else "",
        parts=parts,
        entries=len(updates) + len(outcomes) + sum(move.outcome_id is None for move in replans),
        last_is_the_boards=the_boards,
        held_words=held_words,
    )


def _due_moves(row: Action, moves: list[Replan]) -> tuple[tuple[datetime, int | None], ...]:
    """When an action was re-planned and from which meeting; re-plans of voided outcomes are left out before."""
    had_none = bool(moves) and moves[0].from_meeting_id is None
    before = [None if had_none else row.first_due_meeting_id, *(move.to_meeting_id for move in moves)]
    return tuple((move.at, meeting) for move, meeting in zip(moves, before, strict=False))


_THEMES = select(Theme).where(Theme.workspace_id == _WORKSPACE).order_by(Theme.position)
_PRIORITIES = select(Priority).where(Priority.workspace_id == _WORKSPACE).order_by(Priority.number)


def themes_of(session: Session, workspace_id: str) -> list[Theme]:
    """The plan's themes, in order."""
    return list(session.scalars(_THEMES, {"workspace": workspace_id}))


def priorities_of(session: Session, workspace_id: str) -> list[Priority]:
    """The plan's priorities, by number."""
    return list(session.scalars(_PRIORITIES, {"workspace": workspace_id}))
