"""Read the plan as the database holds it into a `PlanFile`: the inverse of `models.files.import_plan`."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import NEEDS_REASON, Capacity, Kind, MeetingState, Nation, Status
from models.errors import Refusal
from models.files.action_log import LogLine, action_log
from models.files.import_plan import AGREED_MINUTE, EVIDENCE, SAID_TWICE
from models.files.plan_measures import stored_measures
from models.files.plan_risks import stored_risks
from models.files.planfile import PlanFile
from models.files.planfile import fields as f
from models.files.planfile.schema import FilePerson
from models.plan.queries import plan_of
from models.plan.serving import in_force
from models.rules.calendar import local_day
from models.rules.facts import PlanFacts
from models.rules.lengths import FIRST_YEAR, LAST_YEAR, MAX_TITLE, MAX_WORDS
from models.storage.history_tables import Quiet
from models.storage.scope import EVERY_PLAN, in_plan
from models.storage.tables import (
    Action,
    ActionPriority,
    ActionSupport,
    Appointment,
    Board,
    Meeting,
    Organisation,
    Person,
    Post,
    Priority,
    Theme,
)

NO_REASON = "no reason was recorded"
NO_EVIDENCE = "no evidence was recorded"
_NO_SOURCE = (EVIDENCE, AGREED_MINUTE, SAID_TWICE)


def stored_plan(session: Session, workspace_id: str, day: date) -> tuple[PlanFile, list[LogLine]]:
    """Return a workspace's plan as a plan file on a local day, and the action log beside it.

    Raises:
        Refusal: there is no plan, or it holds something a plan file cannot.
    """
    plan = plan_of(session, workspace_id)
    if plan is None:
        raise Refusal("There is no plan in this database yet: say “cypp import FILE” first.")
    lines = action_log(session, workspace_id)
    reader = _Reader(session, plan, day, {line.action_id: line for line in lines})
    try:
        return PlanFile.model_validate(reader.values()), lines
    except ValidationError as error:
        where = ", ".join(str(step) for step in error.errors(include_input=False)[0]["loc"])
        raise Refusal(
            f"The plan holds something a plan file cannot ({where}): put it right and export again."
        ) from error


class _Reader:
    """One reading of the database, with the names by which the parts of a plan file refer to each other."""

    def __init__(self, session: Session, plan: PlanFacts, day: date, lines: dict[int, LogLine]) -> None:
        self.session, self.plan, self.day, self.lines = session, plan, day, lines
        self.zone = ZoneInfo(plan.zone)
        self.themes = {row.id: row.key for row in self._all(Theme)}
        keys = set(self.themes.values())
        with in_plan(session, EVERY_PLAN):
            # A meeting that was held under the plan before keeps the theme that it had then.
            self.focuses = {row.id: row.key for row in self._all(Theme) if row.key in keys}
        self.organisations = {row.id: row.key for row in self._all(Organisation)}
        self.posts = {row.id: row.key for row in self._all(Post)}
        self.boards = {row.id: row.key for row in self._all(Board)}
        self.numbers = {row.id: row.number for row in self._all(Priority)}
        self.people = {row.id: row for row in self._all(Person)}
        self.meetings = {row.id: row for row in self._all(Meeting)}
        self.refs: dict[int, str] = {}

    def _all(self, table: Any) -> Sequence[Any]:
        """Return every row of a table, in the order of the plan."""
        return self.session.scalars(select(table).order_by(getattr(table, "position", table.id), table.id)).all()

    def values(self) -> dict[str, Any]:
        """Return the raw values of the plan file."""
        plan = self.plan
        first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
        head = {"name": _line(plan.name), "area": _line(plan.area), "zone": plan.zone}
        head |= {"from": (plan.starts or first).isoformat(), "to": (plan.ends or last).isoformat()}
        return {
            "plan": head,
            "themes": [
                {"key": row.key, "name": row.name, "aliases": row.aliases} for row in self._all(Theme)
            ],
            "priorities": [
                _filled({
                    "number": str(row.number), "title": row.title, "theme": self.themes.get(row.theme_id or 0),
                    "aliases": row.aliases,
                })
                for row in self._all(Priority)
            ],
            "organisations": [
                _filled({
                    "key": row.key, "name": row.name, "aliases": row.aliases, "closed": _closed(row.closed),
                    "renames": [{"from": day, "name": name} for day, name in row.renames],
                    "contributors": row.contributors, "until": str(row.last_day or ""),
                })
                for row in self._all(Organisation)
            ],
            "posts": self._posts(),
            "administrators": [
                _filled({**_person(row), "until": str(row.administrator_until or "")})
                for row in self.people.values() if row.is_administrator and (row.email or row.slack_user)
            ],
            "quiet": self._quiet(),
            "boards": [self._board(row) for row in self._all(Board)],
            "actions": self._actions(),
            **stored_measures(self.session, self.numbers, self.themes, self.posts),
            **stored_risks(self.session, self.numbers, self.posts, self.boards),
        }  # fmt: skip

    def _quiet(self) -> list[dict[str, str]]:
        """Return who is asked for nothing on which days, those that are over left out."""
        found = [(_person(self.people[row.person_id]), row) for row in self._all(Quiet)]
        return [
            {**someone, "from": str(row.first_day), "to": str(row.last_day)}
            for someone, row in found
            if row.last_day >= self.day and someone.keys() & {"email", "slack"}
        ]

    def _posts(self) -> list[dict[str, Any]]:
        serving: dict[int, list[Appointment]] = defaultdict(list)
        for row in self._all(Appointment):
            serving[row.post_id].append(row)
        return [self._post(row, serving[row.id]) for row in self._all(Post)]

    def _post(self, post: Post, serving: Sequence[Appointment]) -> dict[str, Any]:
        by_capacity: dict[Capacity, list[Appointment]] = defaultdict(list)
        for row in serving:
            # Somebody who was erased is no name in a file.
            named = bool(_person(self.people[row.person_id]))
            if named and (in_force(row, self.day) or row.capacity is Capacity.DEPUTY):
                by_capacity[row.capacity].append(row)
        holders = by_capacity[Capacity.HOLDER]
        found: dict[str, Any] = {
            "key": post.key,
            "title": post.title,
            "aliases": post.aliases,
            "organisation": self.organisations[post.organisation_id],
            "contact_officers": [_person(self.people[row.person_id]) for row in by_capacity[Capacity.CONTACT]],
            "deputies": [self._deputy(row) for row in by_capacity[Capacity.DEPUTY]],
        }
        if holders and (holder := _person(self.people[holders[-1].person_id])):
            found["holder"] = holder
        return found

    def _deputy(self, row: Appointment) -> dict[str, str]:
        starts, ends = row.first_day or self.plan.starts, row.last_day or self.plan.ends
        person = _person(self.people[row.person_id])
        return {**person, "from": str(starts or self.day), "to": str(max(ends or self.day, starts or self.day))}

    def _board(self, row: Board) -> dict[str, Any]:
        return _filled({
            "key": row.key,
            "name": row.name,
            "aliases": row.aliases,
            "secretary": self.posts.get(row.secretary_post_id or 0),
            "chair": self.posts.get(row.chair_post_id or 0),
            "chair_until": str(row.chair_until) if row.chair_until and row.chair_post_id else None,
            "channel": row.channel or None,
            "papers": {
                "days": str(row.papers_days),
                "count": str(f.DayCount.WORKING if row.papers_working else f.DayCount.CALENDAR),
            },
            "updates_due": {"days": str(row.updates_days)},
            "ask_for": str(f.AskFor.ALL_OPEN if row.ask_all else f.AskFor.DUE),
            "publish": str(f.PublishWhen.AT_ONCE if row.publish_at_once else f.PublishWhen.ON_PRESS),
            "closed": _closed(row.closed),
            "nation": str(row.nation) if row.nation is not Nation.ENGLAND else None,
            "opened": _closed(row.opened),
            "risk_bands": row.risk_bands,
            "meetings": [self._meeting(one) for one in self.meetings.values() if one.board_id == row.id],
        })  # fmt: skip

    def _meeting(self, row: Meeting) -> dict[str, str]:
        said = {"focus": self.focuses.get(row.focus_theme_id or 0), "state": str(row.state), "note": _line(row.note)}
        if row.starts_at is None:
            return _filled({"expected": row.expected, **said})
        return _filled({"date": self._when(row), "time": row.starts_at.astimezone(self.zone).strftime("%H:%M"), **said})

    def _when(self, row: Meeting) -> str:
        return local_day(row.starts_at, self.zone).isoformat() if row.starts_at else row.expected

    def _actions(self) -> list[dict[str, Any]]:
        serves: dict[int, list[int]] = defaultdict(list)
        rows = self.session.execute(
            select(ActionPriority.action_id, Priority.number).join(Priority, Priority.id == ActionPriority.priority_id)
        )
        for action_id, number in rows:
            serves[action_id].append(number)
        helped: dict[int, list[str]] = defaultdict(list)
        found = self.session.execute(
            select(ActionSupport.action_id, ActionSupport.organisation_id)
            .where(ActionSupport.organisation_id.in_(self.organisations))
            .order_by(ActionSupport.organisation_id)
        )
        for action_id, organisation_id in found:
            helped[action_id].append(self.organisations[organisation_id])
        self.refs = {row.id: row.ref for row in self._all(Action)}
        return [self._action(row, sorted(serves[row.id]), helped[row.id]) for row in self._all(Action)]

    def _action(self, row: Action, priorities: list[int], helped: list[str]) -> dict[str, Any]:
        home = row.board_id or 0
        due = self._due(row.due_meeting_id, home) if row.kind is not Kind.STANDING else None
        first_at = self.meetings.get(row.first_due_meeting_id or 0)
        first_home = first_at.board_id if first_at is not None else home
        first = self._due(row.first_due_meeting_id, first_home) if row.kind is not Kind.STANDING else None
        elsewhere = self.boards[first_home] if first and first_home != home else None
        board_action = row.kind is Kind.BOARD_ACTION
        source = {name: text for name, text in row.source.items() if name not in _NO_SOURCE}
        given = self._at(row.given_meeting_id, home, row.minute) if board_action else None
        return _filled({
            "ref": row.ref,
            "number": str(row.number) if row.number else None,
            "kind": str(row.kind),
            "words": _line(row.words),
            "theme": self.themes.get(row.theme_id or 0),
            "priorities": [str(number) for number in priorities],
            "lead": self.posts.get(row.lead_post_id or 0),
            "supporting": helped,
            "board": self.boards.get(home),
            "due": due,
            "first_due": first if first != due or elsewhere else None,
            "first_due_board": elsewhere,
            "due_date": str(row.due_date) if row.due_date and due is None and board_action else None,
            "given": given,
            "part": self._part(row),
            **self._standing(row, home, given is not None),
            "source": source or None,
        })  # fmt: skip

    def _part(self, row: Action) -> dict[str, str] | None:
        """Return which action this is one organisation's part of."""
        whole, partner = self.refs.get(row.parent_id or 0), self.organisations.get(row.partner_id or 0)
        return {"of": whole, "partner": partner} if whole and partner else None

    def _due(self, meeting_id: int | None, home: int) -> str | None:
        meeting = self.meetings.get(meeting_id or 0)
        return self._when(meeting) if meeting is not None and meeting.board_id == home else None

    def _at(self, meeting_id: int | None, home: int, minute: str) -> dict[str, str] | None:
        """Return where an action was given out or agreed complete."""
        meeting = self.meetings.get(meeting_id or 0)
        if meeting is None or meeting.starts_at is None or meeting.state is MeetingState.CANCELLED:
            return None
        elsewhere = {"board": self.boards[meeting.board_id]} if meeting.board_id != home else {}
        return {**elsewhere, "meeting": self._when(meeting), **({"minute": _line(minute)} if minute else {})}

    def _standing(self, row: Action, home: int, has_given: bool) -> dict[str, Any]:
        """Return an action's status; a plan file needs a reason beside some statuses and evidence beside others."""
        line = self.lines[row.id]
        words, evidence, on = _line(line.words), _line(line.evidence), line.on
        if not words and row.status in NEEDS_REASON | {Status.CLOSED_NOT_DONE}:
            words = NO_REASON
        if not evidence and row.status is Status.PROPOSED:
            evidence = NO_EVIDENCE
        minute = line.agreed_minute or row.source.get(AGREED_MINUTE, "") or ("" if has_given else row.minute)
        said = bool(words or evidence)
        return {
            "status": str(row.status),
            "status_words": words or None,
            "status_date": str(on or self.day) if said else None,
            "evidence": evidence or None,
            "agreed": self._at(row.closed_meeting_id, home, minute) if row.status is Status.COMPLETE else None,
        }


def _person(row: Person) -> dict[str, str]:
    """Return a person as a plan file has them; an account that is not valid there is left out."""
    found = {"name": _line(row.name)[:MAX_TITLE], "email": row.email, "slack": row.slack_user}
    good: dict[str, str] = {}
    for name, text in found.items():
        try:
            FilePerson.model_validate({name: text})
        except ValidationError:
            continue
        good[name] = text
    return good


def _closed(stored: Iterable[Sequence[str]]) -> list[dict[str, str]]:
    return [_filled({"from": row[0], "to": row[1], "why": row[2] if len(row) > 2 else ""}) for row in stored]


def _line(text: str) -> str:
    """Return people's words on one line, no longer than a plan file takes."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return line if len(line) <= MAX_WORDS else line[: MAX_WORDS - 1] + "…"


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
