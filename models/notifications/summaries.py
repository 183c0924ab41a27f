"""What the log, `cypp sent` and `/healthz` tell of messages: when, why, to which role, how it went; nobody's words."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.enums import ABOUT_ACTIONS, Capacity, MessageClass, MessageState, NotificationKind
from models.plan.queries import post_labels
from models.plan.serving import in_force
from models.rules.steps import Chased, LedgerStep
from models.storage.notification_tables import Message, Notification
from models.storage.tables import Action, Appointment, Board, Meeting, Person, Post

_BATCH = 500
"""Messages at a time, so that no statement gets more values than a database takes."""


class RecipientRole(StrEnum):
    """As what somebody gets a message."""

    LEAD = "lead"
    CONTACT = "contact officer"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    CHAIR = "chair"
    ADMINISTRATOR = "administrator"
    CHANNEL = "channel"


FINAL_STATES = {MessageState.SENT: "sent", MessageState.FAILED: "refused", MessageState.UNCERTAIN: "uncertain"}
"""The states that a message stays in, and how they are called outside the ledger."""
_ABOUT_BOARDS = frozenset(
    {
        NotificationKind.NO_UPDATE,
        NotificationKind.AFTER_MEETING,
        NotificationKind.DIGEST,
        NotificationKind.PUBLISH,
        NotificationKind.PAPERS,
        NotificationKind.CLEARANCE,
        NotificationKind.BRIEF,
        NotificationKind.KEEPER,
    }
)
"""The kinds whose subject is a board."""
_TO_LEADS = frozenset(
    {
        NotificationKind.UPDATE,
        NotificationKind.FIGURE,
        NotificationKind.RISK,
        NotificationKind.OUTCOME,
        NotificationKind.NEW_LEAD,
        NotificationKind.MEETING,
        NotificationKind.PLAN_ENDED,
    }
)
_CAPACITIES = {
    Capacity.HOLDER: RecipientRole.LEAD,
    Capacity.CONTACT: RecipientRole.CONTACT,
    Capacity.DEPUTY: RecipientRole.DEPUTY,
}
"""The role that each capacity in a lead's post is, the closest to the post first."""


@dataclass(frozen=True, slots=True)
class MessageSummary:
    """One message. `at`: when it was sent or tried, UTC; while it waits, when it was planned.

    `actions`: how many it is about; None where it is about a board. `posts`: titles of the posts that it went to.
    `reason`: why it was refused or is uncertain, or what it waits for: Slack's code or a phrase of the program.
    """

    uuid: str
    at: datetime
    state: MessageState
    reason: str
    message_class: MessageClass
    kinds: tuple[str, ...]
    actions: int | None
    role: RecipientRole
    posts: tuple[str, ...] = ()
    channel: str = ""

    def fields(self) -> dict[str, Any]:
        """Return it as the log and JSON have it, without what it has not; posts are left to `cypp sent`."""
        told = {
            "state": FINAL_STATES.get(self.state, self.state.value),
            "kinds": list(self.kinds),
            "message_class": self.message_class.value,
            "actions": self.actions,
            "role": self.role.value,
            "channel": self.channel,
            "reason": self.reason,
            "message_id": self.uuid,
        }
        return {name: value for name, value in told.items() if value}


class MessageCounts(NamedTuple):
    """How many messages went out, were refused, and may or may not have arrived; in the order of `FINAL_STATES`."""

    sent: int = 0
    refused: int = 0
    uncertain: int = 0


class _Reason(NamedTuple):
    """What of a notification tells why, and to whom, it was said."""

    kind: NotificationKind
    subject: int
    meeting_id: int
    step: LedgerStep

    @property
    def told_as(self) -> str:
        """How it is called outside the ledger."""
        return "chase" if isinstance(self.step, Chased) else self.kind.value


