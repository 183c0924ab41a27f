"""The ledger: what there is reason to say, and what was said. SQL on it: `models.notifications`.

Source: docs/explanation/delivery.md, The ledger.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, TypeDecorator, UniqueConstraint, false
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column

from models.enums import MessageClass, MessageState, NotificationKind, NotificationState
from models.rules.steps import LedgerStep, Occasion, read_step, write_step
from models.storage.base import Base, index_where
from models.storage.tables import Scoped

RESTORED_FROM_BACKUP = "the plan was restored from a backup"
"""The reason of what may have been said since a backup that took the plan's place."""


class StepText(TypeDecorator[LedgerStep]):
    """A step, stored as the text of `models.rules.steps`."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: LedgerStep | None, dialect: Dialect) -> str | None:
        """Return the stored text of a step."""
        return None if value is None else write_step(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> LedgerStep | None:
        """Return the step that a stored text says."""
        return None if value is None else read_step(value)


class Message(Scoped):
    """One message to one address. `slot_*` are unique: they hold the limits on what is sent in the database itself.

    `slot_day` is None for a cancelled message, which frees its slot. `attempt_at` is real time (leases, waits).
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("workspace_id", "message_class", "recipient", "slot_day", "slot_n", name="uq_message_slot"),
        Index("ix_message_state", "workspace_id", "state"),
    )

    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    message_class: Mapped[MessageClass]
    recipient: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64), default="")
    slot_day: Mapped[date | None]
    slot_n: Mapped[int] = mapped_column(default=0)
    state: Mapped[MessageState] = mapped_column(default=MessageState.PLANNED)
    reason: Mapped[str] = mapped_column(Text, default="")
    planned_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    absent: Mapped[int] = mapped_column(default=0)
    """How many looks into the history did not find it, since the last attempt."""
    first_attempt_at: Mapped[datetime | None]
    last_attempt_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    """The plan's time at which it was said."""


class Notification(Scoped):
    """One reason to speak, unique for ever. `subject` is an action, or a board where `kind` is about one."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint(
            "workspace_id",
            "kind",
            "subject",
            "meeting_id",
            "meeting_day",
            "step",
            "recipient",
            name="uq_notification_reason",
        ),
        Index("ix_notification_state", "workspace_id", "state"),
        Index("ix_notification_subject", "workspace_id", "kind", "subject"),
        Index("ix_notification_message", "message_id"),
    )

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    """Without an index of its own: three begin with it."""
    kind: Mapped[NotificationKind]
    subject: Mapped[int]
    meeting_id: Mapped[int] = mapped_column(default=0)
    meeting_day: Mapped[date]
    step: Mapped[LedgerStep] = mapped_column(StepText, default=Occasion.ONLY)
    recipient: Mapped[str] = mapped_column(String(64))
    state: Mapped[NotificationState] = mapped_column(default=NotificationState.OPEN)
    reason: Mapped[str] = mapped_column(Text, default="")
    planned_at: Mapped[datetime]
    lapses_at: Mapped[datetime | None]
    said_at: Mapped[datetime | None]
    fingerprint: Mapped[str] = mapped_column(Text, default="")
    """What a digest said, so that the next is sent only if something in it changed; of words passed on, the words."""
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))


class MessagePart(Base):
    """One frozen page of a message: what is sent, and Slack's `ts` once it was.

    `stale` counts the changes that a delivered page does not show yet; 0 once it does.
    """

    __tablename__ = "message_part"
    __table_args__ = (index_where("ix_message_part_stale", "stale", where="stale > 0"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    payload: Mapped[str] = mapped_column(Text)
    ts: Mapped[str] = mapped_column(String(64), default="")
    stale: Mapped[int] = mapped_column(default=0)
    as_is: Mapped[bool] = mapped_column(default=False, server_default=false())
    """What it shows is `payload` as it stands (words were redacted in it), never made anew."""


class Spoken(Scoped):
    """A message given as an answer that may quote people's words, so that a redaction can change it in place.

    `stale`: it does not show `payload` yet. `ts` begins with "?" where nobody knows it: it cannot be changed.
    """

    __tablename__ = "spoken"
    __table_args__ = (
        UniqueConstraint("channel", "ts"),
        index_where("ix_spoken_stale", "workspace_id", where="stale = 1"),
    )

    channel: Mapped[str] = mapped_column(String(64))
    ts: Mapped[str] = mapped_column(String(64))
    payload: Mapped[str] = mapped_column(Text)
    stale: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
