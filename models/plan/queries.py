"""Reads of the plan as frozen facts, each scoped to one workspace."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, Select, Text, bindparam, select, type_coerce
from sqlalchemy.orm import Session

from models.enums import ANSWERS, AnswerKind, Kind, Nation, Status
from models.plan.action_filter import EVERY_ACTION, ActionFilter, ActionUnit, conditions
from models.plan.belongings import CLOSING_OUTCOMES, Belongings, belongings_of
from models.plan.listed_actions import (
    HAS_PARTS,
    SERVED,
    ListedAction,
    priorities_served,
)
from models.plan.serving import spans
from models.records.action_state import counting_entries, counting_outcomes
from models.records.partner_parts import PartFacts, parts_by_action, short_name
from models.rules.calendar import BoardRules
from models.rules.facts import ActionFacts, BoardCalendar, BoardFacts, MeetingFacts, PlanFacts
from models.storage.base import core_table
from models.storage.bulk import plain_rows
from models.storage.history_tables import EndedPlan
from models.storage.scope import RUNNING_PLAN, is_seen, plan_seen, seen_in
from models.storage.tables import Action, Board, Meeting, Organisation, Plan, Post

HELD = "update held"
"""Stands for words that are not for publication (docs/explanation/data-protection.md)."""
REDACTED = "words redacted"
"""Stands for words that were emptied."""

_WORKSPACE: BindParameter[str] = bindparam("workspace")
_plan, _board, _meeting = (core_table(entity).c for entity in (Plan, Board, Meeting))
_PLAN = select(*(_plan[name] for name in PlanFacts._fields)).where(_plan.workspace_id == _WORKSPACE)
_ENDED = select(*(getattr(EndedPlan, name) for name in PlanFacts._fields)).order_by(EndedPlan.id.desc()).limit(1)
_BOARDS = select(Board).order_by(Board.id)
_MEETING_FIELDS = tuple(field.name for field in fields(MeetingFacts))
_AS_TEXT = ("closed", "opened", "aliases")
"""Columns of a board that are read as they are stored: each comes once for every meeting, and is parsed once."""
_BOARDS_WITH_MEETINGS = (
    select(
        *(_meeting[name].label(f"meeting_{name}") for name in _MEETING_FIELDS),
        _board.id,
        *(type_coerce(_board[name], Text).label(name) for name in _AS_TEXT),
        *(column for column in _board if column.name not in ("id", *_AS_TEXT)),
    )
    .select_from(core_table(Board).outerjoin(core_table(Meeting), _meeting.board_id == _board.id))
    .where(_board.workspace_id == _WORKSPACE)
    .order_by(_board.id)
)


def plan_of(session: Session, workspace_id: str) -> PlanFacts | None:
    """Return the workspace's plan, read once in a transaction: the one that runs, or the ended one that is seen."""
    if (ended := plan_seen(session)) > RUNNING_PLAN:
        return PlanFacts(*session.execute(_ENDED.where(EndedPlan.id == ended)).one())
    known: PlanFacts | None = session.info.get((PlanFacts, workspace_id))
    if known is None:
        for row in plain_rows(session, _PLAN, {"workspace": workspace_id}):
            known = session.info[(PlanFacts, workspace_id)] = PlanFacts(*row)
    return known


def forget_plan(session: Session, workspace_id: str) -> None:
    """Have the workspace's plan read anew in this transaction, which has changed it."""
    session.info.pop((PlanFacts, workspace_id), None)


def zone_of(session: Session, workspace_id: str) -> ZoneInfo:
    """Return the plan's zone; of none that runs the last one's, and London where there is no plan yet."""
    plan = plan_of(session, workspace_id)
    last = session.execute(_ENDED).one_or_none() if plan is None else plan
    return ZoneInfo(last.zone if last is not None else "Europe/London")


def boards_of(session: Session) -> list[Board]:
    """Return every board, in the order of the plan."""
    return list(session.scalars(_BOARDS))


def _board_facts(row: Any) -> BoardFacts:
    return BoardFacts(
        id=row.id,
        key=row.key,
        name=row.name,
        rules=BoardRules(
            row.papers_days,
            row.papers_working,
            row.updates_days,
            spans(json.loads(row.closed)),
            Nation(row.nation),
            spans(json.loads(row.opened)),
        ),
        ask_all=row.ask_all,
        publish_at_once=row.publish_at_once,
        channel=row.channel,
        started_at=row.started_at,
        secretary_post_id=row.secretary_post_id,
        chair_post_id=row.chair_post_id,
        chair_until=row.chair_until,
        aliases=tuple(json.loads(row.aliases)),
    )


