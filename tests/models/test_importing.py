"""A plan that was read is written whole: what the database holds is what the file says, field by field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import Capacity, Status
from models.files.import_plan import store_plan
from models.files.planfile import PlanFile, read_plan
from models.files.planfile import schema as shape
from models.plan.queries import board_calendars
from models.rules.refs import ref_key
from models.storage.engine import Database
from models.storage.scope import ALL
from models.storage.tables import (
    Action,
    ActionPriority,
    ActionSupport,
    Appointment,
    Board,
    Meeting,
    Organisation,
    Person,
    Plan,
    Post,
    Priority,
    Theme,
)
from models.storage.workspaces import ensure_workspace
from tests.models.planfile.plans import PLAN

T = "T0COUNCIL"
NOW = datetime(2020, 8, 7, 9, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[2] / "bot" / "demo" / "my-sefton-2020-2025.yaml"

WITHOUT_THEMES = """\
plan: {name: Our plan, area: Sefton, zone: Europe/Dublin, from: 2020-04-01, to: 2025-03-31}
priorities: [{number: 1, title: Listen, aliases: [hear]}, {number: 2, title: Include}, {number: 12, title: Play}]
organisations:
  - {key: council, name: The Council, aliases: [LA]}
  - {key: schools, name: Schools, closed: [{from: 2020-07-23, to: 2020-08-31, why: summer}]}
posts:
  - key: head
    title: Head
    aliases: [MW, Hd of Ed]
    organisation: council
    holder: {name: Head, email: head@example.org, slack: U0HEADEDU}
    contact_officers: [{email: officer@example.org}, {name: No account}]
    deputies: [{slack: U0DEPUTY1, from: 2020-08-10, to: 2020-08-28}]
  - {key: second, title: Second, organisation: schools, holder: {slack: U0HEADEDU}}
administrators: [{email: officer@example.org, name: The officer}, {slack: U0ICTADMIN}]
boards:
  - key: quick
    name: Quick Board
    aliases: [the quick one]
    secretary: head
    chair: second
    chair_until: 2021-05-04
    channel: C0QUICKBD
    papers: {days: 3, count: calendar}
    updates_due: {days: 2}
    ask_for: all open
    publish: at once
    closed: [{from: 2020-12-24, to: 2021-01-03}]
    meetings:
      - {date: 2020-06-10, time: "14:30", note: in person}
      - {date: 2020-11-03}
      - {date: 2020-11-10, state: cancelled}
      - {expected: 2020-12}
  - {key: slow, name: Slow Board, papers: {days: 10}, meetings: [{date: 2020-09-16}]}
