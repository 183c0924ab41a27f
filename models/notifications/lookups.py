"""What the ledger knows: reads of it for words, checks and refreshes (docs/explanation/delivery.md, The ledger)."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, bindparam, exists, func, literal_column, select
from sqlalchemy.orm import Session, aliased

from models.enums import MessageState, NotificationKind, NotificationState
from models.storage.notification_tables import Message, MessagePart, Notification

NONE: ColumnElement[int] = literal_column("0")
"""Written into the query, not beside it: only so does SQLite find what is stale by its index."""
UNSAID = "nothing changed"
"""Why a notification lapses that has nothing new to say, such as a weekly digest."""


_STALE = (
    select(MessagePart.message_id)
    .join(Message, Message.id == MessagePart.message_id)
    .where(Message.workspace_id == bindparam("workspace"), MessagePart.stale > NONE, MessagePart.ts != "")
    .distinct()
)


def list_stale(session: Session, workspace_id: str) -> list[int]:
    """Return messages already delivered that are to be changed in place."""
    return list(session.scalars(_STALE, {"workspace": workspace_id}))


def actions_of_message(session: Session, workspace_id: str, ts: str) -> list[int]:
    """Return the actions that a delivered message asked about, by Slack's `ts` of one of its pages."""
    return list(
        session.scalars(
            select(Notification.subject)
            .join(MessagePart, MessagePart.message_id == Notification.message_id)
            .where(
                Notification.workspace_id == workspace_id,
                Notification.kind == NotificationKind.UPDATE,
                MessagePart.ts == ts,
            )
            .distinct()
        )
    )


def find_bundle(session: Session, workspace_id: str, recipient: str, ts: str) -> tuple[str, list[int]] | None:
    """Return the pages and actions of a list somebody was sent; None where there is none.

    It is that of one message, by Slack's `ts` of a page of it, or the latest where `ts` is "".
    """
    sent = select(Message.id).where(
        Message.workspace_id == workspace_id,
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
    pages = session.scalars(
        select(MessagePart.payload).where(MessagePart.message_id == message_id).order_by(MessagePart.number)
    )
    asked = (
        select(Notification.subject)
        .where(Notification.message_id == message_id, Notification.kind == NotificationKind.UPDATE)
        .distinct()
    )
    return "\n".join(pages), list(session.scalars(asked))


def list_undelivered(session: Session, workspace_id: str) -> list[Message]:
    """Return messages that were refused, or whose arrival is unknown."""
    return list(
        session.scalars(
            select(Message)
            .where(
                Message.workspace_id == workspace_id,
                Message.state.in_((MessageState.FAILED, MessageState.UNCERTAIN)),
            )
            .order_by(Message.id)
        )
    )


_NOTICES = aliased(Notification)
_UNTOLD = (
    select(Message)
    .where(
        Message.workspace_id == bindparam("workspace"),
        Message.state.in_((MessageState.FAILED, MessageState.UNCERTAIN)),
        ~exists().where(
            _NOTICES.workspace_id == Message.workspace_id,
            _NOTICES.kind == NotificationKind.FAILED,
            _NOTICES.subject == Message.id,
        ),
    )
    .order_by(Message.id)
)


def list_unreported(session: Session, workspace_id: str) -> list[Message]:
    """Return those undelivered messages that nobody was told of yet."""
    return list(session.scalars(_UNTOLD, {"workspace": workspace_id}))


def message_by_id(session: Session, number: int) -> Message | None:
    """Return a message by its number."""
    return session.get(Message, number)


def last_fingerprint(session: Session, workspace_id: str, kind: NotificationKind, subject: int) -> str:
    """Return what the latest message of this kind on this subject said; "" where none was sent."""
    return (
        session.scalar(
            select(Notification.fingerprint)
            .where(
                Notification.workspace_id == workspace_id,
                Notification.kind == kind,
                Notification.subject == subject,
                Notification.state == NotificationState.SENT,
                Notification.fingerprint != "",
            )
            .order_by(Notification.said_at.desc(), Notification.id.desc())
            .limit(1)
        )
        or ""
    )


def sent_digest(session: Session, notification: Notification) -> str | None:
    """Return what the secretary's digest of the same step said, for one that is to be published.

    "" where there was none to be sent; None where it was not sent because nothing in it was new.
    """
    rows = session.scalars(
        select(Notification)
        .where(
            Notification.workspace_id == notification.workspace_id,
            Notification.kind == NotificationKind.DIGEST,
            Notification.subject == notification.subject,
            Notification.meeting_id == notification.meeting_id,
            Notification.meeting_day == notification.meeting_day,
            Notification.step == notification.step,
        )
        .order_by(Notification.id)
    ).all()
    said = next((row.fingerprint for row in rows if row.fingerprint), "")
    return None if not said and any(row.reason == UNSAID for row in rows) else said


def notifications_about(
    session: Session, workspace_id: str, action_ids: Sequence[int], meeting_id: int
) -> list[Notification]:
    """Return everything asked, or not asked, about some actions for one meeting."""
    return list(
        session.scalars(
            select(Notification)
            .where(
                Notification.workspace_id == workspace_id,
                Notification.kind == NotificationKind.UPDATE,
                Notification.subject.in_(action_ids),
                Notification.meeting_id == meeting_id,
            )
            .order_by(Notification.id)
        )
    )


def count_by_state(session: Session, workspace_id: str) -> dict[MessageState, int]:
    """Return how many messages stand in each state."""
    rows = session.execute(
        select(Message.state, func.count()).where(Message.workspace_id == workspace_id).group_by(Message.state)
    )
    return {row[0]: row[1] for row in rows}


def list_planned(session: Session, workspace_id: str, kind: NotificationKind) -> list[Notification]:
    """Return every notification of this kind there ever was."""
    return list(
        session.scalars(
            select(Notification).where(Notification.workspace_id == workspace_id, Notification.kind == kind)
        )
    )


def list_open_about(session: Session, workspace_id: str, kind: NotificationKind, subject: int) -> list[Notification]:
    """Return the open notifications of this kind about a subject."""
    return list(
        session.scalars(
            select(Notification).where(
                Notification.workspace_id == workspace_id,
                Notification.kind == kind,
                Notification.subject == subject,
                Notification.state == NotificationState.OPEN,
            )
        )
    )


_ANYTHING = (
    select(Notification.id)
    .where(Notification.workspace_id == bindparam("workspace"), Notification.state == NotificationState.OPEN)
    .limit(1)
)


def has_open(session: Session, workspace_id: str) -> bool:
    """Return whether there is an open notification."""
    return session.scalar(_ANYTHING, {"workspace": workspace_id}) is not None
