"""What the ledger knows: reads of it for words, checks and refreshes (docs/explanation/delivery.md, The ledger)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session, aliased

from models.enums import MessageState, NotificationKind, NotificationState
from models.notifications.messages import UNDELIVERED, WAITING, parts_of
from models.rules.steps import Chased, LedgerStep, MoveRequested
from models.storage.notification_tables import Message, MessagePart, Notification, Spoken
from models.storage.restored import NOT_OVER

UNSAID = "nothing changed"
"""Why a notification lapses that has nothing new to say, such as a weekly digest."""
_NOTICES = aliased(Notification)


def _about(kind: NotificationKind, subject: int, *columns: Any) -> Select[Any]:
    """Return the query for the notifications of a kind on a subject, or for some of their columns."""
    return select(*(columns or (Notification,))).where(Notification.kind == kind, Notification.subject == subject)


def people_told(session: Session, kind: NotificationKind, subject: int, meeting_id: int) -> list[int]:
    """Return the people who were sent a notification of a kind on a subject, for a meeting."""
    sent = _about(kind, subject, Notification.recipient).where(
        Notification.meeting_id == meeting_id, Notification.state == NotificationState.SENT
    )
    return sorted({int(one.partition(":")[2]) for one in session.scalars(sent) if one.startswith("person:")})


def people_at(session: Session, kind: NotificationKind, step: LedgerStep, *, sent: bool) -> list[int]:
    """Return the people who are to be sent a notification of a kind at a step; `sent`: who were sent it."""
    wanted = select(Notification.recipient).where(Notification.kind == kind, Notification.step == step)
    if sent:
        wanted = wanted.where(Notification.state == NotificationState.SENT)
    return sorted({int(one.partition(":")[2]) for one in session.scalars(wanted) if one.startswith("person:")})


def list_stale(session: Session) -> list[int]:
    """Return messages already delivered that are to be changed in place."""
    # Written into the query, not beside it: only so does SQLite find what is stale by its index.
    is_stale = MessagePart.stale > literal_column("0")
    rows = select(MessagePart.message_id).join(Message, Message.id == MessagePart.message_id)
    # What `models.notifications.retention` has emptied is not changed any more.
    kept = MessagePart.payload.startswith("{")
    return list(session.scalars(rows.where(is_stale, MessagePart.ts != "", kept).distinct()))


def actions_of_message(session: Session, ts: str) -> list[int]:
    """Return the actions that a delivered message asked about, by Slack's `ts` of one of its pages."""
    asked = select(Notification.subject).join(MessagePart, MessagePart.message_id == Notification.message_id)
    wanted = asked.where(Notification.kind == NotificationKind.UPDATE, MessagePart.ts == ts)
    return list(session.scalars(wanted.distinct()))


def returns_of_message(session: Session, ts: str) -> list[tuple[int, int]]:
    """Return the post and the meeting of each return on a focus theme that a delivered message asked for."""
    asked = select(Notification.subject, Notification.meeting_id).join(
        MessagePart, MessagePart.message_id == Notification.message_id
    )
    wanted = asked.where(Notification.kind == NotificationKind.CONTRIBUTION, MessagePart.ts == ts)
    return [(post, meeting) for post, meeting in session.execute(wanted.distinct())]


def find_bundle(session: Session, recipient: str, ts: str) -> tuple[str, list[int]] | None:
    """Return the pages and actions of a list somebody was sent; None where there is none.

    It is that of one message, by Slack's `ts` of a page of it, or the latest where `ts` is "".
    """
    sent = select(Message.id).where(
        Message.recipient == recipient,
        exists().where(
            Notification.message_id == Message.id,
            Notification.kind == NotificationKind.UPDATE,
            Notification.state == NotificationState.SENT,
        ),
    )
    if ts:
        sent = sent.where(exists().where(MessagePart.message_id == Message.id, MessagePart.ts == ts))
    message_id = session.scalar(sent.order_by(Message.id.desc()).limit(1))
    if message_id is None:
        return None
    asked = select(Notification.subject).where(
        Notification.message_id == message_id, Notification.kind == NotificationKind.UPDATE
    )
    pages = [part.payload for part in parts_of(session, message_id)]
    return "\n".join(pages), list(session.scalars(asked.distinct()))


