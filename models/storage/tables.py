"""The plan as it is stored: who, where, when, what. What happened to an action is in `models.storage.history_tables`.

Every row belongs to a workspace, and every query is scoped to one (docs/explanation/architecture.md, Storage).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.enums import Capacity, Kind, MeetingState, Nation, Status
from models.measure_enums import GoodIs, MeasureUnit, PeriodKind
from models.storage.base import Base, index_where


class Workspace(Base):
    """A Slack workspace. `is_demo`: its clock may be moved."""

    __tablename__ = "workspace"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(Text, default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    last_tick_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
    wake_at: Mapped[datetime | None]
    """The plan's times of the last look at it all, and until when nothing is due (`models.storage.wake_times`)."""
    backup_at: Mapped[datetime | None]
    """The plan's time of the backup this was restored from: what was said between it and `restored_at` is not known."""
    restored_at: Mapped[datetime | None]
    moved_to: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    """Where the plan was copied to: this database is not to be served any more. "" while it is."""
    actions: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How many actions were ever added, so that one that is gone is missed; `models.records.chain` alone writes it."""


class Scoped(Base):
    """What every table has: a number, and the workspace the row belongs to."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), index=True)


class OfPlan(Scoped):
    """What is of one plan: `ended_plan_id` is 0 while that runs, then the number of its `EndedPlan`."""

    __abstract__ = True

    ended_plan_id: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class Plan(Scoped):
    """The CYPP of one area for a period: the one that runs, or ran last; a workspace keeps one."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("workspace_id"),)

    name: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(Text, default="")
    zone: Mapped[str] = mapped_column(String(64), default="Europe/London")
    starts: Mapped[date | None]
    ends: Mapped[date | None]


class Theme(OfPlan):
    """A heading over priorities."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("workspace_id", "ended_plan_id", "key"),)

    key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    aliases: Mapped[list[Any]] = mapped_column(default=list)


class Priority(OfPlan):
    """One of the priorities, numbered through the whole plan."""

    __tablename__ = "priority"
    __table_args__ = (UniqueConstraint("workspace_id", "ended_plan_id", "number"),)

    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    aliases: Mapped[list[Any]] = mapped_column(default=list)


class Organisation(Scoped):
    """A partner. `closed`: [[first day, last day, why], …]; `renames`: to come, [[from day, name], …]; ISO dates.

    `contributors`: the keys of the posts that give its returns on focus themes. `last_day`: where it has ended.
    """

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[Any]] = mapped_column(default=list)
    closed: Mapped[list[Any]] = mapped_column(default=list)
    renames: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    contributors: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    last_day: Mapped[date | None]


class Person(Scoped):
    """Somebody who acts for a post, and the account that was found for them.

    `slack_team` + `slack_user` are the actor. `unreachable` says why no message can be sent ("" while one can).
    """

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_actor", "workspace_id", "slack_user"),)

    name: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(Text, default="")
    slack_team: Mapped[str] = mapped_column(String(64), default="")
    slack_user: Mapped[str] = mapped_column(String(64), default="")
    channel: Mapped[str] = mapped_column(String(64), default="")
    unreachable: Mapped[str] = mapped_column(Text, default="")
    is_administrator: Mapped[bool] = mapped_column(default=False)
    administrator_until: Mapped[date | None]


class Account(Scoped):
    """A Slack account as it was last seen: the cached directory. An actor not found here is a stranger.

    `team` is the workspace, for its members. `teams`, each between spaces: that, and what else payloads may name as the
    team of the same person (on Enterprise Grid: their home workspace, the organisation, their other workspaces).
    """

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team", "user"),
        Index("ix_account_user", "workspace_id", "user"),
    )

    team: Mapped[str] = mapped_column(String(64))
    user: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(Text, default="")
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_deleted: Mapped[bool] = mapped_column(default=False)
    is_bot: Mapped[bool] = mapped_column(default=False)
    teams: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    seen_at: Mapped[datetime]


