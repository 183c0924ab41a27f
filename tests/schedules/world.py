"""A small plan in a real database with a pass over it, and what people do meanwhile."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import (
    AnswerKind,
    MeetingState,
    MessageClass,
    MessageState,
    NotificationKind,
    NotificationState,
    OutcomeKind,
    Status,
    Way,
)
from models.notifications.messages import NewNotification, add_notifications
from models.plan.queries import board_calendars
from models.records.history import Signed, record_outcome, record_replan, record_undo, record_update
from models.rules.calendar import at_local
from models.rules.steps import AboutEntry, write_step
from models.storage.history_tables import Snooze, Update
from models.storage.notification_tables import Message, MessagePart, Notification
from models.storage.tables import Action, Appointment, Board, Meeting, Person, Post
from schedules.boundaries import next_instant
from schedules.gather import read_upcoming
from schedules.log_lines import Line
from schedules.outbox import Outbox, Timing
from tests.schedules.messenger import MemoryMessenger, Posted
from tests.schedules.plans import LONDON, WORKSPACE, local, said_at, slack_id, store


class RealTime:
    """Real time, moved by hand."""

    def __init__(self) -> None:
        self.at = datetime(2030, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, seconds: float) -> None:
        """Lets so many seconds go by."""
        self.at += timedelta(seconds=seconds)


class World:
    """A plan whose boards have been started, an outbox, and everybody's messages.

    `now` is passed to every step; `run` ticks at every instant at which something may happen.
    """

    def __init__(
        self,
        folder: Path,
        plan: str,
        *,
        started: str | None = "2020-06-01 00:00",
        timing: Timing | None = None,
    ) -> None:
        begin = local("2020-06-01 00:00")
        self.folder, self.timing = folder, timing
        self.instant = RealTime()
        self.database = store(folder, plan, begin)
        self.messenger = MemoryMessenger(self.instant)
        self.outbox = Outbox(self.database, WORKSPACE, self.messenger, self.instant, timing)
        if started:
            with self.database.write(workspace=WORKSPACE) as session:
                for row in session.scalars(select(Board)):
                    row.started_at = local(started)

    # Time

    def tick(self, now: str | datetime) -> list[Posted]:
        """One pass; gives what was posted by it."""
        when = local(now) if isinstance(now, str) else now
        self.messenger.now = when
        before = len(self.messenger.posts)
        self.lines: list[Line] = self.outbox.tick(when)
        return self.messenger.posts[before:]

    def run(self, since: str, until: str) -> list[Posted]:
        """Ticks at every instant at which something may happen, both ends included."""
        before = len(self.messenger.posts)
        now, end = local(since), local(until)
        while True:
            self.tick(now)
            self.instant.pass_(60)
            with self.database.read(WORKSPACE) as session:
                coming = next_instant(read_upcoming(session, WORKSPACE, now), now)
            if coming is None or coming > end:
                break
            now = coming
        if now < end:
            self.tick(end)
        return self.messenger.posts[before:]

    # What people do

    def action(self, session: Session, ref: str) -> Action:
        """An action by its ref."""
        return session.scalars(select(Action).where(Action.ref == ref)).one()

    def answer(
        self,
        ref: str,
        now: str | datetime,
        kind: AnswerKind = AnswerKind.UPDATE,
        status: Status | None = None,
        follow_by: str = "",
    ) -> int:
        """Somebody entitled answers; gives the entry's number."""
        if kind is AnswerKind.UPDATE:
            status = status or Status.ON_TRACK
        if kind is AnswerKind.PROPOSED:
            status = Status.PROPOSED
        by = date.fromisoformat(follow_by) if follow_by else None
        with self.database.write(workspace=WORKSPACE) as session:
            entry = record_update(
                session, self.action(session, ref), kind, signed(now), status=status, words="said", follow_by=by
            )
            return entry.id

    def undo(self, entry_id: int, now: str | datetime) -> None:
        """An answer is taken back."""
        with self.database.write(workspace=WORKSPACE) as session:
            entry = session.get_one(Update, entry_id)
            record_undo(session, session.get_one(Action, entry.action_id), entry, signed(now))

    def snooze(self, who: str, ref: str, now: str | datetime) -> None:
        """Somebody puts an action off for two working days."""
        with self.database.write(workspace=WORKSPACE) as session:
            row = self.action(session, ref)
            calendar = board_calendars(session, WORKSPACE)[row.board_id or 0]
            when = local(now) if isinstance(now, str) else now
            meeting = calendar.next(when)
            assert meeting is not None
            until = at_local(calendar.board.rules.working.shift(when.astimezone(LONDON).date(), 2), LONDON)
            someone = session.scalars(select(Person).where(Person.slack_user == slack_id(who))).one()
            known = session.scalars(
                select(Snooze).where(Snooze.action_id == row.id, Snooze.person_id == someone.id, Snooze.until == until)
            ).first()
            if known is None:
                session.add(
                    Snooze(
                        workspace_id=WORKSPACE,
                        action_id=row.id,
                        person_id=someone.id,
                        meeting_id=meeting.id,
                        until=until,
                        at=when,
                    )
                )

    def meeting(self, session: Session, board_key: str, day: str) -> Meeting:
        """A board's meeting by its local day."""
        row = session.scalars(select(Board).where(Board.key == board_key)).one()
        meetings = session.scalars(select(Meeting).where(Meeting.board_id == row.id)).all()
        return next(
            one
            for one in meetings
            if one.starts_at is not None and one.starts_at.astimezone(LONDON).date().isoformat() == day
        )

    def outcome(self, ref: str, day: str, kind: OutcomeKind, now: str | datetime, to: str = "") -> None:
        """The secretary records what the partnership board decided."""
        with self.database.write(workspace=WORKSPACE) as session:
            row = self.action(session, ref)
            key = session.get_one(Board, row.board_id).key
            goes_to = self.meeting(session, key, to).id if to else None
            record_outcome(session, row, self.meeting(session, key, day).id, kind, signed(now), to_meeting_id=goes_to)

    def recorded(self, board_key: str, day: str, now: str | datetime) -> None:
        """The secretary presses *Outcomes recorded*."""
        with self.database.write(workspace=WORKSPACE) as session:
            self.meeting(session, board_key, day).outcomes_recorded_at = local(now) if isinstance(now, str) else now

    def replan(self, ref: str, to: str, now: str | datetime) -> None:
        """An action gets another due meeting of its board."""
        with self.database.write(workspace=WORKSPACE) as session:
            row = self.action(session, ref)
            key = session.get_one(Board, row.board_id).key
            record_replan(session, row, self.meeting(session, key, to).id, "because", signed(now))

    def move(self, board_key: str, day: str, to: str, now: str | datetime) -> None:
        """A meeting is moved to another day, at the same hour."""
        with self.database.write(workspace=WORKSPACE) as session:
            row = self.meeting(session, board_key, day)
            row.starts_at = local(f"{to} 14:00")
            row.moved_at = local(now) if isinstance(now, str) else now

    def cancel(self, board_key: str, day: str, now: str | datetime) -> None:
        """A meeting is cancelled: its open actions go to the board's next one, or have no due meeting."""
        when = local(now) if isinstance(now, str) else now
        with self.database.write(workspace=WORKSPACE) as session:
            row = self.meeting(session, board_key, day)
            row.state = MeetingState.CANCELLED
            session.flush()
            following = board_calendars(session, WORKSPACE)[row.board_id].next(when)
            for one in session.scalars(select(Action).where(Action.due_meeting_id == row.id)):
                if one.status not in (Status.COMPLETE, Status.CLOSED_NOT_DONE):
                    to = following.id if following else None
                    record_replan(session, one, to, "cancelled", signed(when), counted=False)

    def start(self, board_key: str, at: str) -> None:
        """`cypp start`: reminders begin."""
        with self.database.write(workspace=WORKSPACE) as session:
            session.scalars(select(Board).where(Board.key == board_key)).one().started_at = local(at)

    def notice(self, kind: NotificationKind, ref: str, who: str, now: str) -> None:
        """A handler plans something for somebody about an action."""
        with self.database.write(workspace=WORKSPACE) as session:
            someone = session.scalars(select(Person).where(Person.slack_user == slack_id(who))).one()
            subject = self.action(session, ref).id
            notification = NewNotification(
                kind, subject, 0, local(now).date(), AboutEntry(1), f"person:{someone.id}", None
            )
            add_notifications(session, [notification], local(now))

    def takes_over(self, who: str, post_key: str) -> None:
        """Somebody new holds a post; the one before leaves it."""
        with self.database.write(workspace=WORKSPACE) as session:
            row = session.scalars(select(Post).where(Post.key == post_key)).one()
            someone = Person(workspace_id=WORKSPACE, name=who, slack_user=slack_id(who))
            session.add(someone)
            session.flush()
            for appointment in session.scalars(select(Appointment).where(Appointment.post_id == row.id)):
                appointment.person_id = someone.id

    def link(self, name: str, slack: str) -> None:
        """An account is found for somebody, or lost ("")."""
        with self.database.write(workspace=WORKSPACE) as session:
            session.scalars(select(Person).where(Person.name == name)).one().slack_user = slack

    # What is on record

    def notifications(self, **where: object) -> list[Notification]:
        """The asks in the ledger."""
        with self.database.read(WORKSPACE) as session:
            return list(session.scalars(select(Notification).filter_by(**where).order_by(Notification.id)))

    def asks_on(self, ref: str) -> list[tuple[str, NotificationState, str]]:
        """What was to be asked about an action: step, state, reason."""
        with self.database.read(WORKSPACE) as session:
            number = self.action(session, ref).id
        return [
            (write_step(notification.step), notification.state, notification.reason)
            for notification in self.notifications(subject=number, kind="update")
        ]

    def messages(self) -> list[Message]:
        """The messages in the ledger."""
        with self.database.read(WORKSPACE) as session:
            return list(session.scalars(select(Message).order_by(Message.id)))

    def message(self, number: int = -1) -> Message:
        """One message, the latest by default."""
        return self.messages()[number]

    def states(self) -> list[MessageState]:
        """How the messages stand."""
        return [one.state for one in self.messages()]

    def parts(self) -> list[MessagePart]:
        """The frozen pages."""
        with self.database.read(WORKSPACE) as session:
            return list(session.scalars(select(MessagePart).order_by(MessagePart.message_id, MessagePart.number)))

    def class_of(self, posted: Posted) -> MessageClass:
        """What a posted message is counted as."""
        return next(one.message_class for one in self.messages() if one.uuid == posted.uuid)