def list_undelivered(session: Session, *, untold: bool = False) -> list[Message]:
    """Return messages that were refused, or whose arrival is unknown; `untold`: those that nobody was told of yet."""
    wanted = select(Message).where(Message.state.in_(UNDELIVERED)).order_by(Message.id)
    if untold:
        told = exists().where(_NOTICES.kind == NotificationKind.FAILED, _NOTICES.subject == Message.id)
        wanted = wanted.where(~told)
    return list(session.scalars(wanted))


def list_notices_of(session: Session, number: int) -> list[int]:
    """Return the messages in which somebody is told that a message, by its number, did not arrive."""
    told = select(Notification.message_id).where(
        Notification.kind == NotificationKind.FAILED,
        Notification.subject == number,
        Notification.message_id.is_not(None),
    )
    return [message_id for message_id in session.scalars(told.distinct()) if message_id is not None]


def list_failed(session: Session, now: datetime) -> list[Message]:
    """Return the messages that were refused while something of them may still hold at `now`."""
    in_time = or_(Notification.lapses_at.is_(None), Notification.lapses_at > now)
    holds = exists().where(
        Notification.message_id == Message.id, Notification.state == NotificationState.FAILED, in_time
    )
    return list(
        session.scalars(select(Message).where(Message.state == MessageState.FAILED, holds).order_by(Message.id))
    )


def reasons_to_wait(session: Session) -> dict[str, int]:
    """Return why messages wait that could not be sent yet, by the service's own words, with how many do."""
    wanted = select(Message.reason, func.count()).where(Message.state.in_(WAITING), Message.reason != "")
    return dict(session.execute(wanted.group_by(Message.reason)).tuples().all())


def message_by_id(session: Session, number: int) -> Message | None:
    """Return a message by its number."""
    return session.get(Message, number)


def last_fingerprint(session: Session, kind: NotificationKind, subject: int) -> str:
    """Return what the latest message of this kind on this subject said; "" where none was sent."""
    sent = Notification.state == NotificationState.SENT
    wanted = _about(kind, subject, Notification.fingerprint).where(sent, Notification.fingerprint != "")
    return session.scalar(wanted.order_by(Notification.said_at.desc(), Notification.id.desc()).limit(1)) or ""


def sent_digest(session: Session, notification: Notification) -> str | None:
    """Return what the secretary's digest of the same step said, for one that is to be published.

    "" where there was none to be sent; None where it was not sent because nothing in it was new.
    """
    wanted = _about(NotificationKind.DIGEST, notification.subject).where(
        Notification.meeting_id == notification.meeting_id,
        Notification.meeting_day == notification.meeting_day,
        Notification.step == notification.step,
    )
    rows = session.scalars(wanted.order_by(Notification.id)).all()
    said = next((row.fingerprint for row in rows if row.fingerprint), "")
    return None if not said and any(row.reason == UNSAID for row in rows) else said


def notifications_about(session: Session, action_ids: Sequence[int], meeting_id: int) -> list[Notification]:
    """Return everything asked, or not asked, about some actions for one meeting."""
    wanted = select(Notification).where(
        Notification.kind == NotificationKind.UPDATE,
        Notification.subject.in_(action_ids),
        Notification.meeting_id == meeting_id,
    )
    return list(session.scalars(wanted.order_by(Notification.id)))


def count_by_state(session: Session) -> dict[MessageState, int]:
    """Return how many messages stand in each state."""
    rows = session.execute(select(Message.state, func.count()).group_by(Message.state))
    return {row[0]: row[1] for row in rows}


def count_queued(session: Session) -> int:
    """Return how many messages are neither sent nor given up."""
    waiting = Message.state.in_((*NOT_OVER, MessageState.UNKNOWN))
    return session.scalar(select(func.count()).where(waiting)) or 0


