"""Immutable snapshots of stored rows, for the pure rules here and in `schedules`."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.enums import AnswerKind, Kind, MeetingState, Status
from models.rules.calendar import BoardRules, Span, StepDates, WorkingDays, leaves_time, local_day, step_dates


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """One meeting. With `starts_at` None it is only expected (`expected` = "2020-12") and nothing is sent for it."""

    id: int
    board_id: int
    starts_at: datetime | None
    expected: str = ""
    state: MeetingState = MeetingState.PLANNED
    focus_theme_id: int | None = None
    moved_at: datetime | None = None
    outcomes_recorded_at: datetime | None = None
    added_at: datetime | None = None
    """When it was added; None where that was with the plan."""

    @property
    def dated(self) -> bool:
        """Whether it is planned and has a day."""
        return self.starts_at is not None and self.state is MeetingState.PLANNED

    def begun(self, now: datetime) -> bool:
        """Return whether it has begun and was not cancelled."""
        return self.dated and self.start <= now

    @property
    def start(self) -> datetime:
        """The instant it starts.

        Raises:
            ValueError: it has no day yet.
        """
        if self.starts_at is None:
            raise ValueError(f"meeting {self.id} has no day yet")
        return self.starts_at

    @property
    def order(self) -> datetime:
        """The instant that sorts the board's meetings; an expected one counts as the last moment of its month."""
        if self.starts_at is not None:
            return self.starts_at
        year, month = (int(part) for part in self.expected.split("-"))
        return datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)


class PlanFacts(NamedTuple):
    """The plan of a workspace."""

    name: str
    area: str
    zone: str
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """One board and its settings."""

    id: int
    key: str
    name: str
    rules: BoardRules = BoardRules()
    ask_all: bool = False
    publish_at_once: bool = False
    channel: str = ""
    started_at: datetime | None = None
    secretary_post_id: int | None = None
    chair_post_id: int | None = None
    chair_until: date | None = None
    aliases: tuple[str, ...] = ()


class ActionFacts(NamedTuple):
    """One action as the rules see it. A named tuple, because a pass makes very many of them.

    `outcome_meetings`: meetings that recorded an outcome for it. `theme_id`: the theme it serves as a whole;
    `priority_theme_ids`: the themes of the priorities it serves. `last_answer_at`: the latest answer by anyone
    entitled.
    """

    id: int
    ref: str
    kind: Kind
    status: Status
    board_id: int | None
    theme_id: int | None = None
    lead_post_id: int | None = None
    lead_in_question: bool = False
    due_meeting_id: int | None = None
    due_date: date | None = None
    last_answer_at: datetime | None = None
    follow_by: date | None = None
    reviewed_since: date | None = None
    closed_at: datetime | None = None
    parent_id: int | None = None
    """The action for all partners that this is a part of."""
    moves: int = 0
    """How often its due meeting was moved, where that counts."""
    moved_at: datetime | None = None
    """When it was moved last."""
    missed_before: int = 0
    """Meetings missed until then, whichever board kept it (`models.rules.owed.missed_until_moved`)."""
    has_parts: bool = False
    """Whether this is an action for all partners, which its parts answer for."""
    priority_theme_ids: frozenset[int] = frozenset()
    last_answer_kind: AnswerKind | None = None
    outcome_meetings: frozenset[int] = frozenset()

    @property
    def due_mark(self) -> str:
        """Its due meeting and how often that moved; a different mark means a different due meeting."""
        return f"{self.due_meeting_id or 0}/{self.moves}"


