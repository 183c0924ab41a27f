"""What happened to an action: append-only entries, and what makes one round count once."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.enums import AnswerKind, OutcomeKind, Status, Way
from models.tables import Scoped


class Update(Scoped):
    """One dated, signed entry: status, words, evidence. Never edited; a correction is a new entry.

    `status` None: the entry left the status as it was. `person_id` wrote it, for `post_id`, by `way`. `undoes_id`:
    the entry that this one takes back.
    """

    __tablename__ = "action_update"
    __table_args__ = (Index("ix_action_update_action", "action_id", "id"),)

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    kind: Mapped[AnswerKind]
    status: Mapped[Status | None]
    words: Mapped[str] = mapped_column(Text, default="")
    follow_by: Mapped[date | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    signature: Mapped[str] = mapped_column(Text, default="")
    way: Mapped[Way]
    at: Mapped[datetime]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("action_update.id"))
    to_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))


class Outcome(Scoped):
    """What the board decided on an action at a meeting. The latest entry for the pair counts."""

    __tablename__ = "outcome"
    __table_args__ = (Index("ix_outcome_action", "action_id", "id"), Index("ix_outcome_meeting", "meeting_id"))

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    kind: Mapped[OutcomeKind]
    to_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    minute: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    by_chair: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signature: Mapped[str] = mapped_column(Text, default="")
    way: Mapped[Way]
    at: Mapped[datetime]


class Replan(Scoped):
    """A moved due meeting: from, to, reason, who, when. `counted` is False where a cancelled meeting was the cause."""

    __tablename__ = "replan"
    __table_args__ = (Index("ix_replan_action", "action_id", "id"),)

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    from_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    to_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcome.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    counted: Mapped[bool] = mapped_column(default=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signature: Mapped[str] = mapped_column(Text, default="")
    way: Mapped[Way]
    at: Mapped[datetime]


class Snooze(Scoped):
    """One person is not asked about one action until an instant, then once more."""

    __tablename__ = "snooze"
    __table_args__ = (UniqueConstraint("action_id", "person_id", "until"),)

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    until: Mapped[datetime]
    at: Mapped[datetime]


class Received(Base):
    """A payload that was dealt with: Slack delivers events up to three times, and people press twice.

    `key` is the event id, the view id, or the action id with its message.
    """

    __tablename__ = "received"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    at: Mapped[datetime]
    about: Mapped[int] = mapped_column(default=0)
    """The action a press was about: an undo lets the same button count again."""
