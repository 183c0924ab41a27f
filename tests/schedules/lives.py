"""Stories lived through, with a journal of what people did that is kept apart from the database."""

import tempfile
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import note
from sqlalchemy import select

from models.enums import (
    AnswerKind,
    Kind,
    NotificationKind,
    NotificationState,
    OutcomeKind,
    Status,
    Step,
)
from models.plan.queries import board_calendars
from models.rules.calendar import WorkingDays, at_local, monday_of, shift_for_closure
from models.rules.facts import BoardCalendar, MeetingFacts, Recipient
from models.rules.owed import is_owed
from models.rules.steps import LedgerStep, Occasion, Promised
from models.storage.notification_tables import Message, Notification
from models.storage.scope import ALL
from models.storage.tables import Action, Person
from models.storage.wake_times import keep_wake_at
from schedules.boundaries import list_boundaries
from schedules.due import end_of
from schedules.gather import read_snapshot
from schedules.registry import find_reasons
from schedules.snapshot import Snapshot
from tests.schedules.messenger import Posted
from tests.schedules.plans import LONDON, WORKSPACE, slack_id
from tests.schedules.stories import Happening, Story
from tests.schedules.world import World, to

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LIMITED = {Step.REQUEST.value, Step.REMINDER.value}
NOT_FOR_SECRETARIES = (
    NotificationKind.UPDATE,
    NotificationKind.OUTCOME,
    NotificationKind.PUBLISH,
    NotificationKind.PAPERS,
    NotificationKind.CLEARANCE,
    NotificationKind.CONTRIBUTION,
    NotificationKind.FIGURE,
    NotificationKind.RISK,
    NotificationKind.BRIEF,
    NotificationKind.PLAN_ENDED,
)
"""What is no part of a secretary's one message a day; the paper comes beside it, on the day it is published."""
WORKING = WorkingDays()


@dataclass
class Answered:
    """An answer as the journal has it."""

    entry: int
    at: datetime
    kind: AnswerKind
    follow_by: date | None = None