@dataclass(frozen=True)
class BoardCalendar:
    """A board and all its meetings in order; finds the previous, next and latest one."""

    board: BoardFacts
    meetings: tuple[MeetingFacts, ...]
    zone: ZoneInfo

    @cached_property
    def by_id(self) -> dict[int, MeetingFacts]:
        """All meetings by id, cancelled and expected ones too."""
        return {meeting.id: meeting for meeting in self.meetings}

    @cached_property
    def dated(self) -> tuple[MeetingFacts, ...]:
        """Planned meetings with a day, in order."""
        return tuple(sorted((m for m in self.meetings if m.dated), key=lambda m: m.start))

    @cached_property
    def starts(self) -> list[datetime]:
        """When those start, in order."""
        return [meeting.start for meeting in self.dated]

    @cached_property
    def missed_from(self) -> dict[int, int]:
        """The place in `starts` from which on a meeting held is missed by what is due at a meeting, by its id."""
        return {meeting.id: bisect_left(self.starts, meeting.order) for meeting in self.meetings}

    def earlier(self, meeting: MeetingFacts) -> Iterator[MeetingFacts]:
        """Yield the board's meetings before this one, the latest first, leaving out cancelled ones."""
        return (m for m in reversed(self.dated) if m.start < meeting.start and m.id != meeting.id)

    def previous(self, meeting: MeetingFacts) -> MeetingFacts | None:
        """Return the board's meeting before this one, leaving out cancelled ones."""
        return next(self.earlier(meeting), None)

    def asked_after(self, meeting: MeetingFacts) -> MeetingFacts | None:
        """Return the meeting after which the asking for this one begins: one held around it in between is not that."""
        dates, rules = self.dates(meeting), self.board.rules
        return next((m for m in self.earlier(meeting) if leaves_time(self.day(m), dates, rules)), None)

    def following(self, meeting: MeetingFacts) -> MeetingFacts | None:
        """Return the board's next dated meeting after this one."""
        return next((m for m in self.dated if m.start > meeting.start), None)

    def next(self, now: datetime) -> MeetingFacts | None:
        """Return the next meeting that has not begun."""
        return next((m for m in self.dated if m.start > now), None)

    def latest_held(self, now: datetime) -> MeetingFacts | None:
        """Return the latest meeting that has begun."""
        held = [m for m in self.dated if m.start <= now]
        return held[-1] if held else None

    def day(self, meeting: MeetingFacts) -> date:
        """Return the local day of a meeting."""
        return local_day(meeting.start, self.zone)

    def dates(self, meeting: MeetingFacts) -> StepDates:
        """Return the days around a meeting."""
        known = self._dates.get((meeting.id, meeting.start))
        if known is None:
            earlier = ((self.day(one), self._added(one)) for one in self.earlier(meeting))
            known = step_dates(self.day(meeting), self.board.rules, earlier, self._added(meeting))
            self._dates[(meeting.id, meeting.start)] = known
        return known

    def _added(self, meeting: MeetingFacts) -> date | None:
        return local_day(meeting.added_at, self.zone) if meeting.added_at else None

    @cached_property
    def answers_from(self) -> dict[tuple[int, datetime], datetime]:
        """Results of `models.rules.owed.answers_count_from`, by meeting and start."""
        return {}

    @cached_property
    def _dates(self) -> dict[tuple[int, datetime], StepDates]:
        """Results of `dates`: every rule asks for them, for every action."""
        return {}


def message_days(calendars: Iterable[BoardCalendar]) -> tuple[WorkingDays, ...]:
    """Return the working days of boards as far as messages keep them: what a board closes is closed to its dates."""
    rules = {(one.board.rules.nation, one.board.rules.opened) for one in calendars}
    return tuple(WorkingDays(nation=nation, opened=opened) for nation, opened in rules) or (WorkingDays(),)


def shut_meetings(calendars: Iterable[BoardCalendar], day: date) -> frozenset[int]:
    """Return the meetings of boards that have a bank holiday on `day`: about these alone nobody is written to on it."""
    shut = (one for one in calendars if not message_days([one])[0].is_working(day))
    return frozenset(number for one in shut for number in one.by_id)


class Recipient(NamedTuple):
    """A person asked about a post's actions.

    `closed`: the closed dates of the post's organisation; `away`: the days on which this person is not asked.
    """

    person_id: int
    closed: tuple[Span, ...] = ()
    away: tuple[Span, ...] = ()

    def is_away(self, day: date) -> bool:
        """Return whether this person is not asked on `day`."""
        return any(day in span for span in self.away)


def board_contacts(
    board: BoardFacts,
    recipients: Mapping[int, tuple[Recipient, ...]],
    administrators: Sequence[int],
    reachable: Collection[int],
) -> tuple[int, ...]:
    """Return who is told on a board's behalf: its reachable secretaries, else the reachable administrators."""
    secretaries = [one.person_id for one in recipients.get(board.secretary_post_id or 0, ())]
    for some in (secretaries, administrators):
        found = tuple(one for one in some if one in reachable)
        if found:
            return found
    return ()