class Post(Scoped):
    """The post answerable for actions; it keeps them when its holder leaves. `aliases`: what else it is called."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    key: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class Appointment(Scoped):
    """Who acts for a post, in which capacity, on which days (None: without an end)."""

    __tablename__ = "appointment"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    capacity: Mapped[Capacity]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]


class Board(Scoped):
    """A body with meetings. `started_at` None: it is quiet, nothing is said unasked for it."""

    __tablename__ = "board"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[Any]] = mapped_column(default=list)
    secretary_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    chair_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    chair_until: Mapped[date | None]
    channel: Mapped[str] = mapped_column(String(64), default="")
    papers_days: Mapped[int] = mapped_column(default=5)
    papers_working: Mapped[bool] = mapped_column(default=True)
    updates_days: Mapped[int] = mapped_column(default=5)
    ask_all: Mapped[bool] = mapped_column(default=False)
    publish_at_once: Mapped[bool] = mapped_column(default=False)
    closed: Mapped[list[Any]] = mapped_column(default=list)
    nation: Mapped[Nation] = mapped_column(default=Nation.ENGLAND, server_default=Nation.ENGLAND.value)
    opened: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """Bank holidays on which it works, as `closed`."""
    risk_bands: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """What it calls the scores of risks: ["high 15–25", …]."""
    started_at: Mapped[datetime | None]


class Meeting(Scoped):
    """A board's meeting. `expected` ("2020-12") where no day is known yet; then `starts_at` is None.

    `moved_at`: when its day was last changed; steps before that are not armed again.
    """

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("board_id", "starts_at"),)

    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
    starts_at: Mapped[datetime | None]
    expected: Mapped[str] = mapped_column(String(7), default="")
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    focus_theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    moved_at: Mapped[datetime | None]
    added_at: Mapped[datetime | None]
    """When it was added; None where that was with the plan."""
    outcomes_recorded_at: Mapped[datetime | None]
    outcomes_recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")


def _of_a_few(name: str, column: str, where: str) -> Index:
    """Return an index over the few rows that meet a condition."""
    return index_where(name, "workspace_id", column, where=where)


class Action(OfPlan):
    """A commitment.

    The columns from `status` on hold its state now; only `models.records.history` writes them, from the append-only
    entries in `models.storage.history_tables`.
    """

    __tablename__ = "action"
    __table_args__ = (
        UniqueConstraint("workspace_id", "ended_plan_id", "ref_key"),
        Index("ix_action_due", "workspace_id", "board_id", "due_meeting_id", "status"),
        Index("ix_action_theme", "workspace_id", "theme_id"),
        _of_a_few("ix_action_follow", "follow_by", "follow_by IS NOT NULL"),
        _of_a_few("ix_action_dated", "due_date", "due_date IS NOT NULL"),
        _of_a_few("ix_action_standing", "board_id", f"kind = '{Kind.STANDING.value}'"),
        _of_a_few("ix_action_proposed", "board_id", f"status = '{Status.PROPOSED.value}'"),
        _of_a_few("ix_action_carried", "carried_from_id", "carried_from_id IS NOT NULL"),
    )

    ref: Mapped[str] = mapped_column(String(64))
    ref_key: Mapped[str] = mapped_column(String(64))
    number: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[Kind]
    words: Mapped[str] = mapped_column(Text)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id"))
    lead_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    given_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    parent_id: Mapped[int | None] = mapped_column(index=True)
    """The action for all partners of which this is one organisation's part; it is counted there, not by itself."""
    partner_id: Mapped[int | None]
    """The organisation whose part this is."""
    carried_from_id: Mapped[int | None]
    """The action of the plan before that this one carries on."""
    minute: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[dict[str, Any]] = mapped_column(default=dict)
    due_date: Mapped[date | None]
    first_due_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    created_at: Mapped[datetime]
    reviewed_since: Mapped[date | None]
    first_lead_post_id: Mapped[int | None]
    """The post that it was loaded or added with, 0 for none; None where it was there before that was noted."""
    first_status: Mapped[Status] = mapped_column(default=Status.NOT_STARTED)
    first_words: Mapped[str] = mapped_column(Text, default="")
    first_words_on: Mapped[date | None]

    status: Mapped[Status] = mapped_column(default=Status.NOT_STARTED)
    rating: Mapped[Status] = mapped_column(default=Status.NOT_STARTED)
    lead_in_question: Mapped[bool] = mapped_column(default=False)
    due_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    replans: Mapped[int] = mapped_column(default=0)
    moves: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How often its due meeting was moved; unlike `replans` also where a cancelled meeting was the cause."""
    moved_at: Mapped[datetime | None]
    missed_before: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """When it was moved last, and the meetings it had missed by then (`models.rules.owed`)."""
    last_update_id: Mapped[int | None]
    last_answer_at: Mapped[datetime | None]
    follow_by: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    closed_meeting_id: Mapped[int | None]

    links: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How many links its chain has; `models.records.chain` alone writes this and `head`."""
    head: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))
    """The hash of the last of them, so that an end that was cut off is missed."""