@dataclass
class Life:
    """One story lived through, with a journal of the answers that stand."""

    story: Story
    sandbox: World
    sleepless: bool = False
    """The whole plan is looked at in each tick."""
    answers: dict[str, list[Answered]] = field(default_factory=lambda: defaultdict(list))
    awaiting: set[str] = field(default_factory=set)
    ends: dict[int, datetime] = field(default_factory=dict)
    said: list[tuple[Posted, tuple[tuple[NotificationKind, int, date, LedgerStep], ...]]] = field(default_factory=list)
    """What was posted, and what it was for: kind, subject, meeting day, step."""
    checked: int = 0

    def live(self) -> None:
        story, todo = self.story, list(self.story.happenings)
        stops = self.stops()
        now = story.begin
        while now <= story.end:
            happened = False
            while todo and todo[0].at <= now:
                happened |= self.happen(todo.pop(0))
            if happened:
                stops = self.stops()
            if not self.is_down(now):
                before = len(self.sandbox.messenger.posts)
                if self.sleepless:
                    with self.sandbox.database.write(workspace=ALL) as session:
                        keep_wake_at(session, WORKSPACE)
                self.sandbox.tick(now)
                self.sandbox.instant.pass_(1)
                for posted in self.sandbox.messenger.posts[before:]:
                    self.check_posted(posted)
                for meeting_id, end in self.ends.items():
                    if now == end - MINUTE:
                        self.check_everything_owed_was_asked(meeting_id, now)
            ahead = [stops[at]] if (at := bisect_right(stops, now)) < len(stops) else []
            ahead += [one.at for one in todo[:1]]
            if self.waits():
                today = now.astimezone(LONDON).date()
                morning = at_local(WORKING.on_or_after(today), LONDON)
                ahead.append(morning if now < morning else at_local(WORKING.shift(today, 1), LONDON))
            if not ahead:
                break
            now = max(min(ahead), now + timedelta(seconds=1))

    def stops(self) -> list[datetime]:
        """Every boundary that is known now with a minute either side of it, and the drawn instants."""
        with self.sandbox.database.read(WORKSPACE) as session:
            snapshot = read_snapshot(session, WORKSPACE, self.story.begin)
        self.ends = {
            meeting.id: end_of(calendar.dates(meeting).updates_due, calendar)
            for calendar in snapshot.calendars.values()
            for meeting in calendar.dated
        }
        known = {near for at in list_boundaries(snapshot) for near in (at - MINUTE, at, at + MINUTE)}
        return sorted(known | set(self.story.ticks) | ({self.story.down[1]} if self.story.down else set()))

    def is_down(self, now: datetime) -> bool:
        return self.story.down is not None and self.story.down[0] <= now < self.story.down[1]

    def waits(self) -> bool:
        """Whether something is held in the ledger."""
        with self.sandbox.database.read(WORKSPACE) as session:
            open_asks = (
                select(Notification.id)
                .where(Notification.state == NotificationState.OPEN, Notification.message_id.is_(None))
                .limit(1)
            )
            return session.scalar(open_asks) is not None

    def in_question(self, ref: str) -> bool:
        """Whether the lead said last that it is not theirs."""
        return bool(self.answers[ref]) and self.answers[ref][-1].kind is AnswerKind.NOT_OURS

    # What people do

    def happen(self, one: Happening) -> bool:
        refs = sorted(self.story.leads)
        ref = refs[one.pick % len(refs)]
        with self.sandbox.database.read(WORKSPACE) as session:
            row = self.sandbox.action(session, ref)
            status, kind, due = row.status, row.kind, row.due_meeting_id
            calendars = board_calendars(session, WORKSPACE)
            calendar = calendars[row.board_id or 0]
        closed = status in (Status.COMPLETE, Status.CLOSED_NOT_DONE)
        note(f"{one.at:%a %d %b %H:%M} {one.what} {ref} {one.more}")
        match one.what:
            case "answer" | "no change" | "propose" | "not ours" | "to follow":
                return not closed and self.answer(ref, one)
            case "assign" if self.in_question(ref):
                self.sandbox.answer(ref, one.at, AnswerKind.ASSIGNED)
                self.answers[ref].clear()
                return True
            case "undo" if self.answers[ref] and not closed:
                last = self.answers[ref].pop()
                self.sandbox.undo(last.entry, one.at)
                self.awaiting.discard(ref)
                return True
            case "snooze" if not closed:
                return self.snooze(ref, calendar, one)
            case "replan" if not closed and kind is not Kind.STANDING:
                ahead = [m for m in calendar.dated if m.start > one.at and m.id != due]
                if ahead:
                    self.sandbox.replan(ref, str(calendar.day(ahead[one.more % len(ahead)])), one.at)
                return bool(ahead)
            case "outcome" if not closed and kind is not Kind.STANDING:
                return self.outcome(ref, calendar, one)
            case "recorded" | "move" | "cancel":
                return self.to_a_meeting(list(calendars.values())[one.pick % len(calendars)], one)
        return False

    def answer(self, ref: str, one: Happening) -> bool:
        kind = {
            "answer": AnswerKind.UPDATE,
            "no change": AnswerKind.NO_CHANGE,
            "propose": AnswerKind.PROPOSED,
            "not ours": AnswerKind.NOT_OURS,
            "to follow": AnswerKind.TO_FOLLOW,
        }[one.what]
        by = one.at.astimezone(LONDON).date() + timedelta(days=1 + one.more)
        entry = self.sandbox.answer(ref, one.at, kind, follow_by=by.isoformat() if kind is AnswerKind.TO_FOLLOW else "")
        self.answers[ref].append(Answered(entry, one.at, kind, by if kind is AnswerKind.TO_FOLLOW else None))
        if kind is AnswerKind.PROPOSED:
            self.awaiting.add(ref)
        elif kind is AnswerKind.UPDATE:
            self.awaiting.discard(ref)
        return True

    def snooze(self, ref: str, calendar: BoardCalendar, one: Happening) -> bool:
        """Offered only where it is before updates are due."""
        coming = calendar.next(one.at)
        people = [who for who in self.story.people.get(self.story.leads[ref], ()) if self.has_account(who)]
        until = calendar.board.rules.working.shift(one.at.astimezone(LONDON).date(), 2)
        if coming is None or not people or until >= calendar.dates(coming).updates_due:
            return False
        self.sandbox.snooze(people[one.more % len(people)], ref, one.at)
        return True

    def outcome(self, ref: str, calendar: BoardCalendar, one: Happening) -> bool:
        held, coming = calendar.latest_held(one.at), calendar.next(one.at)
        if held is None:
            return False
        kinds = (
            list(OutcomeKind) if coming else [kind for kind in OutcomeKind if kind is not OutcomeKind.CARRIED_FORWARD]
        )
        kind = kinds[one.more % len(kinds)]
        forward = str(calendar.day(coming)) if coming and kind is OutcomeKind.CARRIED_FORWARD else ""
        self.sandbox.outcome(ref, str(calendar.day(held)), kind, one.at, to=forward)
        if kind is not OutcomeKind.NO_DECISION:
            self.awaiting.discard(ref)
        return True

    def to_a_meeting(self, calendar: BoardCalendar, one: Happening) -> bool:
        key = calendar.board.key
        held = calendar.latest_held(one.at)
        if one.what == "recorded":
            if held is not None and held.outcomes_recorded_at is None:
                self.sandbox.recorded(key, str(calendar.day(held)), one.at)
            return held is not None
        ahead = [m for m in calendar.dated if m.start > one.at]
        if not ahead:
            return False
        meeting = ahead[one.pick % len(ahead)]
        if one.what == "cancel":
            self.sandbox.cancel(key, str(calendar.day(meeting)), one.at)
            return True
        to_day = calendar.day(meeting) + timedelta(days=one.more - 10)
        days = {calendar.day(m) for m in calendar.meetings if m.starts_at is not None}
        if to_day in days or to_day.weekday() > 4 or to_day <= one.at.astimezone(LONDON).date():
            return False
        self.sandbox.move(key, str(calendar.day(meeting)), str(to_day), one.at)
        return True

    def has_account(self, who: str) -> bool:
        with self.sandbox.database.read(WORKSPACE) as session:
            return session.scalars(select(Person).where(Person.slack_user == slack_id(who))).first() is not None

    # What must hold of each message, at the moment it is posted

    def check_posted(self, posted: Posted) -> None:
        with self.sandbox.database.read(WORKSPACE) as session:
            notifications = session.scalars(
                select(Notification)
                .join(Message, Message.id == Notification.message_id)
                .where(Message.uuid == posted.uuid)
            ).all()
            snapshot = read_snapshot(session, WORKSPACE, posted.now, whole=True)
            refs = {row.id: row.ref for row in session.scalars(select(Action))}
        assert notifications, posted
        self.said.append(
            (
                posted,
                tuple(
                    (notification.kind, notification.subject, notification.meeting_day, notification.step)
                    for notification in notifications
                ),
            )
        )
        if any(notification.step != Occasion.OUTCOMES_RECORDED for notification in notifications):
            there = posted.now.astimezone(LONDON)
            assert WORKING.is_working(there.date()), posted
            assert (9, 30) <= (there.hour, there.minute) < (17, 30), posted
        wanted = [notification for notification in notifications if notification.kind is NotificationKind.UPDATE]
        assert len(posted.refs) == len(set(posted.refs)) or not wanted, posted
        assert set(posted.asked) <= {refs[notification.subject] for notification in wanted} or not wanted, posted
        for notification in wanted:
            self.check_asked(posted, refs[notification.subject], notification, snapshot)

    def check_asked(self, posted: Posted, ref: str, notification: Notification, snapshot: Snapshot) -> None:
        people = self.story.people.get(self.story.leads[ref], ())
        assert posted.address in {to(who) for who in people}, f"{ref} is not theirs: {posted}"
        assert not self.in_question(ref), f"the lead of {ref} is in question: {posted}"
        assert ref not in self.awaiting, f"{ref} awaits the board: {posted}"
        calendar = next(c for c in snapshot.calendars.values() if notification.meeting_id in c.by_id)
        meeting = calendar.by_id[notification.meeting_id]
        assert meeting.dated, f"cancelled: {posted}"
        assert calendar.day(meeting) == notification.meeting_day, f"moved: {posted}"
        assert posted.now < meeting.start, f"begun: {posted}"
        last = self.answers[ref][-1] if self.answers[ref] else None
        if isinstance(notification.step, Promised):
            assert last is not None, posted
            assert last.follow_by is not None, posted
            assert last.follow_by <= posted.now.astimezone(LONDON).date(), posted
            return
        dates = calendar.dates(meeting)
        assert posted.now < end_of(dates.updates_due, calendar), f"too late: {posted}"
        since = at_local(dates.updates_due - 30 * DAY, LONDON) - timedelta(hours=9, minutes=30)
        before = [m.start for m in calendar.dated if m.start < meeting.start]
        if last is not None and last.at >= max([since, *before]):
            raise AssertionError(f"{ref} was answered at {last.at}: {posted}")
        facts = next(one for one in snapshot.actions if one.ref == ref)
        assert is_owed(facts, meeting, calendar, posted.now), f"{ref} is not owed: {posted}"

    # What must hold when updates have been due

    def check_everything_owed_was_asked(self, meeting_id: int, now: datetime) -> None:
        with self.sandbox.database.read(WORKSPACE) as session:
            snapshot = read_snapshot(session, WORKSPACE, now, whole=True)
            # What a pass leaves unread makes no difference to what is due.
            assert find_reasons(read_snapshot(session, WORKSPACE, now), now) == find_reasons(snapshot, now)
            assert set(list_boundaries(read_snapshot(session, WORKSPACE, now))) == set(list_boundaries(snapshot))
            notifications = session.scalars(
                select(Notification).where(
                    Notification.kind == NotificationKind.UPDATE, Notification.meeting_id == meeting_id
                )
            ).all()
        calendar = next(c for c in snapshot.calendars.values() if meeting_id in c.by_id)
        meeting = calendar.by_id[meeting_id]
        for facts in snapshot.actions:
            if facts.board_id != calendar.board.id or not is_owed(facts, meeting, calendar, now):
                continue
            if facts.lead_in_question:
                continue  # the secretary is told so
            for who in snapshot.recipients.get(facts.lead_post_id or 0, ()):
                self.checked += 1
                mine = [a for a in notifications if (a.subject, a.recipient) == (facts.id, f"person:{who.person_id}")]
                asked = any(a.state is NotificationState.SENT and a.meeting_day == calendar.day(meeting) for a in mine)
                why = [a.reason for a in mine if a.state is not NotificationState.SENT and a.reason]
                assert asked or why or self.excused(snapshot, calendar, meeting, facts.id, who, now), (
                    f"{facts.ref} was owed for {calendar.day(meeting)} and {who} was not asked, without a reason"
                )

    def excused(
        self,
        snapshot: Snapshot,
        calendar: BoardCalendar,
        meeting: MeetingFacts,
        action_id: int,
        who: Recipient,
        now: datetime,
    ) -> bool:
        """No step was left for them (closed dates, a meeting that moved), they put it off, or nobody ticked."""
        down = self.story.down
        if down and down[0] <= now and down[1] > at_local(calendar.dates(meeting).updates_due, LONDON):
            return True
        steps = shift_for_closure(calendar.dates(meeting), who.closed, calendar.board.rules)
        left = [day for _, day in steps if at_local(day, LONDON) >= (meeting.moved_at or self.story.begin)]
        if not left:
            return True
        lately = WORKING.shift(now.astimezone(LONDON).date(), -7)
        return any(
            (said.kind, said.subject) == (NotificationKind.UPDATE, action_id)
            and said.recipient == f"person:{who.person_id}"
            and said.meeting_id == meeting.id
            and said.at.astimezone(LONDON).date() > lately
            for said in snapshot.said
        )

    # What must hold of everything that was posted

    def check_all(self) -> None:
        marks = [one.mark for one in self.sandbox.messenger.posts]
        assert len(marks) == len(set(marks))
        assert [posted for posted, _ in self.said] == self.sandbox.messenger.posts
        assert all(notification.reason for notification in self.sandbox.notifications(state=NotificationState.LAPSED))
        steps: set[tuple[str, int, date, LedgerStep]] = set()
        weeks: dict[tuple[str, date], Posted] = {}
        days: dict[tuple[str, date], Posted] = {}
        for posted, reasons in self.said:
            today = posted.now.astimezone(LONDON).date()
            asked = [(subject, day, step) for kind, subject, day, step in reasons if kind is NotificationKind.UPDATE]
            for one in asked:
                assert (posted.address, *one) not in steps, f"asked twice for one step: {posted}"
                steps.add((posted.address, *one))
            names = {step for _, _, step in asked}
            if names & LIMITED and Step.LAST_CALL.value not in names:
                week = (posted.address, monday_of(today))
                assert week not in weeks, f"two bundles in a week: {weeks.get(week)} and {posted}"
                weeks[week] = posted
            to_secretary = {step for kind, _, _, step in reasons if kind not in NOT_FOR_SECRETARIES}
            if to_secretary - {Occasion.OUTCOMES_RECORDED}:
                day_ = (posted.address, today)
                assert day_ not in days, f"two messages to a secretary in a day: {days.get(day_)} and {posted}"
                days[day_] = posted


def live_through(story: Story, *, sleepless: bool = False) -> Life:
    """A story lived through, with everything checked."""
    with tempfile.TemporaryDirectory() as folder:
        sandbox = World(Path(folder), story.plan, started=f"{story.begin.astimezone(LONDON):%Y-%m-%d %H:%M}")
        try:
            life = Life(story, sandbox, sleepless)
            life.live()
            life.check_all()
        finally:
            sandbox.database.dispose()
    return life
