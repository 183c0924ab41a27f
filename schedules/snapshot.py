"""What the rules of this folder look at, and what they give: frozen, with nothing behind it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple, TypeVar

from models.enums import NotificationKind
from models.notifications.asked_before import AskedBefore, Snoozed
from models.plan.owed_figures import OwedFigure
from models.records.report_entries import WaitingClearance
from models.rules.contributions import Contributor
from models.rules.facts import ActionFacts, BoardCalendar, Recipient, board_contacts
from models.rules.periods import MeasurePeriod
from models.rules.steps import LedgerStep

_Thing = TypeVar("_Thing")
_Key = TypeVar("_Key")


class Reason(NamedTuple):
    """One reason to speak. `due_at` is when it arose, `lapses_at` when saying it has lost its point."""

    kind: NotificationKind
    subject: int
    meeting_id: int
    meeting_day: date
    step: LedgerStep
    recipient: str
    due_at: datetime
    lapses_at: datetime

    @property
    def key(self) -> tuple[NotificationKind, int, int, date, LedgerStep, str]:
        """What makes it one and the same reason for ever."""
        return self[:6]


class NewLead(NamedTuple):
    """That a person is told that an action is new for them, with the buttons to answer, since when."""

    action_id: int
    recipient: str
    at: datetime


@dataclass(frozen=True)
class Snapshot:
    """What the rules look at: boards with their meetings, actions, who gets what, what was snoozed and said."""

    calendars: Mapping[int, BoardCalendar]
    actions: tuple[ActionFacts, ...] = ()
    recipients: Mapping[int, tuple[Recipient, ...]] = field(default_factory=dict)
    administrators: tuple[int, ...] = ()
    reachable: frozenset[int] = frozenset()
    snoozes: tuple[Snoozed, ...] = ()
    said: tuple[AskedBefore, ...] = ()
    new_leads: tuple[NewLead, ...] = ()
    left: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """People whose account was closed while they hold posts, with those posts."""
    told_left: Mapping[tuple[int, LedgerStep], tuple[date, str]] = field(default_factory=dict)
    """Who was told of somebody who left, and on which day, by person and step."""
    clearances: Mapping[int, tuple[WaitingClearance, ...]] = field(default_factory=dict)
    """The clearances of coming meetings' reports that were sent and not answered, by meeting."""
    contributions: Mapping[int, tuple[Contributor, ...]] = field(default_factory=dict)
    """Who still owes a return on the focus theme of a meeting that is asked about, by meeting."""
    figures: tuple[OwedFigure, ...] = ()
    """The figures of measures and the scores of risks that are asked for now."""
    periods: tuple[MeasurePeriod, ...] = ()
    """The last period that is over, and the one that runs, of each kind that measures have."""
    waiting: frozenset[NotificationKind] = frozenset()
    """What kinds of things the ledger still had to say."""

    def actions_of(self, board_id: int) -> Iterator[ActionFacts]:
        """Yield the actions whose home board this is."""
        return iter(self._by_board.get(board_id, ()))

    def action(self, action_id: int) -> ActionFacts | None:
        """Return one action, by its number."""
        return self._by_id.get(action_id)

    def calendar_of(self, meeting_id: int) -> BoardCalendar | None:
        """Return the board whose meeting this is."""
        return self._by_meeting.get(meeting_id)

    def said_to(
        self, subject: int, recipient: str, kind: NotificationKind = NotificationKind.UPDATE
    ) -> Sequence[AskedBefore]:
        """Return what somebody was asked about an action, or of a post's return."""
        return self._said.get((kind, subject, recipient), ())

    def new_to(self, action_id: int, recipient: str) -> Sequence[NewLead]:
        """Return when somebody was told that an action is new for them."""
        return self._new.get((action_id, recipient), ())

    def snoozed_by(self, action_id: int, person_id: int) -> Sequence[Snoozed]:
        """Return how somebody put an action off."""
        return self._snoozed.get((action_id, person_id), ())

    @cached_property
    def spoken_of(self) -> frozenset[int]:
        """The actions that somebody put off, was asked about, or was told are new: of any other nothing is known."""
        asked = {one.subject for one in self.said if one.kind is NotificationKind.UPDATE}
        return frozenset(asked.union(one.action_id for some in (self.snoozes, self.new_leads) for one in some))

    @cached_property
    def _by_id(self) -> dict[int, ActionFacts]:
        return {action.id: action for action in self.actions}

    @cached_property
    def _by_board(self) -> dict[int | None, list[ActionFacts]]:
        return gathered(self.actions, lambda action: action.board_id)

    @cached_property
    def _by_meeting(self) -> dict[int, BoardCalendar]:
        return {meeting: calendar for calendar in self.calendars.values() for meeting in calendar.by_id}

    @cached_property
    def _said(self) -> dict[tuple[NotificationKind, int, str], list[AskedBefore]]:
        return gathered(self.said, lambda said: (said.kind, said.subject, said.recipient))

    @cached_property
    def _new(self) -> dict[tuple[int, str], list[NewLead]]:
        return gathered(self.new_leads, lambda new: (new.action_id, new.recipient))

    @cached_property
    def _snoozed(self) -> dict[tuple[int, int], list[Snoozed]]:
        return gathered(self.snoozes, lambda snooze: (snooze.action_id, snooze.person_id))

    @cached_property
    def first_board(self) -> BoardCalendar | None:
        """The board that was started first: it asks for what belongs to no one board."""
        started = [(one.board.started_at, number) for number, one in self.calendars.items() if one.board.started_at]
        return self.calendars[min(started)[1]] if started else None

    def contacts(self, calendar: BoardCalendar) -> tuple[int, ...]:
        """Return who keeps a board's actions and can be reached; the administrators where nobody can."""
        return board_contacts(calendar.board, self.recipients, self.administrators, self.reachable)

    def secretaries(self, calendar: BoardCalendar) -> tuple[str, ...]:
        """Return the same as recipients."""
        return tuple(person(one) for one in self.contacts(calendar))


def gathered(things: Iterable[_Thing], key: Callable[[_Thing], _Key]) -> dict[_Key, list[_Thing]]:
    """Group items by a key, in their order."""
    found: dict[_Key, list[_Thing]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found


def person(person_id: int) -> str:
    """Return a person as a recipient."""
    return f"person:{person_id}"


def channel(channel_id: str) -> str:
    """Return a channel as a recipient."""
    return f"channel:{channel_id}"