def list_planned(session: Session, kind: NotificationKind) -> list[Notification]:
    """Return every notification of this kind there ever was."""
    return list(session.scalars(select(Notification).where(Notification.kind == kind)))


def list_open_about(session: Session, kind: NotificationKind, subject: int) -> list[Notification]:
    """Return the open notifications of this kind about a subject."""
    return list(session.scalars(_about(kind, subject).where(Notification.state == NotificationState.OPEN)))


def has_open(session: Session) -> bool:
    """Return whether there is an open notification."""
    wanted = select(Notification.id).where(Notification.state == NotificationState.OPEN)
    return session.scalar(wanted.limit(1)) is not None


def chases_sent(session: Session, action_id: int) -> dict[Chased, datetime]:
    """Return by whom leads were chased about an action, and when, oldest first."""
    wanted = _about(NotificationKind.UPDATE, action_id, Notification.step, Notification.said_at).where(
        Notification.state == NotificationState.SENT
    )
    return {step: at for step, at in session.execute(wanted.order_by(Notification.id)) if isinstance(step, Chased)}


def steps_sent(session: Session, meeting_id: int, day: date) -> dict[LedgerStep, datetime]:
    """Return the steps of asking for updates that went out for a meeting on its day, and when each last did."""
    wanted = select(Notification.step, func.max(Notification.said_at)).where(
        Notification.kind == NotificationKind.UPDATE,
        Notification.meeting_id == meeting_id,
        Notification.meeting_day == day,
        Notification.state == NotificationState.SENT,
        Notification.said_at.is_not(None),
    )
    return {step: at for step, at in session.execute(wanted.group_by(Notification.step)) if at is not None}


def digests_planned(session: Session, board_id: int) -> list[tuple[int, date, LedgerStep]]:
    """Return the meeting, its day and the step of each digest of a board, whether or not it was sent."""
    columns = (Notification.meeting_id, Notification.meeting_day, Notification.step)
    wanted = _about(NotificationKind.DIGEST, board_id, *columns).distinct()
    return [(meeting_id, day, step) for meeting_id, day, step in session.execute(wanted)]


def digest_fingerprint(session: Session, board_id: int, number: int | None = None) -> str:
    """Return what the digest of this number said, or a board's latest; "" where there is none."""
    wanted = _about(NotificationKind.DIGEST, board_id, Notification.fingerprint).where(Notification.fingerprint != "")
    if number is not None:
        wanted = wanted.where(Notification.id == number)
    return session.scalar(wanted.order_by(Notification.id.desc()).limit(1)) or ""


def digest_parts(session: Session, board_id: int) -> list[tuple[MessagePart, str]]:
    """Return the delivered pages of a board's digests, each with what its digest said."""
    wanted = _about(NotificationKind.DIGEST, board_id, Notification.message_id, Notification.fingerprint)
    said = {number: fingerprint for number, fingerprint in session.execute(wanted) if number and fingerprint}
    parts = select(MessagePart).where(MessagePart.message_id.in_(said), MessagePart.ts != "")
    return [(part, said[part.message_id]) for part in session.scalars(parts)]


def answers_that_publish(session: Session, board_id: int) -> list[Spoken]:
    """Return the answers that stay in a conversation and have the button that publishes a board's digest."""
    button = f'"value": "{{\\"board\\":{board_id},'
    return list(session.scalars(select(Spoken).where(Spoken.payload.contains(button, autoescape=True))))


def is_published(session: Session, board_id: int, step: LedgerStep) -> bool:
    """Return whether a board's digest of a step is published, or is to be."""
    wanted = _about(NotificationKind.PUBLISH, board_id, Notification.id).where(Notification.step == step)
    return session.scalar(wanted.limit(1)) is not None


def move_requested(session: Session, action_id: int, entry_id: int) -> MoveRequested | None:
    """Return what was asked of another board about an action in an entry of its history; None where nothing was."""
    wanted = _about(NotificationKind.OTHER_BOARD, action_id, Notification.step)
    requests = (step for step in session.scalars(wanted) if isinstance(step, MoveRequested))
    return next((step for step in requests if step.entry_id == entry_id), None)