_REASONS = select(
    *(Notification.message_id, Notification.kind, Notification.subject, Notification.meeting_id, Notification.step)
).order_by(Notification.id)


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the instants, in UTC, at which a local day begins and ends."""
    first, last = (datetime.combine(one, time(), zone).astimezone(UTC) for one in (day, day + timedelta(1)))
    return first, last


def messages_of_day(session: Session, day: date, zone: ZoneInfo, *, moved_clock: bool = False) -> list[MessageSummary]:
    """Return a local day's messages in order: final ones and those on their way, without cancelled ones."""
    at, (first, last) = _at(moved_clock=moved_clock), day_bounds(day, zone)
    wanted = select(Message).where(Message.state != MessageState.CANCELLED, at >= first, at < last)
    rows = session.scalars(wanted.order_by(at, Message.id)).all()
    told: list[MessageSummary] = []
    for start in range(0, len(rows), _BATCH):
        told += _summaries(session, rows[start : start + _BATCH], day, moved_clock=moved_clock)
    return told


def summary_of(session: Session, message: Message, day: date, *, titles: bool = True) -> MessageSummary:
    """Return what is told of one message; its recipient's role is that of `day`. `titles`: with titles of posts."""
    (told,) = _summaries(session, [message], day, titles=titles)
    return told


def count_final(session: Session, *since: datetime) -> list[MessageCounts]:
    """Return the counts of the messages since each of some instants."""
    at = _at()
    columns = [func.count().filter(at >= instant) for instant in since]
    rows = session.execute(
        select(Message.state, *columns).where(Message.state.in_(FINAL_STATES), at >= min(since)).group_by(Message.state)
    )
    counts: dict[MessageState, Sequence[int]] = {row[0]: row[1:] for row in rows}
    none = [0] * len(since)
    return [
        MessageCounts(*numbers) for numbers in zip(*(counts.get(state, none) for state in FINAL_STATES), strict=True)
    ]


def _at(*, moved_clock: bool = False) -> ColumnElement[datetime]:
    if moved_clock:
        return func.coalesce(Message.sent_at, Message.planned_at)
    return func.coalesce(Message.sent_at, Message.last_attempt_at, Message.planned_at)


def _summaries(
    session: Session, messages: Sequence[Message], day: date, *, moved_clock: bool = False, titles: bool = True
) -> Iterator[MessageSummary]:
    told = defaultdict[int, list[_Reason]](list)
    of_these = Notification.message_id.in_([message.id for message in messages])
    for message_id, kind, subject, meeting_id, step in session.execute(_REASONS.where(of_these)):
        told[message_id or 0].append(_Reason(kind, subject, meeting_id, step))
    roles = _Roles(session, [message.recipient for message in messages], told.values(), day)
    for message in messages:
        reasons = told[message.id]
        actions = {row.subject for row in reasons if row.kind in ABOUT_ACTIONS}
        to, _, channel = message.recipient.partition(":")
        posts: list[int] = []
        role = RecipientRole.CHANNEL
        if to == "person":
            role, posts, channel = *roles.of(int(channel), reasons), ""
        attempted = None if moved_clock else message.last_attempt_at
        yield MessageSummary(
            uuid=message.uuid,
            at=message.sent_at or attempted or message.planned_at,
            state=message.state,
            reason=message.reason,
            message_class=message.message_class,
            kinds=tuple(dict.fromkeys(row.told_as for row in reasons)),
            actions=len(actions) or None,
            role=role,
            posts=tuple(roles.labels[post_id] for post_id in posts if post_id in roles.labels) if titles else (),
            channel=channel,
        )


