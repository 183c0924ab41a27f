"""Writes a plan that was read into the database: all of it or nothing."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.calendar import local_day
from models.enums import RATINGS, Capacity, Status
from models.errors import Refusal
from models.planfile import PlanFile, begins
from models.planfile import schema as shape
from models.planfile.fields import AskFor, DayCount, Month, Publish
from models.refs import ref_key
from models.tables import (
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


class _Loader:
    """One import: keeps what the keys of the file stand for in the database."""

    def __init__(self, session: Session, workspace_id: str, plan: PlanFile, now: datetime) -> None:
        self.session, self.workspace_id, self.file, self.now = session, workspace_id, plan, now
        self.zone = ZoneInfo(plan.plan.zone)
        self.themes: dict[str, int] = {}
        self.priorities: dict[int, int] = {}
        self.organisations: dict[str, int] = {}
        self.posts: dict[str, int] = {}
        self.people: dict[tuple[str, str, str], Person] = {}
        self.boards: dict[str, int] = {}
        self.meetings: dict[tuple[str, date | str], int] = {}

    def load(self) -> None:
        head = self.file.plan
        plan = Plan(
            workspace_id=self.workspace_id,
            name=head.name,
            area=head.area,
            zone=head.zone,
            starts=head.starts,
            ends=head.ends,
        )
        self.session.add(plan)
        for position, theme in enumerate(self.file.themes):
            row = Theme(
                workspace_id=self.workspace_id,
                key=theme.key,
                name=theme.name,
                position=position,
                aliases=list(theme.aliases),
            )
            self.themes[theme.key] = self._id(row)
        for priority in self.file.priorities:
            self.priorities[priority.number] = self._id(
                Priority(
                    workspace_id=self.workspace_id,
                    number=priority.number,
                    title=priority.title,
                    theme_id=self.themes.get(priority.theme or ""),
                    aliases=list(priority.aliases),
                )
            )
        for organisation in self.file.organisations:
            self.organisations[organisation.key] = self._id(
                Organisation(
                    workspace_id=self.workspace_id,
                    key=organisation.key,
                    name=organisation.name,
                    aliases=list(organisation.aliases),
                    closed=_closed(organisation.closed),
                )
            )
        for post in self.file.posts:
            self._post(post)
        for someone in self.file.administrators:
            self._person(someone).is_administrator = True
        for board in self.file.boards:
            self._board(board)
        self._actions()

    def _id(self, row: Theme | Priority | Organisation | Post | Person | Board | Meeting | Action) -> int:
        self.session.add(row)
        self.session.flush()
        return row.id

    def _person(self, someone: shape.Person) -> Person:
        """One person for one account, however many posts they act for."""
        for known in self.people.values():
            same_user = someone.slack and known.slack_user == someone.slack
            same_email = someone.email and known.email.casefold() == someone.email.casefold()
            if same_user or same_email:
                known.email = known.email or someone.email or ""
                known.slack_user = known.slack_user or someone.slack or ""
                return known
        row = Person(
            workspace_id=self.workspace_id,
            name=someone.name or "",
            email=someone.email or "",
            slack_user=someone.slack or "",
        )
        self._id(row)
        self.people[(someone.slack or "", someone.email or "", f"{row.id}")] = row
        return row

    def _post(self, post: shape.Post) -> None:
        row = Post(
            workspace_id=self.workspace_id,
            key=post.key,
            title=post.title,
            organisation_id=self.organisations[post.organisation],
        )
        self.posts[post.key] = self._id(row)
        serving: list[tuple[shape.Person, Capacity, date | None, date | None]] = []
        if post.holder is not None:
            serving.append((post.holder, Capacity.HOLDER, None, None))
        serving += [(someone, Capacity.CONTACT, None, None) for someone in post.contact_officers]
        serving += [(someone, Capacity.DEPUTY, someone.starts, someone.ends) for someone in post.deputies]
        for someone, capacity, first, last in serving:
            self.session.add(
                Appointment(
                    workspace_id=self.workspace_id,
                    post_id=row.id,
                    person_id=self._person(someone).id,
                    capacity=capacity,
                    first_day=first,
                    last_day=last,
                )
            )

    def _board(self, board: shape.Board) -> None:
        row = Board(
            workspace_id=self.workspace_id,
            key=board.key,
            name=board.name,
            aliases=list(board.aliases),
            secretary_post_id=self.posts.get(board.secretary or ""),
            chair_post_id=self.posts.get(board.chair or ""),
            chair_until=board.chair_until,
            channel=board.channel or "",
            papers_days=board.papers.days,
            papers_working=board.papers.count is DayCount.WORKING,
            updates_days=board.updates_due.days,
            ask_all=board.ask_for is AskFor.ALL_OPEN,
            publish_at_once=board.publish is Publish.AT_ONCE,
            closed=_closed(board.closed),
        )
        self.boards[board.key] = self._id(row)
        for meeting in board.meetings:
            stored = Meeting(
                workspace_id=self.workspace_id,
                board_id=row.id,
                starts_at=begins(self.file, meeting),
                expected=str(meeting.expected) if meeting.expected else "",
                state=meeting.state,
                focus_theme_id=self.themes.get(meeting.focus or ""),
                note=meeting.note or "",
            )
            key: date | str = meeting.date if meeting.date else str(meeting.expected)
            self.meetings[(board.key, key)] = self._id(stored)

    def _meeting(self, board_key: str, when: date | Month | None) -> int | None:
        if when is None:
            return None
        return self.meetings.get((board_key, str(when) if isinstance(when, Month) else when))

    def _actions(self) -> None:
        rows = []
        for position, action in enumerate(self.file.actions):
            rows.append((action, self._action(action, position)))
        self.session.add_all(row for _, row in rows)
        self.session.flush()
        for action, row in rows:
            for number in action.priorities:
                self.session.add(ActionPriority(action_id=row.id, priority_id=self.priorities[number]))
            for key in action.supporting:
                self.session.add(ActionSupport(action_id=row.id, organisation_id=self.organisations[key]))
        self.session.flush()

    def _action(self, action: shape.Action, position: int) -> Action:
        board = self.file.home_board(action)
        due = self._meeting(board.key, action.due)
        status = Status(action.status)
        agreed = action.agreed
        agreed_at = self._meeting((agreed.board or board.key), agreed.meeting) if agreed else None
        given = self._meeting(action.given.board or board.key, action.given.meeting) if action.given else None
        words = " ".join(filter(None, (action.status_words, action.evidence)))
        said = action.status_words or action.evidence
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
            given_meeting_id=given,
            minute=(action.given.minute or "") if action.given else (agreed.minute or "") if agreed else "",
            source={name: str(value) for name, value in action.source if value is not None} if action.source else {},
            due_date=action.due_date,
            first_due_meeting_id=due,
            due_meeting_id=due,
            created_at=self.now,
            reviewed_since=self.file.plan.starts,
            first_status=status,
            first_words=words,
            first_words_on=(action.status_date or local_day(self.now, self.zone)) if said else None,
            status=status,
            rating=status if status in RATINGS else Status.NOT_STARTED,
            closed_at=self._closed_at(agreed_at, status),
            closed_meeting_id=agreed_at,
        )

    def _closed_at(self, agreed_at: int | None, status: Status) -> datetime | None:
        if status not in (Status.COMPLETE, Status.CLOSED_NOT_DONE):
            return None
        if agreed_at is not None:
            meeting = self.session.get_one(Meeting, agreed_at)
            if meeting.starts_at is not None:
                return meeting.starts_at
        return datetime.combine(self.file.plan.starts, datetime.min.time(), UTC)


def _closed(dates: tuple[shape.ClosedDates, ...]) -> list[list[str]]:
    return [[span.starts.isoformat(), span.ends.isoformat(), span.why or ""] for span in dates]


def store_plan(session: Session, workspace_id: str, plan: PlanFile, now: datetime) -> None:
    """Writes a plan into a workspace that has none yet.

    Raises Refusal where it has one: a plan is not overwritten, since its history would be lost.
    """
    there = session.scalars(select(Plan).where(Plan.workspace_id == workspace_id)).first()
    if there is not None:
        raise Refusal(
            f"This database holds a plan already, “{there.name}”, so nothing was stored: "
            "name another database with --db, or a new file."
        )
    _Loader(session, workspace_id, plan, now).load()
