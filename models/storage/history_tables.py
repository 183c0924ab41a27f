"""What happened to an action: append-only entries, and what makes one round count once."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models.enums import AnswerKind, Fate, LinkSort, MeetingState, MessageKind, MessageStage, OutcomeKind, Status, Way
from models.measure_enums import NoFigure
from models.storage.base import Base, Json, core_table, index_where
from models.storage.tables import Scoped

_CAME_FROM = "message IS NOT NULL"


class SignedRow(Scoped):
    """What somebody wrote: `person_id` wrote it, signed as `signature`, by `way`."""

    __abstract__ = True

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signature: Mapped[str] = mapped_column(Text, default="")
    way: Mapped[Way]
    at: Mapped[datetime]
    message: Mapped[str | None] = mapped_column(String(64))
    """The message that it came from, as `models.records.said_messages` names it; None for one that came otherwise."""


class HistoryEntry(SignedRow):
    """One entry of an action's history. Never edited, but for words that are redacted."""

    __abstract__ = True

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    redaction: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    """Why its words were emptied, when and by whom; "" where they were not."""


def signed_tables() -> list[type[Any]]:
    """Return every table of what somebody wrote and signed, entries of actions first."""
    others = (table for table in SignedRow.__subclasses__() if table is not HistoryEntry)
    return [*HistoryEntry.__subclasses__(), *others]


class Update(HistoryEntry):
    """One dated, signed entry: status, words, evidence. Never edited; a correction is a new entry.

    `status` None: the entry left the status as it was. It was written for `post_id`. Where it is an undo, `undoes_id`,
    `undoes_outcome_id` or `undoes_replan_id` says what it takes back.
    """

    __tablename__ = "action_update"
    __table_args__ = (
        Index("ix_action_update_action", "action_id", "id"),
        index_where("ix_action_update_message", "message", where=_CAME_FROM),
        index_where("ix_action_update_undoes_outcome_id", "undoes_outcome_id", where="undoes_outcome_id IS NOT NULL"),
    )

    kind: Mapped[AnswerKind]
    status: Mapped[Status | None]
    words: Mapped[str] = mapped_column(Text, default="")
    follow_by: Mapped[date | None]
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("action_update.id"))
    undoes_outcome_id: Mapped[int | None]
    undoes_replan_id: Mapped[int | None]
    to_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    to_board_id: Mapped[int | None]
    """Where its plan ended: the board that keeps the action from then on, where that is another."""
    corrects_id: Mapped[int | None]
    """The entry that this one puts right: that one counts no longer, and stays in the history."""
    lead_post_id: Mapped[int | None]
    """Where the lead was changed: the post that leads from then on, 0 for none."""
    heard: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    """How the writer had it from the lead: "by e-mail of Fri 4 Sep 2020"."""
    withheld: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    """Why it is not for publication; "" where it may be published."""


class Outcome(HistoryEntry):
    """What the board decided on an action at a meeting. The latest entry for the pair counts."""

    __tablename__ = "outcome"
    __table_args__ = (
        Index("ix_outcome_action", "action_id", "id"),
        Index("ix_outcome_meeting", "meeting_id", "action_id"),
        index_where("ix_outcome_message", "message", where=_CAME_FROM),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    kind: Mapped[OutcomeKind]
    to_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    minute: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    by_chair: Mapped[bool] = mapped_column(default=False)


def is_standing(outcome_id: Any) -> ColumnElement[bool]:
    """Return the condition that an outcome was not taken back; `outcome_id`: the column of its number."""
    undoes = core_table(Update).c.undoes_outcome_id
    return outcome_id.not_in(select(undoes).where(undoes.is_not(None)))  # type: ignore[no-any-return]


class Replan(HistoryEntry):
    """A moved due meeting: from, to, reason, who, when. `counted` is False where a cancelled meeting was the cause."""

    __tablename__ = "replan"
    __table_args__ = (Index("ix_replan_action", "action_id", "id"),)

    from_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    to_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcome.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    counted: Mapped[bool] = mapped_column(default=True)


class Link(Scoped):
    """One link of an action's chain: an entry, or what became of one later (`models.records.chain`).

    Added, never changed, but for the salt of words that were redacted. `entry_id`: the row it is about, in the table of
    its sort; `about`: the number of the link whose entry was held back or redacted.
    """

    __tablename__ = "link"
    __table_args__ = (UniqueConstraint("action_id", "number"),)

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    number: Mapped[int]
    sort: Mapped[LinkSort]
    entry_id: Mapped[int | None]
    about: Mapped[int | None]
    at: Mapped[datetime]
    salt: Mapped[str] = mapped_column(String(64))
    """Of the words; "" once they were redacted, so that nobody can try out what they may have been."""
    digest: Mapped[str] = mapped_column(String(64))
    """Of the words, with the salt."""
    content: Mapped[str] = mapped_column(String(64))
    """A hash of the entry: its fixed fields, and the digest of its words."""
    hash: Mapped[str] = mapped_column(String(64))
    """A hash of the hash before, and of the content."""


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


class SaidMessage(Scoped):
    """A message that somebody wrote to the bot: where it was answered, and what became of it.

    `message` and `answer` are named by `models.records.said_messages`; `answer` is "" where there is none.
    """

    __tablename__ = "said_message"
    __table_args__ = (UniqueConstraint("workspace_id", "message"), Index("ix_said_message_answer", "answer"))

    message: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(String(64), default="")
    became: Mapped[Fate]
    at: Mapped[datetime]
    kind: Mapped[MessageKind | None]
    stage: Mapped[MessageStage | None]
    """As what it is counted (`MessageCount`); None for a message that came before messages were counted."""


class MessageCount(Scoped):
    """How many messages of a day and a kind have come how far: no text, no person, no message."""

    __tablename__ = "message_count"
    __table_args__ = (UniqueConstraint("workspace_id", "day", "kind", "stage"),)

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    """Without an index of its own: one begins with it."""
    day: Mapped[date]
    kind: Mapped[MessageKind]
    stage: Mapped[MessageStage]
    messages: Mapped[int]


class RefusedBlock(Scoped):
    """A kind of block that the workspace did not take at that instant: its plainer form is used for a while."""

    __tablename__ = "refused_block"
    __table_args__ = (UniqueConstraint("workspace_id", "kind"),)

    kind: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class Accepted(Scoped):
    """A payload that was acknowledged and is not worked yet; gone in the transaction that works it.

    `key`: the same each time it is delivered. `kind`: what reads it. `at`: when somebody did it.
    """

    __tablename__ = "accepted"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    key: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(16))
    payload: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Quiet(Scoped):
    """Somebody is not asked for anything on some days, both included; what falls in them waits for the day after."""

    __tablename__ = "quiet"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    at: Mapped[datetime]


