"""Write a plan that was read into the database: all of it or nothing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import RATINGS, Capacity, Kind, Status, Way
from models.errors import Refusal
from models.files.plan_measures import add_values, measure_columns
from models.files.plan_risks import add_assessments, risk_columns
from models.files.planfile import PlanFile, meeting_start, schema
from models.files.planfile.fields import AskFor, DayCount, Month, PublishWhen
from models.records import chain
from models.records.history import Signed, count_missed_anew
from models.records.settings_log import record_meeting
from models.rules.calendar import local_day
from models.rules.refs import ref_key
from models.storage.bulk import analyse_tables
from models.storage.history_tables import EndedPlan, Quiet, Replan
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
    PlanMeasure,
    PlanRisk,
    Post,
    Priority,
    Scoped,
    Theme,
)

EVIDENCE, AGREED_MINUTE, SAID_TWICE = "evidence", "agreed_minute", "evidence_said_twice"
"""What is kept of an imported action in the column that says where it is from: its history has its own."""
ColumnValues = dict[str, Any]
"""Values of a row by column."""
MOVED_BEFORE = "moved before the plan was imported"


class PartRow(NamedTuple):
    """A part of the file that is one row: its name in a merge, its table, and its columns.

    `ids`, `key`: where its id is kept. `fixed`: the columns by which it is known; `values`: those that may change.
    """

    name: str
    table: type[Scoped]
    ids: dict[Any, int]
    key: Any
    fixed: ColumnValues
    values: ColumnValues


class PlanLoader:
    """One import; maps the keys of the file to ids of the database."""

    def __init__(
        self,
        session: Session,
        workspace_id: str,
        plan: PlanFile,
        now: datetime,
        tick: Callable[[int], object] = lambda done: None,
        signature: str = "",
    ) -> None:
        self.tick, self.signature = tick, signature
        self.session, self.workspace_id, self.file, self.now = session, workspace_id, plan, now
        self.zone = ZoneInfo(plan.plan.zone)
        self.themes: dict[str, int] = {}
        self.priorities: dict[int, int] = {}
        self.organisations: dict[str, int] = {}
        self.posts: dict[str, int] = {}
        self.people: dict[str, Person] = {}
        """By Slack id and by e-mail address; whoever was an administrator before the import is in it from the start."""
        for someone in session.scalars(select(Person)):
            self._remember(someone)
        self.boards: dict[str, int] = {}
        self.meetings: dict[tuple[str, date | str], int] = {}
        self.measures: dict[str, int] = {}
        self.risks: dict[str, int] = {}

    def load(self) -> None:
        """Store the whole plan in a workspace that has none."""
        head = self.file.plan
        self._store(Plan(name=head.name, area=head.area, zone=head.zone, starts=head.starts, ends=head.ends))
        self.add_parts()
        for days in self.file.quiet:
            person_id = self.ensure_person(days).id
            self._store(Quiet(person_id=person_id, first_day=days.starts, last_day=days.ends, at=self.now))

    def add_parts(self, is_new: Callable[[str], bool] = lambda name: True, position: int = 0) -> None:
        """Store the parts of the file that are new, by name, the first action at `position` in the plan."""
        for part in self.parts():
            if is_new(part.name):
                part.ids[part.key] = self._store(part.table(**part.fixed, **part.values))
        for post in self.file.posts:
            if is_new(f"posts {post.key}"):
                self._add_people(post)
        for someone in self.file.administrators:
            row = self.ensure_person(someone)
            # An existing administrator keeps their own last day.
            if not row.is_administrator:
                row.is_administrator, row.administrator_until = True, someone.until
        self._add_actions([one for one in self.file.actions if is_new(f"actions {ref_key(one.ref)}")], position)
        signed = Signed(None, None, self.signature, Way.IMPORT, self.now)
        for add in (add_values, add_assessments):
            add(self.session, self.file, is_new, signed, local_day(self.now, self.zone))

    def parts(self) -> Iterator[PartRow]:
        """Yield the parts that are one row each, after those that they name: their ids are asked for as they come."""
        for position, theme in enumerate(self.file.themes):
            values: ColumnValues = {"name": theme.name, "aliases": list(theme.aliases)}
            fixed = {"key": theme.key, "position": position}
            yield PartRow(f"themes {theme.key}", Theme, self.themes, theme.key, fixed, values)
        for priority in self.file.priorities:
            theme_id = self.themes.get(priority.theme or "")
            values = {"title": priority.title, "aliases": list(priority.aliases), "theme_id": theme_id}
            number = priority.number
            yield PartRow(f"priorities {number}", Priority, self.priorities, number, {"number": number}, values)
        for organisation in self.file.organisations:
            key = organisation.key
            values = {
                "name": organisation.name,
                "aliases": list(organisation.aliases),
                "closed": _stored_closed(organisation.closed),
                "renames": [[to_come.starts.isoformat(), to_come.name] for to_come in organisation.renames],
                "contributors": list(organisation.contributors),
                "last_day": organisation.until,
            }
            yield PartRow(f"organisations {key}", Organisation, self.organisations, key, {"key": key}, values)
        for post in self.file.posts:
            values = {
                "title": post.title,
                "aliases": list(post.aliases),
                "organisation_id": self.organisations[post.organisation],
            }
            yield PartRow(f"posts {post.key}", Post, self.posts, post.key, {"key": post.key}, values)
        for board in self.file.boards:
            values = self._board_values(board)
            yield PartRow(f"boards {board.key}", Board, self.boards, board.key, {"key": board.key}, values)
            for meeting in board.meetings:
                when = meeting.date or str(meeting.expected or "")
                fixed = {"board_id": self.boards[board.key], "expected": str(meeting.expected or "")}
                values = {
                    "starts_at": meeting_start(self.file, meeting),
                    "state": meeting.state,
                    "note": meeting.note or "",
                    "focus_theme_id": self.themes.get(meeting.focus or ""),
                }
                name = f"meetings {board.key} {when}"
                yield PartRow(name, Meeting, self.meetings, (board.key, when), fixed, values)
        for measure, fixed, values in measure_columns(self.file, self.priorities, self.themes, self.posts):
            key = ref_key(measure.ref)
            yield PartRow(f"measures {key}", PlanMeasure, self.measures, key, fixed, values)
        for risk, fixed, values in risk_columns(self.file, self.priorities, self.posts, self.boards):
            key = ref_key(risk.ref)
            yield PartRow(f"risks {key}", PlanRisk, self.risks, key, fixed, values)

    def _board_values(self, board: schema.FileBoard) -> ColumnValues:
        return {
            "name": board.name,
            "aliases": list(board.aliases),
            "channel": board.channel or "",
            "secretary_post_id": self.posts.get(board.secretary or ""),
            "chair_post_id": self.posts.get(board.chair or ""),
            "chair_until": board.chair_until,
            "papers_days": board.papers.days,
            "papers_working": board.papers.count is DayCount.WORKING,
            "updates_days": board.updates_due.days,
            "ask_all": board.ask_for is AskFor.ALL_OPEN,
            "publish_at_once": board.publish is PublishWhen.AT_ONCE,
            "closed": _stored_closed(board.closed),
            "nation": board.nation,
            "opened": _stored_closed(board.opened),
            "risk_bands": list(board.risk_bands),
        }

    def _store(self, row: Scoped) -> int:
        """Store a row in the workspace; return its id."""
        row.workspace_id = self.workspace_id
        self.session.add(row)
        self.session.flush()
        return row.id

    def ensure_person(self, someone: schema.FilePerson) -> Person:
        """Return the person of an account, adding them where new: one person however many posts they act for."""
        row = self.people.get(someone.slack or "") or self.people.get(someone.email or "")
        if row is None:
            row = Person(name="", email="", slack_user="")
        row.name = row.name or someone.name or ""
        row.email = row.email or someone.email or ""
        row.slack_user = row.slack_user or someone.slack or ""
        self._store(row)
        self._remember(row)
        return row

    def _remember(self, someone: Person) -> None:
        for account in (someone.slack_user, someone.email.lower()):
            if account:
                self.people.setdefault(account, someone)

    def _add_people(self, post: schema.FilePost) -> None:
        """Store who acts for a post that is new."""
        if post.holder is not None:
            self.add_appointment(post, post.holder, Capacity.HOLDER)
        for someone in post.contact_officers:
            self.add_appointment(post, someone, Capacity.CONTACT)
        for deputy in post.deputies:
            self.add_appointment(post, deputy, Capacity.DEPUTY, deputy.starts, deputy.ends)

    def add_appointment(
        self,
        post: schema.FilePost,
        someone: schema.FilePerson,
        capacity: Capacity,
        first_day: date | None = None,
        last_day: date | None = None,
    ) -> Appointment:
        """Store that somebody acts for a post, which is stored already."""
        person_id, post_id = self.ensure_person(someone).id, self.posts[post.key]
        row = Appointment(
            post_id=post_id, person_id=person_id, capacity=capacity, first_day=first_day, last_day=last_day
        )
        self._store(row)
        return row

    def meeting_id(self, board_key: str, when: date | Month | None) -> int | None:
        """Return the id of the meeting of a board that a plan file means; None where it means none."""
        if when is None:
            return None
        return self.meetings.get((board_key, str(when) if isinstance(when, Month) else when))

    def _add_actions(self, actions: Sequence[schema.FileAction], position: int) -> None:
        rows = [(action, self._action(action, at)) for at, action in enumerate(actions, position)]
        chain.add_actions(self.session, [row for _, row in rows])
        for action, row in rows:
            self.set_part(row, action)
        moved = []
        for done, (action, row) in enumerate(rows, 1):
            self.tick(done)
            self.add_priorities(row.id, action)
            self.add_supporting(row.id, action)
            if row.first_due_meeting_id != row.due_meeting_id:
                moved.append((row, self._moved_before(row)))
        chain.add_entries(self.session, moved)
        for row, _ in moved:
            count_missed_anew(self.session, row)
        self.session.flush()

    def set_part(self, row: Action, action: schema.FileAction) -> None:
        """Store which action this is one organisation's part of; the whole one is stored already."""
        if action.part is None:
            row.parent_id = row.partner_id = None
            return
        whole = select(Action.id).where(Action.ref_key == ref_key(action.part.of))
        row.parent_id = self.session.scalar(whole)
        row.partner_id = self.organisations[action.part.partner]

    def add_priorities(self, action_id: int, action: schema.FileAction) -> None:
        """Store the priorities that an action serves."""
        for number in action.priorities:
            self.session.add(ActionPriority(action_id=action_id, priority_id=self.priorities[number]))

    def add_supporting(self, action_id: int, action: schema.FileAction) -> None:
        """Store the organisations that help with an action."""
        for key in dict.fromkeys(action.supporting):
            self.session.add(ActionSupport(action_id=action_id, organisation_id=self.organisations[key]))

    def _action(self, action: schema.FileAction, position: int) -> Action:
        board = self.file.home_board(action)
        due = self.meeting_id(board.key, action.due)
        first_board = action.first_due_board or board.key
        first = self.meeting_id(first_board, action.first_due) if action.kind is not Kind.STANDING else None
        status = Status(action.status)
        agreed = action.agreed
        agreed_at = self.meeting_id((agreed.board or board.key), agreed.meeting) if agreed else None
        words = " ".join(dict.fromkeys(filter(None, (action.status_words, action.evidence))))
        return Action(
            workspace_id=self.workspace_id,
            ref=action.ref,
            ref_key=ref_key(action.ref),
            number=action.number,
            position=position,
            kind=action.kind,
            words=action.words,
            theme_id=self.themes.get(action.theme or ""),
            board_id=self.boards[board.key],
            lead_post_id=self.posts.get(action.lead or ""),
            given_meeting_id=self.given_meeting_id(action, board.key),
            minute=(action.given.minute or "") if action.given else (agreed.minute or "") if agreed else "",
            source=stored_source(action),
            due_date=action.due_date,
            first_due_meeting_id=first or due,
            due_meeting_id=due,
            replans=int(first is not None and first != due),
            created_at=self.now,
            reviewed_since=self.file.plan.starts,
            first_status=status,
            first_words=words,
            first_words_on=(action.status_date or local_day(self.now, self.zone)) if words else None,
            status=status,
            rating=status if status in RATINGS else Status.NOT_STARTED,
            closed_at=self._closed_at(agreed_at, status),
            closed_meeting_id=agreed_at,
        )

    def given_meeting_id(self, action: schema.FileAction, home: str) -> int | None:
        """Return the id of the meeting that gave a board action out."""
        return self.meeting_id(action.given.board or home, action.given.meeting) if action.given else None

    def _moved_before(self, row: Action) -> Replan:
        """Return the re-plan that moved an action from its first due meeting: its history begins there."""
        return Replan(
            workspace_id=self.workspace_id,
            action_id=row.id,
            from_meeting_id=row.first_due_meeting_id,
            to_meeting_id=row.due_meeting_id,
            reason=MOVED_BEFORE,
            signature=self.signature,
            way=Way.IMPORT,
            at=self.now,
        )

    def _closed_at(self, agreed_at: int | None, status: Status) -> datetime | None:
        if status not in (Status.COMPLETE, Status.CLOSED_NOT_DONE):
            return None
        if agreed_at is not None:
            meeting = self.session.get_one(Meeting, agreed_at)
            if meeting.starts_at is not None:
                return meeting.starts_at
        return datetime.combine(self.file.plan.starts, datetime.min.time(), UTC)