def board_calendars(session: Session, workspace_id: str) -> dict[int, BoardCalendar]:
    """Return every board with its meetings, by board id, in the order of the plan: in one statement."""
    zone = zone_of(session, workspace_id)
    boards: dict[int, Any] = {}
    meetings: dict[int, list[MeetingFacts]] = defaultdict(list)
    width = len(_MEETING_FIELDS)
    for row in plain_rows(session, _BOARDS_WITH_MEETINGS, {"workspace": workspace_id}):
        number = row[width]
        boards.setdefault(number, row)
        if row[0] is not None:
            meetings[number].append(MeetingFacts(*row[:width]))
    return {
        number: BoardCalendar(_board_facts(row), tuple(sorted(meetings[number], key=lambda m: m.order)), zone)
        for number, row in boards.items()
    }


class ActionView(NamedTuple):
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
    last_entry_id: int | None = None
    """The entry that has the last words: an outcome where they are the board's; None where it was loaded with them."""
    given_meeting_id: int | None = None
    short_lead: str = ""
    """The lead as a list says it: the organisation by its shortest name."""

    @property
    def ref(self) -> str:
        """The ref as printed."""
        return self.facts.ref


_LABELS = (
    select(Post.id, Post.title, Organisation.name)
    .join(Organisation, Organisation.id == Post.organisation_id)
    .order_by(Post.id)
)


def post_labels(session: Session, *where: ColumnElement[bool]) -> dict[int, str]:
    """Return the name of each post, or of some: title and organisation."""
    rows = session.execute(_LABELS.where(*where) if where else _LABELS)
    return {post_id: f"{title}, {organisation}" for post_id, title, organisation in rows}


_action, _lead, _organisation = (core_table(entity).c for entity in (Action, Post, Organisation))


class _ActionRow(NamedTuple):
    """One action as it is read. A row of SQLAlchemy takes ten times as long to give a column by its name."""

    id: int
    ref: str
    kind: Kind
    status: Status
    board_id: int | None
    theme_id: int | None
    lead_post_id: int | None
    lead_in_question: bool
    due_meeting_id: int | None
    due_date: date | None
    last_answer_at: datetime | None
    last_update_id: int | None
    follow_by: date | None
    reviewed_since: date | None
    closed_at: datetime | None
    parent_id: int | None
    words: str
    number: int | None
    position: int
    first_due_meeting_id: int | None
    given_meeting_id: int | None
    replans: int
    moves: int
    moved_at: datetime | None
    missed_before: int
    minute: str
    first_words: str
    first_words_on: date | None
    lead_title: str | None
    lead_organisation: str | None
    lead_aliases: str | None
    has_parts: bool
    served: str | None


_ACTIONS = (
    select(
        *(_action[name] for name in _ActionRow._fields if name in _action),
        _lead.title.label("lead_title"),
        _organisation.name.label("lead_organisation"),
        type_coerce(_organisation.aliases, Text).label("lead_aliases"),
        HAS_PARTS,
        SERVED,
    )
    .select_from(core_table(Action))
    .outerjoin(core_table(Post), _lead.id == _action.lead_post_id)
    .outerjoin(core_table(Organisation), _organisation.id == _lead.organisation_id)
    .where(is_seen(_action))
    .order_by(_action.position, _action.id)
)


@lru_cache
def _actions(given: frozenset[str], unit: ActionUnit) -> Select[Any]:
    """Return the statement for filters in which these fields are given: to build it takes longer than to run it."""
    return _ACTIONS.where(*conditions(given, unit))


def action_views(
    session: Session, workspace_id: str, which: ActionFilter = EVERY_ACTION, unit: ActionUnit = ActionUnit.EITHER
) -> list[ActionView]:
    """Return actions with all that is said about them, in the order of the plan."""
    return _read(session, workspace_id, which, unit, facts=True)


def views_listed(session: Session, workspace_id: str, listed: Sequence[ListedAction]) -> list[ActionView]:
    """Return actions of a list with all that is said about them, in its order; their facts are those of the list."""
    facts = {one.facts.id: one.facts for one in listed}
    if not facts:
        return []
    read = _read(session, workspace_id, ActionFilter(ids=facts), ActionUnit.EITHER, facts=False)
    views = {view.facts.id: view for view in read}
    return [views[number]._replace(facts=facts[number]) for number in (one.facts.id for one in listed)]