class Draft(Scoped):
    """Lines that somebody pasted and has not confirmed yet; too long for a button, gone once used or a day old."""

    __tablename__ = "draft"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(64))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class SettingChange(SignedRow):
    """One setting of a board or of an organisation was changed: what it was and is, who did it. Append-only."""

    __tablename__ = "setting_change"

    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    setting: Mapped[str] = mapped_column(String(64))
    before: Mapped[Any] = mapped_column(Json, nullable=True)
    after: Mapped[Any] = mapped_column(Json, nullable=True)


class MeetingChange(SignedRow):
    """A meeting was added, moved or cancelled: when it starts and its state from then on. Append-only."""

    __tablename__ = "meeting_change"

    meeting_id: Mapped[int]
    starts_at: Mapped[datetime | None]
    state: Mapped[MeetingState]


class EndedPlan(SignedRow):
    """A plan that has ended, with whoever said so and when; its actions answer questions and change no more.

    What was told of an end names its number, so that of one that was taken back is no other's.
    """

    __tablename__ = "ended_plan"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads it

    name: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(Text, default="")
    zone: Mapped[str] = mapped_column(String(64), default="Europe/London")
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    ended_on: Mapped[date]


class FrozenPaper(SignedRow):
    """The figures of a board's paper for a meeting, as they stood at `at`, without anybody's words.

    `edition` counts from 1. It stands until it is thawed, and while the meeting is on `meeting_day`. `signature`: who
    froze it, "" where the deadline did.
    """

    __tablename__ = "frozen_paper"
    __table_args__ = (UniqueConstraint("meeting_id", "edition"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    edition: Mapped[int]
    meeting_day: Mapped[date]
    figures: Mapped[str] = mapped_column(Text)
    thawed_at: Mapped[datetime | None]
    thawed_by: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))


class PaperTemplate(SignedRow):
    """A board's own template of a document, a Word file as base64; the latest counts, "" is ours again.

    `document`: "paper" or "front", as `models.files.papers.rendering` sorts them.
    """

    __tablename__ = "paper_template"

    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
    document: Mapped[str] = mapped_column(String(16), default="paper", server_default=text("'paper'"))
    name: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[str] = mapped_column(Text)


class MeasureValue(SignedRow):
    """A measure's figure for a period was given, put right or taken back. Append-only; the latest of a period counts.

    `period_end`: the last day of the period. `target`, `floor`: what was wanted when the period was first given, so
    that a target that changes later rewrites nothing. `absent`: why there is no figure, None where there is one.
    """

    __tablename__ = "measure_value"
    __table_args__ = (Index("ix_measure_value_period", "measure_id", "period_end"),)

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    period_end: Mapped[date]
    figure: Mapped[str] = mapped_column(String(32), default="")
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    target: Mapped[str] = mapped_column(String(32), default="")
    floor: Mapped[str] = mapped_column(String(32), default="")
    provisional: Mapped[bool] = mapped_column(default=False)
    absent: Mapped[NoFigure | None]
    note: Mapped[str] = mapped_column(Text, default="")


class RiskAssessment(SignedRow):
    """A risk was scored, or a score was taken back: then both are None. Append-only; the latest of a day counts."""

    __tablename__ = "risk_assessment"
    __table_args__ = (Index("ix_risk_assessment_day", "risk_id", "day"),)

    risk_id: Mapped[int] = mapped_column(ForeignKey("risk.id"))
    day: Mapped[date]
    likelihood: Mapped[int | None]
    impact: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    redaction: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    """Why its reason was emptied, when and by whom; "" where it was not."""


class ReportEntry(SignedRow):
    """A field of a report's front sheet, a clearance, or a line of the chair's brief was set. The latest entry counts.

    `meeting_id` None: what the board's reports have where a meeting's own says nothing else. `name`: which field,
    clearance or action (`models.records.report_entries`); `value` None takes it back.
    """

    __tablename__ = "report_entry"
    __table_args__ = (Index("ix_report_entry_board", "board_id", "meeting_id"),)

    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    name: Mapped[str] = mapped_column(String(64))
    value: Mapped[Any] = mapped_column(Json, nullable=True)


class Contribution(SignedRow):
    """A partner's return on a meeting's focus theme, part by part as `ReturnPart` names them. Never edited.

    The latest entry of an organisation (of its post, where it gives several) counts; one without parts takes back what
    stood before. `undoes_id`: the entry that it takes back. `redaction`: why its words were emptied, when and by whom.
    """

    __tablename__ = "contribution"
    __table_args__ = (Index("ix_contribution_meeting", "meeting_id", "theme_id"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    parts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undoes_id: Mapped[int | None]
    redaction: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