actions:
  - {ref: a-1, number: 1, kind: deliverable, words: Several, priorities: [1, 2, 12], lead: head, board: quick,
     supporting: [schools, council], due: 2020-11-03, status: some issues, status_words: Late, status_date: 2020-07-01}
  - {ref: a.2, kind: deliverable, words: Expected, priorities: [2], board: quick, due: 2020-12}
  - {ref: A 3, words: Without a kind, priorities: [1], board: slow}
  - {ref: 4b, kind: deliverable, words: Without lead or due, priorities: [1], board: slow}
  - {ref: a-5, kind: board action, words: By a date, priorities: [1], board: quick, due_date: 2020-10-01,
     given: {meeting: 2020-06-10, minute: "4.2"}}
  - {ref: a-6, kind: deliverable, words: Finished, priorities: [1], board: quick, due: 2020-06-10, status: complete,
     agreed: {meeting: 2020-06-10, minute: "7"}, evidence: https://example.org/report}
  - {ref: a-7, kind: deliverable, words: Given up, priorities: [1], board: slow, status: "closed, not done",
     status_words: withdrawn}
  - {ref: a-8, kind: deliverable, words: Proposed, priorities: [1], board: slow, status: proposed for closure,
     evidence: All posts filled, source: {document: Report, lead: documented}}
"""


def store(database: Database, plan: PlanFile, workspace: str = T) -> None:
    with database.write(workspace=workspace) as session:
        ensure_workspace(session, workspace, NOW)
        store_plan(session, workspace, plan, NOW)


def rows(session: Session, table: Any) -> list[Any]:
    return list(session.scalars(select(table).where(table.workspace_id == T).order_by(table.id)))


def closed(dates: tuple[shape.ClosedDates, ...]) -> list[list[str]]:
    return [[str(span.starts), str(span.ends), span.why or ""] for span in dates]


def start_of(plan: PlanFile, meeting: shape.FileMeeting) -> datetime | None:
    zone = ZoneInfo(plan.plan.zone)
    return datetime.combine(meeting.date, meeting.time, zone).astimezone(UTC) if meeting.date else None


SOURCES = {
    "the example": EXAMPLE.read_text(encoding="utf-8"),
    "a small plan": PLAN,
    "a plan without themes": WITHOUT_THEMES,
}


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_stored_is_what_the_file_says_field_by_field(source: str, database: Database) -> None:
    plan = read_plan(SOURCES[source], "plan.yaml")
    store(database, plan)
    with database.read(ALL) as session:
        _plan(plan, session)
        _posts(plan, session)
        _boards(plan, session)
        _actions(plan, session)


def _plan(plan: PlanFile, session: Session) -> None:
    (head,) = rows(session, Plan)
    assert (head.name, head.area, head.zone) == (plan.plan.name, plan.plan.area, plan.plan.zone)
    assert (head.starts, head.ends) == (plan.plan.starts, plan.plan.ends)
    themes = {row.id: row for row in rows(session, Theme)}
    assert [(t.key, t.name, tuple(t.aliases), t.position) for t in themes.values()] == [
        (t.key, t.name, t.aliases, position) for position, t in enumerate(plan.themes)
    ]
    assert [
        (p.number, p.title, themes[p.theme_id].key if p.theme_id else None, tuple(p.aliases))
        for p in rows(session, Priority)
    ] == [(p.number, p.title, p.theme, p.aliases) for p in plan.priorities]
    assert [(o.key, o.name, tuple(o.aliases), o.closed) for o in rows(session, Organisation)] == [
        (o.key, o.name, o.aliases, closed(o.closed)) for o in plan.organisations
    ]


def _posts(plan: PlanFile, session: Session) -> None:
    people = {row.id: row for row in rows(session, Person)}
    serving: dict[int, list[Appointment]] = {}
    for row in rows(session, Appointment):
        serving.setdefault(row.post_id, []).append(row)

    def is_him(row: Person, someone: shape.FilePerson) -> bool:
        if someone.slack or someone.email:
            return someone.slack in (None, row.slack_user) and someone.email in (None, row.email)
        return (row.name, row.slack_user, row.email) == (someone.name, "", "")

    for row, post in zip(rows(session, Post), plan.posts, strict=True):
        assert (row.key, row.title, row.organisation.key) == (post.key, post.title, post.organisation)
        assert tuple(row.aliases) == post.aliases
        meant: list[tuple[Capacity, shape.FilePerson, date | None, date | None]] = []
        meant += [(Capacity.HOLDER, post.holder, None, None)] if post.holder else []
        meant += [(Capacity.CONTACT, one, None, None) for one in post.contact_officers]
        meant += [(Capacity.DEPUTY, one, one.starts, one.ends) for one in post.deputies]
        for stored, (capacity, someone, first, last) in zip(serving.pop(row.id, []), meant, strict=True):
            assert (stored.capacity, stored.first_day, stored.last_day) == (capacity, first, last)
            assert is_him(people[stored.person_id], someone)
    assert serving == {}
    administrators = [row for row in people.values() if row.is_administrator]
    assert len(administrators) == len(plan.administrators)
    assert all(any(is_him(row, someone) for row in administrators) for someone in plan.administrators)
    accounts = [row.slack_user for row in people.values() if row.slack_user]
    assert len(accounts) == len(set(accounts))


def _boards(plan: PlanFile, session: Session) -> None:
    themes = {row.id: row.key for row in rows(session, Theme)}
    posts = {row.id: row.key for row in rows(session, Post)}
    for row, board in zip(rows(session, Board), plan.boards, strict=True):
        assert (row.key, row.name, tuple(row.aliases)) == (board.key, board.name, board.aliases)
        assert (posts.get(row.secretary_post_id), posts.get(row.chair_post_id)) == (board.secretary, board.chair)
        assert (row.chair_until, row.channel) == (board.chair_until, board.channel or "")
        assert (row.papers_days, row.papers_working) == (board.papers.days, board.papers.count.value == "working")
        assert (row.updates_days, row.ask_all) == (board.updates_due.days, board.ask_for.value == "all open")
        assert (row.publish_at_once, row.closed) == (board.publish.value == "at once", closed(board.closed))
        assert row.started_at is None
        stored = [meeting for meeting in rows(session, Meeting) if meeting.board_id == row.id]
        assert [
            (m.starts_at, m.expected, m.state, themes.get(m.focus_theme_id), m.note, m.outcomes_recorded_at)
            for m in stored
        ] == [
            (start_of(plan, m), str(m.expected) if m.expected else "", m.state, m.focus, m.note or "", None)
            for m in board.meetings
        ]


def _actions(plan: PlanFile, session: Session) -> None:
    names: dict[str, dict[int | None, str]] = {
        table.__tablename__: {row.id: row.key for row in rows(session, table)}
        for table in (Theme, Post, Board, Organisation)
    }
    numbers = {row.id: row.number for row in rows(session, Priority)}
    meetings = {row.id: row for row in rows(session, Meeting)}

    def day(meeting_id: int | None) -> str | None:
        if meeting_id is None:
            return None
        row = meetings[meeting_id]
        return str(row.starts_at.astimezone(ZoneInfo(plan.plan.zone)).date()) if row.starts_at else row.expected

    for position, (row, action) in enumerate(zip(rows(session, Action), plan.actions, strict=True)):
        home = plan.home_board(action)
        assert (row.ref, row.ref_key, row.number, row.position) == (
            action.ref,
            ref_key(action.ref),
            action.number,
            position,
        )
        assert (row.kind, row.words, row.created_at) == (action.kind, action.words, NOW)
        assert names["theme"].get(row.theme_id) == action.theme
        assert names["board"][row.board_id] == home.key
        assert names["post"].get(row.lead_post_id) == action.lead
        due = str(action.due) if action.due else None
        assert day(row.due_meeting_id) == day(row.first_due_meeting_id) == due
        if row.due_meeting_id is not None:
            assert meetings[row.due_meeting_id].board_id == row.board_id
        assert (row.due_date, row.replans, row.reviewed_since) == (action.due_date, 0, plan.plan.starts)
        assert day(row.given_meeting_id) == (str(action.given.meeting) if action.given else None)
        minute = (action.given and action.given.minute) or (action.agreed and action.agreed.minute) or ""
        assert row.minute == minute
        kept = {"evidence": action.evidence, "agreed_minute": action.agreed.minute if action.agreed else None}
        kept |= {name: str(value) for name, value in action.source or () if value is not None}
        assert row.source == {name: value for name, value in kept.items() if value is not None}
        assert (row.status, row.first_status) == (action.status, action.status)
        said = " ".join(filter(None, (action.status_words, action.evidence)))
        assert row.first_words == said
        assert row.first_words_on == ((action.status_date or date(2020, 8, 7)) if said else None)
        assert day(row.closed_meeting_id) == (str(action.agreed.meeting) if action.agreed else None)
        assert (row.closed_at is not None) == (action.status in (Status.COMPLETE, Status.CLOSED_NOT_DONE))
        served = session.scalars(select(ActionPriority.priority_id).where(ActionPriority.action_id == row.id))
        assert sorted(numbers[one] for one in served) == sorted(action.priorities)
        helping = session.scalars(select(ActionSupport.organisation_id).where(ActionSupport.action_id == row.id))
        assert sorted(names["organisation"][one] for one in helping) == sorted(action.supporting)


# -- what is worked out on the way ---------------------------------------------------------------------------------


def test_past_meetings_are_held_cancelled_ones_are_not_and_expected_ones_have_no_day(database: Database) -> None:
    store(database, read_plan(WITHOUT_THEMES, "plan.yaml"))
    with database.read(ALL) as session:
        quick = next(c for c in board_calendars(session, T).values() if c.board.key == "quick")
        held = [quick.latest_held(datetime(2020, month, 20, tzinfo=UTC)) for month in (5, 6, 10, 11)]
        assert [quick.day(one) if one else None for one in held] == [
            None,
            date(2020, 6, 10),
            date(2020, 6, 10),
            date(2020, 11, 3),
        ]
        coming = quick.next(NOW)
        assert coming is not None
        assert quick.day(coming) == date(2020, 11, 3)
        assert quick.next(datetime(2020, 11, 20, tzinfo=UTC)) is None


def test_a_boards_own_intervals_make_its_own_dates(database: Database) -> None:
    store(database, read_plan(WITHOUT_THEMES, "plan.yaml"))
    with database.read(ALL) as session:
        quick = next(c for c in board_calendars(session, T).values() if c.board.key == "quick")
        coming = quick.next(NOW)
        assert coming is not None
        dates = quick.dates(coming)
    # Three clear calendar days before Tuesday 3 November, and two working days before that.
    assert (dates.papers, dates.updates_due) == (date(2020, 10, 30), date(2020, 10, 28))


def test_a_meetings_hour_is_local_and_follows_the_clocks(database: Database) -> None:
    store(database, read_plan(WITHOUT_THEMES, "plan.yaml"))
    with database.read(ALL) as session:
        starts = [row.starts_at for row in rows(session, Meeting) if row.starts_at]
    assert starts[0] == datetime(2020, 6, 10, 13, 30, tzinfo=UTC)
    assert starts[1] == datetime(2020, 11, 3, 10, tzinfo=UTC)


def test_one_account_is_one_person_however_many_posts_it_acts_for(database: Database) -> None:
    store(database, read_plan(WITHOUT_THEMES, "plan.yaml"))
    with database.read(ALL) as session:
        people = {(p.name, p.email, p.slack_user, p.is_administrator) for p in rows(session, Person)}
        head = session.scalars(select(Person).where(Person.slack_user == "U0HEADEDU")).one()
        assert len([row for row in rows(session, Appointment) if row.person_id == head.id]) == 2
    assert people == {
        ("Head", "head@example.org", "U0HEADEDU", False),
        ("The officer", "officer@example.org", "", True),
        ("No account", "", "", False),
        ("", "", "U0DEPUTY1", False),
        ("", "", "U0ICTADMIN", True),
    }


def test_who_was_known_before_the_import_is_not_doubled(database: Database) -> None:
    with database.write(workspace=ALL) as session:
        ensure_workspace(session, T, NOW)
        session.add(Person(workspace_id=T, email="HEAD@example.org", is_administrator=True))
    store(database, read_plan(PLAN, "plan.yaml"))
    with database.read(ALL) as session:
        head = session.scalars(select(Person).where(func.lower(Person.email) == "head@example.org")).one()
        assert (head.name, head.slack_user, head.is_administrator) == ("Head", "U0HEADEDU", True)
        assert rows(session, Appointment)[0].person_id == head.id


def test_an_action_agreed_complete_was_closed_by_its_meeting_and_one_given_up_when_the_plan_began(
    database: Database,
) -> None:
    store(database, read_plan(WITHOUT_THEMES, "plan.yaml"))
    with database.read(ALL) as session:
        at = {row.ref: (row.closed_at, row.rating) for row in rows(session, Action)}
    assert at["a-6"] == (datetime(2020, 6, 10, 13, 30, tzinfo=UTC), Status.NOT_STARTED)
    assert at["a-7"] == (datetime(2020, 4, 1, tzinfo=UTC), Status.NOT_STARTED)
    assert at["a-1"] == (None, Status.SOME_ISSUES)