class PlanMeasure(OfPlan):
    """What shows whether the plan moves anything, of a priority or of a whole theme.

    Figures are decimal numbers as text, exactly as given; "" is none. `unchanged`: a difference up to this is no clear
    change. `seasonal`: it is compared with the same period a year before. `benchmarks`: [[whose, figure], …].
    """

    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("workspace_id", "ended_plan_id", "ref_key"),)

    ref: Mapped[str] = mapped_column(String(64))
    ref_key: Mapped[str] = mapped_column(String(64))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(Text)
    short_name: Mapped[str] = mapped_column(Text, default="")
    """What is said after a figure: "met Good"."""
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    priority_id: Mapped[int | None] = mapped_column(ForeignKey("priority.id"))
    good_is: Mapped[GoodIs]
    unit: Mapped[MeasureUnit]
    period: Mapped[PeriodKind]
    target: Mapped[str] = mapped_column(String(32), default="")
    floor: Mapped[str] = mapped_column(String(32), default="")
    unchanged: Mapped[str] = mapped_column(String(32), default="")
    seasonal: Mapped[bool] = mapped_column(default=False)
    baseline: Mapped[str] = mapped_column(Text, default="")
    provider_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    source: Mapped[str] = mapped_column(Text, default="")
    benchmarks: Mapped[list[Any]] = mapped_column(default=list)


class PlanRisk(OfPlan):
    """What may keep the plan from what it is to do. `board_id`: which monitors it, None for the plan's first.

    `target`: the score that is wanted. `mitigated_by`: the refs of the actions that are to bring it there.
    """

    __tablename__ = "risk"
    __table_args__ = (UniqueConstraint("workspace_id", "ended_plan_id", "ref_key"),)

    ref: Mapped[str] = mapped_column(String(64))
    ref_key: Mapped[str] = mapped_column(String(64))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(Text)
    priority_id: Mapped[int | None] = mapped_column(ForeignKey("priority.id"))
    cause: Mapped[str] = mapped_column(Text, default="")
    event: Mapped[str] = mapped_column(Text, default="")
    effect: Mapped[str] = mapped_column(Text, default="")
    target: Mapped[int | None]
    treatment: Mapped[str] = mapped_column(Text, default="")
    mitigated_by: Mapped[list[Any]] = mapped_column(default=list)
    owner_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id"))


class ActionPriority(Base):
    """A priority that an action serves, where it does not serve a whole theme."""

    __tablename__ = "action_priority"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), primary_key=True)
    priority_id: Mapped[int] = mapped_column(ForeignKey("priority.id"), primary_key=True, index=True)


class ActionSupport(Base):
    """A supporting organisation of an action."""

    __tablename__ = "action_support"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