def stored_source(action: schema.FileAction) -> dict[str, str]:
    """Return where an action is from, as its row keeps it, with what the row has no column for."""
    found = {name: str(value) for name, value in action.source if value is not None} if action.source else {}
    if action.evidence:
        found[EVIDENCE] = action.evidence
        if action.evidence == action.status_words:
            # The row keeps the words once: an export says them in both places again.
            found[SAID_TWICE] = "yes"
    if action.agreed and action.agreed.minute:
        found[AGREED_MINUTE] = action.agreed.minute
    return found


def _stored_closed(dates: tuple[schema.ClosedDates, ...]) -> list[list[str]]:
    """Return closed dates as a row keeps them."""
    return [[span.starts.isoformat(), span.ends.isoformat(), span.why or ""] for span in dates]


def store_plan(
    session: Session,
    workspace_id: str,
    plan: PlanFile,
    now: datetime,
    tick: Callable[[int], object] = lambda done: None,
    signature: str = "",
) -> None:
    """Write a plan into a workspace that has none; `tick` is called with how many actions are written.

    `signature`: of what its history begins with.

    Raises:
        Refusal: it has one. A plan is not overwritten, since its history would be lost.
    """
    refuse_second_plan(session)
    PlanLoader(session, workspace_id, plan, now, tick, signature).load()
    for meeting in session.scalars(select(Meeting).order_by(Meeting.id)).all():
        record_meeting(session, meeting, Signed(None, None, signature, Way.IMPORT, now))
    session.flush()
    analyse_tables(session.connection())


def refuse_second_plan(session: Session) -> None:
    """Refuse where a workspace has a plan.

    Raises:
        Refusal: it has one.
    """
    there = session.scalars(select(Plan)).first()
    if there is not None:
        raise Refusal(
            f"This database holds a plan already, “{there.name}”, so nothing was stored: "
            "where the file is the plan that follows it, add --next; else name another database with --db."
        )
    ended = session.scalars(select(EndedPlan).order_by(EndedPlan.id.desc())).first()
    if ended is not None:
        raise Refusal(
            f"{ended.name} ended here, so nothing was stored: say “cypp import --next FILE” for what follows it."
        )
