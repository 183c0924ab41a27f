"""Word each kind of scheduled notification of the plan in use, for `check`, as if its occasion had just come."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from handlers.context import RequestContext
from handlers.notifications.wording import Together
from handlers.people.passed_on import kept_words
from handlers.responses import Content, Written
from models.enums import (
    OPEN,
    AnswerKind,
    AtPlanEnd,
    Capacity,
    MessageClass,
    MessageState,
    NotificationKind,
    OutcomeKind,
    Step,
)
from models.plan.accounts import CLOSED
from models.plan.action_filter import ActionFilter
from models.plan.measures import measures_of
from models.plan.plan_ends import EndDecision, end_plan, open_wholes
from models.plan.queries import ActionView, forget_plan
from models.plan.risks import risks_of
from models.plan.serving import recipients
from models.records.history import record_outcome, record_update
from models.rules.calendar import local_day
from models.rules.facts import MeetingFacts, Recipient
from models.rules.steps import (
    AboutEntry,
    ChairDecision,
    ClearanceAsked,
    LeadChange,
    MeetingChanged,
    MoveRequested,
    Occasion,
    PlanEnded,
    Side,
    SomebodyLeft,
    Undelivered,
    Wish,
    Wished,
)
from models.storage.history_tables import MeetingChange, SettingChange
from models.storage.notification_tables import Message, Notification
from models.storage.sessions import keep_if
from models.storage.tables import Appointment, Person
from schedules.registry import WRITERS

MOST_ACTIONS = 12


def sample_messages(ctx: RequestContext) -> Iterator[tuple[NotificationKind, Content]]:
    """Yield what each kind says of an action and a board of the plan; nothing where no action has a lead and a meeting.

    It writes what the kinds are about into `ctx.session`: whoever calls rolls that back.
    """
    found = _example(ctx)
    if found is None:
        return
    views, meeting = found
    samples = _Samples(ctx, views, meeting)
    for kind in (*(one for one in WRITERS if one not in _DECIDED), *_DECIDED):
        content = keep_if(ctx.session, partial(samples.content, kind), lambda _: samples.plan_runs)
        if content is not None:
            yield kind, content
    forget_plan(ctx.session, ctx.workspace_id)


_DECIDED = (NotificationKind.OUTCOME, NotificationKind.REPORTED, NotificationKind.PLAN_ENDED)
"""What comes after a decision: they are worded last, since the others are about open actions of a plan that runs."""


def _example(ctx: RequestContext) -> tuple[list[ActionView], MeetingFacts] | None:
    """Return open actions of one board that have a lead, with a meeting of it: the one most are due at."""
    for calendar in ctx.calendars.values():
        views = [
            view
            for view in ctx.views(ActionFilter(board_id=calendar.board.id, open_only=True))
            if view.facts.lead_post_id is not None
        ]
        meeting = calendar.next(ctx.now) or next((one for one in calendar.meetings if one.starts_at), None)
        if views and meeting is not None:
            views.sort(key=lambda view: view.facts.due_meeting_id != meeting.id)
            return views[:MOST_ACTIONS], meeting
    return None


class _Samples:
    """Notifications about the same actions and board, each with what it needs to be worded."""

    def __init__(self, ctx: RequestContext, views: list[ActionView], meeting: MeetingFacts) -> None:
        self.ctx, self.session, self.views, self.meeting = ctx, ctx.session, views, meeting
        self.action = ctx.action_by_id(views[0].facts.id)
        assert self.action is not None  # noqa: S101 - it was read in this transaction
        self.post, self.board = self.action.lead_post_id or 0, self.action.board_id or 0
        self.digest = ""
        self.plan_runs = True

    def content(self, kind: NotificationKind) -> Content | None:
        """Return the words of a kind."""
        some = self._notifications(kind)
        self.session.flush()
        writer = WRITERS[kind]
        made = writer.write(self.ctx, some) if isinstance(writer, Together) else writer.write(self.ctx, some[0])
        if isinstance(made, Written):
            self.digest = made.fingerprint or self.digest
            return made.content
        return made

    def _notifications(self, kind: NotificationKind) -> list[Notification]:
        match kind:
            case NotificationKind.UPDATE:
                return [self._about(kind, view.facts.id, step=Step.REQUEST) for view in self.views]
            case NotificationKind.FIGURE:
                measures = measures_of(self.session)[:MOST_ACTIONS]
                return [self._about(kind, one.id, step=Step.REQUEST) for one in measures]
            case NotificationKind.RISK:
                risks = risks_of(self.session)[:MOST_ACTIONS]
                return [self._about(kind, one.id, step=Step.REQUEST) for one in risks]
            case NotificationKind.OUTCOME:
                self._decide(OutcomeKind.NOT_AGREED)
                return [self._about(kind)]
            case NotificationKind.REPORTED:
                self._decide(OutcomeKind.CLOSED, by_chair=True)
                return [self._about(kind, step=ChairDecision(OutcomeKind.CLOSED))]
            case NotificationKind.MEETING:
                return [self._about(kind, step=MeetingChanged(self._moved()))]
            case NotificationKind.NEW_LEAD:
                change = LeadChange(Side.NEW, self.post, self._entry(AnswerKind.ASSIGNED))
                return [self._about(kind, step=change)]
            case NotificationKind.IN_QUESTION:
                return [self._about(kind, step=AboutEntry(self._entry(AnswerKind.NOT_OURS)))]
            case NotificationKind.REPLAN:
                return [self._about(kind, step=AboutEntry(self._entry(AnswerKind.REPLAN_ASKED)))]
            case NotificationKind.OTHER_BOARD:
                return [self._about(kind, step=MoveRequested(self._entry(AnswerKind.REPLAN_ASKED), ""))]
            case NotificationKind.KEEPER:
                change = LeadChange(Side.NEW, self.post, self._setting())
                return [self._about(kind, self.board, step=change)]
            case NotificationKind.CLEARANCE:
                return [self._about(kind, self.board, step=ClearanceAsked("finance", self.ctx.today, 0))]
            case NotificationKind.PLAN_ENDED:
                self.plan_runs = False
                decided = {row.id: EndDecision(AtPlanEnd.CARRIED) for row in open_wholes(self.session)}
                ended = end_plan(self.session, self.ctx.today, decided, self.ctx.signed(self.post))
                serving = recipients(self.session, self.ctx.today).get(self.post, (Recipient(0),))
                to = f"person:{serving[0].person_id}"
                return [self._about(kind, self.board, step=PlanEnded(ended.id), recipient=to)]
            case NotificationKind.LEFT:
                return [self._about(kind, self._leaver(), step=SomebodyLeft(self.board))]
            case NotificationKind.PASSED_ON:
                step = Wished(Wish.CALL, self.board, "0")
                return [self._about(kind, self._leaver(), step=step, fingerprint=kept_words((), "Please ring me"))]
            case NotificationKind.FAILED:
                return [self._about(kind, self._failed(), step=Undelivered(MessageState.FAILED))]
            case NotificationKind.DIGEST:
                return [self._about(kind, self.board, step=Occasion.OUTCOMES_RECORDED)]
            case NotificationKind.PUBLISH:
                return [self._about(kind, self.board, fingerprint=self.digest)]
        return [self._about(kind, self.board)]

    def _about(self, kind: NotificationKind, subject: int = 0, **more: Any) -> Notification:
        """Return a notification that is stored nowhere."""
        day: date = local_day(self.meeting.starts_at, self.ctx.zone) if self.meeting.starts_at else self.ctx.today
        given = {"step": Occasion.ONLY, "fingerprint": "", "recipient": "", **more}
        return Notification(
            id=0,
            kind=kind,
            subject=subject or self.views[0].facts.id,
            meeting_id=self.meeting.id,
            meeting_day=day,
            planned_at=self.ctx.now,
            **given,
        )

    def _entry(self, kind: AnswerKind) -> int:
        assert self.action is not None  # noqa: S101 - as above
        signed, to = self.ctx.signed(self.post), self.meeting.id if kind is AnswerKind.REPLAN_ASKED else None
        return record_update(self.session, self.action, kind, signed, words="x", to_meeting_id=to).id

    def _decide(self, kind: OutcomeKind, *, by_chair: bool = False) -> None:
        assert self.action is not None  # noqa: S101 - as above
        if self.action.status in OPEN:
            signed = self.ctx.signed(self.post)
            record_outcome(self.session, self.action, self.meeting.id, kind, signed, reason="x", by_chair=by_chair)

    def _setting(self) -> int:
        row = SettingChange(
            workspace_id=self.ctx.workspace_id,
            board_id=self.board,
            setting="secretary",
            after=self.post,
            **self.ctx.signed(self.post).columns(),
        )
        self.session.add(row)
        self.session.flush()
        return row.id

    def _moved(self) -> int:
        """Return the entry that says that the meeting was moved to its day, a week later than before."""
        start, signed = self.meeting.starts_at, self.ctx.signed(self.post).columns()
        for starts_at in (start and start - timedelta(weeks=1), start):
            row = MeetingChange(
                workspace_id=self.ctx.workspace_id,
                meeting_id=self.meeting.id,
                starts_at=starts_at,
                state=self.meeting.state,
                **signed,
            )
            self.session.add(row)
            self.session.flush()
        return row.id

    def _leaver(self) -> int:
        """Return whoever holds the post, with an account that was closed; 0 where nobody does."""
        held = select(Appointment).where(Appointment.post_id == self.post, Appointment.capacity == Capacity.HOLDER)
        row = self.session.scalars(held.order_by(Appointment.id.desc())).first()
        if row is None:
            return 0
        self.session.get_one(Person, row.person_id).unreachable = CLOSED
        self.session.flush()
        return row.person_id

    def _failed(self) -> int:
        row = Message(
            workspace_id=self.ctx.workspace_id,
            uuid=str(uuid4()),
            message_class=MessageClass.BUNDLE,
            recipient="channel:x",
            slot_day=self.ctx.today,
            slot_n=0,
            state=MessageState.FAILED,
            reason="x",
            planned_at=self.ctx.now,
        )
        self.session.add(row)
        self.session.flush()
        return row.id