def _read(
    session: Session, workspace_id: str, which: ActionFilter, unit: ActionUnit, *, facts: bool
) -> list[ActionView]:
    given = which.given
    found = plain_rows(session, _actions(frozenset(given), unit), {**seen_in(session, workspace_id), **given})
    rows = [_ActionRow(*row) for row in found]
    if not rows:
        return []
    belongings = belongings_of(session, [row.id for row in rows], facts=facts)
    wholes = [row.id for row in rows if row.has_parts]
    parts = parts_by_action(session, wholes) if wholes else {}
    zone = zone_of(session, workspace_id)
    return [_view(row, belongings[row.id], zone, parts.get(row.id, ())) for row in rows]


def _view(
    row: _ActionRow,
    belongings: Belongings,
    zone: ZoneInfo,
    parts: tuple[PartFacts, ...],
) -> ActionView:
    updates: Any = belongings.entries
    outcomes: Any = belongings.outcomes
    numbers, themes = priorities_served(row.served)
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
    decided = max(counting.values(), key=lambda outcome: outcome.id, default=None)
    reopened = max((entry.at for entry in standing if entry.kind is AnswerKind.REOPENED), default=None)
    closed = decided is not None and decided.kind in CLOSING_OUTCOMES
    if closed and decided and reopened and decided.at <= reopened:
        # An action that was closed and is open again has the status its lead gave last.
        decided = None
    last_words, last_on, last_by = row.first_words, row.first_words_on, ""
    last_entry = None
    the_boards = bool(decided is not None and decided.reason and (worded is None or decided.at > worded.at))
    taken_back = next((entry for entry in reversed(updates) if entry.undoes_id and entry.words), None)
    if taken_back is not None:
        last_words, last_on = taken_back.words, taken_back.at.astimezone(zone).date()
        last_by, last_entry = taken_back.signature, taken_back.id
    if worded is not None:
        last_words, last_on, last_by = worded.words or REDACTED, worded.at.astimezone(zone).date(), worded.signature
        last_entry = worded.id
        if worded.withheld and worded.words:
            last_words, held_words = HELD, worded.words
    if decided is not None and the_boards:
        last_words, held_words, last_entry = decided.reason, "", decided.id
        last_on, last_by = decided.at.astimezone(zone).date(), decided.signature
    lead = f"{len(parts)} partners" if parts else _label(row.lead_title, row.lead_organisation)
    return ActionView(
        facts=ActionFacts(
            id=row.id,
            ref=row.ref,
            kind=row.kind,
            status=row.status,
            board_id=row.board_id,
            theme_id=row.theme_id,
            priority_theme_ids=themes,
            lead_post_id=row.lead_post_id,
            lead_in_question=row.lead_in_question,
            due_meeting_id=row.due_meeting_id,
            due_date=row.due_date if row.due_meeting_id is None else None,
            last_answer_at=row.last_answer_at,
            last_answer_kind=last.kind if last else None,
            follow_by=row.follow_by,
            reviewed_since=row.reviewed_since,
            outcome_meetings=frozenset(counting),
            moves=row.moves,
            moved_at=row.moved_at,
            missed_before=row.missed_before,
            closed_at=row.closed_at,
            parent_id=row.parent_id,
            has_parts=bool(parts),
        ),
        words=row.words,
        number=row.number,
        position=row.position,
        lead=lead,
        first_due_meeting_id=row.first_due_meeting_id,
        replans=row.replans,
        priority_numbers=numbers,
        last_words=last_words,
        last_on=last_on,
        last_by=last_by,
        last_kind=last.kind if last else None,
        no_changes=tuple(no_changes),
        minute=row.minute,
        answered_on=last.at.astimezone(zone).date() if last else None,
        answered_by=last.signature if last else "",
        parts=parts,
        entries=belongings.counted,
        last_is_the_boards=the_boards,
        held_words=held_words,
        last_entry_id=last_entry,
        given_meeting_id=row.given_meeting_id,
        short_lead=lead if parts else _short_label(row.lead_title, row.lead_organisation, row.lead_aliases),
    )


def _label(title: str | None, organisation: str | None) -> str:
    return f"{title}, {organisation}" if title else ""


@lru_cache(maxsize=512)
def _short_label(title: str | None, organisation: str | None, aliases: str | None) -> str:
    return _label(title, short_name(organisation, json.loads(aliases or "[]"), 0) if organisation else None)