class _Roles:
    """As what each of some people gets what some notifications are about; what no role needs is not read."""

    def __init__(
        self, session: Session, recipients: Sequence[str], told: Collection[Sequence[_Reason]], day: date
    ) -> None:
        self.session, self.day = session, day
        self.people = {int(who.partition(":")[2]) for who in recipients if who.startswith("person:")}
        self.rows = [row for some in told for row in some]

    @cached_property
    def actions(self) -> dict[int, Any]:
        """The home board and the lead post of each action."""
        subjects = {row.subject for row in self.rows if row.kind in ABOUT_ACTIONS}
        wanted = select(Action.id, Action.board_id, Action.lead_post_id).where(Action.id.in_(subjects))
        return {row.id: row for row in self.session.execute(wanted)}

    @cached_property
    def meetings(self) -> dict[int, int]:
        """The board of each meeting."""
        wanted = select(Meeting.id, Meeting.board_id).where(Meeting.id.in_({row.meeting_id for row in self.rows}))
        return {row.id: row.board_id for row in self.session.execute(wanted)}

    @cached_property
    def boards(self) -> dict[int, Any]:
        """The posts of each board's secretary and chair."""
        wanted = select(Board.id, Board.secretary_post_id, Board.chair_post_id)
        return {row.id: row for row in self.session.execute(wanted)}

    @cached_property
    def serving(self) -> dict[int, dict[int, Capacity]]:
        """In which capacity each person serves which posts on the day."""
        serving = defaultdict[int, dict[int, Capacity]](dict)
        mine = select(Appointment).where(Appointment.person_id.in_(self.people)).order_by(Appointment.id)
        for row in self.session.scalars(mine):
            if in_force(row, self.day):
                serving[row.person_id].setdefault(row.post_id, row.capacity)
        return serving

    @cached_property
    def labels(self) -> dict[int, str]:
        """The title and organisation of each post served."""
        posts = {post_id for mine in self.serving.values() for post_id in mine}
        return post_labels(self.session, Post.id.in_(posts))

    @cached_property
    def administrators(self) -> set[int]:
        """Which of the people are administrators."""
        wanted = select(Person.id).where(Person.id.in_(self.people), Person.is_administrator)
        return set(self.session.scalars(wanted))

    def of(self, person_id: int, reasons: Sequence[_Reason]) -> tuple[RecipientRole, list[int]]:
        """Return the role and the posts in which a person gets a message for these reasons."""
        to_lead = bool({row.kind for row in reasons} & _TO_LEADS)
        ways = (self._as_secretary_or_chair, self._as_lead)
        for way in reversed(ways) if to_lead else ways:
            role, posts = way(person_id, reasons)
            if posts:
                return role, posts
        if person_id in self.administrators:
            return RecipientRole.ADMINISTRATOR, []
        # Somebody who has handed a post over is told that it is no longer theirs.
        return RecipientRole.LEAD if to_lead else RecipientRole.SECRETARY, []

    def _as_lead(self, person_id: int, reasons: Sequence[_Reason]) -> tuple[RecipientRole, list[int]]:
        mine = self.serving[person_id]
        posts = dict.fromkeys(
            self.actions[row.subject].lead_post_id
            for row in reasons
            if row.kind in ABOUT_ACTIONS and row.subject in self.actions
        )
        held = [post_id for post_id in posts if post_id in mine]
        closest = next((one for one in _CAPACITIES if one in {mine[post_id] for post_id in held}), Capacity.HOLDER)
        return _CAPACITIES[closest], held

    def _as_secretary_or_chair(self, person_id: int, reasons: Sequence[_Reason]) -> tuple[RecipientRole, list[int]]:
        mine = self.serving[person_id]
        about: list[int | None] = []
        for row in reasons:
            if row.kind in _ABOUT_BOARDS:
                about.append(row.subject)
            elif row.kind in ABOUT_ACTIONS and row.subject in self.actions:
                about.append(self.actions[row.subject].board_id)
            about.append(self.meetings.get(row.meeting_id))
        known = [board_id for board_id in about if board_id is not None] or self.boards
        boards = [self.boards[board_id] for board_id in known if board_id in self.boards]
        secretary = [one for one in dict.fromkeys(board.secretary_post_id for board in boards) if one in mine]
        chair = [one for one in dict.fromkeys(board.chair_post_id for board in boards) if one in mine]
        return (RecipientRole.SECRETARY, secretary) if secretary else (RecipientRole.CHAIR, chair)