def signed(now: str | datetime) -> Signed:
    """Somebody's signature."""
    return Signed(None, None, "The lead, The Council", Way.BUTTON, local(now) if isinstance(now, str) else now)


def to(who: str) -> str:
    """Somebody's conversation: where their messages are posted."""
    return f"D{slack_id(who)}"


def table(posts: Iterable[Posted], *whom: str) -> list[tuple[str, str]]:
    """What some people got as a table: when, and the first words. Papers and briefs have tests of their own."""
    addresses = {to(one) for one in whom}
    return [(said_at(one.now), short(one)) for one in posts if one.address in addresses and not is_of_papers(one)]


def is_of_papers(posted: Posted) -> bool:
    """Whether a message is a paper that is ready and nothing else, or a chair's brief."""
    return not also_below(posted) and (
        posted.headline.endswith("is ready, as a Word file.") or posted.headline.startswith("Brief for the ")
    )


def also_below(posted: Posted) -> str:
    """What a message says below the paper that it is sent with, "" for none."""
    return " ".join(text for text in posted.page["intro"] if text.startswith("Also below: "))


def short(posted: Posted) -> str:
    """A message in a word or two, and what it asks about."""
    line = also_below(posted) if posted.headline.endswith("is ready, as a Word file.") else posted.headline
    if any("Papers go out" in text for text in posted.page["intro"]) or "no update received on" in line:
        return "no update received"
    for words, mark in (
        ("Last call", "last call"),
        ("Reminder", "reminder"),
        ("After the meeting", "after the meeting"),
        ("nothing overdue", "nothing overdue"),
        ("overdue", "digest"),
        ("decided on", "outcomes"),
        ("did not arrive", "not delivered"),
        ("may not have arrived", "in doubt"),
    ):
        if words in line:
            refs = ", ".join(posted.asked) if mark in ("last call", "reminder") else ""
            return f"{mark} {refs}".strip()
    step = "request"
    if any("reminded about now" in text for text in posted.page["intro"]):
        step = "snoozed"
    if any("would follow" in text for text in posted.page["intro"]):
        step = "to follow"
    return f"{step} {', '.join(posted.asked)}".strip()
